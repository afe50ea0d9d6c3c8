"""Versions of connectors: four whole numbers each, compared as numbers (R30: ZT casts them to .NET versions)."""

from __future__ import annotations

import re
from functools import lru_cache

KNOWN = (
    "1.5.36.0",
    "1.5.132.0",
    "1.5.402.0",
    "1.5.612.0",
    "1.5.1526.0",
    "1.5.1626.0",
    "1.5.1975.0",
    "1.5.2846.0",
    "1.5.3437.0",
    "1.5.3829.0",
    "1.5.4522.0",
)
"""behaviour.md 1.5: reference-version-history; the last one is named by ZT alone."""

NEWEST = KNOWN[-1]

WEB_SOCKETS, REGION, PRIVATE_ACCESS = "1.5.612.0", "1.5.1975.0", "1.5.3417.0"
"""The first versions that can do these (behaviour.md 1.5)."""

FORM = re.compile(r"\d{1,9}(\.\d{1,9}){3}")


@lru_cache(maxsize=1024)
def number(version: str) -> tuple[int, ...]:
    """The version as it compares: 1.5.612.0 is older than 1.5.1526.0. Raises ValueError where it is none."""
    if FORM.fullmatch(version) is None:
        raise ValueError(f"{version!r} is no version of four numbers")
    return tuple(int(part) for part in version.split("."))
