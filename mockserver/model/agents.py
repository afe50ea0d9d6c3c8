"""Agents, agent groups and published resources: what the profiles of the hybrid agents hold.

Shapes: graph_reference 2.4, 3.7 to 3.9. Agents and groups, groups and resources know each other many to many.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.core.commands import Change, Create, Link
from mockserver.core.edm import BOOLEAN, EVERYTHING, LINK, LIST, UNLINK, EntityType, EnumType, Navigation, Property
from mockserver.core.edm import CREATE as CREATES
from mockserver.core.errors import InvalidReference, ResourceNotFound
from mockserver.core.tenant import CONTAINER

AGENT, AGENT_GROUP, PUBLISHED_RESOURCE = "onPremisesAgent", "onPremisesAgentGroup", "publishedResource"

agent_status = EnumType("agentStatus", ("active", "inactive"))
publishing_type = EnumType(
    "onPremisesPublishingType",
    (
        "applicationProxy",
        "exchangeOnline",
        "authentication",
        "provisioning",
        "intunePfx",
        "oflineDomainJoin",
        "unknownFutureValue",
        "privateAccess",
    ),
    observed=("adAdministration",),
)


def it_publishes_as_its_profile_does(change: Change) -> Mapping[str, Any]:
    """graph_reference 2.4: publishingType in a create comes from the profile."""
    return {"publishingType": change.new[CONTAINER]}


def an_agent_supports_its_profile(change: Change) -> Mapping[str, Any]:
    """graph_reference 3.7: the samples' agents support the type of the profile they are listed under."""
    return {"supportedPublishingTypes": change.new["supportedPublishingTypes"] or (change.new[CONTAINER],)}


def both_are_of_one_profile(change: Change) -> None:
    """Inferred: a profile contains its agents, groups and resources, so a reference leads to one of the same."""
    target = change.tenant.get(AGENT_GROUP, getattr(change.command, "target", ""))
    if target is None:
        raise ResourceNotFound(id=getattr(change.command, "target", ""))
    if target[CONTAINER] != change.old[CONTAINER]:
        raise InvalidReference(reference=target["id"], type=AGENT_GROUP)


_GROUPS = frozenset({LIST, LINK, UNLINK})

agent = EntityType(
    AGENT,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("machineName", nullable=False, required=True),
        Property("externalIp", nullable=False, default="203.0.113.1"),
        Property("status", agent_status, nullable=False, writable=False, default="active"),
        Property("supportedPublishingTypes", publishing_type, nullable=False, collection=True, default=()),
    ),
    navigations=(Navigation("agentGroups", AGENT_GROUP, stored=True, many=True, allows=_GROUPS),),
    consequences={Create: (an_agent_supports_its_profile,)},
    rules={Link: (both_are_of_one_profile,)},
    missing=ResourceNotFound,
)

agent_group = EntityType(
    AGENT_GROUP,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("displayName", nullable=False, required=True),
        Property("publishingType", publishing_type, nullable=False, writable=False),
        Property("isDefault", BOOLEAN, nullable=False, writable=False, default=False),
    ),
    navigations=(
        Navigation("agents", AGENT, inverse="agentGroups", allows=EVERYTHING),
        Navigation("publishedResources", PUBLISHED_RESOURCE, inverse="agentGroups", allows=EVERYTHING),
    ),
    consequences={Create: (it_publishes_as_its_profile_does,)},
    missing=ResourceNotFound,
)

published_resource = EntityType(
    PUBLISHED_RESOURCE,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("displayName"),
        Property("publishingType", publishing_type, nullable=False, writable=False),
        Property("resourceName"),
    ),
    navigations=(Navigation("agentGroups", AGENT_GROUP, stored=True, many=True, allows=_GROUPS | {CREATES}),),
    consequences={Create: (it_publishes_as_its_profile_does,)},
    rules={Link: (both_are_of_one_profile,)},
    missing=ResourceNotFound,
)
