"""The vocabulary in which fixtures and the bodies of the control API are declared.

And how the format of a fixture follows from the model's declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from mockserver.core.edm import ComplexType, EnumType, Property, StructuredType
from mockserver.seed.format.kinds import OF_TYPE, Kind, member_of


@dataclass(frozen=True, eq=False)
class Key:
    """What may stand under one name."""

    name: str
    kind: Kind | Shape
    says: str = ""
    """For the reader of the JSON Schema."""
    many: bool = False
    required: bool = False
    nullable: bool = False
    default: Any = None
    short: Kind | None = None
    """What may stand in the place of a mapping that says no more than this."""


@dataclass(frozen=True, eq=False)
class Shape:
    """A mapping with these keys and no others."""

    name: str
    keys: tuple[Key, ...]
    says: str = ""
    alternatives: bool = False
    """Exactly one of the keys is there."""

    @cached_property
    def by_name(self) -> Mapping[str, Key]:
        return {key.name: key for key in self.keys}

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(key.name for key in self.keys if key.required)


def shape_of(structure: StructuredType, says: str, own: Iterable[Key], *, without: Iterable[str] = ()) -> Shape:
    """The shape of an entity: the keys of its own, and what else its type declares.

    A fixture is the state of a tenant, not a request: what only the service sets, or nobody sees, may be said too.
    """
    own = tuple(own)
    left_out = {key.name for key in own} | set(without)
    declared = (each for each in structure.property_by_name.values() if each.name not in left_out)
    return Shape(structure.name, (*own, *_keys(declared)), says)


@lru_cache
def _complex(structure: ComplexType) -> Shape:
    return Shape(structure.name, tuple(_keys(structure.property_by_name.values())))


def _keys(declared: Iterable[Property]) -> Iterator[Key]:
    for each in declared:
        if isinstance(each.type, ComplexType) and each.type.abstract:
            continue  # there is nothing that could be said of it
        nullable = each.nullable and not each.collection
        required = each.required and not each.nullable
        yield Key(each.name, _kind(each), "", each.collection, required, nullable, each.default)


def _kind(declared: Property) -> Kind | Shape:
    if isinstance(declared.type, ComplexType):
        return _complex(declared.type)
    if isinstance(declared.type, EnumType):
        return member_of(declared.type)
    return OF_TYPE[declared.type]
