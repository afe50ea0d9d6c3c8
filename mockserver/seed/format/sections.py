"""Which sections of a document describe entities, what those are called by, and what stands inside of their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.model.agents import AGENT, AGENT_GROUP, PUBLISHED_RESOURCE
from mockserver.model.application import APPLICATION
from mockserver.model.application_segment import CORS, IP_SEGMENT, WEB_SEGMENT
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import APPLICATION_PROXY, CONNECTOR_GROUP
from mockserver.model.directory import GROUP, USER
from mockserver.model.publishing_profile import PROFILE_IDS
from mockserver.model.sensor import SENSOR
from mockserver.seed.format.kinds import NAME, PRINCIPAL_NAME, Kind

PROVISIONING, PRIVATE_ACCESS = "provisioning", "privateAccess"


def profile_id(said: str) -> str:
    """The id of a profile, which is a word or a GUID in any letter case."""
    return said if said in PROFILE_IDS else said.lower()


@dataclass(frozen=True)
class Section:
    """A section whose entities have ids that follow from their names."""

    name: str
    """For what a profile contains this is the name of the profile's navigation too."""
    type: str
    key: str
    """The property that is the name."""
    noun: str
    fold: Callable[[str], str] = str
    """What makes two spellings one name."""
    named: Kind | None = None
    """What a name has to be for an id to follow from it, where the model takes more than this for a name."""
    profile: str | None = None
    """The profile that contains what says no other; None where profiles contain nothing of the kind."""
    scoped: bool = False
    """Names are those of a profile: the same may mean something else in another one."""

    def profile_of(self, row: Mapping[str, Any]) -> str | None:
        """The profile that the row is in."""
        profile: str | None = row.get("profile", self.profile)
        return None if profile is None else profile_id(profile)

    def name_of(self, row: Mapping[str, Any]) -> str | None:
        """What the row's id follows from, which is the same for all spellings of its name."""
        name = row.get(self.key)
        if name is None:
            return None
        return f"{self.profile_of(row)}:{self.fold(name)}" if self.scoped else self.fold(name)


CONNECTOR_GROUPS = Section("connectorGroups", CONNECTOR_GROUP, "name", "connector group", profile=APPLICATION_PROXY)
CONNECTORS = Section("connectors", CONNECTOR, "machineName", "connector", str.lower, profile=APPLICATION_PROXY)
AGENT_GROUPS = Section("agentGroups", AGENT_GROUP, "displayName", "agent group", str, NAME, PROVISIONING, scoped=True)
AGENTS = Section("agents", AGENT, "machineName", "agent", str.lower, NAME, PROVISIONING, scoped=True)
PUBLISHED_RESOURCES = Section(
    "publishedResources", PUBLISHED_RESOURCE, "displayName", "published resource", str, NAME, PROVISIONING, scoped=True
)
SENSORS = Section("sensors", SENSOR, "machineName", "sensor", str.lower, NAME, PRIVATE_ACCESS, scoped=True)
APPLICATIONS = Section("applications", APPLICATION, "displayName", "application")
GROUPS = Section("groups", GROUP, "displayName", "group", str, NAME)
USERS = Section("users", USER, "userPrincipalName", "user", str.lower, PRINCIPAL_NAME)

IN_PROFILES = (CONNECTOR_GROUPS, CONNECTORS, AGENT_GROUPS, AGENTS, PUBLISHED_RESOURCES, SENSORS)
"""What profiles contain."""
AGENCY = (AGENT_GROUPS, AGENTS, PUBLISHED_RESOURCES, SENSORS)
"""Those of them that nothing else in a fixture refers to, but for the agent groups."""
SECTIONS = (*IN_PROFILES, APPLICATIONS, GROUPS, USERS)

INSIDE: Mapping[str, Mapping[str, str]] = {
    APPLICATION: {"segments": IP_SEGMENT, "webSegments": WEB_SEGMENT},
    WEB_SEGMENT: {"corsConfigurations": CORS},
}
"""What the rows of a type contain: the entities that stand under these keys, as in the model they are contained."""
