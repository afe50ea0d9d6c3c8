"""Every method and path that follows from a model: what `mockserver routes` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mockserver.core.edm import (
    CREATE,
    DELETE,
    GET,
    LINK,
    LINK_BY_PUT,
    LIST,
    UNLINK,
    UPDATE,
    ComplexType,
    EntityType,
    Model,
    Navigation,
)

_DEEPEST = 3


class Operation(NamedTuple):
    """A method, the template of a path, and which operation of the model it is."""

    method: str
    path: str
    name: str
    type: EntityType


def operations(model: Model) -> Iterator[Operation]:
    """All of them, set by set, a collection before its members."""
    for entity_set in model.sets.values():
        yield from _collection(model, f"/{entity_set.name}", entity_set.type, entity_set.allows, 1)


def _collection(
    model: Model, path: str, entity_type: EntityType, allows: frozenset[str], depth: int
) -> Iterator[Operation]:
    """A collection, its members, and what is below them; a navigation that contains nothing goes no deeper."""
    key = f"{{{entity_type.name}-id}}"
    for name, method, where in _OF_A_COLLECTION:
        if name in allows:
            yield Operation(method, path + where, name, entity_type)
    for name, method in _OF_A_MEMBER:
        if name in allows:
            yield Operation(method, f"{path}/{key}", name, entity_type)
    if GET not in allows or depth > _DEEPEST:
        return
    for each in entity_type.alternate_keys:
        yield Operation("GET", f"{path}({each}='{{{each}}}')", GET, entity_type)
    for navigation in entity_type.navigation_by_name.values():
        yield from _navigation(model, f"{path}/{key}/{navigation.name}", navigation, depth)
    yield from _complex_values(f"{path}/{key}", entity_type, allows)


def _navigation(model: Model, path: str, navigation: Navigation, depth: int) -> Iterator[Operation]:
    target = model.type(navigation.target)
    if not navigation.collection:
        if GET in navigation.allows:
            yield Operation("GET", path, GET, target)
        for name, method in ((GET, "GET"), (LINK, "PUT"), (UNLINK, "DELETE")):
            if name in navigation.allows:
                yield Operation(method, f"{path}/$ref", name, target)
        return
    yield from _collection(model, path, target, navigation.allows, depth + 1 if navigation.contained else _DEEPEST + 1)
    if LINK in navigation.allows:
        yield Operation("GET", f"{path}/$ref", LIST, target)
        yield Operation("POST", f"{path}/$ref", LINK, target)
    if LINK_BY_PUT in navigation.allows:
        yield Operation("PUT", f"{path}/$ref", LINK_BY_PUT, target)
    if UNLINK in navigation.allows:
        yield Operation("DELETE", f"{path}/$ref", UNLINK, target)
        yield Operation("DELETE", f"{path}/{{{target.name}-id}}/$ref", UNLINK, target)


def _complex_values(path: str, entity_type: EntityType, allows: frozenset[str]) -> Iterator[Operation]:
    """Properties that have a path of their own worth naming: those an entity shows only when asked."""
    for each in entity_type.visible:
        if isinstance(each.type, ComplexType) and not each.selected:
            yield Operation("GET", f"{path}/{each.name}", GET, entity_type)
            if UPDATE in allows:
                yield Operation("PATCH", f"{path}/{each.name}", UPDATE, entity_type)
                yield Operation("DELETE", f"{path}/{each.name}", UPDATE, entity_type)


_OF_A_COLLECTION = ((LIST, "GET", ""), (CREATE, "POST", ""), (LIST, "GET", "/$count"))
_OF_A_MEMBER = ((GET, "GET"), (UPDATE, "PATCH"), (DELETE, "DELETE"))
