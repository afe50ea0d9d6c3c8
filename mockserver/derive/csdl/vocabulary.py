"""What the metadata says beyond shapes, in OData's own vocabularies: what may be asked of a collection, who sets what.

A value is a bool, a text, a path to a property, a record (mapping) or a collection (tuple); both spellings write these.
An operation that is not offered is said to be so, one that is needs no word: that is the vocabulary's default. Where a
behaviour decides, an operation counts as offered if one of the profiles offers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mockserver.core.behaviour import PROFILES
from mockserver.core.edm import (
    CREATE,
    DELETE,
    GET,
    LINK,
    LIST,
    STREAM,
    UPDATE,
    EntitySet,
    EntityType,
    Guard,
    Model,
    Navigation,
    Property,
    StructuredType,
)

CAPABILITIES, CORE = "Org.OData.Capabilities.V1", "Org.OData.Core.V1"
_VOCABULARIES = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies"
REFERENCES = {f"{_VOCABULARIES}/{name}": name for name in (CAPABILITIES, CORE)}
"""Where a reader finds the vocabularies; each spelling has its own file there."""

Annotations = Iterator[tuple[str, Any]]


class PropertyPath(str):
    """A path to a property: XML has a spelling of its own for it, JSON has not."""

    __slots__ = ()


_OF_A_LIST: Mapping[str, Any] = {
    "CountRestrictions": {"Countable": True},
    "FilterRestrictions": {"Filterable": True},
    "SelectSupport": {"Supported": True},
    "SkipSupported": True,
    "SortRestrictions": {"Sortable": True},
    "TopSupported": True,
}
"""graph_reference 2.9, 3.13. `$search` is the directory's alone (U-16)."""

_OF_OPERATIONS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    (CREATE, "InsertRestrictions", {"Insertable": False}),
    (UPDATE, "UpdateRestrictions", {"Updatable": False}),
    (DELETE, "DeleteRestrictions", {"Deletable": False}),
)

_CONSISTENCY = {
    "Name": "ConsistencyLevel",
    "Description": "eventual: counting and advanced queries may be answered from an index",
    "Required": False,
}
"""The header that the directory's own collections take (graph_reference 2.9)."""


def of_set(declared: EntitySet) -> Annotations:
    yield from _of_collection(declared.type, offered(declared.allows, declared.guards))


def of_navigation(model: Model, declared: Navigation) -> Annotations:
    """Nothing for a navigation to a single entity: the vocabulary is about collections."""
    if declared.collection:
        allowed = offered(declared.allows, declared.guards)
        yield f"{CAPABILITIES}.NavigationRestrictions", {"Referenceable": LINK in allowed}
        yield from _of_collection(model.type(declared.target), allowed)


def of_property(declared: Property) -> Annotations:
    if not declared.writable and declared.type is not STREAM:
        yield f"{CORE}.Computed", True


def of_type(declared: StructuredType) -> Annotations:
    if isinstance(declared, EntityType) and declared.alternate_keys:
        keys = ({"Key": ({"Alias": each, "Name": PropertyPath(each)},)} for each in declared.alternate_keys)
        yield f"{CORE}.AlternateKeys", tuple(keys)


def offered(allows: frozenset[str], guards: tuple[Guard, ...]) -> frozenset[str]:
    """The operations that at least one profile of behaviours offers."""
    closed = {
        operation
        for guard in guards
        if not any(getattr(guard.quirk, profile) in guard.choices for profile in PROFILES)
        for operation in guard.operations
    }
    return allows - closed


def _of_collection(entity_type: EntityType, allowed: frozenset[str]) -> Annotations:
    if reading := dict(_reading(entity_type, allowed)):
        yield f"{CAPABILITIES}.ReadRestrictions", reading
    for operation, term, refused in _OF_OPERATIONS:
        if operation not in allowed:
            yield f"{CAPABILITIES}.{term}", refused
    if LIST in allowed:
        expandable = any(each.allows for each in entity_type.navigation_by_name.values())
        yield f"{CAPABILITIES}.ExpandRestrictions", {"Expandable": expandable}
        yield f"{CAPABILITIES}.SearchRestrictions", {"Searchable": entity_type.directory}
        for term, value in _OF_A_LIST.items():
            yield f"{CAPABILITIES}.{term}", value


def _reading(entity_type: EntityType, allowed: frozenset[str]) -> Annotations:
    if LIST not in allowed:
        yield "Readable", False
    if entity_type.directory:
        yield "CustomHeaders", (_CONSISTENCY,)
    if GET not in allowed:
        yield "ReadByKeyRestrictions", {"Readable": False}
