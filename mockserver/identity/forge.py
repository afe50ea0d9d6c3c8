"""Tokens made to order for tests: good ones, and every kind of bad one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from mockserver.identity.defects import DEFECTS
from mockserver.identity.keys import Key, new_key
from mockserver.identity.tokens import Claims


def forged(claims: Claims, key: Key, defect: str | None = None) -> tuple[str, Mapping[str, Any]]:
    """The token with that defect, or a good one, and its claims. Raises KeyError where there is no such defect."""
    shown = claims if defect is None else DEFECTS[defect](claims)
    if defect == "algNone":
        return jwt.encode(shown, "", algorithm="none", headers={"kid": key.id}), shown
    if defect == "wrongKey":
        # Says that it is signed with ours.
        return jwt.encode(shown, new_key().private, algorithm="RS256", headers={"kid": key.id, "x5t": key.id}), shown
    return key.signed(shown), shown
