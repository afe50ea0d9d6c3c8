"""What the control API may be told, in bodies and in queries: each body declared once, as a fixture's rows are.

A view reads its body by the declaration (`asked.read`), and the OpenAPI document describes it by the same one.
"""

from __future__ import annotations

from mockserver.seed.format.kinds import SOME_TEXT, TRUTH
from mockserver.seed.format.of_profiles import CONNECTOR
from mockserver.seed.format.shapes import Key, Shape
from mockserver.web.control import kinds

NEW_SNAPSHOT = Shape("NewSnapshot", (Key("name", kinds.NAME, required=True),))
NEW_SANDBOX = Shape(
    "NewSandbox",
    (
        Key("name", kinds.NAME),
        Key("from", SOME_TEXT, "sandbox, sandbox@snapshot, or the name of a ready-made tenant"),
        Key("tenant", kinds.TENANT),
        Key("behaviour", kinds.BEHAVIOUR),
        Key("clock", kinds.MODE),
    ),
)

CLOCK = Shape("Clock", (Key("now", kinds.INSTANT), Key("mode", kinds.MODE)))
ADVANCE = Shape("Advance", (Key("by", kinds.LENGTH), Key("to", kinds.INSTANT)), alternatives=True)

NEW_CONNECTOR = Shape(
    "NewConnector", tuple(CONNECTOR.by_name[each] for each in ("machineName", "externalIp", "version"))
)
UPDATES = Shape(
    "Updates", (Key("version", SOME_TEXT), Key("takes", kinds.LENGTH), Key("connectors", SOME_TEXT, many=True))
)
TRAFFIC = Shape(
    "Traffic", (Key("applicationId", SOME_TEXT, required=True), Key("requests", kinds.COUNT), Key("seed", kinds.SEED))
)

THROTTLE = Shape("Throttle", (Key("requests", kinds.COUNT, required=True), Key("per", kinds.SECONDS, required=True)))
LAG = Shape("Lag", (Key("reads", kinds.COUNT), Key("for", kinds.SECONDS)), alternatives=True)
NEW_FAULT = Shape(
    "NewFault",
    (
        Key(
            "match",
            Shape(
                "Struck",
                (
                    Key("method", SOME_TEXT),
                    Key("path", SOME_TEXT),
                    Key("operation", kinds.OPERATION),
                    Key("nth", kinds.POSITIVE),
                ),
                "Which requests; * stands for any text",
            ),
        ),
        Key("times", kinds.POSITIVE),
        Key("probability", kinds.SHARE),
        Key("delay", kinds.SECONDS),
        Key("status", kinds.ERROR_STATUS),
        Key("code", SOME_TEXT),
        Key("retryAfter", kinds.COUNT),
        Key("drop", TRUTH),
        Key("truncate", TRUTH),
        Key("expires", kinds.SECONDS),
    ),
)

REQUESTED = Shape(
    "Requested",
    (
        Key("method", SOME_TEXT),
        Key("path", SOME_TEXT),
        Key("operation", kinds.OPERATION),
        Key("status", kinds.STATUS),
        Key("since", kinds.SINCE, "After the request of that number, or from that moment on"),
        Key("query", SOME_TEXT),
        Key("code", SOME_TEXT),
        Key("caller", SOME_TEXT),
    ),
    "What may be said of a request in the journal; in texts * stands for any",
)
VERIFY = Shape(
    "Verify",
    (
        Key("match", Shape("Match", (*REQUESTED.keys, Key("body", kinds.ANYTHING)), REQUESTED.says)),
        Key("count", kinds.COUNT),
        Key("atLeast", kinds.COUNT),
        Key("atMost", kinds.COUNT),
    ),
)

NEW_TOKEN = Shape(
    "NewToken",
    (
        Key("user", SOME_TEXT),
        Key("client", SOME_TEXT),
        Key("permissions", SOME_TEXT, many=True),
        Key("directoryRoles", SOME_TEXT, many=True),
        Key("lasts", kinds.LENGTH),
        Key("claims", kinds.OBJECT),
        Key("defect", kinds.DEFECT),
    ),
)
DEVICE = Shape("Device", (Key("user", SOME_TEXT),))
