"""From what is said of an entity to the entity: what is not said is as declared, exactly as after a create."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from mockserver.core.commands import Create, apply, found
from mockserver.core.edm import ComplexType, EntityType, StructuredType
from mockserver.core.entity import Entity, Record, freeze
from mockserver.core.tenant import CONTAINER, Tenant

_FROZEN = frozenset({str, bool, int, type(None), Record, tuple})
"""What nearly all values are: there is nothing in them to complete or to freeze, as no document has tuples."""


def made(entity_type: EntityType, key: str, said: Mapping[str, Any], container: str | None = None) -> Entity:
    """The entity of that id; links are said as any other value."""
    values = {"id": key} if container is None else {"id": key, CONTAINER: container}
    return Entity(entity_type, {**defaults(entity_type), **_completed(entity_type, said), **values})


@lru_cache
def plain(entity_type: EntityType) -> Entity:
    """One of which nothing is said, for what differs from it in plain values only."""
    return made(entity_type, "", {})


def created(tenant: Tenant, kind: str, key: str, said: Mapping[str, Any], container: str) -> Entity:
    """The entity as a create through the API makes it in that tenant. Raises GraphError."""
    return found(apply(tenant, Create(kind, key, "", said, container)), kind, key)


def varied(entity: Entity, said: Mapping[str, Any], *, without: Collection[str] = ()) -> Entity:
    """The entity with what is said in the place of what it has; some of that may be meant for others."""
    own = {name: value for name, value in said.items() if name not in without} if without else said
    return entity.with_(_completed(entity.type, own))


def filled(structure: StructuredType, said: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a complex value whose unsaid properties have their defaults."""
    return {**defaults(structure), **_completed(structure, said)}


@lru_cache
def defaults(structure: StructuredType) -> Mapping[str, Any]:
    """What a new value of the type has where nothing was said."""
    return {each.name: each.default for each in structure.property_by_name.values()}


def _completed(structure: StructuredType, said: Mapping[str, Any]) -> dict[str, Any]:
    """As `core.commands` does it: complex values are completed, but not those in a collection."""
    types = _complex(structure).get
    return {name: value if type(value) in _FROZEN else _whole(types(name), value) for name, value in said.items()}


def _whole(kind: ComplexType | None, value: Any) -> Any:
    return freeze(value) if kind is None else Record(filled(kind, value))


@lru_cache
def _complex(structure: StructuredType) -> Mapping[str, ComplexType]:
    declared = structure.property_by_name.values()
    return {each.name: each.type for each in declared if isinstance(each.type, ComplexType) and not each.collection}
