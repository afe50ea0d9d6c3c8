"""Private network connectors: each in exactly one group, new ones in the default group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

from mockserver.core.commands import Change, Create, Link, Unlink, Update
from mockserver.core.edm import (
    BOOLEAN,
    DATE_TIME_OFFSET,
    LINK,
    LINK_BY_PUT,
    LIST,
    UNLINK,
    EntityType,
    EnumType,
    Guard,
    Navigation,
    Property,
)
from mockserver.core.errors import (
    ConnectorNotFound,
    ConnectorStaysOnDefault,
    InvalidConnector,
    MethodNotAllowed,
    MoveCrossesRegions,
)
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import MOVE_VERBS, REGION_MOVES
from mockserver.model.connector_group import CONNECTOR_GROUP, default_group, default_region, existing_group
from mockserver.model.updates import (
    a_connector_that_stops_or_starts_has_no_update,
    an_update_waits_for_those_of_the_new_group,
)
from mockserver.model.versions import FORM, NEWEST

CONNECTOR = "connector"

connector_status = EnumType("connectorStatus", ("active", "inactive"))


def a_new_connector_lands_in_default(change: Change) -> Mapping[str, Any]:
    """R3: seed: whatever groups exist, it belongs to the default one until somebody moves it."""
    if change.new.get("memberOf") is not None:
        return {}
    return {"memberOf": default_group(change.tenant)["id"]}


def a_new_connector_has_sent_a_heartbeat(change: Change) -> Mapping[str, Any]:
    """R37: OPS: its registration is its first sign of life."""
    return {"lastHeartbeat": change.new["lastHeartbeat"] or change.command.at}


def a_started_or_stopped_connector_is_heard_of_now(change: Change) -> Mapping[str, Any]:
    """R37: the last heartbeat of a service that stops, or the first of one that starts."""
    heard = change.differs("stopped") and not change.differs("lastHeartbeat")
    return {"lastHeartbeat": change.command.at} if heard else {}


def it_is_one_that_could_register(change: Change) -> None:
    """R30, 1.5: it has a machine name, an address, and a version of four numbers, as ZT casts it."""
    for name, is_one in _FORMS.items():
        if not is_one(change.new[name]):
            raise InvalidConnector(property=name, value=change.new[name])


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


_FORMS: Mapping[str, Callable[[str], object]] = {
    "machineName": lambda text: bool(text.strip()),
    "externalIp": _is_address,
    "version": FORM.fullmatch,
}


def without_a_group_means_default(change: Change) -> Mapping[str, Any]:
    """R2, U-22: a connector is always in a group, so taking it out of one is moving it to the default one."""
    if change.new["memberOf"] is not None:
        return {}
    return {"memberOf": default_group(change.tenant)["id"]}


def a_connector_stays_on_default(change: Change) -> None:
    """U-22: invented: there is nowhere to fall back to from the default group."""
    if not change.differs("memberOf"):
        raise ConnectorStaysOnDefault(id=change.old["id"])


def the_group_exists(change: Change) -> None:
    """R36: ConnectorGroup_NotFound (EE's code); a group of another type takes no connectors either (R23)."""
    existing_group(change.tenant, change.new["memberOf"])


def moves_into_a_region_start_from_the_default_region(change: Change) -> None:
    """R34: network-topology: only from a group that uses the default region. Back home is always allowed (R5)."""
    if not change.differs("memberOf") or change.tenant.behaviour[REGION_MOVES] == "allowed":
        return
    home = default_region(change.tenant)
    origin, target = (_region(change.tenant, each["memberOf"]) for each in (change.old, change.new))
    if target not in (None, home) and origin not in (None, home):
        raise MoveCrossesRegions(region=target)


def _region(tenant: Tenant, group: str) -> str | None:
    region: str | None = tenant.all(CONNECTOR_GROUP)[group]["region"]
    return region


connector = EntityType(
    CONNECTOR,
    beta_only=True,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("machineName", nullable=False, required=True),
        Property("externalIp", nullable=False, default="203.0.113.1"),
        Property("status", connector_status, nullable=False, writable=False, default="active"),
        Property("version", nullable=False, default=NEWEST),
        Property("lastHeartbeat", DATE_TIME_OFFSET, hidden=True),
        Property("stopped", BOOLEAN, hidden=True, default=False),
        Property("nextVersion", hidden=True),
        Property("updateFrom", DATE_TIME_OFFSET, hidden=True),
        Property("updateUntil", DATE_TIME_OFFSET, hidden=True),
    ),
    navigations=(
        Navigation(
            "memberOf",
            CONNECTOR_GROUP,
            stored=True,
            allows=frozenset({LIST, LINK, LINK_BY_PUT, UNLINK}),
            user_only=frozenset({LINK, LINK_BY_PUT, UNLINK}),
            guards=(Guard(frozenset({LINK_BY_PUT}), MOVE_VERBS, ("post+put+members",), MethodNotAllowed),),
        ),
    ),
    consequences={
        Create: (a_new_connector_lands_in_default, a_new_connector_has_sent_a_heartbeat),
        Update: (
            a_started_or_stopped_connector_is_heard_of_now,
            a_connector_that_stops_or_starts_has_no_update,
        ),
        Link: (an_update_waits_for_those_of_the_new_group,),
        Unlink: (without_a_group_means_default, an_update_waits_for_those_of_the_new_group),
    },
    rules={
        Create: (it_is_one_that_could_register,),
        Update: (it_is_one_that_could_register,),
        Link: (
            the_group_exists,
            moves_into_a_region_start_from_the_default_region,
        ),
        Unlink: (a_connector_stays_on_default,),
    },
    missing=ConnectorNotFound,
)
