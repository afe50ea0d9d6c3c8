"""Who is let in, and as whom: what `--auth` decides (interface.md 1; behaviour.md Q24).

`off` looks at no token. `lenient` believes every token that can be read and misses none. `strict` believes what the
token service signed for this tenant and this time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from mockserver.core.errors import (
    BadSignature,
    EmptyToken,
    ExpiredToken,
    MalformedToken,
    TokenNotYetValid,
    WrongAudience,
    WrongIssuer,
    WrongTenant,
)
from mockserver.identity.caller import NOBODY, Caller, caller_of, claimed, token_of
from mockserver.identity.scopes import AUDIENCES, GRAPH

OFF, LENIENT, STRICT = MODES = ("off", "lenient", "strict")


class Verified(NamedTuple):
    """A token whose signature, audience and issuer are right, for as long as it is."""

    caller: Caller
    begins: float
    ends: float


@dataclass(frozen=True)
class Access:
    """One way to let callers in."""

    mode: str = LENIENT

    def caller(self, authorization: str, tenant: str, now: float) -> Caller:
        """Who calls the tenant of that id at that moment (seconds since 1970). Raises Unauthorized under `strict`."""
        if self.mode == OFF:
            return NOBODY
        if self.mode == LENIENT:
            return claimed(authorization)
        known = verified(authorization)
        if now >= known.ends:
            raise ExpiredToken().explained(f"it was valid until {_moment(known.ends)}; it is {_moment(now)}")
        if now < known.begins - _SKEW:
            raise TokenNotYetValid().explained(f"it is valid from {_moment(known.begins)}; it is {_moment(now)}")
        if known.caller.tenant != tenant:
            raise WrongTenant().explained(f"tid is {known.caller.tenant or 'missing'}; this tenant is {tenant}")
        return known.caller


_SKEW = 300
"""Seconds that clocks may differ by; Microsoft's token validation allows five minutes at either end.

Only the beginning is given them here: a test that lets an hour pass expects the token to be over.
"""


@lru_cache(maxsize=4096)
def verified(authorization: str) -> Verified:
    """What a header's token is worth, remembered: a signature is checked once. Raises Unauthorized."""
    token = token_of(authorization)
    if not token:
        raise EmptyToken().explained("send Authorization: Bearer TOKEN, with a token of this mock's token service")
    claims = _signed(token)
    _check_audience(claims)
    tenant = str(claims.get("tid", ""))
    _check_issuer(claims, tenant)
    return Verified(caller_of(claims), _number(claims, "nbf", 0.0), _number(claims, "exp", 0.0))


def _signed(token: str) -> Mapping[str, Any]:
    """The claims, where our key signed them; times are the caller's matter, who knows what time it is."""
    # Slow to import, and not needed while no token is verified.
    import jwt

    from mockserver.identity.keys import ALGORITHM, local_key

    key = local_key()
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError as broken:
        raise MalformedToken().explained(f"not a JWT: {broken}") from None
    if header.get("alg") != ALGORITHM:
        raise BadSignature().explained(f"alg is {header.get('alg')}; only {ALGORITHM} is taken")
    try:
        claims: Mapping[str, Any] = jwt.decode(token, key.public, algorithms=[ALGORITHM], options=_NO_CLAIMS)
    except jwt.InvalidSignatureError:
        raise BadSignature().explained(f"not signed by this mock's key {key.id}; kid is {header.get('kid')}") from None
    except jwt.InvalidTokenError as broken:
        raise MalformedToken().explained(f"not a JWT: {broken}") from None
    return claims


_NO_CLAIMS: Any = {"verify_signature": True} | dict.fromkeys(
    ("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss", "verify_sub", "verify_jti"), False
)


def _check_audience(claims: Mapping[str, Any]) -> None:
    if claims.get("aud") not in AUDIENCES:
        raise WrongAudience().explained(f"aud is {claims.get('aud')}; {GRAPH} would pass")


def _check_issuer(claims: Mapping[str, Any], tenant: str) -> None:
    expected = f"https://sts.windows.net/{tenant}/"
    if claims.get("iss") != expected:
        raise WrongIssuer().explained(f"iss is {claims.get('iss')}; {expected} would pass")


def _number(claims: Mapping[str, Any], name: str, otherwise: float) -> float:
    value = claims.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else otherwise


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
