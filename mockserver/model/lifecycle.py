"""What time does to a tenant: a connector that sends no heartbeats becomes inactive, and later it is removed.

R37: OPS guide: no heartbeat for more than 5 minutes. R38: concept-connectors: removed after 10 days of inactivity; its
group stays. R40: neither moves a connector nor touches an application.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf
from typing import NamedTuple

from mockserver.core.commands import Command, Delete, Update
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model.connector import CONNECTOR

INACTIVE_AFTER = timedelta(minutes=5)
REMOVED_AFTER = timedelta(days=10)


class Due(NamedTuple):
    """What time has in store: a command and the moment it is due."""

    at: datetime
    command: Command


def due(tenant: Tenant) -> list[Due]:
    """The next thing time will do to each silent connector, the earliest first."""
    silent = (connector for connector in tenant.all(CONNECTOR).values() if connector["stopped"])
    return sorted((_next(connector) for connector in silent), key=lambda each: each.at)


def due_of(entity: Entity | None) -> float:
    """When time will next do something to this entity, in seconds since 1970; infinity where it never will."""
    if entity is None or entity.type.name != CONNECTOR or not entity["stopped"]:
        return inf
    return _next(entity).at.timestamp()


def status_at(last_heartbeat: datetime, now: datetime) -> str:
    """`active` up to and including 5 minutes after the last heartbeat."""
    return "inactive" if now - last_heartbeat > INACTIVE_AFTER else "active"


def stop(connector: str) -> Command:
    """Its service stops sending heartbeats; stopping a stopped one changes nothing."""
    return Update(CONNECTOR, connector, "", {"stopped": True})


def start(connector: str) -> Command:
    """Its service starts: a heartbeat, and so active again in the same group (R37)."""
    return Update(CONNECTOR, connector, "", {"stopped": False, "status": "active"})


def _next(connector: Entity) -> Due:
    last, key = datetime.fromisoformat(connector["lastHeartbeat"]), connector["id"]
    if connector["status"] == "active":
        at = last + INACTIVE_AFTER + timedelta(seconds=1)
        return Due(at, Update(CONNECTOR, key, "", {"status": "inactive"}))
    return Due(last + REMOVED_AFTER, Delete(CONNECTOR, key, ""))
