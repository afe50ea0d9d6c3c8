"""What of a model the metadata shows, in the order it is written: all that Graph's surface shows, by name.

Kept from it: properties that are hidden or not Microsoft's to publish, navigations that offer no operation, and members
of enumerations that were only observed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mockserver.core.edm import Action, ComplexType, EntityType, EnumType, Model, Navigation, Property, StructuredType

ENTITY = EntityType("entity", (Property("id", nullable=False, writable=False),), abstract=True)
"""Every entity type of Microsoft's is one of these, so that `id` is declared once."""


@cache
def structures(model: Model) -> tuple[StructuredType, ...]:
    """Every entity type and complex type that something on the surface leads to, each once."""
    found: dict[str, StructuredType] = {}
    waiting: list[StructuredType] = [each.type for each in model.sets.values()]
    while waiting:
        each = waiting.pop()
        if each.name not in found:
            found[each.name] = each
            waiting += _beside(model, each)
    return tuple(found[name] for name in sorted(found))


def _beside(model: Model, structure: StructuredType) -> Iterator[StructuredType]:
    """The types that a type is described with."""
    base = base_of(structure)
    if base is not None:
        yield base
    yield from _complex_types(structure)
    yield from (each for each in model.derived.values() if each.base is structure)
    yield from (model.type(each.target) for each in own_navigations(model, structure))
    for action in _actions_of(structure):
        yield from _complex_types(action.parameters)
        yield from filter(None, (action.returns,))


def _complex_types(structure: StructuredType) -> Iterator[ComplexType]:
    return (each.type for each in structure.visible if isinstance(each.type, ComplexType))


def enumerations(model: Model) -> list[EnumType]:
    declared = [each for structure in structures(model) for each in own_properties(structure)]
    declared += [each for _, action in actions(model) for each in action.parameters.visible]
    found = {each.type.name: each.type for each in declared if isinstance(each.type, EnumType)}
    return [found[name] for name in sorted(found)]


def base_of(structure: StructuredType) -> StructuredType | None:
    """The type that the metadata derives it from."""
    if isinstance(structure, EntityType) and structure is not ENTITY:
        return structure.base or ENTITY
    return structure.base


def _is_published(declared: Property) -> bool:
    return declared.published and not declared.hidden


def own_properties(structure: StructuredType) -> list[Property]:
    """Those that its base does not have."""
    base = base_of(structure)
    inherited = base.property_by_name if base else {}
    return [each for each in structure.properties if _is_published(each) and each.name not in inherited]


def navigations_of(model: Model, structure: StructuredType) -> list[Navigation]:
    """Those that offer something; in the result of an action, all: there they are what it answers with."""
    answered = any(each.returns is structure for kind in model.entity_types.values() for each in kind.actions)
    return [each for each in structure.navigation_by_name.values() if each.allows or answered]


def own_navigations(model: Model, structure: StructuredType) -> list[Navigation]:
    """Those that its base does not have."""
    return [each for each in navigations_of(model, structure) if each in structure.navigations]


def actions(model: Model) -> Iterator[tuple[StructuredType, Action]]:
    """Every action and the type it is bound to."""
    for structure in structures(model):
        yield from ((structure, each) for each in _actions_of(structure))


def _actions_of(structure: StructuredType) -> tuple[Action, ...]:
    return structure.actions if isinstance(structure, EntityType) else ()


def ways(model: Model, start: EntityType, above: tuple[EntityType, ...] = ()) -> Iterator[tuple[str, Navigation]]:
    """Every navigation below an entity, through complex values and what it contains, and the path to it."""
    for holder, navigation in model.navigations():
        if holder is not start or not navigation.allows:
            continue
        path = "/".join(filter(None, (model.inside(navigation), navigation.name)))
        yield path, navigation
        target = model.type(navigation.target)
        if navigation.contained and target not in above:
            for further, each in ways(model, target, (*above, target)):
                yield f"{path}/{further}", each


def bindings(model: Model, start: EntityType) -> Iterator[tuple[str, str]]:
    """For an entity set of that type: each way out of it that ends in one known place, and that place."""
    homes = _homes(model)
    for path, navigation in ways(model, start):
        if not navigation.contained and navigation.target in homes:
            yield path, homes[navigation.target]


@cache
def _homes(model: Model) -> dict[str, str]:
    """Where the entities of a type live, by its name, if that is one place: an entity set or a container."""
    places: dict[str, list[str]] = {each.type.name: [name] for name, each in model.sets.items()}
    for name, entity_set in model.sets.items():
        for path, navigation in ways(model, entity_set.type):
            if navigation.contained and navigation.target not in {each.type.name for each in model.sets.values()}:
                places.setdefault(navigation.target, []).append(f"{name}/{path}")
    return {name: found[0] for name, found in places.items() if len(found) == 1}
