"""What may be wrong with a token that is made to order for a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
