"""A folder of fixtures: each file is the tenant of a sandbox of its name. All of them, or none and every problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from mockserver.core.behaviour import Behaviour
from mockserver.core.tenant import Tenant
from mockserver.seed.document import load
from mockserver.seed.problems import FixtureError, Problem

SUFFIXES = (".yaml", ".yml", ".json")


def tenants_of(
    folder: Path, may_name: Callable[[str], bool], *, behaviour: Behaviour, now: datetime
) -> dict[str, Tenant]:
    """Name -> tenant, in the order of names; `may_name` says what can name a sandbox. What is hidden is passed over.

    Raises FixtureError with the problems of all files, and what else lies there and is no fixture.
    """
    try:
        files = sorted(folder.iterdir(), key=lambda each: (each.stem, each.name))
    except OSError as broken:
        raise FixtureError([Problem(str(folder), None, "", f"cannot be read: {broken.strerror}")]) from None
    files = [each for each in files if not each.name.startswith(".")]
    problems, found = list(_misplaced(files, may_name)), dict[str, Tenant]()
    for each in files:
        if each.suffix in SUFFIXES:
            try:
                found[each.stem] = load(each, behaviour=behaviour, now=now)
            except FixtureError as refused:
                problems.extend(refused.problems)
    if problems:
        raise FixtureError(problems)
    return found


def _misplaced(files: list[Path], may_name: Callable[[str], bool]) -> Iterator[Problem]:
    for each in files:
        if each.suffix not in SUFFIXES:
            yield Problem(str(each), None, "", f"is no fixture, whose name ends in {', '.join(SUFFIXES)}")
        elif not may_name(each.stem):
            yield Problem(str(each), None, "", "cannot name a sandbox: letters, digits, '.', '_' and '-', at most 64")
    for stem, same in groupby(files, lambda each: each.stem):
        names = [each.name for each in same if each.suffix in SUFFIXES]
        if len(names) > 1:
            yield Problem(str(files[0].parent / names[1]), None, "", f"{names[0]} is the sandbox {stem!r} already")
