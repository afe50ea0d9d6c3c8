"""On-premises publishing profiles: the service's containers, one for each kind of publishing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from mockserver.core.edm import (
    BOOLEAN,
    CREATE,
    DATE_TIME_OFFSET,
    DELETE,
    EVERYTHING,
    GET,
    LIST,
    TIME_OF_DAY,
    UPDATE,
    ComplexType,
    EntityType,
    Guard,
    Navigation,
    Property,
)
from mockserver.core.entity import Entity
from mockserver.core.errors import MethodNotAllowed, NoHttpResource, ResourceNotFound
from mockserver.core.tenant import Tenant
from mockserver.model.agents import AGENT, AGENT_GROUP, PUBLISHED_RESOURCE
from mockserver.model.application_segment import IP_SEGMENT
from mockserver.model.behaviours import CONNECTOR_WRITES, FOREIGN_GROUPS, UNSERVED_CHILDREN
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import CONNECTOR_GROUP, takes_connectors
from mockserver.model.sensor import SENSOR

PROFILE = "onPremisesPublishingProfile"

PROXY, HYBRID, PRIVATE = ("applicationProxy",), ("exchangeOnline", "authentication", "provisioning"), ("privateAccess",)
PROFILE_IDS = (*PROXY, *HYBRID, "adAdministration", "intunePfx", "oflineDomainJoin", *PRIVATE)
"""Every tenant has these from the start (U-28); their ids are words in any letter case (R53)."""


def groups_of_other_types(tenant: Tenant) -> Callable[[Entity], bool] | None:
    """R23, Q7: ZT, CAM: the list shows them although its path says applicationProxy."""
    return None if tenant.behaviour[FOREIGN_GROUPS] == "listed" else lambda group: not takes_connectors(tenant, group)


def _child(name: str, target: str, profiles: tuple[str, ...], **settings: Any) -> Navigation:
    """A navigation that only these profiles have: others answer as the back end's router does (R55, U-29)."""

    def serves(tenant: Tenant, profile: Entity) -> bool:
        return profile["id"] in profiles or tenant.behaviour[UNSERVED_CHILDREN] == "empty"

    return Navigation(name, target, serves=serves, unserved=partial(_unserved, name), **settings)


def _unserved(name: str, *, id: str) -> Exception:  # noqa: A002 (an error for a missing entity takes its id)
    return NoHttpResource(profile=id, rest=name)


_ALL_BUT_PROXY = tuple(each for each in PROFILE_IDS if each not in (*PROXY, *PRIVATE))
_WRITES = (Guard(frozenset({CREATE, UPDATE, DELETE}), CONNECTOR_WRITES, ("allowed",), MethodNotAllowed),)

update_window = ComplexType(
    "updateWindow", (Property("updateWindowEndTime", TIME_OF_DAY), Property("updateWindowStartTime", TIME_OF_DAY))
)
updater_configuration = ComplexType(
    "hybridAgentUpdaterConfiguration",
    (
        Property("allowUpdateConfigurationOverride", BOOLEAN, nullable=False, default=False),
        # U-18: a documented example writes the shorter name.
        Property("deferUpdateDateTime", DATE_TIME_OFFSET, alias="deferUpdate"),
        Property("updateWindow", update_window),
    ),
)

publishing_profile = EntityType(
    PROFILE,
    beta_only=True,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("hybridAgentUpdaterConfiguration", updater_configuration),
        Property("isDefaultAccessEnabled", BOOLEAN, default=False),
        Property("isEnabled", BOOLEAN, default=True),
    ),
    navigations=(
        _child("agentGroups", AGENT_GROUP, _ALL_BUT_PROXY, contained=True, allows=EVERYTHING),
        _child("agents", AGENT, _ALL_BUT_PROXY, contained=True, allows=EVERYTHING),
        _child("applicationSegments", IP_SEGMENT, (*PROXY, *PRIVATE), everything=True, allows=frozenset({LIST, GET})),
        _child(
            "connectorGroups",
            CONNECTOR_GROUP,
            PROXY,
            contained=True,
            allows=EVERYTHING,
            user_only=frozenset({UPDATE, DELETE}),
            hides=groups_of_other_types,
        ),
        _child("connectors", CONNECTOR, PROXY, contained=True, allows=EVERYTHING, guards=_WRITES),
        _child("publishedResources", PUBLISHED_RESOURCE, _ALL_BUT_PROXY, contained=True, allows=EVERYTHING),
        _child("sensors", SENSOR, PRIVATE, contained=True, allows=EVERYTHING, guards=_WRITES),
    ),
    words=PROFILE_IDS,
    missing=ResourceNotFound,
)
"""R63: M365DSC reads and changes isEnabled and isDefaultAccessEnabled. Children: graph_reference 2.3, 2.5."""

PROFILE_WRITES = (Guard(frozenset({CREATE, DELETE}), CONNECTOR_WRITES, ("allowed",), MethodNotAllowed),)
"""Making and deleting profiles is declared in the metadata and documented nowhere (graph_reference 1.1)."""
