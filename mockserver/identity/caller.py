"""Who calls, as far as a bearer token says so without being believed: enough for quirks, not for security."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1024)
def claims_of(authorization: str) -> Mapping[str, Any]:
    """What the token in an `Authorization` header claims; nothing where it is missing or no JWT."""
    parts = authorization.removeprefix("Bearer ").strip().split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, Mapping) else {}


def is_app_only(authorization: str) -> bool:
    """Whether an application calls for itself: Entra says so with `idtyp`, and such a token has no scopes."""
    claims = claims_of(authorization)
    return bool(claims) and (claims.get("idtyp") == "app" or ("scp" not in claims and "roles" in claims))
