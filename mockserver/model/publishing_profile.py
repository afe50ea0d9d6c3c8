"""On-premises publishing profiles: the service's containers, one for each kind of publishing."""

from __future__ import annotations

from collections.abc import Callable

from mockserver.core.edm import (
    BOOLEAN,
    CREATE,
    DELETE,
    EVERYTHING,
    GET,
    LIST,
    UPDATE,
    EntityType,
    Guard,
    Navigation,
    Property,
)
from mockserver.core.entity import Entity
from mockserver.core.errors import MethodNotAllowed, ResourceNotFound
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import CONNECTOR_WRITES, FOREIGN_GROUPS
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import CONNECTOR_GROUP, takes_connectors

PROFILE = "onPremisesPublishingProfile"

PROFILE_IDS = ("applicationProxy",)
"""Every tenant has these from the start; their ids are words, compared without regard to letter case (R53)."""


def groups_of_other_types(tenant: Tenant) -> Callable[[Entity], bool] | None:
    """R23, Q7: ZT, CAM: the list shows them although its path says applicationProxy."""
    return None if tenant.behaviour[FOREIGN_GROUPS] == "listed" else lambda group: not takes_connectors(group)


publishing_profile = EntityType(
    PROFILE,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("isDefaultAccessEnabled", BOOLEAN, default=False),
        Property("isEnabled", BOOLEAN, default=True),
    ),
    navigations=(
        Navigation("connectorGroups", CONNECTOR_GROUP, contained=True, allows=EVERYTHING, hides=groups_of_other_types),
        Navigation(
            "connectors",
            CONNECTOR,
            contained=True,
            allows=EVERYTHING,
            guards=(Guard(frozenset({CREATE, UPDATE, DELETE}), CONNECTOR_WRITES, ("allowed",), MethodNotAllowed),),
        ),
    ),
    words=PROFILE_IDS,
    missing=ResourceNotFound,
)
"""R63: M365DSC reads and changes isEnabled and isDefaultAccessEnabled."""

PROFILE_OPERATIONS = frozenset({LIST, GET, UPDATE})
