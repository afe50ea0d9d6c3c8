"""Tokens made to order for tests: good ones, and every kind of bad one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jwt

from mockserver.identity.keys import Key, new_key
from mockserver.identity.tokens import LASTS, Claims, issuer

_ANOTHER_TENANT = "99999999-9999-4999-8999-999999999999"

DEFECTS: Mapping[str, Callable[[Claims], Claims]] = {
    "expired": lambda claims: {**claims, "iat": claims["iat"] - 2 * LASTS, "nbf": claims["nbf"] - 2 * LASTS,
                               "exp": claims["iat"] - LASTS},
    "notYetValid": lambda claims: {**claims, "nbf": claims["exp"], "exp": claims["exp"] + LASTS},
    "wrongAudience": lambda claims: {**claims, "aud": "https://vault.azure.net"},
    "wrongIssuer": lambda claims: {**claims, "iss": issuer(_ANOTHER_TENANT)},
    "wrongTenant": lambda claims: {**claims, "tid": _ANOTHER_TENANT, "iss": issuer(_ANOTHER_TENANT)},
    "missingScope": lambda claims: {**claims, "scp": "User.Read"} if "scp" in claims else {**claims, "roles": []},
    "missingRole": lambda claims: {**claims, "wids": []},
    "wrongKey": lambda claims: claims,
    "algNone": lambda claims: claims,
}  # fmt: skip
"""What is wrong with the claims; the last two have another fault, in how they are signed."""


def forged(claims: Claims, key: Key, defect: str | None = None) -> tuple[str, Mapping[str, Any]]:
    """The token with that defect, or a good one, and its claims. Raises KeyError where there is no such defect."""
    shown = claims if defect is None else DEFECTS[defect](claims)
    if defect == "algNone":
        return jwt.encode(shown, "", algorithm="none", headers={"kid": key.id}), shown
    if defect == "wrongKey":
        # Says that it is signed with ours.
        return jwt.encode(shown, new_key().private, algorithm="RS256", headers={"kid": key.id, "x5t": key.id}), shown
    return key.signed(shown), shown
