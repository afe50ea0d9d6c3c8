"""Literals of the query language: text -> a value and its type.

Dates, times, durations, GUIDs and binaries stay texts, as entities keep them too; `values` makes both comparable.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mockserver.core import edm
from mockserver.core.edm import PrimitiveType
from mockserver.odata import texts
from mockserver.odata.values import KEYS

NULL = PrimitiveType("<null>")
"""The type of the literal `null`, by the name the OData libraries give it in their texts."""


@dataclass(frozen=True)
class Literal:
    """A value of a primitive type."""

    value: Any
    type: PrimitiveType


@dataclass(frozen=True)
class EnumLiteral:
    """A constant that names its type: `microsoft.graph.connectorStatus'active'`."""

    type_name: str
    value: str


_QUOTED = r"'(?:[^']|'')*'"
_NAME = r"[^\W\d]\w*"
_WORD_ENDS = r"(?![\w.])"
_TIME = r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_DATE = r"-?\d{4,8}-\d\d-\d\d"

# Tried in this order: a GUID or a date may begin as a number does. Impossible dates are refused when they are read.
_FORMS: Mapping[str, str] = {
    "guid": rf"[0-9A-Fa-f]{{8}}(?:-[0-9A-Fa-f]{{4}}){{3}}-[0-9A-Fa-f]{{12}}{_WORD_ENDS}",
    "moment": rf"{_DATE}[Tt]{_TIME}(?:[Zz]|[+-]\d\d:\d\d){_WORD_ENDS}",
    "date": rf"{_DATE}{_WORD_ENDS}",
    "time": rf"{_TIME}{_WORD_ENDS}",
    "double": rf"(?:[+-]?\d+(?:\.\d+)?[eE][+-]?\d+|-?INF|NaN){_WORD_ENDS}",
    "decimal": rf"[+-]?\d+\.\d+{_WORD_ENDS}",
    "integer": rf"[+-]?\d+{_WORD_ENDS}",
    "constant": rf"(?i:null|true|false){_WORD_ENDS}",
    "duration": rf"(?i:duration){_QUOTED}",
    "binary": rf"(?i:binary){_QUOTED}",
    "string": _QUOTED,
    "enum": rf"{_NAME}(?:\.{_NAME})*{_QUOTED}",
}
_LITERAL = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()), re.ASCII)
_CONSTANTS: Mapping[str, Literal] = {
    "null": Literal(None, NULL),
    "true": Literal(True, edm.BOOLEAN),
    "false": Literal(False, edm.BOOLEAN),
}
_BASE64 = re.compile(r"(?:[\w-]{4})*(?:[\w-]{2}(?:==)?|[\w-]{3}=?)?", re.ASCII)


def read(text: str, position: int = 0, *, exact: bool = False) -> tuple[Literal | EnumLiteral, int] | None:
    """The literal that stands at `position` and where it ends, or None where there is none.

    `exact` takes `true`, `false` and `null` in lower case only. Raises InvalidQuery for dates, times, durations and
    binaries that have the form of one but mean nothing, such as 24:00.
    """
    found = _LITERAL.match(text, position)
    if found is None or (exact and found["constant"] and not found[0].islower()):
        return None
    return _READERS[found.lastgroup or ""](found[0]), found.end()


def unquoted(text: str) -> str:
    """What stands between the outer quotes."""
    return text[text.index("'") + 1 : -1].replace("''", "'")


def typed(text: str, kind: PrimitiveType) -> Literal:
    """The text as a literal of that type. Raises InvalidQuery where it means nothing there."""
    # The key of what has no meaning is NaN, the one value that does not equal itself.
    meant = _BASE64.fullmatch(text) if kind is edm.BINARY else KEYS[kind](text) == KEYS[kind](text)
    if not meant:
        raise texts.refusal(texts.LITERAL, literal=text, type=kind.name)
    return Literal(text, kind)


def _double(text: str) -> Literal:
    # One NaN for all, or trees that hold one would not equal themselves.
    return Literal(math.nan if text == "NaN" else float(text), edm.DOUBLE)


def _integer(text: str) -> Literal:
    number = Decimal(text)
    for kind, bits in ((edm.INT32, 31), (edm.INT64, 63)):
        if -(2**bits) <= number < 2**bits:
            return Literal(int(number), kind)
    return Literal(number, edm.DECIMAL)


def _enum(text: str) -> EnumLiteral:
    return EnumLiteral(text.partition("'")[0], unquoted(text))


_READERS: Mapping[str, Callable[[str], Literal | EnumLiteral]] = {
    "guid": lambda text: Literal(text, edm.GUID),
    "moment": lambda text: typed(text.upper(), edm.DATE_TIME_OFFSET),
    "date": lambda text: typed(text, edm.DATE),
    "time": lambda text: typed(text, edm.TIME_OF_DAY),
    "double": _double,
    "decimal": lambda text: Literal(Decimal(text), edm.DECIMAL),
    "integer": _integer,
    "constant": lambda text: _CONSTANTS[text.lower()],
    "duration": lambda text: typed(unquoted(text).upper(), edm.DURATION),
    "binary": lambda text: typed(unquoted(text), edm.BINARY),
    "string": lambda text: Literal(unquoted(text), edm.STRING),
    "enum": _enum,
}


def write(literal: Literal | EnumLiteral) -> str:
    """The text that reads as this literal."""
    if isinstance(literal, EnumLiteral):
        return literal.type_name + quoted(literal.value)
    return _WRITERS.get(literal.type, str)(literal.value)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write_double(value: float) -> str:
    if math.isfinite(value):
        text = repr(value)
        return text if "e" in text else f"{text}e0"
    return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"


_WRITERS: Mapping[PrimitiveType, Callable[[Any], str]] = {
    NULL: lambda _: "null",
    edm.BINARY: lambda value: f"binary{quoted(value)}",
    edm.BOOLEAN: lambda value: "true" if value else "false",
    edm.DECIMAL: lambda value: f"{value:f}",
    edm.DOUBLE: _write_double,
    edm.DURATION: lambda value: f"duration{quoted(value)}",
    edm.STRING: quoted,
}
