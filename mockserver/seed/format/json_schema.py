"""The JSON Schema of fixtures, made from the declarations that the check is made from, so that editors complete them.

`inlined` makes that of a part on its own, for those who declare their bodies in the same way.

`python -m mockserver.seed.format.json_schema > fixtures/schema.json` publishes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from mockserver.seed.format import DOCUMENT
from mockserver.seed.format.kinds import Kind
from mockserver.seed.format.sections import SECTIONS
from mockserver.seed.format.shapes import Key, Shape


def schema() -> dict[str, Any]:
    """The whole schema, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:mockserver:fixture",
        "title": "A mockserver fixture",
        **_mapping(DOCUMENT, _referred),
        "$defs": {shape.name: _mapping(shape, _referred) | _named(shape) for shape in _below(DOCUMENT)},
    }


def text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), indent=2) + "\n"


def inlined(kind: Kind | Shape) -> dict[str, Any]:
    """The schema of that alone, with everything that it leads to in its place."""
    return dict(kind.schema) if isinstance(kind, Kind) else _mapping(kind, inlined)


Written = Callable[[Kind | Shape], dict[str, Any]]
"""How a schema writes what stands under one of its keys."""


def _referred(kind: Kind | Shape) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{kind.name}"} if isinstance(kind, Shape) else dict(kind.schema)


def _mapping(shape: Shape, written: Written) -> dict[str, Any]:
    made: dict[str, Any] = {"description": shape.says} if shape.says else {}
    made |= {"type": "object", "properties": {key.name: _under(key, written) for key in shape.keys}}
    if shape.required:
        made["required"] = sorted(shape.required)
    if shape.alternatives:
        made |= {"minProperties": 1, "maxProperties": 1}
    return {**made, "additionalProperties": False}


def _named(shape: Shape) -> dict[str, Any]:
    """That an id follows from a proper name only."""
    for section in SECTIONS:
        if section.named and DOCUMENT.by_name[section.name].kind is shape:
            return {"anyOf": [{"required": ["id"]}, {"properties": {section.key: dict(section.named.schema)}}]}
    return {}


def _under(key: Key, written: Written) -> dict[str, Any]:
    described = {"description": key.says} if key.says else {}
    one = written(key.kind) if key.short is None else {"anyOf": [written(key.short), written(key.kind)]}
    value = {"type": "array", "items": one} if key.many else one
    default = {} if key.default in (None, ()) else {"default": key.default}
    return {**described, **(_or_null(value) if key.nullable else value), **default}


def _or_null(value: dict[str, Any]) -> dict[str, Any]:
    if "type" not in value or "anyOf" in value:
        return {"anyOf": [value, {"type": "null"}]}
    words = {"enum": [*value["enum"], None]} if "enum" in value else {}
    return {**value, "type": [value["type"], "null"], **words}


def _below(shape: Shape) -> Iterator[Shape]:
    """Every shape that this one leads to, once each."""
    found: dict[str, Shape] = {}
    waiting = [shape]
    while waiting:
        for key in waiting.pop().keys:
            if isinstance(key.kind, Shape) and key.kind.name not in found:
                found[key.kind.name] = key.kind
                waiting.append(key.kind)
    return iter(sorted(found.values(), key=lambda each: each.name))


if __name__ == "__main__":
    print(text(), end="")
