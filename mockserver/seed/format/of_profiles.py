"""The format of what the publishing profiles hold: connector groups and connectors, agents, resources, sensors."""

from __future__ import annotations

from mockserver.model.agents import agent, agent_group, published_resource
from mockserver.model.connector import connector
from mockserver.model.connector_group import connector_group, connector_group_region
from mockserver.model.publishing_profile import PROFILE_IDS, publishing_profile
from mockserver.model.sensor import sensor
from mockserver.seed.format.kinds import (
    ADDRESS,
    HOW_LONG_AGO,
    ID,
    MOMENT,
    NAME,
    TEXT,
    TRUTH,
    VERSION,
    member_of,
    one_of_or_id,
)
from mockserver.seed.format.sections import AGENT_GROUPS, CONNECTORS, SENSORS, Section
from mockserver.seed.format.shapes import Key, shape_of

OF_THE_NAME = "A GUID; by default it follows from the name, the same on every machine."
REGION = member_of(connector_group_region)

_PROFILE_ID = one_of_or_id(PROFILE_IDS)
_AGENT_GROUPS = Key("agentGroups", NAME, "Names (or ids) of agent groups of the same profile.", many=True)


def _profile(section: Section) -> Key:
    return Key("profile", _PROFILE_ID, "The publishing profile that contains it.", default=section.profile)


EXISTS = Key("exists", TRUTH, "False for one that every tenant has at first, and this one no longer.", default=True)
WITHOUT_GROUP = Key(
    "withoutGroup", TRUTH, "True for one whose connector group went with its profile (behaviour Q22).", default=False
)

PROFILE = shape_of(
    publishing_profile,
    "Switches of a publishing profile, or one more profile.",
    (Key("id", _PROFILE_ID, "Which profile; a GUID for one that was made (behaviour Q22).", required=True), EXISTS),
)
CONNECTOR_GROUP = shape_of(
    connector_group,
    "A connector group. Two may share a name if each has an id of its own.",
    (
        Key("id", ID, OF_THE_NAME),
        Key("name", NAME, "How connectors and applications refer to it.", required=True),
        Key("region", REGION, "By default the tenant's.", nullable=True),
        Key("isDefault", TRUTH, "True for one group; without any, there is one named Default.", default=False),
        Key("nextRegion", REGION, "The region that it is about to have (behaviour Q21).", nullable=True),
        Key("regionDue", MOMENT, "When it will have that region; null while none is coming.", nullable=True),
        _profile(CONNECTORS),
    ),
)
CONNECTOR = shape_of(
    connector,
    "A private network connector. It is active if heard of in the last five minutes.",
    (
        Key("id", ID, "A GUID; by default it follows from machineName, the same on every machine."),
        Key("machineName", NAME, "The host it runs on.", required=True),
        Key("externalIp", ADDRESS, "The address it is seen from.", default="203.0.113.1"),
        Key("version", VERSION, "Four numbers.", default="1.5.4522.0"),
        Key("memberOf", NAME, "Name (or id) of its connector group; by default the default group."),
        WITHOUT_GROUP,
        Key("lastHeartbeat", HOW_LONG_AGO, "How long ago it was last heard of.", default="PT0S"),
        Key("stopped", TRUTH, "True where it sends no heartbeats; by default if lastHeartbeat is over five minutes."),
        Key("nextVersion", VERSION, "The version that it is to be updated to, or just being.", nullable=True),
        Key("updateFrom", MOMENT, "When its update begins; null while none waits.", nullable=True),
        Key("updateUntil", MOMENT, "When its update ends; null while none is planned or under way.", nullable=True),
        _profile(CONNECTORS),
    ),
    without=("status",),
)
AGENT_GROUP = shape_of(
    agent_group,
    "A group of the agents of one profile.",
    (
        Key("id", ID, OF_THE_NAME),
        Key("displayName", TEXT, "How agents and resources of its profile refer to it.", required=True),
        _profile(AGENT_GROUPS),
    ),
    without=("publishingType",),
)
AGENT = shape_of(
    agent,
    "An agent, such as one that provisions users from the premises.",
    (
        Key("id", ID, "A GUID; by default it follows from profile and machineName."),
        Key("machineName", TEXT, "The host it runs on.", required=True),
        _profile(AGENT_GROUPS),
        _AGENT_GROUPS,
    ),
)
PUBLISHED_RESOURCE = shape_of(
    published_resource,
    "What agents make available, such as a directory.",
    (
        Key("id", ID, "A GUID; by default it follows from profile and displayName."),
        _profile(AGENT_GROUPS),
        _AGENT_GROUPS,
    ),
    without=("publishingType",),
)
SENSOR = shape_of(
    sensor,
    "A Private Access sensor, such as one on a domain controller.",
    (
        Key("id", ID, "A GUID; by default it follows from machineName, the same on every machine."),
        Key("machineName", TEXT, "The host it runs on.", required=True),
        _profile(SENSORS),
    ),
)
