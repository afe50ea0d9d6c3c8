"""marshmallow schemas made from the format: every problem of a row that is not in order, and what is right of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema

from mockserver.seed.format.kinds import Kind
from mockserver.seed.format.shapes import Key, Shape
from mockserver.seed.problems import Finding, Place, unknown_key

_UNKNOWN = "unknown"


def right_of(shape: Shape, row: Mapping[str, Any], place: Place, findings: list[Finding]) -> Mapping[str, Any]:
    """What the rules may judge of a row; what is wrong with it is added to the findings."""
    try:
        loaded: Mapping[str, Any] = _schema(shape).load(row)
    except ValidationError as refused:
        findings.extend(_found(refused.messages, shape, place))
        loaded = _rest(shape, refused)
    return loaded


def _rest(shape: Shape, refused: ValidationError) -> Mapping[str, Any]:
    """No lists with gaps, and what is no mapping, but should be, as one that says nothing."""
    right: Mapping[str, Any] = refused.valid_data if isinstance(refused.valid_data, dict) else {}
    wrong = [key for key in shape.keys if key.name in refused.messages]
    lists = {key.name for key in wrong if key.many}
    nothing: dict[str, Any] = {key.name: {} for key in wrong if not key.many and isinstance(key.kind, Shape)}
    return {**nothing, **{name: value for name, value in right.items() if name not in lists}}


class _Value(fields.Field[Any]):
    """A value of a kind, or what it means."""

    def __init__(self, kind: Kind, **settings: Any) -> None:
        super().__init__(**settings)
        self._kind = kind

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not self._kind.takes(value):
            raise ValidationError(self._kind.refusal(value))
        try:
            return value if self._kind.means is None else self._kind.means(value)
        except (ValueError, OverflowError) as problem:
            raise ValidationError(str(problem)) from None


class _Shortened(fields.Nested):
    """A mapping, or a value of a kind in its place."""

    def __init__(self, nested: Any, short: Kind, **settings: Any) -> None:
        super().__init__(nested, **settings)
        self._short = short

    def _deserialize(self, value: Any, *rest: Any, **named: Any) -> Any:
        if isinstance(value, Mapping):
            return super()._deserialize(value, *rest, **named)
        if not self._short.takes(value):
            raise ValidationError(self._short.refusal(value))
        return value


class _Alternatives(Schema):
    """A schema of a shape of whose keys exactly one is there."""

    @validates_schema
    def _one_is_there(self, values: Mapping[str, Any], **_: Any) -> None:
        if len(values) != 1:
            raise ValidationError(f"exactly one of {', '.join(self.fields)} is expected")


@lru_cache
def _schema(shape: Shape) -> Schema:
    made = type(
        f"{shape.name}Schema",
        (_Alternatives if shape.alternatives else Schema,),
        {key.name: _field(key) for key in shape.keys},
    )
    schema: Schema = made(unknown=RAISE)
    schema.error_messages = {**schema.error_messages, "unknown": _UNKNOWN, "type": "is not a mapping"}
    return schema


def _field(key: Key) -> fields.Field[Any]:
    settings: dict[str, Any] = {
        "required": key.required,
        "allow_none": key.nullable,
        "error_messages": {"required": "is missing", "null": _null(key), "invalid": "is not a list"},
    }
    return fields.List(_one(key, {}), **settings) if key.many else _one(key, settings)


def _one(key: Key, settings: Mapping[str, Any]) -> fields.Field[Any]:
    kind = key.kind
    if isinstance(kind, Kind):
        return _Value(kind, **settings)
    if key.short is not None:
        return _Shortened(lambda: _schema(kind), key.short, **settings)
    return fields.Nested(lambda: _schema(kind), **settings)


def _null(key: Key) -> str:
    wanted = "a list" if key.many else key.kind.wanted if isinstance(key.kind, Kind) else "a mapping"
    return f"null is not {wanted}"


def _found(messages: Any, kind: Kind | Shape, place: Place) -> Iterator[Finding]:
    """marshmallow's tree of messages, flat."""
    if isinstance(messages, list):
        yield from (Finding(place, str(message)) for message in messages)
        return
    for step, below in sorted(messages.items(), key=_unknown_last):
        if below == [_UNKNOWN] and isinstance(kind, Shape):
            yield unknown_key((*place, str(step)), kind.by_name)
        elif step == "_schema":
            yield from _found(below, kind, place)
        elif isinstance(step, int) or not isinstance(kind, Shape):
            yield from _found(below, kind, (*place, step))
        else:
            yield from _found(below, kind.by_name[step].kind, (*place, step))


def _unknown_last(item: tuple[Any, Any]) -> tuple[bool, str]:
    """Unknown keys come from a set, which has no order; all others stay in that of the declaration."""
    step, messages = item
    unknown = messages == [_UNKNOWN]
    return unknown, str(step) if unknown else ""
