"""`/authorize`: a page on which a user signs in, and the way back to the program with a code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode, urlsplit

from flask import Response, render_template, request

from mockserver.identity.accounts import client_of, demo_user, users_of
from mockserver.identity.refusals import (
    MissingParameter,
    Refused,
    UnsupportedChallenge,
    UnsupportedResponse,
    WrongRedirectForm,
)
from mockserver.identity.sign_ins import CODE_LASTS, SignIn, with_one
from mockserver.sandbox import Sandbox
from mockserver.web.login.asked import Login, Route, new_code
from mockserver.web.login.token import desk_of

_KEPT = (
    "client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method", "resource",
)  # fmt: skip
"""What the page carries from the address it was asked at to the form it sends."""
_NEVER = frozenset({"javascript", "data", "vbscript", "file", "about", "blob"})
"""Schemes of redirects that would run something instead of going somewhere."""


def authorize(login: Login, tenant: str) -> Response:
    """The page; or, with `--auto-approve`, the way back at once, as the demo user or whom `login_hint` names."""
    sandbox, asked = login.sandbox(tenant), _asked(request.args)
    _check(login, sandbox, asked)
    name = request.args.get("login_hint") or demo_user(sandbox.tenant)
    if login.settings.auto_approve:
        return _back_with_code(sandbox, asked, name)
    if request.args.get("prompt") == "none":
        return _back(asked, {"error": "interaction_required", "error_description": "AADSTS50058: Nobody is signed in."})
    return _page(login, sandbox, asked, name=request.args.get("login_hint", ""))


def sign_in(login: Login, tenant: str) -> Response:
    """What the page sends: name and password, or that the user will not."""
    from mockserver.identity.grants import signed_in

    sandbox, asked = login.sandbox(tenant), _asked(request.form)
    _check(login, sandbox, asked)
    if "cancel" in request.form:
        return _back(asked, {"error": "access_denied", "error_description": "AADSTS65004: User declined to consent."})
    name = request.form.get("username", "").strip()
    try:
        user = signed_in(name, request.form.get("password", ""), desk_of(login, sandbox))
    except Refused as refusal:
        return _page(login, sandbox, asked, name=name, problem=refusal.description)
    return _back_with_code(sandbox, asked, user.name)


def _asked(said: Mapping[str, str]) -> Mapping[str, str]:
    return {name: said[name] for name in _KEPT if name in said}


def _check(login: Login, sandbox: Sandbox, asked: Mapping[str, str]) -> None:
    """What is wrong before anybody can be sent back. Raises Refused."""
    for name in ("client_id", "redirect_uri", "response_type"):
        if not asked.get(name):
            raise MissingParameter(name=name)
    uri = urlsplit(asked["redirect_uri"])
    if not uri.scheme or uri.scheme.lower() in _NEVER:
        raise WrongRedirectForm(uri=asked["redirect_uri"])
    if asked["response_type"] != "code":
        raise UnsupportedResponse(response_type=asked["response_type"])
    if asked.get("code_challenge_method", "plain") not in ("S256", "plain"):
        raise UnsupportedChallenge(method=asked["code_challenge_method"])
    desk_of(login, sandbox).client(asked)


def _back_with_code(sandbox: Sandbox, asked: Mapping[str, str], user: str) -> Response:
    now, code = sandbox.state.clock.seconds(), new_code()
    made = SignIn(
        client=asked["client_id"].lower(),
        scope=asked.get("scope", ""),
        until=now + CODE_LASTS,
        user=user,
        redirect_uri=asked["redirect_uri"],
        nonce=asked.get("nonce", ""),
        challenge=asked.get("code_challenge", ""),
        method=asked.get("code_challenge_method", "plain"),
    )
    sandbox.change_sign_ins(partial(with_one, code=code, sign_in=made, now=now))
    return _back(asked, {"code": code})


def _back(asked: Mapping[str, str], said: dict[str, str]) -> Response:
    """To the program, by the way it asked for (OAuth 2.0 Multiple Response Types; Form Post Response Mode)."""
    said |= {"state": asked["state"]} if "state" in asked else {}
    uri, mode = asked["redirect_uri"], asked.get("response_mode", "query")
    if mode == "form_post":
        return Response(render_template("back.html", uri=uri, said=said))
    mark = "#" if mode == "fragment" else "&" if "?" in uri else "?"
    return Response(status=302, headers={"Location": f"{uri}{mark}{urlencode(said)}"})


def _page(login: Login, sandbox: Sandbox, asked: Mapping[str, str], name: str = "", problem: str = "") -> Response:
    tenant = sandbox.tenant
    page = render_template(
        "sign_in.html",
        action=f"{login.root}{request.path}",
        asked=asked,
        client=client_of(tenant, asked["client_id"], demo=login.demo).name,
        organization=tenant.about["displayName"],
        users=users_of(tenant, demo=login.demo)[:_MOST_SHOWN],
        name=name or (demo_user(tenant) if login.demo else ""),
        demo=login.demo,
        problem=problem,
    )
    return Response(page, 400 if problem else 200)


_MOST_SHOWN = 50


ROUTES: tuple[Route, ...] = (
    ("GET", "/<tenant>/oauth2/v2.0/authorize", authorize),
    ("POST", "/<tenant>/oauth2/v2.0/authorize", sign_in),
    ("GET", "/<tenant>/oauth2/authorize", authorize),
    ("POST", "/<tenant>/oauth2/authorize", sign_in),
)
