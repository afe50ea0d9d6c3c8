"""Connector groups: the unit of high availability and load balancing, and the default group's rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.core.commands import Change, Create, Delete, Update, found
from mockserver.core.duration import duration
from mockserver.core.edm import (
    BOOLEAN,
    DATE_TIME_OFFSET,
    GET,
    LINK,
    LIST,
    UNLINK,
    EntityType,
    EnumType,
    Guard,
    Navigation,
    Property,
)
from mockserver.core.entity import Entity
from mockserver.core.errors import (
    ApplicationsForGroupNotFound,
    ConnectorGroupNotFound,
    DefaultGroupStays,
    GroupNotEmpty,
    MethodNotAllowed,
    MissingProperty,
    NameTaken,
    RegionIsFixed,
)
from mockserver.core.moment import after, instant, moment
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import (
    CREATED_STATUS,
    DUPLICATE_NAMES,
    MOVE_VERBS,
    REGION_DEFAULT,
    REGION_DELAY,
    UPDATED_ANSWER,
)

CONNECTOR_GROUP = "connectorGroup"
APPLICATION_PROXY = "applicationProxy"

connector_group_type = EnumType(
    "connectorGroupType",
    (APPLICATION_PROXY,),
    observed=("syncFabric", "passthroughAuthentication", "exchangeOnline", "adfs"),
)
connector_group_region = EnumType(
    "connectorGroupRegion", ("nam", "eur", "aus", "asia", "ind", "unknownFutureValue"), observed=("japan",)
)


def default_group(tenant: Tenant) -> Entity:
    """The group that takes whatever belongs to no other: exactly one in every tenant.

    R1: seed, TF. Raises LookupError for a tenant without one, which no seed makes.
    """
    for group in tenant.all(CONNECTOR_GROUP).values():
        if group["isDefault"] and group["connectorGroupType"] == APPLICATION_PROXY:
            return group
    raise LookupError("a tenant without a default connector group")


def default_region(tenant: Tenant) -> str | None:
    """The tenant's home region, which groups have unless they chose another (network-topology)."""
    region: str | None = tenant.about.get("region")
    return region


def takes_connectors(_: Tenant, group: Mapping[str, Any]) -> bool:
    """R23: groups of other types stand in the list, but have neither members nor applications (CAM, EE)."""
    return bool(group["connectorGroupType"] == APPLICATION_PROXY)


def existing_group(tenant: Tenant, key: str) -> Entity:
    """The group of that id that connectors and applications can be in. Raises ConnectorGroupNotFound (R36)."""
    group = found(tenant, CONNECTOR_GROUP, key)
    if not takes_connectors(tenant, group):
        raise ConnectorGroupNotFound(id=key)
    return group


def members(tenant: Tenant, group: str) -> int:
    return len(tenant.pointing_to("connector", "memberOf", group))


def applications(tenant: Tenant, group: str) -> int:
    return len(tenant.pointing_to("application", "connectorGroup", group))


def region_is_the_tenants_unless_chosen(change: Change) -> Mapping[str, Any]:
    """R15: EntraPS documentation output, TF: a group created without a region has the tenant's."""
    if "region" in getattr(change.command, "properties", {}) or change.tenant.behaviour[REGION_DEFAULT] == "null":
        return {}
    return {"region": default_region(change.tenant)}


def _arrives(change: Change) -> bool:
    """Whether this is the region that was chosen a while ago; it was judged then."""
    return change.old["regionDue"] is not None and change.new["regionDue"] is None


def a_region_takes_its_time(change: Change) -> Mapping[str, Any]:
    """Q21: the multi-geo documentation: a changed region takes effect later; until then the old one is shown."""
    delay = duration(change.tenant.behaviour[REGION_DELAY])
    if not delay or not change.differs("region") or _arrives(change):
        return {}
    at = after(moment(change.command.at), delay)
    coming = {"nextRegion": change.new["region"], "regionDue": instant(at)}
    return {"region": change.old["region"], **coming}


def a_group_has_a_name(change: Change) -> None:
    """graph_reference 2.1: the one property that the create page requires. Its refusal is not known (8.6)."""
    if not change.new["name"].strip():
        raise MissingProperty(property="name", type="connectorGroup")


def names_are_unique_if_asked(change: Change) -> None:
    """R22: duplicates are allowed; Q8 = refused compares names without regard to letter case."""
    if change.tenant.behaviour[DUPLICATE_NAMES] == "allowed" or not change.differs("name"):
        return
    wanted = change.new["name"].lower()
    others = (each for key, each in change.tenant.all(CONNECTOR_GROUP).items() if key != change.new["id"])
    if any(group["name"].lower() == wanted for group in others):
        raise NameTaken(name=change.new["name"])


def region_is_fixed_once_in_use(change: Change) -> None:
    """R17: network-topology: changed only while the group holds neither connectors nor applications."""
    key = change.old["id"]
    asked = (change.differs("region") or change.differs("regionDue")) and not _arrives(change)
    if asked and (members(change.tenant, key) or applications(change.tenant, key)):
        raise RegionIsFixed(id=key)


def the_default_group_stays(change: Change) -> None:
    """R20: inferred, TF treats it so: the group that isDefault cannot be deleted."""
    if change.old["isDefault"]:
        raise DefaultGroupStays(what="deleted")


def the_default_group_keeps_its_name_under_strict(change: Change) -> None:
    """R21: nothing forbids renaming it; refused where duplicate names are, as both are a strict tenant's wish."""
    strict = change.tenant.behaviour[DUPLICATE_NAMES] == "refused"
    if strict and change.old["isDefault"] and change.differs("name"):
        raise DefaultGroupStays(what="renamed")


def only_empty_groups_go(change: Change) -> None:
    """R19: connectorGroup-delete, EntraPS help: connectors and applications must be taken out first."""
    key = change.old["id"]
    holds = {"connectors": members(change.tenant, key), "applications": applications(change.tenant, key)}
    if any(holds.values()):
        raise GroupNotEmpty(id=key, what=" and ".join(f"{n} {what}" for what, n in holds.items() if n))


connector_group = EntityType(
    CONNECTOR_GROUP,
    beta_only=True,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("name", nullable=False, required=True),
        Property("region", connector_group_region),
        Property("connectorGroupType", connector_group_type, nullable=False, writable=False, default=APPLICATION_PROXY),
        Property("isDefault", BOOLEAN, nullable=False, writable=False, default=False),
        Property("nextRegion", connector_group_region, hidden=True),
        Property("regionDue", DATE_TIME_OFFSET, hidden=True),
    ),
    navigations=(
        Navigation(
            "members",
            "connector",
            inverse="memberOf",
            allows=frozenset({LIST, LINK, UNLINK}),
            user_only=frozenset({LINK, UNLINK}),
            guards=(Guard(frozenset({LINK}), MOVE_VERBS, ("post+put+members", "post+members"), MethodNotAllowed),),
            serves=takes_connectors,
        ),
        Navigation(
            "applications",
            "application",
            inverse="connectorGroup",
            allows=frozenset({LIST, GET}),
            serves=takes_connectors,
            missing=ApplicationsForGroupNotFound,
        ),
    ),
    consequences={Create: (region_is_the_tenants_unless_chosen,), Update: (a_region_takes_its_time,)},
    rules={
        Create: (a_group_has_a_name, names_are_unique_if_asked),
        Update: (
            a_group_has_a_name,
            names_are_unique_if_asked,
            the_default_group_keeps_its_name_under_strict,
            region_is_fixed_once_in_use,
        ),
        Delete: (the_default_group_stays, only_empty_groups_go),
    },
    missing=ConnectorGroupNotFound,
    created_status=CREATED_STATUS,
    updated_answer=UPDATED_ANSWER,
)
