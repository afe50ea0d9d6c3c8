"""The device code flow (RFC 8628): a code for the program, a short one for the person, and the page to type it in."""

from __future__ import annotations

import secrets
from functools import partial

from flask import Response, render_template, request

from mockserver.core.errors import UnknownDeviceCode
from mockserver.identity.accounts import client_of, demo_user, users_of
from mockserver.identity.refusals import Refused
from mockserver.identity.sign_ins import DEVICE_LASTS, SignIn, by_device, decided, with_one
from mockserver.sandbox import Sandbox
from mockserver.web.login.asked import Login, Route, answered, new_code
from mockserver.web.login.token import desk_of

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
"""No vowels and nothing that looks like something else (RFC 8628, 6.1)."""
_LENGTH = 9
_INTERVAL = 5
"""Seconds between polls; what clients take where nothing is said (clients.md 1.3)."""


def device_code(login: Login, tenant: str) -> Response:
    """Codes for a program; with `--auto-approve` the demo user has signed in by the time it asks."""
    sandbox = login.sandbox(tenant)
    client = desk_of(login, sandbox).client(request.form.to_dict())
    code, typed, now = new_code(), "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)), sandbox.now().timestamp()
    user = demo_user(sandbox.tenant) if login.settings.auto_approve else None
    asked = request.form.get("scope") or request.form.get("resource", "")
    made = SignIn(client.id, asked, now + DEVICE_LASTS, user=user, device=typed)
    sandbox.change_sign_ins(partial(with_one, code=code, sign_in=made, now=now))
    page = f"{login.root}/devicelogin"
    return answered({
        "user_code": typed,
        "device_code": code,
        "verification_uri": page,
        "verification_url": page,
        "expires_in": int(DEVICE_LASTS),
        "interval": 1 if login.settings.auto_approve else _INTERVAL,
        "message": f"To sign in, use a web browser to open the page {page} and enter the code {typed} to authenticate.",
    })  # fmt: skip


def device_page(login: Login) -> Response:
    return _page(login, login.sandbox("common"), typed=request.args.get("user_code", ""))


def device_sign_in(login: Login) -> Response:
    """What the page sends: the code with name and password, or that the user will not."""
    from mockserver.identity.grants import signed_in

    sandbox, typed = login.sandbox("common"), request.form.get("user_code", "")
    code = _code(sandbox, typed)
    if code is None:
        return _page(login, sandbox, typed=typed, problem="That code didn't work. Check the code and try again.")
    if "cancel" in request.form:
        sandbox.change_sign_ins(partial(decided, code=code, user=None))
        return _done(sandbox, code, "The device was not signed in.")
    name = request.form.get("username", "").strip()
    try:
        user = signed_in(name, request.form.get("password", ""), desk_of(login, sandbox))
    except Refused as refusal:
        return _page(login, sandbox, typed=typed, name=name, problem=refusal.description)
    sandbox.change_sign_ins(partial(decided, code=code, user=user.name))
    return _done(sandbox, code, "The device is signed in. You may close this window.")


def approve(sandbox: Sandbox, typed: str, user: str) -> None:
    """The same without a page, for tests. Raises UnknownDeviceCode."""
    code = _code(sandbox, typed)
    if code is None:
        raise UnknownDeviceCode(code=typed)
    sandbox.change_sign_ins(partial(decided, code=code, user=user or demo_user(sandbox.tenant)))


def _code(sandbox: Sandbox, typed: str) -> str | None:
    return by_device(sandbox.state.sign_ins, typed, sandbox.now().timestamp())


def _done(sandbox: Sandbox, code: str, message: str) -> Response:
    client = client_of(sandbox.tenant, sandbox.state.sign_ins[code].client, demo=True)
    return Response(render_template("done.html", message=message, client=client.name))


def _page(login: Login, sandbox: Sandbox, typed: str, name: str = "", problem: str = "") -> Response:
    tenant = sandbox.tenant
    page = render_template(
        "device.html",
        action=f"{login.root}/devicelogin",
        typed=typed,
        organization=tenant.about["displayName"],
        users=users_of(tenant, demo=login.demo)[:50],
        name=name or (demo_user(tenant) if login.demo else ""),
        demo=login.demo,
        problem=problem,
    )
    return Response(page, 400 if problem else 200)


ROUTES: tuple[Route, ...] = (
    ("POST", "/<tenant>/oauth2/v2.0/devicecode", device_code),
    ("POST", "/<tenant>/oauth2/devicecode", device_code),
    ("GET", "/devicelogin", device_page),
    ("POST", "/devicelogin", device_sign_in),
)
