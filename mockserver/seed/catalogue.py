"""The ready-made tenants: the fixtures that come with the package, by name."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.seed.document import load
from mockserver.seed.problems import FixtureError, Problem

_PACKAGE = Path(__file__).parents[1]


class UnknownTenantError(ValueError):
    """Neither a ready-made tenant nor a file."""


def names() -> list[str]:
    """The names of the ready-made tenants."""
    return sorted(_paths())


def path(name: str) -> Path:
    """The file of a ready-made tenant. Raises UnknownTenantError."""
    found = _paths().get(name)
    if found is None:
        raise UnknownTenantError(f"there is no ready-made tenant {name!r}; ready-made are {', '.join(names())}")
    return found


def describe(name: str) -> str:
    """What the tenant shows: the first sentence of its file's first comment."""
    lines = path(name).read_text(encoding="utf-8").splitlines()
    comment = takewhile(lambda line: line.startswith("#") and line.strip("# "), lines)
    text = " ".join(line.strip("# ") for line in comment)
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def resolve(name_or_file: str) -> Path:
    """The file meant: that of the ready-made tenant of this name, or the file itself. Raises UnknownTenantError."""
    if name_or_file in _paths():
        return path(name_or_file)
    if _is_file(name_or_file):
        return Path(name_or_file)
    raise UnknownTenantError(
        f"{name_or_file!r} is neither a file nor a ready-made tenant; ready-made are {', '.join(names())}"
    )


def check(file: str | Path) -> list[Problem]:
    """Every problem of a fixture file; none where it can be a tenant."""
    try:
        load(Path(file), behaviour=Behaviour(QUIRKS, "observed"), now=datetime.now(UTC))
    except FixtureError as refused:
        return list(refused.problems)
    return []


@lru_cache
def folder() -> Path:
    """Where the fixtures are: in the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "fixtures"
    return installed if installed.is_dir() else _PACKAGE.parent / "fixtures"


def _paths() -> dict[str, Path]:
    return {each.stem: each for each in folder().glob("*.yaml")}


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # too long for a file name, say
        return False
