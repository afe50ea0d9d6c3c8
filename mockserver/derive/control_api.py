"""The mock's own API as data: each route of `/_mock`, what it takes and what it answers.

The views are in `web/control/`; a test holds its table against this one, so that neither has a route alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Schema = dict[str, Any]


class Route(NamedTuple):
    """A method and a path below `/_mock`."""

    method: str
    path: str
    summary: str
    answers: Mapping[int, Schema | None]
    """Status -> schema of the body, or None where there is none."""
    takes: Schema | None = None
    """The schema of the body it must have."""
    token: bool = True
    """False: never asks for the control token."""


def _object(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required)}


def _closed(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """An object with no other members."""
    return {**_object(required, optional), "additionalProperties": False}


_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_FLAG: Schema = {"type": "boolean"}

_HEALTH = _object({"status": _TEXT, "version": _TEXT, "uptimeSeconds": {"type": "number"}, "sandboxes": _COUNT})
_READY = _object({"status": _TEXT, "sandboxes": {"type": "array", "items": _TEXT}})
_SETTINGS: Schema = {"type": "object", "description": "The options of mockserver serve, by name"}
_TENANT: Schema = {"type": "object", "description": "A fixture document, as fixtures/schema.json describes it"}
_NEW_CONNECTOR = _closed({"machineName": _TEXT}, {"externalIp": _TEXT, "version": _TEXT})
_CONNECTOR = _object(
    dict.fromkeys(("id", "machineName", "externalIp", "status", "version"), _TEXT)
    | {"memberOf": _TEXT, "lastHeartbeat": _MOMENT, "stopped": _FLAG}
)
_THROTTLE: Schema = {
    "oneOf": [{"type": "null"}, _closed({"requests": _COUNT, "per": {"type": "string", "format": "duration"}})]
}

_NAMES: Schema = {"type": "array", "items": _TEXT}
_WHO: Schema = {"type": "string", "minLength": 1, "maxLength": 256}
_NEW_TOKEN = _closed(
    {},
    {
        "user": _WHO,
        "client": _WHO,
        "permissions": _NAMES,
        "directoryRoles": _NAMES,
        "lasts": {"type": "string", "format": "duration"},
        "claims": {"type": "object"},
        "defect": {"type": "string", "description": "What is to be wrong with it, such as expired or wrongKey"},
    },
)
_TOKEN = _object({"token": _TEXT, "authorization": _TEXT, "claims": {"type": "object"}})
_DEVICE = _closed({}, {"user": _WHO})

ROUTES: tuple[Route, ...] = (
    Route("GET", "/health", "Whether the process serves", {200: _HEALTH}, token=False),
    Route("GET", "/ready", "Whether the tenant is loaded", {200: _READY}),
    Route("GET", "/settings", "The effective settings", {200: _SETTINGS}),
    Route("GET", "/openapi.json", "This document", {200: {"type": "object"}}),
    Route("POST", "/reset", "Put this sandbox back to how it was seeded", {204: None}),
    Route("GET", "/tenant", "The whole tenant", {200: _TENANT}),
    Route("PUT", "/tenant", "Replace the whole tenant, or nothing of it", {200: _TENANT}, _TENANT),
    Route("POST", "/connectors", "Install a connector, as its setup program would", {201: _CONNECTOR}, _NEW_CONNECTOR),
    Route("POST", "/connectors/{key}/stop", "Let a connector send no more heartbeats", {200: _CONNECTOR}),
    Route("POST", "/connectors/{key}/start", "Let a connector send heartbeats again", {200: _CONNECTOR}),
    Route("DELETE", "/connectors/{key}", "Uninstall a connector", {204: None}),
    Route(
        "PUT",
        "/throttle",
        "Let so many Graph requests in each window, or, with null, all again",
        {204: None},
        _THROTTLE,
    ),
    Route("POST", "/tokens", "Make a token to order, good or bad", {201: _TOKEN}, _NEW_TOKEN),
    Route("POST", "/devices/{code}/approve", "Sign a user in to the device that shows this code", {204: None}, _DEVICE),
)
"""interface.md 3, in the order of `web/control/`."""
