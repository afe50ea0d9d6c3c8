"""The parts that the operations of the OpenAPI document share: parameters, the error, references, and who may call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mockserver.core.edm import Model

Part = dict[str, Any]

CONTROL_TAG = "mock"
"""Of the operations of the mock's own API."""

_LINK = {"type": "string", "format": "uri-reference"}
_KEY = re.compile(r"\{(?P<type>\w+)-id(?P<number>\d*)\}")
_ALTERNATE = re.compile(r"\((?P<name>\w+)='\{\w+\}'\)")


def _names(option: str, meaning: str) -> Part:
    """An option that takes several names, with commas between them."""
    schema = {"type": "array", "items": {"type": "string"}}
    return {**_option(option, meaning, schema), "style": "form", "explode": False}


def _option(option: str, meaning: str, schema: Part) -> Part:
    return {"name": option, "in": "query", "description": meaning, "schema": schema}


def _header(name: str, meaning: str, schema: Part) -> Part:
    return {"name": name, "in": "header", "description": meaning, "schema": schema}


_TEXT, _NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
_REPRESENTATION = {"type": "string", "enum": ["return=representation", "return=minimal"]}

PARAMETERS: Mapping[str, Part] = {
    "count": _option("$count", "Say in @odata.count how many there are", {"type": "boolean"}),
    "expand": _names("$expand", "Show related entities too"),
    "filter": _option("$filter", "Show only those that fit", _TEXT),
    "orderby": _names("$orderby", "Sort by properties, each perhaps followed by desc"),
    "search": _option("$search", "Show only those in whose properties words begin so", _TEXT),
    "select": _names("$select", "Show only these properties"),
    "skip": _option("$skip", "Leave out so many at the beginning", _NUMBER),
    "top": _option("$top", "Show so many at most", _NUMBER),
    "reference": {**_option("@id", "The address of the entity to take out", _LINK), "required": True},
    "ifMatch": _header("If-Match", "Nothing here has an ETag, so that only * matches", _TEXT),
    "preferAnswer": _header("Prefer", "Whether the answer shows the entity", _REPRESENTATION),
    "preferReading": _header("Prefer", "odata.maxpagesize=10, include-unknown-enum-members, or both", _TEXT),
    "consistencyLevel": _header("ConsistencyLevel", "eventual, for what directory indexes answer", _TEXT),
}

_OBJECT = {"type": "object", "properties": {"@odata.id": _LINK}, "required": ["@odata.id"]}
_ADDRESS = {"anyOf": [_LINK, _OBJECT]}
_MAIN = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "target": {"type": ["string", "null"]},
        "details": {"type": "array", "items": {"$ref": "#/components/schemas/ErrorDetail"}},
        "innerError": {"type": "object"},
    },
    "required": ["code", "message"],
}
_DETAIL = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("code", "message", "target")},
    "required": ["code", "message"],
}

SCHEMAS: Mapping[str, Part] = {
    "ErrorDetail": _DETAIL,
    "ODataError": {"type": "object", "properties": {"error": _MAIN}, "required": ["error"]},
    "Reference": _ADDRESS,
    "ReferenceBody": {
        **_OBJECT,
        "properties": {"@odata.id": _LINK, "@odata.type": {"type": "string"}, "@odata.context": {"type": "string"}},
        "additionalProperties": False,
    },
    "ReferenceCollection": {
        "type": "object",
        "properties": {"@odata.context": {"type": "string"}, "value": {"type": "array", "items": _ADDRESS}},
        "required": ["value"],
    },
}
"""graph_reference 5.1; 5.9, U4: a reference is written as a string or as an object."""


def refer(kind: str, name: str) -> Part:
    return {"$ref": f"#/components/{kind}/{name}"}


def in_json(schema: Part) -> Part:
    return {"application/json": {"schema": schema}}


RESPONSES: Mapping[str, Part] = {
    "error": {"description": "A refusal, in the one shape of all", "content": in_json(refer("schemas", "ODataError"))}
}
BODIES: Mapping[str, Part] = {
    "reference": {
        "description": "The address of the entity to refer to",
        "content": in_json(refer("schemas", "ReferenceBody")),
        "required": True,
    }
}
SECURITY: Mapping[str, Part] = {
    "graph": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "control": {"type": "apiKey", "in": "header", "name": "x-mock-token"},
}


def keys(path: str, model: Model) -> Iterator[Part]:
    """The parameters that the template of a path has, in its order."""
    for match in _KEY.finditer(path):
        yield in_path(match[0][1:-1], f"Id of {match['type']}", model.type(match["type"]).words)
    for match in _ALTERNATE.finditer(path):
        yield in_path(match["name"], f"Its {match['name']}")


def in_path(name: str, meaning: str, examples: tuple[str, ...] = ()) -> Part:
    schema = {"type": "string", "minLength": 1, **({"examples": list(examples)} if examples else {})}
    return {"name": name, "in": "path", "required": True, "description": meaning, "schema": schema}
