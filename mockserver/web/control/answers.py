"""What the control API answers, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.seed.format.json_schema import inlined
from mockserver.web.control import bodies, kinds

Schema = dict[str, Any]


def an_object(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required)}


def values(of: Schema, others: Mapping[str, Schema] | None = None) -> Schema:
    """A list, as the Graph answers with one."""
    return an_object({"value": {"type": "array", "items": of}, **(others or {})})


TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MOMENT: Schema = {"type": "string", "format": "date-time"}
FLAG: Schema = {"type": "boolean"}
NAME = dict(kinds.NAME.schema)
ANYTHING: Schema = {}
DONE: Mapping[int, Schema | None] = {204: None}
MODE = dict(kinds.MODE.schema)

HEALTH = an_object({"status": TEXT, "version": TEXT, "uptimeSeconds": {"type": "number"}, "sandboxes": COUNT})
READY = an_object({"status": TEXT, "sandboxes": {"type": "array", "items": TEXT}})
SETTINGS: Schema = {"type": "object", "description": "The options of mockserver serve, by name"}
TENANT = dict(kinds.TENANT.schema)

SNAPSHOT = an_object({"name": NAME, "now": MOMENT})
SANDBOX = an_object({"name": NAME, "graphUrl": TEXT, "authorityUrl": TEXT, "tenantId": TEXT})

CLOCK = an_object({"now": MOMENT, "mode": MODE})
EVENT = an_object({"at": MOMENT, "type": TEXT, "message": TEXT})
ADVANCED = an_object({"now": MOMENT, "events": {"type": "array", "items": EVENT}})

CONNECTOR = an_object(
    dict.fromkeys(("id", "machineName", "externalIp", "status", "version"), TEXT)
    | {"memberOf": TEXT, "lastHeartbeat": MOMENT, "stopped": FLAG}
)

PLANNED = an_object(
    dict.fromkeys(("connectorId", "machineName", "memberOf", "version", "nextVersion"), TEXT)
    | dict.fromkeys(("updateFrom", "updateUntil"), MOMENT)
)

_ORDERED = {name: each for name, each in inlined(bodies.NEW_FAULT)["properties"].items() if name != "expires"}
FAULT = an_object(
    {"id": TEXT, "matched": COUNT, "struck": COUNT},
    {**_ORDERED, "delay": {"type": "string", "pattern": r"^PT[0-9]+(\.[0-9]{1,6})?S$"}, "expiresAt": MOMENT},
)

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
PERMISSIONS = an_object(dict.fromkeys(("delegated", "directoryRoles", "application", "notForApplications"), _NAMES))
TOKEN = an_object({"token": TEXT, "authorization": TEXT, "claims": {"type": "object"}})

EVENTS: Schema = {"type": "string", "description": "Server-sent events: a number, and the names of what has changed"}
FIXTURE = an_object({"name": TEXT, "title": TEXT})

_STEP = an_object(
    {**dict.fromkeys(("do", "method", "path", "see"), TEXT), "status": COUNT, "body": ANYTHING, "answer": ANYTHING}
)
_CHAPTER = an_object(
    {"sandbox": NAME, **dict.fromkeys(("url", "title", "text"), TEXT), "steps": {"type": "array", "items": _STEP}}
)
STORY = an_object({"chapters": {"type": "array", "items": _CHAPTER}})
