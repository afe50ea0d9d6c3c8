"""What time does to a tenant: silent connectors become inactive and are removed, updates begin and end, regions arrive.

R37, R38, Q25: after how long, `model.heartbeats` says; the group of a removed connector stays. R40: neither moves a
connector nor touches an application. R41: `model.updates` says when each connector has its turn. Q21: the multi-geo
documentation says that a region takes effect after some 30 minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from math import inf
from typing import NamedTuple

from mockserver.core.commands import Command, Delete, Update, found
from mockserver.core.entity import Entity
from mockserver.core.moment import after, instant, moment
from mockserver.core.tenant import Tenant
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import CONNECTOR_GROUP
from mockserver.model.heartbeats import inactive_after, removed_after


class Due(NamedTuple):
    """What time has in store: the moment, the entity, and the command. Ordered by the first two."""

    at: datetime
    id: str
    command: Command


def due(tenant: Tenant) -> list[Due]:
    """The next thing time will do to each entity, the earliest first."""
    found = [each for name in _NEXT for entity in tenant.all(name).values() for each in _of(tenant, entity)]
    return sorted(found, key=lambda each: (each.at, each.id))


def due_for(tenant: Tenant, type_name: str, key: str) -> Iterator[Due]:
    """The next thing time will do to this entity, if anything."""
    entity = tenant.get(type_name, key) if type_name in _NEXT else None
    return iter(()) if entity is None else _of(tenant, entity)


def due_of(tenant: Tenant, type_name: str, key: str) -> float:
    """When that will be, in seconds since 1970; infinity where never."""
    return next((each.at.timestamp() for each in due_for(tenant, type_name, key)), inf)


def stop(connector: str) -> Command:
    """Its service stops sending heartbeats; stopping a stopped one changes nothing."""
    return Update(CONNECTOR, connector, "", {"stopped": True})


def start(connector: str) -> Command:
    """Its service starts: a heartbeat, and so active again in the same group (R37)."""
    return Update(CONNECTOR, connector, "", {"stopped": False, "status": "active"})


def _of(tenant: Tenant, entity: Entity) -> Iterator[Due]:
    return _NEXT[entity.type.name](tenant, entity)


def silence(tenant: Tenant, connector: str, now: datetime) -> Command:
    """R39: its service has stopped, and just long enough ago that it is inactive. `start` undoes it.

    For tests that do not care for the minutes until then. Raises ConnectorNotFound.
    """
    known = found(tenant, CONNECTOR, connector)
    last = now - inactive_after(tenant.behaviour) - timedelta(seconds=1)
    if known["stopped"]:
        last = min(last, moment(known["lastHeartbeat"]))
    silent = {"stopped": True, "status": "inactive", "lastHeartbeat": instant(last)}
    return Update(CONNECTOR, connector, "", silent)


def _of_a_connector(tenant: Tenant, connector: Entity) -> Iterator[Due]:
    return _of_a_silent_one(tenant, connector) if connector["stopped"] else _of_a_running_one(connector)


def _of_a_silent_one(tenant: Tenant, connector: Entity) -> Iterator[Due]:
    last, key = moment(connector["lastHeartbeat"]), connector["id"]
    if connector["status"] == "active":
        at = after(last, inactive_after(tenant.behaviour) + timedelta(seconds=1))
        yield Due(at, key, Update(CONNECTOR, key, "", {"status": "inactive"}))
    else:
        yield Due(after(last, removed_after(tenant.behaviour)), key, Delete(CONNECTOR, key, ""))


def _of_a_running_one(connector: Entity) -> Iterator[Due]:
    key = connector["id"]
    if connector["updateFrom"] is not None:
        yield Due(moment(connector["updateFrom"]), key, Update(CONNECTOR, key, "", {"updateFrom": None}))
    elif connector["updateUntil"] is not None:
        version = connector["nextVersion"] or connector["version"]
        updated = {"version": version, "nextVersion": None, "updateUntil": None}
        yield Due(moment(connector["updateUntil"]), key, Update(CONNECTOR, key, "", updated))


def _of_a_group(_: Tenant, group: Entity) -> Iterator[Due]:
    if group["regionDue"] is not None:
        arrived = {"region": group["nextRegion"], "nextRegion": None, "regionDue": None}
        yield Due(moment(group["regionDue"]), group["id"], Update(CONNECTOR_GROUP, group["id"], "", arrived))


_NEXT: Mapping[str, Callable[[Tenant, Entity], Iterator[Due]]] = {
    CONNECTOR: _of_a_connector,
    CONNECTOR_GROUP: _of_a_group,
}
