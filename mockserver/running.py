"""Asks a mock that runs in another process what it is."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.settings import Addresses

_PATIENCE = 5
"""Seconds."""


@dataclass(frozen=True)
class Said:
    """What of its settings others go by."""

    tenant: str
    behaviour: str
    addresses: Addresses
    ca_certificate: str | None


@dataclass(frozen=True)
class Running:
    """What a mock says of itself."""

    version: str
    sandboxes: int
    tenant_id: str
    settings: Said | None
    """None where a token keeps them from us."""

    def described(self) -> str:
        """One line for a person."""
        if self.settings is None:
            return f"version {self.version}, control API behind a token"
        said = {
            "version": self.version,
            "tenant": self.settings.tenant,
            "behaviour": self.settings.behaviour,
            "": "1 sandbox" if self.sandboxes == 1 else f"{self.sandboxes} sandboxes",
            "https at": self.settings.addresses.https,
            "proxy at": self.settings.addresses.proxy,
            "certificate authority": self.settings.ca_certificate,
        }
        return ", ".join(f"{name} {value}".strip() for name, value in said.items() if value)


def ask(root: str, token: str = "") -> Running:
    """What is served at that address. Raises OSError where nobody answers, ValueError where it is no mock."""
    try:
        health = _asked(f"{root}/_mock/health")
        version, sandboxes = health["version"], health["sandboxes"]
        tenants = _asked(f"{root}/tenants?api-version=2022-12-01")["value"]
        return Running(version, sandboxes, tenants[0]["tenantId"], _settings(f"{root}/_mock/settings", token))
    except (LookupError, TypeError):
        raise ValueError("something else answers there") from None


def _settings(address: str, token: str) -> Said | None:
    try:
        said = _asked(address, {"x-mock-token": token} if token else {})
    except urllib.error.HTTPError as refused:
        if refused.code == 401:
            return None
        raise
    return Said(said["tenant"], said["behaviour"], Addresses(**said["addresses"]), said["caCertificate"])


def _asked(address: str, headers: Mapping[str, str] | None = None) -> Any:
    # The mock is on this machine, whatever proxy the environment names for others.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(urllib.request.Request(address, headers=dict(headers or {})), timeout=_PATIENCE) as answer:
        return json.load(answer)
