"""The format of fixtures: which keys a document has, what may stand under each, and what they mean.

Properties are those of the model, with the names and defaults declared there; what is written here is what a fixture
says in its own way, above all relations, which are written by name so that a person can read the file.
"""

from __future__ import annotations

from mockserver.model.application import application
from mockserver.model.connector import connector
from mockserver.model.connector_group import connector_group, connector_group_region
from mockserver.model.directory import group, service_principal, user
from mockserver.model.on_premises_publishing import on_premises_publishing
from mockserver.model.publishing_profile import PROFILE_IDS, publishing_profile
from mockserver.seed.kinds import (
    ADDRESS,
    DOMAIN,
    HOW_LONG_AGO,
    ID,
    NAME,
    PRINCIPAL_NAME,
    TRUTH,
    VERSION,
    member_of,
    one_of,
    whole_number,
)
from mockserver.seed.shapes import Key, Shape, shape_of

OF_THE_NAME = "A GUID; by default it follows from the name, the same on every machine."
_REGION = member_of(connector_group_region)
_PUBLISHING = shape_of(on_premises_publishing, "What is published, and how; the properties of Microsoft Graph.", ())

TENANT = Shape(
    "tenant",
    (
        Key("id", ID, "A GUID; by default it follows from defaultDomain."),
        Key("displayName", NAME, "What the organization is called.", required=True),
        Key("defaultDomain", DOMAIN, "Such as contoso.onmicrosoft.com; derived ids depend on it.", required=True),
        Key("region", _REGION, "The home region, which groups have unless they say another.", nullable=True),
    ),
    "The tenant as a whole; Contoso where nothing is said.",
)
RULES = Shape(
    "rules",
    (
        Key("newConnectors", NAME, "Where a newly installed connector lands: the name of the default group."),
        Key(
            "defaultGroupServesApplications",
            one_of(("allow", "warn", "deny")),
            "Whether applications may be on the default group; deny keeps it an idle pool.",
            default="allow",
        ),
        Key("pageSize", whole_number(1, 999), "Longest page of connectors and connector groups; no limit by default."),
    ),
    "How the default group is used, and how lists are cut into pages.",
)
PROFILE = shape_of(
    publishing_profile,
    "Switches of a publishing profile.",
    (Key("id", one_of(PROFILE_IDS), "Which profile.", required=True),),
)
CONNECTOR_GROUP = shape_of(
    connector_group,
    "A connector group. Two may share a name if each has an id of its own.",
    (
        Key("id", ID, OF_THE_NAME),
        Key("name", NAME, "How connectors and applications refer to it.", required=True),
        Key("region", _REGION, "By default the tenant's.", nullable=True),
        Key("isDefault", TRUTH, "True for one group; without any, there is one named Default.", default=False),
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
        Key("lastHeartbeat", HOW_LONG_AGO, "How long ago it was last heard of.", default="PT0S"),
        Key("stopped", TRUTH, "True where it sends no heartbeats; by default if lastHeartbeat is over five minutes."),
    ),
    without=("status",),
)
SERVICE_PRINCIPAL = shape_of(
    service_principal,
    "Where it differs from what follows from the application; null where there is none.",
    (Key("id", ID, "A GUID; by default it follows from the application's."),),
    without=("appId",),
)
APPLICATION = shape_of(
    application,
    "An application. With onPremisesPublishing it is published through the connectors of one group.",
    (
        Key("id", ID, "A GUID; by default it follows from displayName, the same on every machine."),
        Key("displayName", NAME, "What it is called.", required=True),
        Key("appId", ID, "A GUID; by default it follows from the id."),
        Key(
            "connectorGroup",
            NAME,
            "Name (or id) of its connector group, only with onPremisesPublishing; by default the default group. "
            "null: not assigned yet, and so on the default group even where the rules deny that.",
            nullable=True,
        ),
        Key("onPremisesPublishing", _PUBLISHING, "What is published, and how.", nullable=True),
        Key("assignedTo", NAME, "Groups (displayName) and users (userPrincipalName) who may use it.", many=True),
        Key("servicePrincipal", SERVICE_PRINCIPAL, "By default it follows from the application.", nullable=True),
    ),
)
GROUP = shape_of(
    group,
    "A group of people.",
    (
        Key("id", ID, "A GUID; by default it follows from displayName, the same on every machine."),
        Key("displayName", NAME, "How applications refer to it.", required=True),
        Key("members", NAME, "Its users, by userPrincipalName.", many=True),
    ),
)
USER = shape_of(
    user,
    "A person.",
    (
        Key("id", ID, "A GUID; by default it follows from userPrincipalName, the same on every machine."),
        Key("userPrincipalName", PRINCIPAL_NAME, "How groups and applications refer to the person.", required=True),
        Key("displayName", NAME, "By default what stands before the @.", nullable=True),
    ),
)

DOCUMENT = Shape(
    "fixture",
    (
        Key("tenant", TENANT, nullable=True),
        Key("rules", RULES, nullable=True),
        Key("onPremisesPublishingProfiles", PROFILE, many=True, nullable=True),
        Key("connectorGroups", CONNECTOR_GROUP, many=True, nullable=True),
        Key("connectors", CONNECTOR, many=True, nullable=True),
        Key("applications", APPLICATION, many=True, nullable=True),
        Key("groups", GROUP, many=True, nullable=True),
        Key("users", USER, many=True, nullable=True),
    ),
    "A tenant for mockserver. Relations are written by name; ids are derived where they are not given.",
)
"""Every key may be left out, and a key with nothing under it counts as left out."""
