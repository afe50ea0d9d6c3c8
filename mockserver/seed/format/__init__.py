"""The format of fixtures: which keys a document has, what may stand under each, and what they mean.

Properties are those of the model, with the names and defaults declared there; what is written here is what a fixture
says in its own way, above all relations, which are written by name so that a person can read the file.

    shapes.py, kinds.py         the vocabulary it is declared in; the control API declares its bodies in it too
    of_*.py, sections.py        more of the format
    row_schemas.py, rows.py     marshmallow by it: is every value of its kind?
    json_schema.py              the JSON Schema by it
"""

from __future__ import annotations

from mockserver.model.directory import group, user
from mockserver.seed.format.kinds import (
    CERTIFICATE,
    DOMAIN,
    ID,
    NAME,
    PERMISSION,
    ROLE_NAME,
    SOME_TEXT,
    TEXT,
    one_of,
    whole_number,
)
from mockserver.seed.format.of_applications import APPLICATION, TEMPLATE
from mockserver.seed.format.of_profiles import (
    AGENT,
    AGENT_GROUP,
    CONNECTOR,
    CONNECTOR_GROUP,
    PROFILE,
    PUBLISHED_RESOURCE,
    REGION,
    SENSOR,
)
from mockserver.seed.format.shapes import Key, Shape, shape_of

CLIENT = Shape(
    "client",
    (
        Key("clientId", ID, "A GUID, by which the program says who it is.", required=True),
        Key("displayName", NAME, "What it is called; by default its clientId."),
        Key("secret", SOME_TEXT, "What it proves that with. By default it is a public client, which has none to keep."),
        Key("certificate", CERTIFICATE, "PEM: what the assertions that it may show instead are signed with."),
        Key("permissions", PERMISSION, "Application permissions; by default all that the mock knows.", many=True),
        Key("directoryRoles", ROLE_NAME, "Roles that it has, such as Application Administrator.", many=True),
    ),
    "A program that may log in.",
)
TENANT = Shape(
    "tenant",
    (
        Key("id", ID, "A GUID; by default it follows from defaultDomain."),
        Key("displayName", NAME, "What the organization is called.", required=True),
        Key("defaultDomain", DOMAIN, "Such as contoso.onmicrosoft.com; derived ids depend on it.", required=True),
        Key("region", REGION, "The home region, which groups have unless they say another.", nullable=True),
        Key("clients", CLIENT, "Programs that may log in.", many=True),
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
GROUP = shape_of(
    group,
    "A group of people.",
    (
        Key("id", ID, "A GUID; by default it follows from displayName, the same on every machine."),
        Key("displayName", TEXT, "How applications refer to it.", required=True, nullable=True),
        Key("members", NAME, "Its users, by userPrincipalName.", many=True),
    ),
)
USER = shape_of(
    user,
    "A person.",
    (
        Key("id", ID, "A GUID; by default it follows from userPrincipalName, the same on every machine."),
        Key("userPrincipalName", TEXT, "How groups and applications refer to it.", required=True, nullable=True),
        Key("displayName", TEXT, "By default what stands before the @.", nullable=True),
        Key("password", SOME_TEXT, "What it logs in with; by default the demo user's.", nullable=True),
        Key("directoryRoles", ROLE_NAME, "Roles that it has, such as Application Administrator.", many=True),
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
        Key("agentGroups", AGENT_GROUP, many=True, nullable=True),
        Key("agents", AGENT, many=True, nullable=True),
        Key("publishedResources", PUBLISHED_RESOURCE, many=True, nullable=True),
        Key("sensors", SENSOR, many=True, nullable=True),
        Key("applicationTemplates", TEMPLATE, many=True, nullable=True),
        Key("applications", APPLICATION, many=True, nullable=True),
        Key("groups", GROUP, many=True, nullable=True),
        Key("users", USER, many=True, nullable=True),
        Key(
            "order",
            ID,
            "Ids of what stands inside of applications, in the order in which it was made where that is another.",
            many=True,
            nullable=True,
        ),
    ),
    "A tenant for mockserver. Relations are written by name; ids are derived where they are not given.",
)
"""Every key may be left out, and a key with nothing under it counts as left out."""
