"""Every method and path that follows from a model: what `mockserver routes` prints and OpenAPI describes.

Paths lead on through what an entity contains, through its complex values, and through relationships that let their
entities be changed; a relationship that only shows entities ends there, as they have a place of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from mockserver.core.edm import (
    CREATE,
    DELETE,
    GET,
    INVOKE,
    LINK,
    LINK_BY_PUT,
    LIST,
    STREAM,
    UNLINK,
    UPDATE,
    Action,
    ComplexType,
    EntityType,
    Guard,
    Model,
    Navigation,
    Property,
    StructuredType,
)

COLLECTION, COUNT, ENTITY, SINGLE = "collection", "count", "entity", "single"
REFERENCES, KEYED_REFERENCE, REFERENCE = "references", "keyed reference", "reference"
VALUE, CONTENT, ACTION = "value", "content", "action"
"""What a path can lead to."""

_DEEPEST = 3


class Operation(NamedTuple):
    """A method, the template of a path, and which operation of the model it is."""

    method: str
    path: str
    name: str
    type: EntityType
    """Of the entities that the path leads to, or of the one that a value, a content or an action belongs to."""
    shape: str
    way: tuple[str, ...]
    """The names that the path goes through, from the set's on: those of navigations, values and casts."""
    guards: tuple[Guard, ...] = ()
    """What opens it only under some behaviour."""
    key: str = ""
    """The alternate key that names the entity."""
    value: Property | None = None
    action: Action | None = None

    @property
    def structure(self) -> StructuredType:
        """The type of what its body says: of the entity, the complex value, or the parameters of the action."""
        if self.value is not None and isinstance(self.value.type, ComplexType):
            return self.value.type
        return self.type if self.action is None else self.action.parameters


@dataclass(frozen=True)
class _Place:
    """A collection or single entity that paths lead to, and what is offered there."""

    model: Model
    path: str
    way: tuple[str, ...]
    type: EntityType
    allows: frozenset[str]
    guards: tuple[Guard, ...]
    depth: int
    """How far down it is; below the deepest place nothing follows."""

    def at(self, key: str) -> _Place:
        return replace(self, path=self.path + key)

    def does(self, method: str, name: str, shape: str, below: str = "") -> Iterator[Operation]:
        """The operation, if it is offered here."""
        if name in self.allows:
            closed = tuple(each for each in self.guards if name in each.operations)
            yield Operation(method, self.path + below, name, self.type, shape, self.way, closed)


def operations(model: Model) -> Iterator[Operation]:
    """All of them, set by set, a collection before its members."""
    for name, each in model.sets.items():
        yield from _collection(_Place(model, f"/{name}", (name,), each.type, each.allows, each.guards, 1))


def _collection(place: _Place) -> Iterator[Operation]:
    """A collection, its members, and what is below them."""
    for name, method, below, shape in _OF_A_COLLECTION:
        yield from place.does(method, name, shape, below)
    member = place.at(f"/{_parameter(place)}")
    yield from _member(member)
    if GET not in place.allows:
        return
    for key in place.type.alternate_keys:
        named = place.at(f"({key}='{{{key}}}')")
        yield from (each._replace(key=key) for each in _member(named))
    yield from _contents(member)
    if place.depth <= _DEEPEST:
        yield from _below(member)


def _parameter(place: _Place) -> str:
    """The template of a key, numbered where the path has one of that type already, as Microsoft does."""
    already = place.path.count(f"{{{place.type.name}-id")
    return f"{{{place.type.name}-id{already or ''}}}"


def _member(place: _Place) -> Iterator[Operation]:
    for name, method in _OF_A_MEMBER:
        yield from place.does(method, name, ENTITY)


def _contents(place: _Place) -> Iterator[Operation]:
    """Streams: not part of the entity, so that what may be read may have another one."""
    for each in place.type.visible:
        if each.type is STREAM:
            for method in ("GET", "PUT", "DELETE"):
                yield from _inner(place, each).does(method, GET, CONTENT, f"/{each.name}")


def _inner(place: _Place, declared: Property | Action) -> _Place:
    return replace(place, way=(*place.way, declared.name))


def _below(place: _Place) -> Iterator[Operation]:
    """What follows behind an entity's key."""
    for holder, navigation in place.model.navigations():
        if holder is place.type:
            yield from _navigation(_through(place, navigation), navigation)
    for each in place.type.visible:
        if isinstance(each.type, ComplexType) and not each.collection:
            yield from _value(place, each)
    for action in place.type.actions:
        for operation in _inner(place, action).does("POST", INVOKE, ACTION, f"/{action.name}"):
            yield operation._replace(action=action)


def _through(place: _Place, navigation: Navigation) -> _Place:
    """Where a navigation leads to, perhaps from inside a complex value."""
    inside = place.model.inside(navigation)
    names = (*filter(None, inside.split("/")), navigation.name)
    follows = navigation.contained or UPDATE in navigation.allows
    return replace(
        place,
        path="/".join((place.path, *names)),
        way=(*place.way, *names),
        type=place.model.type(navigation.target),
        allows=navigation.allows,
        guards=navigation.guards,
        depth=place.depth + 1 if follows else _DEEPEST + 1,
    )


def _navigation(place: _Place, navigation: Navigation) -> Iterator[Operation]:
    if not navigation.collection:
        yield from place.does("GET", GET, SINGLE)
        if not navigation.contained:
            for name, method in _OF_A_REFERENCE:
                yield from place.does(method, name, REFERENCE, "/$ref")
        return
    yield from _collection(place)
    if LINK in place.allows:
        yield from place.does("GET", LIST, REFERENCES, "/$ref")
    for name, method in _OF_REFERENCES:
        yield from place.does(method, name, REFERENCES, "/$ref")
    yield from place.does("DELETE", UNLINK, KEYED_REFERENCE, f"/{_parameter(place)}/$ref")


def _value(place: _Place, declared: Property) -> Iterator[Operation]:
    """A complex value by a path of its own."""
    offers = (("GET", GET, True), ("PATCH", UPDATE, declared.writable), ("DELETE", UPDATE, _clears(declared)))
    for method, name, offered in offers:
        if offered:
            found = _inner(place, declared).does(method, name, VALUE, f"/{declared.name}")
            yield from (each._replace(value=declared) for each in found)


def _clears(declared: Property) -> bool:
    return declared.writable and declared.nullable


_OF_A_COLLECTION = (
    (LIST, "GET", "", COLLECTION),
    (CREATE, "POST", "", COLLECTION),
    (LIST, "GET", "/$count", COUNT),
)
_OF_A_MEMBER = ((GET, "GET"), (UPDATE, "PATCH"), (DELETE, "DELETE"))
_OF_REFERENCES = ((LINK, "POST"), (LINK_BY_PUT, "PUT"), (UNLINK, "DELETE"))
_OF_A_REFERENCE = ((GET, "GET"), (LINK, "PUT"), (UNLINK, "DELETE"))
