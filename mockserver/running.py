"""Asks a mock that runs in another process what it is."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any


def described(address: str) -> str:
    """Version and, where no token keeps them from us, settings. Raises OSError where nobody answers, ValueError where
    it is no mock.
    """
    health = _asked(f"{address}/_mock/health")
    if not isinstance(health, dict) or not {"version", "sandboxes"} <= health.keys():
        raise ValueError("something else answers there")
    try:
        settings = _asked(f"{address}/_mock/settings")
    except urllib.error.HTTPError:
        return f"version {health['version']}, control API behind a token"
    number = health["sandboxes"]
    sandboxes = "1 sandbox" if number == 1 else f"{number} sandboxes"
    return f"version {health['version']}, tenant {settings['tenant']}, behaviour {settings['behaviour']}, {sandboxes}"


def _asked(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return json.load(answer)
