"""The programs that may log in, as a fixture lists them and as a tenant keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.core.entity import Record, freeze
from mockserver.seed.differing import Row, thawed


def client(said: Mapping[str, Any]) -> Record:
    """A client as a tenant keeps it, with every key.

    `clientId` and `displayName` are texts. `secret` is None for a public client, `certificate` (PEM) for
    one that signs no assertions. `permissions` are names, or None for
    all there are. `directoryRoles` are names.
    """
    key = said["clientId"].lower()
    plain = {
        "clientId": key,
        "displayName": key,
        "secret": None,
        "certificate": None,
        "permissions": None,
        "directoryRoles": (),
    }
    return Record({**plain, **freeze(said), "clientId": key})


def written(kept: Mapping[str, Any]) -> Row:
    """The row that `client` makes this one of; permissions that are an empty list are not all permissions."""
    plain = client({"clientId": kept["clientId"]})
    said = {name: thawed(value) for name, value in kept.items() if value != plain[name]}
    return {"clientId": kept["clientId"], **said}
