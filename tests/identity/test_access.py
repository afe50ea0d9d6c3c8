"""Who is let in (identity/access.py): codes and texts are those of graph_reference 5.3."""

from __future__ import annotations

import hmac
import json

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from identity.desks import DEMO, NOW, TENANT, desk, key
from jwt.utils import base64url_encode

from mockserver.core import errors
from mockserver.identity import access
from mockserver.identity.access import Access, verified
from mockserver.identity.defects import DEFECTS
from mockserver.identity.forge import forged
from mockserver.identity.grants import granted

SECONDS = NOW.timestamp()
STRICT = Access("strict")


@pytest.fixture(autouse=True)
def _our_key(monkeypatch):
    monkeypatch.setattr("mockserver.identity.keys.local_key", key)
    verified.cache_clear()
    yield
    verified.cache_clear()


def good(**changes):
    form = {"grant_type": "client_credentials", "client_id": DEMO, "client_secret": "mock-secret"}
    return granted(form, desk(**changes))["access_token"]


def claims():
    return jwt.decode(good(), options={"verify_signature": False})


def let_in(token, *, now=SECONDS, tenant=TENANT, by=STRICT):
    return by.caller(f"Bearer {token}", tenant, now)


def test_a_token_of_the_token_service_is_let_in():
    caller = let_in(good())

    assert (caller.tenant, caller.client, caller.user, caller.app_only) == (TENANT, DEMO, "", True)
    assert "Directory.ReadWrite.All" in caller.permissions
    assert caller.directory_roles == {"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"}


REFUSED = {
    "expired": errors.ExpiredToken,
    "notYetValid": errors.TokenNotYetValid,
    "wrongAudience": errors.WrongAudience,
    "wrongIssuer": errors.WrongIssuer,
    "wrongTenant": errors.WrongTenant,
    "wrongKey": errors.BadSignature,
    "algNone": errors.BadSignature,
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_token_with_a_defect_is_refused_for_that_defect(defect):
    token, _ = forged(claims(), key(), defect)
    if defect not in REFUSED:  # what it may do is judged later
        assert let_in(token)
        return
    with pytest.raises(REFUSED[defect]) as refused:
        let_in(token)

    assert refused.value.status == 401
    assert refused.value.headers["WWW-Authenticate"].startswith("Bearer ")
    assert "claims=" not in refused.value.headers["WWW-Authenticate"]
    assert refused.value.headers["x-mock-explain"].isprintable()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "token"])
def test_no_token_is_an_empty_one(header):
    with pytest.raises(errors.EmptyToken):
        STRICT.caller(header, TENANT, SECONDS)


@pytest.mark.parametrize("token", ["nonsense", "a.b", "a.b.c", "e30.e30.", "..", "\x00.\xff.x", "a" * 10_000])
def test_what_is_no_token_is_refused(token):
    with pytest.raises((errors.MalformedToken, errors.BadSignature)):
        let_in(token)


def test_a_symmetric_signature_with_the_public_key_is_refused():
    """The old confusion of HS256 with the RSA key as its secret."""
    pem = key().public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body, _ = jwt.encode(claims(), "x" * 64, "HS256").split(".")
    mac = base64url_encode(hmac.digest(pem, f"{head}.{body}".encode(), "sha256")).decode()

    with pytest.raises(errors.BadSignature):
        let_in(f"{head}.{body}.{mac}")


def test_a_changed_claim_is_refused():
    head, body, signature = good().split(".")
    changed = base64url_encode(json.dumps(claims() | {"roles": ["All"]}).encode()).decode()

    assert body != changed
    with pytest.raises(errors.BadSignature):
        let_in(f"{head}.{changed}.{signature}")


def test_a_token_ends_by_the_sandboxs_clock():
    token = good()

    assert let_in(token, now=SECONDS + 3598)
    with pytest.raises(errors.ExpiredToken):
        let_in(token, now=SECONDS + 3599)


def test_clocks_may_differ_by_five_minutes_at_the_beginning():
    token = good(now=SECONDS + 300)

    assert let_in(token)
    with pytest.raises(errors.TokenNotYetValid):
        let_in(good(now=SECONDS + 301))


def test_a_refresh_token_opens_nothing():
    form = {"grant_type": "password", "client_id": DEMO, "client_secret": "mock-secret",
            "username": "bob@contoso.onmicrosoft.com", "password": "mock-password"}  # fmt: skip
    with pytest.raises(errors.WrongAudience):
        let_in(granted(form, desk())["refresh_token"])


@pytest.mark.parametrize("claim", ["tid", "exp", "iss", "aud"])
def test_a_missing_claim_is_refused(claim):
    shown = claims()
    del shown[claim]
    with pytest.raises(errors.Unauthorized):
        let_in(key().signed(shown))


@pytest.mark.parametrize("value", ["soon", True, None, [1]])
def test_an_end_that_is_no_time_is_long_past(value):
    with pytest.raises(errors.ExpiredToken):
        let_in(key().signed(claims() | {"exp": value}))


def test_lenient_believes_what_can_be_read_and_misses_nothing():
    lenient = Access("lenient")
    token, _ = forged(claims(), key(), "algNone")

    assert let_in(token, by=lenient).client == DEMO
    assert let_in("nonsense", by=lenient) == access.NOBODY
    assert lenient.caller("", TENANT, SECONDS) == access.NOBODY


def test_off_looks_at_no_token():
    assert let_in(good(), by=Access("off")) == access.NOBODY


def test_a_signature_is_checked_once(monkeypatch):
    token = good()
    let_in(token)
    monkeypatch.setattr(jwt, "decode", lambda *_, **__: pytest.fail("checked again"))

    assert let_in(token)
