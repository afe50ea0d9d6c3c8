"""What the control API may be told, in bodies and in queries: each body declared once, as a fixture's rows are.

A view reads its body by the declaration (`asked.read`), and the OpenAPI document describes it by the same one.
"""

from __future__ import annotations

from mockserver.seed.format_of_profiles import CONNECTOR
from mockserver.seed.kinds import SOME_TEXT, TRUTH
from mockserver.seed.shapes import Key, Shape
from mockserver.web.control.kinds import (
    ANYTHING,
    BEHAVIOUR,
    COUNT,
    DEFECT,
    ERROR_STATUS,
    INSTANT,
    LENGTH,
    MODE,
    NAME,
    OBJECT,
    OPERATION,
    POSITIVE,
    SECONDS,
    SEED,
    SHARE,
    SINCE,
    STATUS,
    TENANT,
)

NEW_SNAPSHOT = Shape("NewSnapshot", (Key("name", NAME, required=True),))
NEW_SANDBOX = Shape(
    "NewSandbox",
    (
        Key("name", NAME),
        Key("from", SOME_TEXT, "sandbox, sandbox@snapshot, or the name of a ready-made tenant"),
        Key("tenant", TENANT),
        Key("behaviour", BEHAVIOUR),
        Key("clock", MODE),
    ),
)

CLOCK = Shape("Clock", (Key("now", INSTANT), Key("mode", MODE)))
ADVANCE = Shape("Advance", (Key("by", LENGTH), Key("to", INSTANT)), alternatives=True)

NEW_CONNECTOR = Shape(
    "NewConnector", tuple(CONNECTOR.by_name[each] for each in ("machineName", "externalIp", "version"))
)
UPDATES = Shape("Updates", (Key("version", SOME_TEXT), Key("takes", LENGTH), Key("connectors", SOME_TEXT, many=True)))
TRAFFIC = Shape("Traffic", (Key("applicationId", SOME_TEXT, required=True), Key("requests", COUNT), Key("seed", SEED)))

THROTTLE = Shape("Throttle", (Key("requests", COUNT, required=True), Key("per", SECONDS, required=True)))
LAG = Shape("Lag", (Key("reads", COUNT), Key("for", SECONDS)), alternatives=True)
NEW_FAULT = Shape(
    "NewFault",
    (
        Key(
            "match",
            Shape(
                "Struck",
                (Key("method", SOME_TEXT), Key("path", SOME_TEXT), Key("operation", OPERATION), Key("nth", POSITIVE)),
                "Which requests; * stands for any text",
            ),
        ),
        Key("times", POSITIVE),
        Key("probability", SHARE),
        Key("delay", SECONDS),
        Key("status", ERROR_STATUS),
        Key("code", SOME_TEXT),
        Key("retryAfter", COUNT),
        Key("drop", TRUTH),
        Key("truncate", TRUTH),
        Key("expires", SECONDS),
    ),
)

REQUESTED = Shape(
    "Requested",
    (
        Key("method", SOME_TEXT),
        Key("path", SOME_TEXT),
        Key("operation", OPERATION),
        Key("status", STATUS),
        Key("since", SINCE, "After the request of that number, or from that moment on"),
        Key("query", SOME_TEXT),
        Key("code", SOME_TEXT),
        Key("caller", SOME_TEXT),
    ),
    "What may be said of a request in the journal; in texts * stands for any",
)
VERIFY = Shape(
    "Verify",
    (
        Key("match", Shape("Match", (*REQUESTED.keys, Key("body", ANYTHING)), REQUESTED.says)),
        Key("count", COUNT),
        Key("atLeast", COUNT),
        Key("atMost", COUNT),
    ),
)

NEW_TOKEN = Shape(
    "NewToken",
    (
        Key("user", SOME_TEXT),
        Key("client", SOME_TEXT),
        Key("permissions", SOME_TEXT, many=True),
        Key("directoryRoles", SOME_TEXT, many=True),
        Key("lasts", LENGTH),
        Key("claims", OBJECT),
        Key("defect", DEFECT),
    ),
)
DEVICE = Shape("Device", (Key("user", SOME_TEXT),))
