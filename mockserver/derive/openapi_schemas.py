"""JSON Schema for what goes over the wire: answers, and the bodies of creates and updates, made from the declarations.

An answer shows what Graph shows, names that were only observed included. A body has what a caller may set, and only a
create asks for anything; it is stricter than the mock in one point: it has every name in its own letter case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from mockserver.core.edm import (
    BINARY,
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    DECIMAL,
    DOUBLE,
    DURATION,
    GUID,
    INT32,
    INT64,
    SENTINEL,
    STREAM,
    STRING,
    TIME_OF_DAY,
    ComplexType,
    EntityType,
    EnumType,
    Model,
    Navigation,
    PrimitiveType,
    Property,
    StructuredType,
)
from mockserver.derive.csdl.shown import navigations_of

Schema = dict[str, Any]

ANSWER, CREATE_BODY, UPDATE_BODY = "", ".create", ".update"
"""What a schema is for, and how its name says so."""
_ANY_BODY = ".body"
"""Where a create asks for nothing, it and an update take the same."""

_BASE64 = "^([A-Za-z0-9_-]{4})*([A-Za-z0-9_-]{2}(==)?|[A-Za-z0-9_-]{3}=?)?$"
_TIME = r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?$"

_PRIMITIVES: Mapping[PrimitiveType, Schema] = {
    BINARY: {"type": "string", "format": "base64url", "pattern": _BASE64},
    BOOLEAN: {"type": "boolean"},
    DATE: {"type": "string", "format": "date"},
    DATE_TIME_OFFSET: {"type": "string", "format": "date-time"},
    DECIMAL: {"type": "number", "format": "decimal"},
    DOUBLE: {"type": "number", "format": "double"},
    DURATION: {"type": "string", "format": "duration"},
    GUID: {"type": "string", "format": "uuid"},
    INT32: {"type": "integer", "format": "int32", "minimum": -(2**31), "maximum": 2**31 - 1},
    INT64: {"type": "integer", "format": "int64", "minimum": -(2**63), "maximum": 2**63 - 1},
    STRING: {"type": "string"},
    TIME_OF_DAY: {"type": "string", "pattern": _TIME},
}

_CONTEXT = {"@odata.context": {"type": "string", "format": "uri"}}


class Schemas:
    """The schemas of one version of the service, each made when something first refers to it."""

    def __init__(self, model: Model, version: str) -> None:
        self.model, self.version = model, version
        self.made: dict[str, Schema] = {}

    def answer(self, structure: StructuredType) -> Schema:
        return self._refer(structure.name, lambda: self._answer(structure))

    def collection(self, entity_type: EntityType) -> Schema:
        """A page: values, and where the rest is."""
        return self._refer(f"{entity_type.name}.collection", lambda: _collection(self.answer(entity_type)))

    def body(self, structure: StructuredType, purpose: str) -> Schema:
        suffix = purpose if _asks(structure) else _ANY_BODY
        return self._refer(structure.name + suffix, lambda: self._body(structure, purpose))

    def _refer(self, name: str, make: Callable[[], Schema]) -> Schema:
        full = f"{self.version}.{name}"
        if full not in self.made:
            # Taken before it is made: types refer to one another in circles.
            self.made[full] = {}
            self.made[full] = make()
        return {"$ref": f"#/components/schemas/{full}"}

    def _answer(self, structure: StructuredType) -> Schema:
        members = {each.name: self._value(each, ANSWER) for each in structure.visible if each.type is not STREAM}
        expanded = {each.name: self._related(each) for each in navigations_of(self.model, structure)}
        properties = {**_CONTEXT, **members, **expanded}
        return {"title": structure.qualified_name, "type": "object", "properties": properties}

    def _related(self, navigation: Navigation) -> Schema:
        """What is there when it is expanded."""
        one = self.answer(self.model.type(navigation.target))
        return {"type": "array", "items": one} if navigation.collection else _or_null(one)

    def _body(self, structure: StructuredType, purpose: str) -> Schema:
        writable = [each for each in structure.visible if each.writable and each.type is not STREAM]
        required = [each.name for each in writable if each.required] if purpose == CREATE_BODY else []
        aliased = [each for each in writable if each.alias]
        members = {each.name: self._value(each, purpose) for each in writable}
        aliases = {each.alias: members[each.name] for each in aliased}
        return {
            "title": structure.qualified_name,
            "type": "object",
            "properties": {**members, **aliases, "@odata.type": {"const": f"#{structure.qualified_name}"}},
            **({"required": required} if required else {}),
            **({"allOf": [_not_both(each.name, each.alias) for each in aliased]} if aliased else {}),
            "additionalProperties": structure.open and isinstance(structure, ComplexType),
        }

    def _value(self, declared: Property, purpose: str) -> Schema:
        one = self._one(declared.type, purpose)
        if declared.collection:
            return {"type": "array", "items": one, **_read_only(declared)}
        return {**(_or_null(one) if declared.nullable else one), **_read_only(declared)}

    def _one(self, kind: PrimitiveType | EnumType | ComplexType, purpose: str) -> Schema:
        if isinstance(kind, PrimitiveType):
            return _PRIMITIVES[kind]
        if isinstance(kind, EnumType):
            suffix = _ANY_BODY if purpose and SENTINEL in kind.members else ""
            return self._refer(kind.name + suffix, lambda: _enumeration(kind, writing=bool(purpose)))
        return self.body(kind, purpose) if purpose else self.answer(kind)


def _asks(structure: StructuredType) -> bool:
    """Whether there is something that a create must say."""
    return any(each.required or (isinstance(each.type, ComplexType) and _asks(each.type)) for each in structure.visible)


def _collection(one: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {
            **_CONTEXT,
            "@odata.count": {"type": "integer", "minimum": 0},
            "@odata.nextLink": {"type": "string", "format": "uri"},
            "value": {"type": "array", "items": one},
        },
        "required": ["value"],
    }


def _enumeration(kind: EnumType, writing: bool) -> Schema:
    """The published names, and behind them those that were only observed. Nobody writes the sentinel (5.7)."""
    names = [each for each in (*kind.members, *kind.observed) if not (writing and each == SENTINEL)]
    beyond = {"description": f"Observed, not published: {', '.join(kind.observed)}"} if kind.observed else {}
    titled = {"title": kind.qualified_name, **beyond, "type": "string"}
    if not kind.flags:
        return {**titled, "enum": names}
    one = f"({'|'.join(map(re.escape, names))})"
    return {**titled, "pattern": f"^{one}(, ?{one})*$", "x-ms-enum-flags": {"isFlags": True}}


def _not_both(*names: str) -> Schema:
    return {"not": {"required": list(names)}}


def _or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _read_only(declared: Property) -> Schema:
    return {} if declared.writable else {"readOnly": True}
