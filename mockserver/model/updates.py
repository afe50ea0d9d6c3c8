"""Updates of connectors: at most one connector of a group is being updated at a time, and meanwhile it serves nobody.

R41: "An updater service updates connectors, one connector at a time per group. A group with one connector has downtime
while updating" (behaviour.md 1.5). So an update is planned for a stretch of time that no other update of the group
has; a connector that waits has `updateFrom` and `updateUntil`, one that is being updated only the latter.

No source says how long an update takes, in which order the connectors of a group have theirs, and what `status` shows
meanwhile. Here the length is chosen by whoever starts the updates, the order is that of installation, and the status
stays what it was: it follows heartbeats, and the documentation says that active does not prove that traffic works.
Nothing starts by itself, as no source knows a schedule; `hybridAgentUpdaterConfiguration` is one of agents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from mockserver.core.commands import Change, Command, Update, found
from mockserver.core.entity import Entity
from mockserver.core.errors import InvalidConnector, InvalidUpdate
from mockserver.core.moment import after, instant, moment
from mockserver.core.tenant import Tenant
from mockserver.model.versions import NEWEST, number

_CONNECTOR = "connector"
USUAL = timedelta(minutes=1)
LONGEST = timedelta(days=1)


def is_updating(connector: Mapping[str, Any]) -> bool:
    """Whether it is being updated, and so serves nobody (R41)."""
    return connector["updateUntil"] is not None and connector["updateFrom"] is None


def planned(
    tenant: Tenant,
    now: datetime,
    *,
    version: str = NEWEST,
    takes: timedelta = USUAL,
    connectors: Iterable[str] | None = None,
) -> tuple[Command, ...]:
    """Plans the update to `version` of these connectors, or of all: the first of each group begins `now`.

    Left out are those that are not older, those whose update is planned already, and those that are stopped. Linear in
    the number of connectors. Raises ConnectorNotFound, InvalidConnector for the version, InvalidUpdate for the length.
    """
    wanted = _number(version)
    if not timedelta() <= takes <= LONGEST:
        raise InvalidUpdate(takes=str(takes))
    keys = tenant.all(_CONNECTOR) if connectors is None else dict.fromkeys(connectors)
    chosen = (found(tenant, _CONNECTOR, key) for key in keys)
    return tuple(_in_turn(tenant, [each for each in chosen if _is_due(each, wanted)], now, version, takes))


def a_connector_that_stops_or_starts_has_no_update(change: Change) -> Mapping[str, Any]:
    """Inferred: what does not run cannot be updated, and what has just started was not waiting to be."""
    waits = change.new["updateUntil"] is not None and change.differs("stopped")
    return dict.fromkeys(("nextVersion", "updateFrom", "updateUntil")) if waits else {}


def an_update_waits_for_those_of_the_new_group(change: Change) -> Mapping[str, Any]:
    """R41: whoever comes from another group has its turn, or what is left of it, after the others."""
    until, begins = change.new["updateUntil"], change.new["updateFrom"]
    if until is None or not change.differs("memberOf"):
        return {}
    now = moment(change.command.at)
    free = _free_from(change.tenant, change.new["memberOf"], now, but=change.new["id"])
    left = moment(until) - (now if begins is None else moment(begins))
    return {} if free == now else _turn(free, max(left, timedelta()))


def _number(version: str) -> tuple[int, ...]:
    try:
        return number(version)
    except ValueError:
        raise InvalidConnector(property="version", value=version) from None


def _is_due(connector: Entity, wanted: tuple[int, ...]) -> bool:
    waits = connector["updateFrom"] is not None or connector["updateUntil"] is not None
    return not (waits or connector["stopped"]) and number(connector["version"]) < wanted


def _in_turn(
    tenant: Tenant, connectors: Iterable[Entity], now: datetime, version: str, takes: timedelta
) -> Iterator[Command]:
    free: dict[str | None, datetime] = {}
    for each in connectors:
        group = each["memberOf"]
        begins = free[group] if group in free else _free_from(tenant, group, now)
        free[group] = after(begins, takes)
        yield Update(_CONNECTOR, each["id"], "", {"nextVersion": version, **_turn(begins, takes)})


def _turn(begins: datetime, takes: timedelta) -> dict[str, str]:
    return {"updateFrom": instant(begins), "updateUntil": instant(after(begins, takes))}


def _free_from(tenant: Tenant, group: str | None, now: datetime, but: str = "") -> datetime:
    """When all updates of the group that are planned or under way are over, but for that of one connector."""
    keys = () if group is None else tenant.pointing_to(_CONNECTOR, "memberOf", group)
    others = (found(tenant, _CONNECTOR, key) for key in keys if key != but)
    busy = (each["updateUntil"] for each in others if each["updateUntil"] is not None)
    return max([now, *map(moment, busy)])
