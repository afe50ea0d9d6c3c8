"""JWTs that somebody shows as proof: of being a client, or of having been called by a user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from mockserver.identity.accounts import Client
from mockserver.identity.keys import ALGORITHM, Key
from mockserver.identity.refusals import BadAssertion, BadOnBehalfAssertion, BadRefreshToken

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_SIGNED_WITH = ["RS256", "PS256"]
_UNTIMED: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
"""Times are judged by the sandbox's clock, the audience by what it ends in."""


def check_client_assertion(client: Client, form: Mapping[str, str], tenant: str, now: float, *, strict: bool) -> None:
    """RFC 7523, 3; Microsoft's page on certificate credentials. Raises BadAssertion.

    The signature can be checked where the fixture gives the client a certificate. Where it gives none, who is lenient
    takes any, and who is strict none.
    """
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise BadAssertion(why=f"client_assertion_type is not {ASSERTION_TYPE}")
    claims = _client_claims(client, form["client_assertion"], strict=strict)
    if (claims.get("iss"), claims.get("sub")) != (client.id, client.id):
        raise BadAssertion(why="iss and sub are not the client_id")
    if not _is_ours(str(claims.get("aud", "")), tenant):
        raise BadAssertion(why="aud is not the address of this token service")
    if not isinstance(claims.get("exp"), int | float) or claims["exp"] <= now:
        raise BadAssertion(why="it has expired")


def _client_claims(client: Client, assertion: str, *, strict: bool) -> Mapping[str, Any]:
    try:
        if client.certificate is not None:
            claims: Mapping[str, Any] = jwt.decode(
                assertion, _public_key(client.certificate), algorithms=_SIGNED_WITH, options=_UNTIMED
            )
            return claims
        if strict:
            raise BadAssertion(why="the fixture gives this client no certificate")
        unproved: Mapping[str, Any] = jwt.decode(assertion, options={"verify_signature": False})
        return unproved
    except jwt.InvalidTokenError as wrong:
        raise BadAssertion(why=str(wrong)) from None


def _public_key(certificate: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import load_pem_x509_certificate

    try:
        key = load_pem_x509_certificate(certificate.encode()).public_key()
    except ValueError:
        raise BadAssertion(why="the certificate that the fixture gives this client cannot be read") from None
    if not isinstance(key, RSAPublicKey):
        raise BadAssertion(why="the certificate that the fixture gives this client is not for RSA")
    return key


def _is_ours(audience: str, tenant: str) -> bool:
    """The token endpoint or the issuer, at whatever address the mock is reached, and for any name of the tenant."""
    return audience.startswith(("https://", "http://")) and audience.rstrip("/").endswith(
        ("/oauth2/v2.0/token", "/oauth2/token", "/v2.0", f"/{tenant}")
    )


def claims_signed_by(key: Key, token: str) -> Mapping[str, Any]:
    """The claims of what we signed ourselves. Raises BadRefreshToken."""
    try:
        claims: Mapping[str, Any] = jwt.decode(token, key.public, algorithms=[ALGORITHM], options=_UNTIMED)
    except jwt.InvalidTokenError:
        raise BadRefreshToken() from None
    return claims


def user_of_assertion(assertion: str, key: Key, tenant: str, now: float) -> str:
    """The principal name of the user whose access token a program shows. Raises BadOnBehalfAssertion."""
    try:
        claims = jwt.decode(assertion, key.public, algorithms=[ALGORITHM], options=_UNTIMED)
    except jwt.InvalidTokenError as wrong:
        raise BadOnBehalfAssertion(why=str(wrong)) from None
    if claims.get("tid") != tenant or claims.get("exp", 0) <= now:
        raise BadOnBehalfAssertion(why="it is of another tenant or has expired")
    if not claims.get("upn") or "scp" not in claims:
        raise BadOnBehalfAssertion(why="it is no access token of a user")
    return str(claims["upn"])
