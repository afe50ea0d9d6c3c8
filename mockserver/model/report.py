"""What an administrator would want to know of a tenant: every connector group with its warnings.

The warnings are those of the portal, of the documentation and of the audits that people run. Each says whose it is: 1.7
and the like are sections of behaviour.md, ZT the tests of Zero Trust Assessment, MT.1190 the one of Maester. A default
group that serves no application warns of nothing: it is the idle pool of the seed's recommended configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mockserver.core.entity import Entity
from mockserver.core.moment import after, instant, moment
from mockserver.core.tenant import Tenant
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import CONNECTOR_GROUP, default_region, takes_connectors
from mockserver.model.heartbeats import removed_after
from mockserver.model.on_premises_publishing import is_private_access
from mockserver.model.updates import is_updating
from mockserver.model.versions import NEWEST, PRIVATE_ACCESS, REGION, WEB_SOCKETS, number

Warned = Mapping[str, Any]
"""A warning: `code`, `message`, `connectorGroupId`, and in `connectorIds` and `applicationIds` whom it is about."""

ESSENTIAL, PREFERRED = 2, 3
"""1.4: at least two connectors in a group are called essential, three preferred."""


@dataclass(frozen=True)
class Group:
    """A connector group and what is in it."""

    tenant: Tenant
    entity: Entity

    @cached_property
    def connectors(self) -> tuple[Entity, ...]:
        return self._of(CONNECTOR, "memberOf")

    @cached_property
    def applications(self) -> tuple[Entity, ...]:
        return self._of("application", "connectorGroup")

    @cached_property
    def active(self) -> tuple[Entity, ...]:
        return tuple(each for each in self.connectors if each["status"] == "active")

    @cached_property
    def inactive(self) -> tuple[Entity, ...]:
        return tuple(each for each in self.connectors if each["status"] != "active")

    @property
    def private(self) -> tuple[Entity, ...]:
        """The Private Access applications, Quick Access among them."""
        return tuple(each for each in self.applications if is_private_access(each["onPremisesPublishing"]))

    @property
    def is_idle(self) -> bool:
        """Seed: the default group "that doesn't serve any applications and is used for idle or newly installed"."""
        return self.entity["isDefault"] and not self.applications

    @property
    def is_abroad(self) -> bool:
        """Whether it chose a region that is not the tenant's."""
        return self.entity["region"] not in (None, default_region(self.tenant))

    def older(self, version: str) -> tuple[Entity, ...]:
        """The connectors of an earlier version than that."""
        return tuple(each for each in self.connectors if number(each["version"]) < number(version))

    def _of(self, type_name: str, link: str) -> tuple[Entity, ...]:
        there = self.tenant.all(type_name)
        return tuple(there[key] for key in self.tenant.pointing_to(type_name, link, self.entity["id"]))


Rule = Callable[[Group], Iterator[Warned]]


def report(tenant: Tenant) -> Mapping[str, Any]:
    """What `GET /_mock/report` answers: `connectorGroups` in the order of creation, but those of other types (R23).

    Each has its `activeConnectors`, `inactiveConnectors` and `applications` by id and name; `meetsHA` and
    `recommended`, as behaviour.md 5.6 names them; `outdated`, the number of connectors that ZT 25392 fails; and its
    `warnings`.
    """
    groups = (each for each in tenant.all(CONNECTOR_GROUP).values() if takes_connectors(tenant, each))
    return {"connectorGroups": [_told(Group(tenant, each)) for each in groups]}


def _told(group: Group) -> dict[str, Any]:
    return {
        "connectorGroupId": group.entity["id"],
        **{name: group.entity[name] for name in ("name", "isDefault", "region")},
        "activeConnectors": [_connector(each) for each in group.active],
        "inactiveConnectors": [_connector(each) | _since(group.tenant, each) for each in group.inactive],
        "applications": [
            {"applicationId": each["id"], "displayName": each["displayName"]} for each in group.applications
        ],
        "meetsHA": len(group.active) >= ESSENTIAL,
        "recommended": len(group.active) >= PREFERRED,
        "outdated": len(group.older(NEWEST)),
        "warnings": [warned for rule in _RULES if not group.is_idle for warned in rule(group)],
    }


def _connector(connector: Entity) -> dict[str, Any]:
    known = {name: connector[name] for name in ("machineName", "version")}
    return {"connectorId": connector["id"], **known, "isUpdating": is_updating(connector)}


def _since(tenant: Tenant, connector: Entity) -> dict[str, Any]:
    """R37, R38: since when it is silent, and when the service removes it."""
    last = connector["lastHeartbeat"]
    return {"lastHeartbeat": last, "removedAt": instant(after(moment(last), removed_after(tenant.behaviour)))}


def it_has_no_connector(group: Group) -> Iterator[Warned]:
    """1.7: the portal's connector group warning (a): connectivity-no-working-connector. ZT 25466."""
    if not group.connectors:
        yield _warned(group, "noConnector", "has no connector: whatever it serves answers 504", (), group.applications)


def it_has_no_active_connector(group: Group) -> Iterator[Warned]:
    """1.7: the portal's warning (b). 1.4: all its applications are down, OPS calls it critical. ZT 25466, ZT 25391."""
    if group.connectors and not group.active:
        what = "has connectors, but no active one: whatever it serves answers 504"
        yield _warned(group, "noActiveConnector", what, group.inactive, group.applications)


def it_has_a_single_active_connector(group: Group) -> Iterator[Warned]:
    """1.4: OPS: one active means no high availability. 1.5, R41: down while it is updated. ZT 25393, ZT 25466."""
    if len(group.active) == 1:
        what = "has a single active connector: when that fails, or is updated, whatever it serves answers 504"
        yield _warned(group, "singlePointOfFailure", what, group.active, group.applications)


def some_of_its_connectors_are_inactive(group: Group) -> Iterator[Warned]:
    """ZT 25391: every connector is active. 1.3: OPS: alert where there is no heartbeat for more than five minutes."""
    if group.active and group.inactive:
        yield _warned(group, "inactiveConnectors", "has inactive connectors beside active ones", group.inactive)


def the_default_group_serves_applications(group: Group) -> Iterator[Warned]:
    """Seed: with them on it, new connectors receive live traffic before anybody has assigned them."""
    if group.entity["isDefault"]:
        what = "is the default one and serves applications: connectors newly installed there get live traffic at once"
        yield _warned(group, "applicationsOnDefault", what, (), group.applications)


def the_default_group_serves_private_access(group: Group) -> Iterator[Warned]:
    """MT.1190: no Private Access application is on the default group."""
    if group.entity["isDefault"] and group.private:
        what = "is the default one and serves Private Access applications"
        yield _warned(group, "privateAccessOnDefault", what, (), group.private)


def it_serves_no_application(group: Group) -> Iterator[Warned]:
    """Seed: connectors that serve nothing are kept on the default group, from where they can go anywhere."""
    if not group.applications:
        yield _warned(group, "noApplication", "serves no application", group.connectors)


def quick_access_is_of_another_region(group: Group) -> Iterator[Warned]:
    """1.6: how-to-enable-multi-geo: Quick Access always uses the tenant's region."""
    quick = tuple(each for each in group.private if _is_quick_access(each))
    if quick and group.is_abroad:
        what = f"has region {group.entity['region']}, but Quick Access always uses the tenant's"
        yield _warned(group, "regionMismatch", what, (), quick)


def a_connector_is_too_old(group: Group) -> Iterator[Warned]:
    """1.5: what needs how new a connector: reference-version-history; WebSockets need it of all in the group.

    Older than the newest alone is no warning, although ZT 25392 fails it: only major releases come by themselves.
    """
    for version, concerned, what in (
        (WEB_SOCKETS, bool(group.applications), "WebSockets do not work through any of the group"),
        (REGION, group.is_abroad, "its region is not made use of"),
        (PRIVATE_ACCESS, bool(group.private), "Private Access does not work through them"),
    ):
        old = group.older(version) if concerned else ()
        if old:
            yield _warned(group, "versionTooOld", f"has connectors older than {version}: {what}", old)


def _is_quick_access(application: Entity) -> bool:
    return str(application["onPremisesPublishing"]["applicationType"]).lower() == "quickaccessapp"


def _warned(
    group: Group, code: str, what: str, connectors: Iterable[Entity] = (), applications: Iterable[Entity] = ()
) -> Warned:
    return {
        "code": code,
        "message": f"Connector group {group.entity['name']} {what}.",
        "connectorGroupId": group.entity["id"],
        "connectorIds": [each["id"] for each in connectors],
        "applicationIds": [each["id"] for each in applications],
    }


_RULES: tuple[Rule, ...] = (
    it_has_no_connector,
    it_has_no_active_connector,
    it_has_a_single_active_connector,
    some_of_its_connectors_are_inactive,
    the_default_group_serves_applications,
    the_default_group_serves_private_access,
    it_serves_no_application,
    quick_access_is_of_another_region,
    a_connector_is_too_old,
)
