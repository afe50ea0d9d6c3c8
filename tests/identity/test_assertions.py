"""Signed assertions of clients (identity/assertions.py; RFC 7523)."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from identity.desks import NOW, READER, ROOT, TENANT

from mockserver.identity.accounts import Client
from mockserver.identity.assertions import ASSERTION_TYPE, check_client_assertion
from mockserver.identity.keys import new_key
from mockserver.identity.refusals import BadAssertion

KEY, ANOTHER = new_key(), new_key()
GOOD = {
    "iss": READER, "sub": READER, "aud": f"{ROOT}/{TENANT}/oauth2/v2.0/token", "jti": "1",
    "exp": NOW.timestamp() + 600, "nbf": NOW.timestamp(),
}  # fmt: skip


@pytest.fixture(scope="module")
def certificate():
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Reader")])
    made = x509.CertificateBuilder(name, name, KEY.public, 1, NOW - timedelta(days=1), NOW + timedelta(days=1))
    return made.sign(KEY.private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def check(claims=GOOD, *, key=KEY, certificate=None, strict=False, form=None):
    token = jwt.encode(claims, key.private, "PS256")
    form = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": token} | (form or {})
    client = Client(READER, "object", "Reader", certificate=certificate)
    check_client_assertion(client, form, TENANT, NOW.timestamp(), strict=strict)


@pytest.mark.parametrize("strict", [False, True])
def test_an_assertion_signed_with_the_clients_key_proves_it(certificate, strict):
    check(certificate=certificate, strict=strict)


@pytest.mark.parametrize("strict", [False, True])
def test_one_signed_with_another_key_does_not(certificate, strict):
    with pytest.raises(BadAssertion, match="AADSTS700027"):
        check(key=ANOTHER, certificate=certificate, strict=strict)


def test_without_a_certificate_to_check_it_with_any_will_do_leniently_and_none_strictly():
    check(key=ANOTHER)
    with pytest.raises(BadAssertion):
        check(strict=True)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "another"},
        {"sub": "another"},
        {"aud": "https://example.org/token"},
        {"aud": ""},
        {"exp": NOW.timestamp()},
        {"exp": "soon"},
    ],
)
def test_what_an_assertion_says_must_be_right(certificate, change):
    with pytest.raises(BadAssertion):
        check({**GOOD, **change}, certificate=certificate)


@pytest.mark.parametrize(
    "form", [{"client_assertion_type": ""}, {"client_assertion": "nonsense"}, {"client_assertion": "a.b.c"}]
)
def test_what_is_no_assertion_is_refused(certificate, form):
    for known in (None, certificate):
        with pytest.raises(BadAssertion):
            check(certificate=known, form=form)


def test_a_certificate_that_is_not_for_rsa_lets_nobody_in():
    elliptic = trustme.CA(key_type=trustme.KeyType.ECDSA).cert_pem.bytes().decode()

    with pytest.raises(BadAssertion, match="is not for RSA"):
        check(certificate=elliptic)


def test_a_certificate_that_cannot_be_read_lets_nobody_in():
    with pytest.raises(BadAssertion, match="cannot be read"):
        check(certificate="nonsense")


@pytest.mark.parametrize(
    "audience",
    [
        f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token",
        "https://localhost:1/contoso.onmicrosoft.com/oauth2/v2.0/token",
        f"https://login.microsoftonline.com/{TENANT}/v2.0",
        f"https://login.microsoftonline.com/{TENANT}/",
    ],
)
def test_the_token_service_is_meant_by_several_names(certificate, audience):
    check({**GOOD, "aud": audience}, certificate=certificate)
