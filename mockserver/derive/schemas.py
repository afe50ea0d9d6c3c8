"""marshmallow schemas made from the model: a body -> plain values, or every problem with it at once.

marshmallow by itself takes "yes" for a boolean and "5" for a number. Graph does not, so one strict field converts by
the table of EDM types below, and the messages are not texts but the errors of `core.errors`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import orjson
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing, pre_load

from mockserver.core.edm import (
    BINARY,
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    DOUBLE,
    GUID,
    INT32,
    INT64,
    SENTINEL,
    STRING,
    TIME_OF_DAY,
    ComplexType,
    EnumType,
    PrimitiveType,
    Property,
    StructuredType,
)
from mockserver.core.errors import (
    GraphError,
    InvalidBody,
    InvalidProperty,
    MissingProperty,
    NotImplementedByMock,
    NullProperty,
    ReadOnlyProperty,
    UnknownMember,
    UnknownProperty,
    WrongType,
)

_GUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ANNOTATIONS = frozenset({"@odata.context", "@odata.etag", "@odata.id", "@odata.type", "@odata.editlink"})


@dataclass(frozen=True)
class Style:
    """How a body is read; `model.behaviours` has the reasons."""

    creating: bool
    exact_names: bool = False
    enums: str = "observed"
    read_only: str = "ignored"
    unknown_members: bool = False
    """Constants behind an enumeration's sentinel may be written (graph_reference 5.7)."""
    loose_booleans: bool = False
    """`"true"` is a boolean too: one documented request sends it (U-33)."""


def read_body(body: Any, structure: StructuredType, style: Style) -> dict[str, Any]:
    """The values a body gives to the properties of a type. Raises InvalidBody or its kinds, with every problem."""
    if not isinstance(body, Mapping):
        raise InvalidBody()
    try:
        loaded: dict[str, Any] = schema(structure, style).load(body)
    except ValidationError as refused:
        raise _refusal(list(_problems(refused.messages, structure))) from None
    said: dict[str, Any] = _said(loaded)
    return said


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items() if each is not _UNSAID}
    return [_said(each) for each in value if each is not _UNSAID] if isinstance(value, list) else value


def _refusal(problems: list[GraphError]) -> GraphError:
    first, *others = problems
    first.details = tuple({"code": each.code, "message": each.message} for each in others)
    return first


def _problems(messages: Any, structure: StructuredType, name: str = "") -> Iterator[GraphError]:
    """The errors in what marshmallow says of the property `name` of a type, or of the type as a whole."""
    if isinstance(messages, GraphError):
        yield messages
    elif isinstance(messages, str):
        yield _NAMED[messages](structure, name)
    elif isinstance(messages, list):
        for each in messages:
            yield from _problems(each, structure, name)
    else:
        for key, below in sorted(messages.items(), key=_unknown_last):
            # A place in a list, or what is said of the whole: unless the body really has a property of that name.
            same = isinstance(key, int) or (key == "_schema" and below != ["unknown"])
            yield from _problems(below, *(structure, name) if same else (_inside(structure, name), key))


def _unknown_last(item: tuple[Any, Any]) -> tuple[bool, str]:
    """Known properties stay in the order of the model; unknown ones come from a set, which has none."""
    name, messages = item
    unknown = messages == ["unknown"]
    return unknown, str(name) if unknown else ""


def _inside(structure: StructuredType, name: str) -> StructuredType:
    kind = structure.property_by_name[name].type if name in structure.property_by_name else structure
    return kind if isinstance(kind, ComplexType) else structure


def _unknown(structure: StructuredType, name: str) -> GraphError:
    if name.endswith("@odata.bind"):
        return NotImplementedByMock(message=f"The mock does not know '{name}'; set the reference with $ref instead.")
    if getattr(structure, "directory", False):
        return InvalidProperty(property=name)
    return UnknownProperty(property=name, type=structure.qualified_name)


_NAMED: Mapping[str, Callable[[StructuredType, str], GraphError]] = {
    "unknown": _unknown,
    "required": lambda structure, name: MissingProperty(property=name, type=structure.name),
    "null": lambda structure, name: NullProperty(property=name, type=structure.name),
    "read-only": lambda structure, name: ReadOnlyProperty(property=name),
    "object": lambda structure, name: InvalidBody(),
}


class _FromModel(Schema):
    """A schema of one structured type; `structure` and `style` are set by `schema`."""

    structure: StructuredType
    style: Style
    error_messages = {"unknown": "unknown", "type": "object"}  # noqa: RUF012 (marshmallow's own form)

    @pre_load
    def _named_as_declared(self, body: Any, **_: Any) -> Any:
        if not isinstance(body, Mapping):
            return body
        named: dict[str, Any] = {}
        for name, value in body.items():
            if _is_annotation(name):
                continue
            found = self.structure.property(name, ignore_case=not self.style.exact_names)
            declared = name if found is None else found.name
            if declared in named:
                raise ValidationError([InvalidBody()])
            if found is not None and not found.annotated and "@odata.type" in body:
                raise ValidationError([InvalidBody()])
            named[declared] = value
        return named


def _is_annotation(name: str) -> bool:
    """Control information that says nothing about the entity; anyone's own annotation may be passed over (OData)."""
    lower = name.lower()
    return lower in _ANNOTATIONS or (lower.startswith("@") and not lower.startswith("@odata."))


class _Unsaid:
    """What a body said that counts as not said."""


_UNSAID = _Unsaid()


class _Strict(fields.Field[Any]):
    """A value that is converted by a function, which raises ValueError for what it does not take."""

    default_error_messages = {"required": "required", "null": "null"}  # noqa: RUF012 (marshmallow's own form)

    def __init__(self, convert: Callable[[Any], Any], type_name: str, **settings: Any) -> None:
        super().__init__(**settings)
        self._convert, self._type_name = convert, type_name

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        try:
            return self._convert(value)
        except GraphError as refusal:
            raise ValidationError([refusal]) from None
        except (ValueError, TypeError):
            raise ValidationError([WrongType(value=_as_written(value), type=self._type_name)]) from None


def _as_written(value: Any) -> str:
    try:
        return value if isinstance(value, str) else orjson.dumps(value).decode()
    except TypeError:  # nested too deep to be written again
        return "..."


class _ReadOnly(fields.Field[Any]):
    """What only the service sets: refused, or taken for not said (Q3, Q4)."""

    def __init__(self, refused: bool) -> None:
        super().__init__(allow_none=True)
        self._refused = refused

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **_: Any) -> Any:
        # Not _deserialize, which is asked about everything but null.
        if value is missing:
            return missing
        if self._refused:
            raise ValidationError("read-only")
        return _UNSAID


@lru_cache(maxsize=512)
def schema(structure: StructuredType, style: Style) -> Schema:
    """The schema that reads a type in a style. Made once."""
    made = {each.name: _field(each, style) for each in structure.visible}
    attributes = {**made, "structure": structure, "style": style}
    of_type = type(f"{structure.name}Schema", (_FromModel,), attributes)
    made_of: Schema = of_type(unknown=EXCLUDE if structure.open and isinstance(structure, ComplexType) else RAISE)
    return made_of


def _field(declared: Property, style: Style) -> fields.Field[Any]:
    if not declared.writable:
        return _ReadOnly(refused=style.read_only == "refused")
    settings: dict[str, Any] = {
        "allow_none": declared.nullable and not declared.collection,
        "required": declared.required and style.creating,
        "error_messages": {"required": "required", "null": "null", "invalid": "object", "type": "object"},
    }
    if declared.collection:
        one = _one(declared.type, style, {"error_messages": settings["error_messages"]})
        return fields.List(one, **settings)
    return _one(declared.type, style, settings)


def _one(kind: PrimitiveType | EnumType | ComplexType, style: Style, settings: Mapping[str, Any]) -> fields.Field[Any]:
    if isinstance(kind, ComplexType):
        return fields.Nested(lambda: schema(kind, style), **settings)
    if isinstance(kind, EnumType):
        return _Strict(_enum_converter(kind, style), kind.qualified_name, **settings)
    convert = _loose_boolean if style.loose_booleans and kind is BOOLEAN else _CONVERSIONS[kind]
    return _Strict(convert, kind.name, **settings)


def _enum_converter(kind: EnumType, style: Style) -> Callable[[Any], Any]:
    """R16, Q5: published and observed names in any case, or the published ones, or these in their own letters.

    The sentinel is refused in a create and stands for "not said" in an update (graph_reference 5.7).
    """
    published = {name.lower(): name for name in kind.members}
    known = kind.by_lower_name if style.enums == "observed" else published

    def convert(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError
        if kind.flags and "," in value:
            return ",".join(map(one, value.split(",")))
        return one(value)

    def one(value: str) -> Any:
        name = known.get(value.lower())
        if name in kind.beyond_sentinel and not style.unknown_members:
            raise UnknownMember(value=value)
        if name is None or (style.enums == "exact" and name != value) or (name == SENTINEL and style.creating):
            raise UnknownMember(value=value)
        return _UNSAID if name == SENTINEL else name

    return convert


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _loose_boolean(value: Any) -> bool:
    return _boolean({"true": True, "false": False}.get(value.lower(), value) if isinstance(value, str) else value)


def _whole(bits: int) -> Callable[[Any], int]:
    limit = 1 << (bits - 1)

    def convert(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not -limit <= value < limit:
            raise ValueError
        return value

    return convert


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    return value


def _instant(value: Any) -> str:
    """As the service writes it; a moment without zone or seconds is taken for UTC (graph_reference 2.3)."""
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        return moment.isoformat() + "Z"
    return str(value)


def _time(value: Any) -> str:
    """`0:00:00` and seven fraction digits occur in the documentation's own examples (graph_reference 2.3)."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(:\d{2})?(\.\d{1,12})?", _text(value))
    if match is None:
        raise ValueError
    hours, minutes, seconds, fraction = match.groups()
    text = f"{hours:0>2}:{minutes}{seconds or ':00'}"
    time.fromisoformat(text)
    return text + (fraction or "")


def _guid(value: Any) -> str:
    text = _text(value)
    if not _GUID.fullmatch(text):
        raise ValueError
    return text


def _day(value: Any) -> str:
    return date.fromisoformat(_text(value)).isoformat()


def _binary(value: Any) -> str:
    text = _text(value)
    base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    return text


_CONVERSIONS: Mapping[PrimitiveType, Callable[[Any], Any]] = {
    BINARY: _binary,
    BOOLEAN: _boolean,
    DATE: _day,
    DATE_TIME_OFFSET: _instant,
    DOUBLE: _number,
    GUID: _guid,
    INT32: _whole(32),
    INT64: _whole(64),
    STRING: _text,
    TIME_OF_DAY: _time,
}
