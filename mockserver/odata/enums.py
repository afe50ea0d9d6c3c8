"""Enumerations in expressions: constants by name in any letter case, by number, and several at once for flags."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mockserver.core.edm import ComplexType, EnumType, Model, StructuredType
from mockserver.odata import texts

_NUMBER = re.compile(r"[+-]?\d{1,18}", re.ASCII)


def constant(kind: EnumType, text: str, *, exact: bool = False) -> str:
    """The constant as entities keep it. Raises InvalidQuery for one that neither is published nor was observed."""
    parts = [part.strip() for part in text.split(",")] if kind.flags else [text]
    return ",".join(_one(kind, part, exact) for part in parts)


def _one(kind: EnumType, text: str, exact: bool) -> str:
    name = kind.by_lower_name.get(text.lower())
    if name is not None and (not exact or name == text):
        return name
    if _NUMBER.fullmatch(text):
        named = next((name for name, number in numbers(kind).items() if number == int(text)), None)
        if named is not None or kind.flags:
            return named or text
    raise texts.refusal(texts.UNKNOWN_CONSTANT, literal=text)


@lru_cache(maxsize=256)
def numbers(kind: EnumType) -> Mapping[str, int]:
    """The number of each constant. Observed ones come behind the published ones, unless they are numbers themselves."""
    published = dict(zip(kind.members, kind.values or range(len(kind.members)), strict=True))
    behind = max(published.values(), default=-1) + 1
    observed = {name: int(name) if name.isdecimal() else behind + i for i, name in enumerate(kind.observed)}
    return {**published, **observed}


def rank(kind: EnumType, text: str) -> float:
    """What puts constants in order; NaN, which fits no comparison, for what the type does not know."""
    return numbers(kind).get(text, math.nan)


def bits(kind: EnumType, text: str) -> int:
    """The flags that are set. What the type does not know sets none."""
    known = numbers(kind)
    total = 0
    for part in map(str.strip, text.split(",")):
        total |= int(part) if _NUMBER.fullmatch(part) else known.get(part, 0)
    return total


@lru_cache(maxsize=64)
def enums_of(model: Model) -> Mapping[str, EnumType]:
    """Every enumeration that a property of the model has, by qualified name in lower case."""
    return {kind.qualified_name.lower(): kind for each in model.entity_types.values() for kind in _enums(each, ())}


def _enums(structure: StructuredType, above: tuple[StructuredType, ...]) -> Iterator[EnumType]:
    for each in structure.visible:
        if isinstance(each.type, EnumType):
            yield each.type
        elif isinstance(each.type, ComplexType) and each.type not in above:
            yield from _enums(each.type, (*above, structure))
