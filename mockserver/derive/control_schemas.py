"""What the mock's own API takes and answers, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]


def an_object(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required)}


def closed(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """An object with no other members."""
    return {**an_object(required, optional), "additionalProperties": False}


def values(of: Schema, others: Mapping[str, Schema] | None = None) -> Schema:
    """A list, as the Graph answers with one."""
    return an_object({"value": {"type": "array", "items": of}, **(others or {})})


def or_null(schema: Schema) -> Schema:
    return {"oneOf": [{"type": "null"}, schema]}


TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
POSITIVE: Schema = {"type": "integer", "minimum": 1}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DURATION: Schema = {"type": "string", "format": "duration"}
FINE_DURATION: Schema = {"type": "string", "pattern": r"^P(?=.)[0-9DWTHMS]*(\.[0-9]{1,6}S)?$"}
"""A duration of RFC 3339, whose format knows no fractions, that may have a fraction of a second."""
FLAG: Schema = {"type": "boolean"}
NAME: Schema = {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"}
ANYTHING: Schema = {}
MODE: Schema = {"type": "string", "enum": ["live", "frozen"]}

HEALTH = an_object({"status": TEXT, "version": TEXT, "uptimeSeconds": {"type": "number"}, "sandboxes": COUNT})
READY = an_object({"status": TEXT, "sandboxes": {"type": "array", "items": TEXT}})
SETTINGS: Schema = {"type": "object", "description": "The options of mockserver serve, by name"}
TENANT: Schema = {"type": "object", "description": "A fixture document, as fixtures/schema.json describes it"}

SNAPSHOT = an_object({"name": NAME, "now": MOMENT})
NEW_SNAPSHOT = closed({"name": NAME})
SANDBOX = an_object({"name": NAME, "graphUrl": TEXT, "authorityUrl": TEXT, "tenantId": TEXT})
NEW_SANDBOX = closed({}, {"name": NAME, "from": TEXT, "tenant": TENANT, "behaviour": TEXT, "clock": MODE})

CLOCK = an_object({"now": MOMENT, "mode": MODE})
CLOCK_SET = closed({}, {"now": MOMENT, "mode": MODE})
ADVANCE: Schema = {"oneOf": [closed({"by": DURATION}), closed({"to": MOMENT})]}
EVENT = an_object({"at": MOMENT, "type": TEXT, "message": TEXT})
ADVANCED = an_object({"now": MOMENT, "events": {"type": "array", "items": EVENT}})

NEW_CONNECTOR = closed({"machineName": TEXT}, {"externalIp": TEXT, "version": TEXT})
CONNECTOR = an_object(
    dict.fromkeys(("id", "machineName", "externalIp", "status", "version"), TEXT)
    | {"memberOf": TEXT, "lastHeartbeat": MOMENT, "stopped": FLAG}
)

NEW_UPDATES = closed({}, {"version": TEXT, "takes": DURATION, "connectors": {"type": "array", "items": TEXT}})
PLANNED = an_object(
    dict.fromkeys(("connectorId", "machineName", "memberOf", "version", "nextVersion"), TEXT)
    | dict.fromkeys(("updateFrom", "updateUntil"), MOMENT)
)

THROTTLE = or_null(closed({"requests": COUNT, "per": FINE_DURATION}))
LAG = or_null({"oneOf": [closed({"reads": COUNT}), closed({"for": FINE_DURATION})]})

_MATCH = closed({}, {"method": TEXT, "path": TEXT, "operation": TEXT, "nth": POSITIVE})
_FAULT: Mapping[str, Schema] = {
    "match": _MATCH,
    "times": POSITIVE,
    "probability": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    "delay": FINE_DURATION,
    "status": {"type": "integer", "minimum": 400, "maximum": 599},
    "code": TEXT,
    "retryAfter": COUNT,
    "drop": FLAG,
    "truncate": FLAG,
}
NEW_FAULT = closed({}, {**_FAULT, "expires": FINE_DURATION})
FAULT = an_object({"id": TEXT, "matched": COUNT, "struck": COUNT}, {**_FAULT, "expiresAt": MOMENT})

_STATUS: Schema = {"oneOf": [{"type": "integer"}, {"type": "string", "pattern": "^[1-5](xx|[0-9]{2})$"}]}
ASKED_FOR: Mapping[str, Schema] = {
    **dict.fromkeys(("method", "path", "operation"), TEXT),
    "status": _STATUS,
    "since": {"oneOf": [COUNT, MOMENT]},
    **dict.fromkeys(("query", "code", "caller"), TEXT),
}
"""What may be said of a request; in texts `*` stands for any."""
REQUEST = an_object(
    {
        "number": COUNT,
        "time": MOMENT,
        "method": TEXT,
        "path": TEXT,
        "status": COUNT,
        "milliseconds": {"type": "number"},
    },
    {
        **dict.fromkeys(("sandbox", "query", "code", "refusedBy", "explanation", "evidence"), TEXT),
        **dict.fromkeys(("requestId", "batch", "fault"), TEXT),
        "operation": {"type": ["string", "null"]},
        "caller": {"type": "object"},
        "request": ANYTHING,
        "answer": ANYTHING,
    },
)
REQUESTS = values(REQUEST, {"recorded": COUNT, "dropped": COUNT})
VERIFY = closed(
    {}, {"match": closed({}, {**ASKED_FOR, "body": ANYTHING}), **dict.fromkeys(("count", "atLeast", "atMost"), COUNT)}
)
VERIFIED = an_object({"verified": FLAG, "count": COUNT, "closest": {"type": "array", "items": REQUEST}})

_WARNING = an_object(
    {
        **dict.fromkeys(("code", "message", "connectorGroupId"), TEXT),
        **{name: {"type": "array", "items": TEXT} for name in ("connectorIds", "applicationIds")},
    }
)
_OF_A_GROUP = an_object(
    {
        **dict.fromkeys(("connectorGroupId", "name"), TEXT),
        "region": {"type": ["string", "null"]},
        **dict.fromkeys(("isDefault", "meetsHA", "recommended"), FLAG),
        **{
            name: {"type": "array", "items": {"type": "object"}}
            for name in ("activeConnectors", "inactiveConnectors", "applications")
        },
        "outdated": COUNT,
        "warnings": {"type": "array", "items": _WARNING},
    }
)
REPORT = an_object({"connectorGroups": {"type": "array", "items": _OF_A_GROUP}})
TRAFFIC = closed({"applicationId": TEXT}, {"requests": COUNT, "seed": {"type": "integer"}})
_SHARE = an_object({"connectorId": TEXT, "machineName": TEXT, "requests": COUNT})
SERVED = an_object(
    {
        **dict.fromkeys(("served", "failed"), COUNT),
        "status": {"type": "object", "additionalProperties": COUNT},
        "byConnector": {"type": "array", "items": _SHARE},
    }
)

_ERROR = an_object({"error": TEXT, "status": COUNT, "code": TEXT})
_OPERATION = an_object({"operation": TEXT, "statuses": {"type": "array", "items": COUNT}})
COVERAGE = an_object(
    {
        "operations": an_object(
            {"touched": {"type": "array", "items": _OPERATION}, "untouched": {"type": "array", "items": TEXT}}
        ),
        "errors": an_object({name: {"type": "array", "items": _ERROR} for name in ("touched", "untouched")}),
    }
)

_NAMES: Schema = {"type": "array", "items": TEXT}
_WHO: Schema = {"type": "string", "minLength": 1}
NEW_TOKEN = closed(
    {},
    {
        "user": _WHO,
        "client": _WHO,
        "permissions": _NAMES,
        "directoryRoles": _NAMES,
        "lasts": DURATION,
        "claims": {"type": "object"},
        "defect": {"type": "string", "description": "What is to be wrong with it, such as expired or wrongKey"},
    },
)
PERMISSIONS = an_object(dict.fromkeys(("delegated", "directoryRoles", "application", "notForApplications"), _NAMES))
TOKEN = an_object({"token": TEXT, "authorization": TEXT, "claims": {"type": "object"}})
DEVICE = closed({}, {"user": _WHO})

EVENTS: Schema = {"type": "string", "description": "Server-sent events: a number, and the names of what has changed"}
FIXTURE = an_object({"name": TEXT, "title": TEXT})

_STEP = an_object(
    {**dict.fromkeys(("do", "method", "path", "see"), TEXT), "status": COUNT, "body": ANYTHING, "answer": ANYTHING}
)
_CHAPTER = an_object(
    {"sandbox": NAME, **dict.fromkeys(("url", "title", "text"), TEXT), "steps": {"type": "array", "items": _STEP}}
)
STORY = an_object({"chapters": {"type": "array", "items": _CHAPTER}})
