"""The control API, /_mock: what the real service has no API for. JSON in, JSON out, refusals in the Graph's shape.

One file for each subject, with its routes at the end; here they come together, behind the control token. What a call
takes is declared in bodies.py, of kinds.py, and what it answers in answers.py: `asked.read` reads a body so, and
described.py makes the OpenAPI document of it.
"""

from __future__ import annotations

import hmac
from functools import partial
from urllib.parse import urlsplit

from flask import Blueprint, request

from mockserver.core.errors import ControlTokenMissing, ForeignOrigin
from mockserver.settings import Settings
from mockserver.web.control import (
    clock,
    connectors,
    coverage,
    events,
    faults,
    fixtures,
    journal,
    permissions,
    plane,
    process,
    sandboxes,
    sign_ins,
    snapshots,
    story,
    tenants,
    trouble,
)
from mockserver.web.control.asked import Control, Route
from mockserver.web.routes import bind
from mockserver.world import World

DECLARED: tuple[Route, ...] = (
    *process.ROUTES,
    *tenants.ROUTES,
    *snapshots.ROUTES,
    *sandboxes.ROUTES,
    *clock.ROUTES,
    *connectors.ROUTES,
    *trouble.ROUTES,
    *faults.ROUTES,
    *journal.ROUTES,
    *plane.ROUTES,
    *coverage.ROUTES,
    *permissions.ROUTES,
    *sign_ins.ROUTES,
    *events.ROUTES,
    *fixtures.ROUTES,
    *story.ROUTES,
)
ROUTES = tuple((each.method, each.path, each.view) for each in DECLARED)


def blueprint(world: World, settings: Settings) -> Blueprint:
    """The views below /_mock. With a control token every one but health asks for it."""
    made = Blueprint("control", __name__)
    made.before_request(partial(_check, settings))
    bind(made, ROUTES, Control(world, settings))
    return made


def _check(settings: Settings) -> None:
    _check_origin(settings.external_url)
    if settings.control_token and request.endpoint != "control.health":
        _check_token(settings.control_token)


def _check_origin(external_url: str) -> None:
    """A page of another origin may look at nothing, for want of CORS headers, and may change nothing, by this.

    The mock's own page comes from the address it was asked at, or from the one that others know it by.
    """
    origin = request.headers.get("Origin")
    if not origin or request.method in ("GET", "HEAD"):
        return
    known = urlsplit(external_url)
    own = f"{request.scheme}://{request.environ.get('HTTP_HOST', '')}"
    if origin not in (own, f"{known.scheme}://{known.netloc}"):
        raise ForeignOrigin(origin=origin)


def _check_token(token: str) -> None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    said = request.headers.get("x-mock-token") or (credentials if scheme.lower() == "bearer" else "")
    if not hmac.compare_digest(said.encode(), token.encode()):
        raise ControlTokenMissing()
