"""Tokens with Entra's claims: access tokens of version 1.0 as the Graph gets them, id and refresh tokens.

Claims: Microsoft's references of access token and id token claims; what clients need of them: clients.md 1.3, 3.2, 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mockserver.identity.accounts import Client, User
from mockserver.identity.permissions import ALL_APPLICATION, ALL_DELEGATED, DIRECTORY_ROLES
from mockserver.identity.scopes import AUDIENCES, Asked

Claims = dict[str, Any]

LASTS = 3599
"""Seconds. Entra draws between 60 and 90 minutes; a mock is the same every time."""
REFRESH_LASTS = 90 * 24 * 3600
REFRESH = "urn:mockserver:refresh"
"""The audience of refresh tokens, which no API takes for its own."""

_EVERY_USER = "b79fbf4d-3ef9-4689-8143-76b194e85509"
"""In `wids` of all users who may log in."""


def issuer(tenant: str) -> str:
    """Who issues access tokens of version 1.0 for that tenant id."""
    return f"https://sts.windows.net/{tenant}/"


def for_client(client: Client, asked: Asked, tenant: str, now: float, unique: str, *, secret: bool = True) -> Claims:
    """An access token for a program itself."""
    permissions = sorted(ALL_APPLICATION) if client.permissions is None else client.permissions
    granted = {"roles": list(permissions)} if asked.resource in AUDIENCES else {}
    return {
        **_usual(asked.resource, tenant, now, unique),
        **_program(client, "1" if secret else "2"),
        "idtyp": "app",
        "oid": client.object,
        **granted,
        "sub": client.object,
        "wids": _ids(client.directory_roles),
    }


def for_user(user: User, client: Client, asked: Asked, tenant: str, now: float, unique: str) -> Claims:
    """An access token for a user, at a program."""
    return {
        **_usual(asked.resource, tenant, now, unique),
        **_program(client, "0"),
        "acr": "1",
        "amr": ["pwd"],
        "idtyp": "user",
        "name": user.display,
        "oid": user.id,
        "scp": " ".join(scopes_of(asked)),
        "sub": user.id,
        "unique_name": user.name,
        "upn": user.name,
        "wids": [*_ids(user.directory_roles), _EVERY_USER],
    }


def scopes_of(asked: Asked) -> tuple[str, ...]:
    """The delegated permissions of a token: those asked for, or all; other resources have one for everything."""
    if asked.permissions:
        return asked.permissions
    return tuple(sorted(ALL_DELEGATED)) if asked.resource in AUDIENCES else ("user_impersonation",)


def id_token(user: User, client: str, root: str, tenant: str, now: float, unique: str, nonce: str) -> Claims:
    """Says to the program who the user is. `root` is the address of the token service."""
    claims = {
        "aud": client,
        "iss": f"{root}/{tenant}/v2.0",
        "iat": int(now),
        "nbf": int(now),
        "exp": int(now) + LASTS,
        "name": user.display,
        "nonce": nonce,
        "oid": user.id,
        "preferred_username": user.name,
        "sub": user.id,
        "tid": tenant,
        "uti": unique,
        "ver": "2.0",
    }
    return {name: value for name, value in claims.items() if value != ""}


def refresh_token(user: User, client: str, scope: str, tenant: str, now: float, unique: str) -> Claims:
    """What the same program gets new tokens for the same user with."""
    return {
        "aud": REFRESH,
        "iss": issuer(tenant),
        "iat": int(now),
        "exp": int(now) + REFRESH_LASTS,
        "appid": client,
        "scope": scope,
        "tid": tenant,
        "upn": user.name,
        "uti": unique,
    }


def _usual(audience: str, tenant: str, now: float, unique: str) -> Claims:
    return {
        "aud": audience,
        "iss": issuer(tenant),
        "iat": int(now),
        "nbf": int(now),
        "exp": int(now) + LASTS,
        "idp": issuer(tenant),
        "tenant_region_scope": "EU",
        "tid": tenant,
        "uti": unique,
        "ver": "1.0",
    }


def _program(client: Client, proof: str) -> Mapping[str, Any]:
    """`appidacr` says how it proved itself: 0 not at all, 1 by a secret, 2 by a certificate."""
    return {"app_displayname": client.name, "appid": client.id, "appidacr": proof}


def _ids(roles: Iterable[str]) -> list[str]:
    """Of roles by name; an id stands for itself."""
    return [DIRECTORY_ROLES.get(each, each) for each in roles]
