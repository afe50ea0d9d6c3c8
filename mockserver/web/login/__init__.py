"""The token service: Microsoft's login, for any tenant name or id, as far as its clients ask (clients.md 6).

One file for each subject, with its routes at the end; here they come together.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import orjson
from flask import Blueprint, Response, request

from mockserver.identity.refusals import Refused
from mockserver.settings import Settings
from mockserver.web.frame import CLIENT_REQUEST_ID, REFUSED, REQUEST_ID
from mockserver.web.login import azure, devices, documents, sign_in, token
from mockserver.web.login.asked import Login
from mockserver.web.routes import Route, bind
from mockserver.world import World

ROUTES: tuple[Route, ...] = (
    *documents.ROUTES,
    *token.ROUTES,
    *sign_in.ROUTES,
    *devices.ROUTES,
    *azure.ROUTES,
)


def blueprint(world: World, settings: Settings) -> Blueprint:
    """The views of it. Refusals have OAuth's shape here, not the Graph's."""
    made = Blueprint("login", __name__, template_folder="pages")
    made.register_error_handler(Refused, _refused)
    made.after_request(_open_to_pages)
    bind(made, ROUTES, Login(world, settings))
    return made


def _refused(refusal: Refused) -> Response:
    """As clients were seen to read it (clients.md 1.3)."""
    correlation = request.environ[CLIENT_REQUEST_ID]
    trace = request.environ[REQUEST_ID]
    request.environ[REFUSED] = f"AADSTS{refusal.number}"
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    said = {
        "error": refusal.error,
        "error_description": f"{refusal.description} Trace ID: {trace} Correlation ID: {correlation} "
        f"Timestamp: {moment}",
        "error_codes": [refusal.number],
        "timestamp": moment,
        "trace_id": trace,
        "correlation_id": correlation,
    }
    return Response(orjson.dumps(said), refusal.status, content_type="application/json; charset=utf-8")


def _open_to_pages(response: Response) -> Response:
    """Single-page applications redeem their codes from another origin; nothing of this may be kept (RFC 6749, 5.1)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        wanted = request.headers.get("Access-Control-Request-Headers", "")
        response.headers["Access-Control-Allow-Headers"] = wanted or "Content-Type"
    response.headers["Cache-Control"] = "no-store"
    response.headers["x-ms-request-id"] = request.environ.get(REQUEST_ID) or str(uuid4())
    return response
