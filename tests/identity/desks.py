"""A tenant to log in to, and the desk where its tokens are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import count

from mockserver.core.behaviour import Behaviour
from mockserver.identity.grants import Desk
from mockserver.identity.keys import Key, new_key
from mockserver.model.behaviours import QUIRKS
from mockserver.seed.document import from_document

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
TENANT = "11111111-1111-4111-8111-111111111111"
DEMO = "22222222-2222-4222-8222-222222222222"
READER = "33333333-3333-4333-8333-333333333333"
PUBLIC = "44444444-4444-4444-8444-444444444444"
UNKNOWN = "55555555-5555-4555-8555-555555555555"
ROOT = "https://localhost:8366"

DOCUMENT = {
    "tenant": {
        "id": TENANT,
        "displayName": "Contoso",
        "defaultDomain": "contoso.onmicrosoft.com",
        "clients": [
            {"clientId": READER, "displayName": "Reader", "secret": "s3cret", "permissions": ["Directory.Read.All"]},
            {"clientId": PUBLIC, "displayName": "Phone app"},
        ],
    },
    "users": [
        {"userPrincipalName": "Amy@contoso.onmicrosoft.com", "displayName": "Amy", "password": "amy's own"},
        {"userPrincipalName": "bob@contoso.onmicrosoft.com", "directoryRoles": ["Application Administrator"]},
    ],
}


@cache
def key() -> Key:
    return new_key()


@cache
def tenant():
    return from_document(DOCUMENT, behaviour=Behaviour(QUIRKS, "observed"), now=NOW)


class Codes(dict):
    """Sign-ins under way, spent as a sandbox spends them."""

    def spend(self, code: str) -> bool:
        return self.pop(code, None) is not None


def desk(codes: Codes | None = None, **changes) -> Desk:
    codes, drawn = Codes() if codes is None else codes, count()
    made = Desk(
        tenant(), NOW.timestamp(), key(), ROOT, lambda: f"unique-{next(drawn)}", codes, codes.spend,
    )  # fmt: skip
    return replace(made, **changes)
