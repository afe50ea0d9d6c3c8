"""Entities as JSON and back: what comes back is an entity of the model, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

import orjson

from mockserver.core.edm import (
    BOOLEAN,
    DECIMAL,
    DOUBLE,
    INT32,
    INT64,
    ComplexType,
    EntityType,
    Model,
    Property,
    StructuredType,
)
from mockserver.core.entity import Entity, freeze
from mockserver.core.tenant import CONTAINER
from mockserver.storage.refusing import Damaged

_NUMBERS = {BOOLEAN: (bool,), INT32: (int,), INT64: (int,), DECIMAL: (int, float), DOUBLE: (int, float)}
_ANNOTATION = "@odata.type"


def written(value: Any) -> tuple[str, int]:
    """A JSON value as text, and the checksum of that."""
    body = orjson.dumps(value)
    return body.decode(), crc32(body)


def parsed(body: bytes, crc: int) -> Any:
    """The value that was written. Raises Damaged."""
    if crc32(body) != crc:
        raise Damaged("a checksum is wrong")
    try:
        return orjson.loads(body)
    except ValueError:
        raise Damaged("something in it is no JSON") from None


class Bodies:
    """Reads entities of a model; remembers what forms it has found to be right, as most have the same few."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._right: set[tuple[Any, ...]] = set()

    def entity(self, type_name: str, key: str, body: bytes, crc: int) -> Entity:
        """Raises Damaged where this is no entity of that type and id."""
        kind, values = self._model.entity_types.get(type_name), parsed(body, crc)
        if kind is None or type(values) is not dict or values.get("id") != key:
            raise Damaged(f"there is no such {type_name} as {key!r}")
        kinds = tuple(map(type, values.values()))
        form = (type_name, *values, *kinds)
        nested = dict in kinds or list in kinds
        if nested or form not in self._right:
            for problem in self._problems(kind, values):
                raise Damaged(f"{problem} of {type_name} {key!r} does not fit the model")
            self._right.add(form)
        return Entity(kind, {name: freeze(each) for name, each in values.items()} if nested else values)

    def _problems(self, kind: EntityType, values: Mapping[str, Any]) -> Iterator[str]:
        links = {each.name: each.many for each in kind.links} | {CONTAINER: False}
        yield from kind.property_by_name.keys() - values.keys()
        for name, value in values.items():
            declared = kind.property_by_name.get(name)
            if declared is not None:
                fits = self._is_of(declared, value)
            else:
                fits = name in links and (value is None or (_are_texts(value) if links[name] else type(value) is str))
            if not fits:
                yield name

    def _is_of(self, declared: Property, value: Any) -> bool:
        if declared.collection and value is not None:
            return type(value) is list and all(self._is_one_of(declared, each) for each in value)
        return self._is_one_of(declared, value)

    def _is_one_of(self, declared: Property, value: Any) -> bool:
        if value is None:
            return True
        if isinstance(declared.type, ComplexType):
            return type(value) is dict and self._is_structure(declared.type, value)
        return type(value) in _NUMBERS.get(declared.type, (str,))  # type: ignore[arg-type]

    def _is_structure(self, kind: StructuredType, value: Mapping[str, Any]) -> bool:
        derived = [each for each in self._model.derived.values() if each.is_a(kind)]
        declared = {name: each for one in (*derived, kind) for name, each in one.property_by_name.items()}
        return all(
            self._is_of(declared[name], each) if name in declared else name == _ANNOTATION
            for name, each in value.items()
        )


def _are_texts(value: Any) -> bool:
    return type(value) is list and all(type(each) is str for each in value)
