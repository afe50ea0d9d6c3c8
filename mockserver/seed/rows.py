"""Are all values of a document of their kind? The rows of each section, and a finding for whatever is not.

marshmallow finds every problem of a row, at some 20 microseconds a row. Nearly all rows have none, so a quick test
made from the same declaration lets these pass as they stand, and marshmallow sees only the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from mockserver.seed.format import DOCUMENT
from mockserver.seed.kinds import Kind
from mockserver.seed.problems import Finding, Place, shown, suggestion
from mockserver.seed.shapes import Key, Shape

Row = Mapping[str, Any]
Rows = Mapping[str, list[Row]]
"""The rows of each section, in their order; `tenant` and `rules` have one."""

_UNKNOWN = "unknown"


def rows_of(document: Any, findings: list[Finding]) -> Rows:
    """What is right of every section; what is wrong is added to the findings."""
    if not isinstance(document, Mapping):
        findings.append(Finding((), f"{shown(document)} is not a mapping with keys such as tenant and connectors"))
        return {key.name: [] for key in DOCUMENT.keys}
    findings.extend(_unknown(DOCUMENT, (), str(name)) for name in document if name not in DOCUMENT.by_name)
    return {key.name: _section(key, document.get(key.name), findings) for key in DOCUMENT.keys}


def _section(key: Key, value: Any, findings: list[Finding]) -> list[Row]:
    quick = takes(key.kind)
    if value is None:
        return []
    if not key.many:
        return [value if quick(value) else _row(key.kind, value, (key.name,), findings)]
    if isinstance(value, list | tuple):
        return [row if quick(row) else _row(key.kind, row, (key.name, at), findings) for at, row in enumerate(value)]
    findings.append(Finding((key.name,), f"{shown(value)} is not a list"))
    return []


def _row(shape: Kind | Shape, row: Any, place: Place, findings: list[Finding]) -> Row:
    """What is right of one row."""
    if not isinstance(row, Mapping):
        findings.append(Finding(place, f"{shown(row)} is not a mapping"))
        return {}
    try:
        loaded: Row = _schema(shape).load(row)
    except ValidationError as refused:
        findings.extend(_found(refused.messages, shape, place))
        loaded = _right_of(shape, refused)
    return loaded


def _right_of(shape: Kind | Shape, refused: ValidationError) -> Row:
    """What the rules may judge: no lists with gaps, and what is no mapping, but should be, as one that says nothing."""
    right: Row = refused.valid_data if isinstance(refused.valid_data, dict) else {}
    wrong = [key for key in getattr(shape, "keys", ()) if key.name in refused.messages]
    lists = {key.name for key in wrong if key.many}
    nothing: dict[str, Any] = {key.name: {} for key in wrong if not key.many and isinstance(key.kind, Shape)}
    return {**nothing, **{name: value for name, value in right.items() if name not in lists}}


@lru_cache
def takes(kind: Kind | Shape) -> Callable[[Any], bool]:
    """The quick test: true only where marshmallow would find nothing."""
    if isinstance(kind, Kind):
        return kind.takes
    tests = {key.name: _quick(key) for key in kind.keys}
    required, find = kind.required, tests.get

    def test(row: Any) -> bool:
        if type(row) is not dict:
            return False
        for name, value in row.items():
            accepted = find(name)
            if accepted is None or not accepted(value):
                return False
        return required <= row.keys()

    return test


def _quick(key: Key) -> Callable[[Any], bool]:
    one = takes(key.kind)
    if key.many:
        return lambda value: (type(value) is list and all(map(one, value))) or (value is None and key.nullable)
    return (lambda value: value is None or one(value)) if key.nullable else one


class _Value(fields.Field[Any]):
    """A value of a kind, as it stands."""

    def __init__(self, kind: Kind, **settings: Any) -> None:
        super().__init__(**settings)
        self._kind = kind

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not self._kind.takes(value):
            raise ValidationError(self._kind.refusal(value))
        return value


@lru_cache
def _schema(shape: Kind | Shape) -> Schema:
    assert isinstance(shape, Shape)
    made = type(f"{shape.name}Schema", (Schema,), {key.name: _field(key) for key in shape.keys})
    schema: Schema = made(unknown=RAISE)
    schema.error_messages = {**schema.error_messages, "unknown": _UNKNOWN, "type": "is not a mapping"}
    return schema


def _field(key: Key) -> fields.Field[Any]:
    settings: dict[str, Any] = {
        "required": key.required,
        "allow_none": key.nullable,
        "error_messages": {"required": "is missing", "null": _null(key), "invalid": "is not a list"},
    }
    return fields.List(_one(key.kind, {}), **settings) if key.many else _one(key.kind, settings)


def _one(kind: Kind | Shape, settings: Mapping[str, Any]) -> fields.Field[Any]:
    return _Value(kind, **settings) if isinstance(kind, Kind) else fields.Nested(lambda: _schema(kind), **settings)


def _null(key: Key) -> str:
    wanted = "a list" if key.many else key.kind.wanted if isinstance(key.kind, Kind) else "a mapping"
    return f"null is not {wanted}"


def _found(messages: Any, kind: Kind | Shape, place: Place) -> Iterator[Finding]:
    """marshmallow's tree of messages, flat."""
    if isinstance(messages, list):
        yield from (Finding(place, str(message)) for message in messages)
        return
    for step, below in messages.items():
        if below == [_UNKNOWN] and isinstance(kind, Shape):
            yield _unknown(kind, place, str(step))
        elif step == "_schema":
            yield from _found(below, kind, place)
        elif isinstance(step, int) or not isinstance(kind, Shape):
            yield from _found(below, kind, (*place, step))
        else:
            yield from _found(below, kind.by_name[step].kind, (*place, step))


def _unknown(shape: Shape, place: Place, name: str) -> Finding:
    hint = suggestion(name, shape.by_name) or f"; known are {', '.join(shape.by_name)}"
    return Finding((*place, name), f"unknown key{hint}")
