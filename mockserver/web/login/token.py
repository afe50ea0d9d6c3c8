"""`/token`, and the endpoint that gives a machine its own identity."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from flask import Response, request

from mockserver.identity.accounts import DEMO_CLIENT
from mockserver.identity.refusals import MissingParameter
from mockserver.sandbox import Sandbox
from mockserver.web.login.asked import Login, Route, answered, new_code

if TYPE_CHECKING:
    from mockserver.identity.grants import Desk


def token(login: Login, tenant: str) -> Response:
    from mockserver.identity.grants import granted

    desk = desk_of(login, login.sandbox(tenant))
    return answered(granted(_form(), desk))


def desk_of(login: Login, sandbox: Sandbox) -> Desk:
    """Where this request asks for tokens."""
    # Only here, because cryptography is slow to import and many a mock is never logged in to.
    from mockserver.identity.grants import Desk
    from mockserver.identity.keys import local_key

    return Desk(
        tenant=sandbox.tenant,
        now=sandbox.state.clock.seconds(),
        key=local_key(),
        root=login.root,
        draw=new_code,
        sign_ins=sandbox.state.sign_ins,
        spend=sandbox.spend,
        strict=login.strict,
        demo=login.demo,
    )


def _form() -> Mapping[str, str]:
    """The form, and the client of an `Authorization: Basic` header (RFC 6749, 2.3.1)."""
    return {**request.form.to_dict(), **_basic()}


def _basic() -> Mapping[str, str]:
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client, colon, secret = base64.b64decode(said, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"client_id": unquote(client), "client_secret": unquote(secret)} if colon else {}


def machine_token(login: Login) -> Response:
    """As App Service gives it out (clients.md 1.1, way C): plain http, a header that a web page cannot send."""
    from mockserver.identity.grants import managed_identity

    if not (request.headers.get("X-IDENTITY-HEADER") or request.headers.get("Secret")):
        raise MissingParameter(name="X-IDENTITY-HEADER")
    resource = request.args.get("resource", "")
    if not resource:
        raise MissingParameter(name="resource")
    client = request.args.get("client_id") or request.args.get("clientid") or DEMO_CLIENT
    return answered(managed_identity(resource, client, desk_of(login, login.sandbox("common"))))


ROUTES: tuple[Route, ...] = (
    ("POST", "/<tenant>/oauth2/v2.0/token", token),
    ("POST", "/<tenant>/oauth2/token", token),
    ("GET", "/msi/token", machine_token),
)
