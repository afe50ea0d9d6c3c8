"""What is exchanged for tokens: one function for each `grant_type`, from a form to the claims of an answer.

A grant is judged by the tenant and its clock; what it spends (a code) is taken out by the caller, `Desk.spend`.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from mockserver.core.tenant import Tenant
from mockserver.identity import tokens
from mockserver.identity.accounts import Client, User, client_of, user_of
from mockserver.identity.assertions import check_client_assertion, claims_signed_by, user_of_assertion
from mockserver.identity.keys import Key
from mockserver.identity.permissions import ALL_DELEGATED
from mockserver.identity.refusals import (
    AuthorizationDeclined,
    AuthorizationPending,
    BadRefreshToken,
    DeviceCodeExpired,
    InvalidResource,
    MissingParameter,
    NoClientProof,
    NoSuchClient,
    NoSuchScope,
    NoSuchUser,
    SpentCode,
    UnsupportedGrant,
    WrongCode,
    WrongPassword,
    WrongRedirect,
    WrongSecret,
    WrongVerifier,
)
from mockserver.identity.scopes import ARM_AUDIENCES, AUDIENCES, Asked, asked, check_default
from mockserver.identity.sign_ins import SignIn, SignIns

Form = Mapping[str, str]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """Where tokens are asked for: the tenant, the time, the key, and how strict it is."""

    tenant: Tenant
    now: float
    key: Key
    root: str
    """The address of the token service, with the sandbox's prefix."""
    draw: Callable[[], str]
    """A source of new ids."""
    sign_ins: SignIns
    spend: Callable[[str], bool]
    """Takes a code out; False where it is gone already, by somebody who was faster."""
    strict: bool = False
    demo: bool = True
    """Whether the demo identity may log in from where the request came from."""

    @property
    def tenant_id(self) -> str:
        return str(self.tenant.about["id"])

    @property
    def own(self) -> frozenset[str]:
        """The host names under which clients know the mock as a resource."""
        return frozenset({"localhost", "127.0.0.1", "::1", urlsplit(self.root).hostname or ""})

    def client(self, form: Form) -> Client:
        """The client of the form, not yet proved. Raises MissingParameter and NoSuchClient."""
        client = client_of(self.tenant, said(form, "client_id"), demo=self.demo)
        if self.strict and not client.known and client.id not in PUBLIC_CLIENTS:
            raise NoSuchClient(client=client.id, tenant=self.tenant.about["displayName"])
        return client

    def user(self, name: str) -> User:
        """Raises NoSuchUser."""
        user = user_of(self.tenant, name, demo=self.demo)
        if self.strict and not user.known:
            raise NoSuchUser(user=name, tenant=self.tenant.about["displayName"])
        return user

    def asked(self, form: Form) -> Asked:
        """What the form asks for. Raises InvalidScope and InvalidResource; the last two kinds only when strict."""
        found = asked(form.get("scope", ""), form.get("resource", ""), own=self.own)
        if self.strict and found.resource not in AUDIENCES | ARM_AUDIENCES:
            raise InvalidResource(resource=found.resource, tenant=self.tenant.about["displayName"])
        if self.strict and found.resource in AUDIENCES:
            for each in found.permissions:
                if each not in ALL_DELEGATED and each not in _EVERYBODYS:
                    raise NoSuchScope(scope=each, resource=found.resource)
        return found


PUBLIC_CLIENTS = frozenset({
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46",  # Azure CLI
    "1950a258-227b-4e31-a9cf-717495945fc2",  # Azure PowerShell
    "14d82eec-204b-4c2f-b7e8-296a70dab67e",  # Microsoft Graph command line tools
    "31359c7f-bd7e-475c-86db-fdb8c937548e",  # CLI for Microsoft 365
    "aebc6443-996d-45c2-90f0-388ff96faa56",  # Visual Studio Code
})  # fmt: skip
"""Programs of Microsoft's and others that every real tenant lets users log in with."""

_EVERYBODYS = frozenset({"User.Read"})
"""What a scope may name without this mock having an operation for it."""


def granted(form: Form, desk: Desk) -> Answer:
    """The answer of `/token`. Raises Refused."""
    kind = said(form, "grant_type")
    grant = _GRANTS.get(kind)
    if grant is None:
        raise UnsupportedGrant(grant_type=kind)
    return grant(form, desk)


def said(form: Form, name: str) -> str:
    """What the form says under that name. Raises MissingParameter."""
    value = form.get(name, "")
    if not value:
        raise MissingParameter(name=name)
    return value


def _client_credentials(form: Form, desk: Desk) -> Answer:
    client = desk.client(form)
    if not _prove(client, form, desk):
        raise NoClientProof()
    check_default(form.get("scope", ""))
    secret = not form.get("client_assertion")
    claims = tokens.for_client(client, desk.asked(form), desk.tenant_id, desk.now, desk.draw(), secret=secret)
    return _answer(desk.key.signed(claims), claims)


def managed_identity(resource: str, client_id: str, desk: Desk) -> Answer:
    """The token of the machine's own identity, which proves itself by where it runs (clients.md 0, way C)."""
    client = client_of(desk.tenant, client_id, demo=desk.demo)
    claims = tokens.for_client(client, desk.asked({"resource": resource}), desk.tenant_id, desk.now, desk.draw())
    times = {name: str(claims[claim]) for name, claim in (("expires_on", "exp"), ("not_before", "nbf"))}
    answer = {**_answer(desk.key.signed(claims), claims), **times, "expires_in": str(tokens.LASTS)}
    return {**answer, "resource": resource, "client_id": client.id}


def _password(form: Form, desk: Desk) -> Answer:
    client, name, password = desk.client(form), said(form, "username"), said(form, "password")
    _prove(client, form, desk)
    return _for_user(signed_in(name, password, desk), client, form, desk)


def signed_in(name: str, password: str, desk: Desk) -> User:
    """The user of that name and password. Raises NoSuchUser and WrongPassword."""
    user = desk.user(name)
    if not password or (user.known and not _same(user.password, password)):
        raise WrongPassword()
    return user


def _authorization_code(form: Form, desk: Desk) -> Answer:
    client, code = desk.client(form), said(form, "code")
    sign_in = desk.sign_ins.get(code)
    if sign_in is None or sign_in.until <= desk.now:
        raise SpentCode()
    if sign_in.device or sign_in.user is None or sign_in.client != client.id:
        raise WrongCode(name="code")
    if form.get("redirect_uri", "") != sign_in.redirect_uri:
        raise WrongRedirect(uri=form.get("redirect_uri", ""))
    _check_verifier(sign_in, form.get("code_verifier", ""))
    _prove(client, form, desk)
    if not desk.spend(code):
        raise SpentCode()
    return _for_user(desk.user(sign_in.user), client, {"scope": sign_in.scope, **_scope(form)}, desk, sign_in.nonce)


def _device_code(form: Form, desk: Desk) -> Answer:
    client, code = desk.client(form), form.get("device_code") or said(form, "code")
    sign_in = desk.sign_ins.get(code)
    if sign_in is None or sign_in.until <= desk.now:
        raise DeviceCodeExpired()
    if not sign_in.device or sign_in.client != client.id:
        raise WrongCode(name="device_code")
    if sign_in.declined:
        raise AuthorizationDeclined()
    if sign_in.user is None:
        raise AuthorizationPending()
    if not desk.spend(code):
        raise DeviceCodeExpired()
    return _for_user(desk.user(sign_in.user), client, {"scope": sign_in.scope}, desk)


def _refresh_token(form: Form, desk: Desk) -> Answer:
    client = desk.client(form)
    claims = claims_signed_by(desk.key, said(form, "refresh_token"))
    whose = (claims.get("aud"), claims.get("appid"), claims.get("tid"))
    if whose != (tokens.REFRESH, client.id, desk.tenant_id) or claims["exp"] <= desk.now:
        raise BadRefreshToken()
    _prove(client, form, desk)
    return _for_user(desk.user(claims["upn"]), client, {"scope": claims["scope"], **_scope(form)}, desk)


def _on_behalf_of(form: Form, desk: Desk) -> Answer:
    """A program that was called with a user's token calls on with another one."""
    client = desk.client(form)
    if not _prove(client, form, desk):
        raise NoClientProof()
    name = user_of_assertion(said(form, "assertion"), desk.key, desk.tenant_id, desk.now)
    return _for_user(desk.user(name), client, form, desk)


def _for_user(user: User, client: Client, form: Form, desk: Desk, nonce: str = "") -> Answer:
    what = desk.asked(form)
    claims = tokens.for_user(user, client, what, desk.tenant_id, desk.now, desk.draw())
    answer = _answer(desk.key.signed(claims), claims) | {"scope": what.text, "client_info": _client_info(user, desk)}
    scope = f"{form.get('scope', '')} offline_access"
    again = tokens.refresh_token(user, client.id, scope, desk.tenant_id, desk.now, desk.draw())
    who = tokens.id_token(user, client.id, desk.root, desk.tenant_id, desk.now, desk.draw(), nonce)
    return {**answer, "refresh_token": desk.key.signed(again), "id_token": desk.key.signed(who)}


def _answer(token: str, claims: Mapping[str, Any]) -> Answer:
    lasts = claims["exp"] - claims["iat"]
    return {"token_type": "Bearer", "expires_in": lasts, "ext_expires_in": lasts, "access_token": token}


def _client_info(user: User, desk: Desk) -> str:
    """Ids of the user and of the tenant, by which clients keep their accounts apart."""
    return urlsafe_b64encode(f'{{"uid":"{user.id}","utid":"{desk.tenant_id}"}}'.encode()).decode().rstrip("=")


def _prove(client: Client, form: Form, desk: Desk) -> bool:
    """Whether the client has shown to be what it says: with its secret or a signed assertion; a public one cannot.

    Raises InvalidClient where what it shows is wrong.
    """
    if form.get("client_assertion"):
        check_client_assertion(client, form, desk.tenant_id, desk.now, strict=desk.strict)
        return True
    secret = form.get("client_secret", "")
    if client.secret is not None and not _same(client.secret, secret):
        if not secret:
            raise NoClientProof()
        raise WrongSecret(client=client.id)
    return bool(secret)


def _same(expected: str, secret: str) -> bool:
    """In a time that tells nothing; no expected one at all is nobody's secret."""
    return bool(expected) and hmac.compare_digest(expected.encode(), secret.encode())


def _check_verifier(sign_in: SignIn, verifier: str) -> None:
    """RFC 7636, 4.6."""
    digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    shown = digest if sign_in.method == "S256" else verifier
    if not hmac.compare_digest(shown.encode(), sign_in.challenge.encode()):
        raise WrongVerifier()


def _scope(form: Form) -> Form:
    """The scope of this request, which may ask for less than the sign-in did, or for another resource."""
    return {"scope": form["scope"]} if form.get("scope") else {}


_GRANTS: Mapping[str, Callable[[Form, Desk], Answer]] = {
    "client_credentials": _client_credentials,
    "password": _password,
    "authorization_code": _authorization_code,
    "refresh_token": _refresh_token,
    "device_code": _device_code,
    "urn:ietf:params:oauth:grant-type:device_code": _device_code,
    "urn:ietf:params:oauth:grant-type:jwt-bearer": _on_behalf_of,
}
