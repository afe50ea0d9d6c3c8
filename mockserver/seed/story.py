"""The story of `mockserver demo`: the seed's sample configurations, one a chapter, with what to do and what to look at.

story.yaml tells it, as a list of chapters. A chapter has the ready-made `tenant` that it starts from, which also names
its sandbox, a `title`, a `text` and `steps`. A step has

    do        what somebody does, in a sentence
    call      method and address below the sandbox
    body      of the call, if it has one
    status    of the answer, 200 unless said
    see       what it shows, in sentences
    answer    what is in the answer's body, where it matters: members that are there, lists from first to last

`{proxy}` is the path of the application proxy's profile, and `{group:DC-A}`, `{connector:dc-a-01...}`,
`{application:Payroll}` are ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mockserver.core.behaviour import Behaviour
from mockserver.core.tenant import Tenant
from mockserver.seed import catalogue
from mockserver.seed.document import load

PROXY = "/beta/onPremisesPublishingProfiles/applicationProxy"

FIRST = "default-only"
"""The sandbox of the first chapter."""

_FILE = Path(__file__).with_name("story.yaml")
_NAMED = {
    "group": ("connectorGroup", "name"),
    "connector": ("connector", "machineName"),
    "application": ("application", "displayName"),
}
"""What stands in braces, and by which property of which entities it is meant."""


@dataclass(frozen=True)
class Step:
    """One call of a chapter, and what it shows."""

    do: str
    method: str
    path: str
    """Below the sandbox: `/beta/...` or `/_mock/...`, with its query."""
    body: Any
    status: int
    see: str
    answer: Any


@dataclass(frozen=True)
class Chapter:
    """One sample configuration."""

    sandbox: str
    title: str
    text: str
    steps: tuple[Step, ...]


def told(behaviour: Behaviour, now: datetime) -> Iterator[tuple[Chapter, Tenant]]:
    """The chapters in order, each with the tenant that it starts from, which is loaded at `now`."""
    import yaml  # only here, because most mocks tell no story

    for row in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        name = row["tenant"]
        tenant = load(catalogue.path(name), behaviour=behaviour, now=now)
        steps = tuple(_step(each, _ids_of(tenant)) for each in row["steps"])
        yield Chapter(name, row["title"], row["text"], steps), tenant


def _step(row: dict[str, Any], id_of: Callable[[str, str], str]) -> Step:
    method, path = _resolved(row["call"], id_of).split(" ", 1)
    body, answer = _resolved(row.get("body"), id_of), _resolved(row.get("answer"), id_of)
    return Step(row["do"], method, path, body, row.get("status", 200), row["see"], answer)


def _ids_of(tenant: Tenant) -> Callable[[str, str], str]:
    def id_of(kind: str, name: str) -> str:
        entities, called = _NAMED[kind]
        return next(key for key, each in tenant.all(entities).items() if each[called] == name)

    return id_of


def _resolved(value: Any, id_of: Callable[[str, str], str]) -> Any:
    """The value with ids and paths in the place of what stands in braces."""
    if isinstance(value, dict):
        return {name: _resolved(each, id_of) for name, each in value.items()}
    if isinstance(value, list):
        return [_resolved(each, id_of) for each in value]
    if not isinstance(value, str):
        return value
    text = value.replace("{proxy}", PROXY)
    return re.sub(r"\{(\w+):([^}]+)\}", lambda found: id_of(found[1], found[2]), text)
