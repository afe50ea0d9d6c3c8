"""Who calls: what a bearer token says of itself, before anybody asks whether it is true."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Caller:
    """A program, for itself or for a user, and what it may do. Ids are as the token writes them; empty if unknown."""

    tenant: str = ""
    client: str = ""
    user: str = ""
    """The principal name."""
    permissions: frozenset[str] = frozenset()
    """Delegated ones (`scp`) where there is a user, else application permissions (`roles`)."""
    directory_roles: frozenset[str] = frozenset()
    """Template ids (`wids`)."""
    app_only: bool = False


NOBODY = Caller()


@lru_cache(maxsize=1024)
def claims_of(authorization: str) -> Mapping[str, Any]:
    """What the token in an `Authorization` header claims; nothing where it is missing or no JWT."""
    parts = token_of(authorization).split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, Mapping) else {}


def token_of(authorization: str) -> str:
    """The token of a bearer header, whose scheme may be in any letter case (RFC 9110); empty where there is none."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


@lru_cache(maxsize=1024)
def claimed(authorization: str) -> Caller:
    """The caller that a header claims, believed as it stands."""
    return caller_of(claims_of(authorization))


def caller_of(claims: Mapping[str, Any]) -> Caller:
    """The caller of these claims; those of a wrong kind count as missing."""
    if not claims:
        return NOBODY
    scopes, roles = claims.get("scp"), claims.get("roles")
    # Entra marks such a token with `idtyp`; older ones show it by having roles and no scopes.
    app_only = claims.get("idtyp") == "app" or (scopes is None and roles is not None)
    permissions = _texts(roles) if app_only else frozenset(scopes.split()) if isinstance(scopes, str) else frozenset()
    return Caller(
        tenant=_text(claims.get("tid")),
        client=_text(claims.get("appid") or claims.get("azp")),
        user="" if app_only else _text(claims.get("upn") or claims.get("preferred_username")),
        permissions=permissions,
        directory_roles=_texts(claims.get("wids")),
        app_only=app_only,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> frozenset[str]:
    return frozenset(each for each in value if isinstance(each, str)) if isinstance(value, list) else frozenset()
