"""The format of applications, their templates, their segments, and who may use them."""

from __future__ import annotations

from mockserver.model.application import application
from mockserver.model.application_segment import cors_configuration_v2, ip_segment, web_segment
from mockserver.model.application_template import application_template
from mockserver.model.directory import app_role_assignment, service_principal
from mockserver.model.on_premises_publishing import on_premises_publishing
from mockserver.seed.format.kinds import ID, NAME, PORTS, TEXT, TRUTH
from mockserver.seed.format.of_profiles import EXISTS, WITHOUT_GROUP
from mockserver.seed.format.shapes import Key, shape_of

_OF_ITS_PLACE = "A GUID; by default it follows from what contains it and its place there."
_PUBLISHING = shape_of(on_premises_publishing, "What is published, and how; the properties of Microsoft Graph.", ())

TEMPLATE = shape_of(
    application_template,
    "One more application template, or what is different about one that every tenant has.",
    (Key("id", ID, "Which template.", required=True), EXISTS),
)
CORS = shape_of(cors_configuration_v2, "Which origins may call.", (Key("id", ID, _OF_ITS_PLACE),))
WEB_SEGMENT = shape_of(
    web_segment,
    "URLs of a web application that consists of several.",
    (Key("id", ID, _OF_ITS_PLACE), Key("corsConfigurations", CORS, many=True)),
)
SEGMENT = shape_of(
    ip_segment,
    "Hosts and ports that the Global Secure Access client reaches through the application.",
    (
        Key("id", ID, _OF_ITS_PLACE),
        Key(
            "destinationHost",
            TEXT,
            "A host name, an address, a range of addresses (10.0.0.1..10.0.0.9) or a network (10.0.0.0/8).",
            required=True,
        ),
        Key("ports", PORTS, "Such as 443 or 8000-8010.", many=True),
        Key("overlaps", TRUTH, "True for one that may overlap with those of other applications.", default=False),
    ),
    without=("port",),
)
SERVICE_PRINCIPAL = shape_of(
    service_principal,
    "Where it differs from what follows from the application; null where there is none.",
    (Key("id", ID, "A GUID; by default it follows from the application's."),),
    without=("appId",),
)
ASSIGNMENT = shape_of(
    app_role_assignment,
    "Who may use an application, and in which role.",
    (
        Key("id", ID, "A GUID; by default it follows from both ends."),
        Key("to", NAME, "A group, a user or a service principal, by name (or id).", required=True),
        Key("role", NAME, "displayName, value or id of one of the application's roles; by default the role User."),
    ),
    without=("principalId", "resourceId", "appRoleId"),
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
        WITHOUT_GROUP,
        Key("onPremisesPublishing", _PUBLISHING, "What is published, and how.", nullable=True),
        Key("segments", SEGMENT, "Of Private Access and Quick Access: what is reached through it.", many=True),
        Key("webSegments", WEB_SEGMENT, "Of a web application that consists of several.", many=True),
        Key(
            "assignedTo",
            ASSIGNMENT,
            "Groups (displayName), users (userPrincipalName) and service principals (displayName) that may use it.",
            many=True,
            short=NAME,
        ),
        Key("servicePrincipal", SERVICE_PRINCIPAL, "By default it follows from the application.", nullable=True),
    ),
)
