"""Ready-made tenants as values, and what happens to a tenant that is left alone: for drills without a sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tenants import NOW, assign

from mockserver.core.behaviour import Behaviour
from mockserver.core.commands import Command, apply
from mockserver.core.moment import instant
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import QUIRKS
from mockserver.model.events import event_of
from mockserver.model.lifecycle import due
from mockserver.seed import catalogue
from mockserver.seed.document import load

_NAMES = {"connector": "machineName", "connectorGroup": "name", "application": "displayName"}


def ready_made(name: str) -> Tenant:
    """The ready-made tenant of that name."""
    return load(catalogue.path(name), behaviour=Behaviour(QUIRKS, "observed"), now=NOW)


def ids(at: Tenant, type_name: str) -> dict[str, str]:
    """The id of each entity of a type, by its name."""
    return {each[_NAMES[type_name]]: key for key, each in at.all(type_name).items()}


def done(at: Tenant, *commands: Command, now: datetime = NOW) -> Tenant:
    """The tenant after these commands, carried out now."""
    for command in commands:
        at = apply(at, replace(command, at=instant(now)))
    return at


def diverted(at: Tenant, group: str, to: str) -> Tenant:
    """The tenant after somebody assigned all applications of a group to another, one by one."""
    groups = ids(at, "connectorGroup")
    return done(
        at, *(assign(each, groups[to]) for each in at.pointing_to("application", "connectorGroup", groups[group]))
    )


def left_alone(at: Tenant, ahead: timedelta, *, since: datetime = NOW) -> tuple[Tenant, list[Mapping[str, Any]]]:
    """The tenant after so much time, and what happened in it."""
    events = []
    while (coming := due(at)) and coming[0].at <= since + ahead:
        command = replace(coming[0].command, at=instant(coming[0].at))
        before, at = at, apply(at, command)
        events.append(event_of(before, command, at))
    return at, events
