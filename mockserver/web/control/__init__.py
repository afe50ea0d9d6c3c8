"""The control API, /_mock: what the real service has no API for. JSON in, JSON out, refusals in the Graph's shape.

One file for each subject, with its routes at the end; here they come together, behind the control token.
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
from mockserver.world import World

ROUTES: tuple[Route, ...] = (
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


def blueprint(world: World, settings: Settings) -> Blueprint:
    """/_mock. With a control token every route but health asks for it."""
    made = Blueprint("control", __name__, url_prefix="/_mock")
    made.before_request(partial(_check, settings))
    for each in ROUTES:
        view = partial(each.view, Control(world, settings))
        made.add_url_rule(each.path, each.view.__name__, view, methods=[each.method])
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
