"""What OpenAPI calls an operation: Microsoft's own id for it, so that code made for Graph's description fits this one.

    onPremisesPublishingProfile_ListConnectorGroup              way to the collection, verb, what is there
    onPremisesPublishingProfile.connectorGroup_GetCount
    onPremisesPublishingProfile.connectorGroup.member_DeleteConnectorByRef

Names on the way are in the singular. Two versions have the same operations, so that the version comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from mockserver.derive.operations import (
    ACTION,
    COLLECTION,
    CONTENT,
    COUNT,
    ENTITY,
    KEYED_REFERENCE,
    REFERENCE,
    REFERENCES,
    SINGLE,
    VALUE,
    Operation,
    operations,
)
from mockserver.model import MODELS

Place = tuple[tuple[str, ...], str]
"""The way a path goes and the shape of what it leads to (`mockserver.odata.place`)."""

_REFERRING = frozenset({REFERENCES, KEYED_REFERENCE, REFERENCE})

_VERBS: Mapping[str, Mapping[str, str]] = {
    COLLECTION: {"GET": "List", "POST": "Create"},
    COUNT: {"GET": "GetCount"},
    ENTITY: {"GET": "Get", "PATCH": "Update", "DELETE": "Delete"},
    SINGLE: {"GET": "Get"},
    REFERENCES: {"GET": "List", "POST": "Create", "PUT": "Set", "DELETE": "Delete"},
    KEYED_REFERENCE: {"DELETE": "Delete"},
    REFERENCE: {"GET": "Get", "PUT": "Set", "DELETE": "Delete"},
    VALUE: {"GET": "Get", "PATCH": "Update", "DELETE": "Delete"},
    CONTENT: {"GET": "Get", "PUT": "Set", "DELETE": "Delete"},
    ACTION: {"POST": ""},
}


def operation_id(operation: Operation, version: str) -> str:
    """The id of an operation of the model; it is the same for ever."""
    verb = _VERBS[operation.shape][operation.method]
    way = [_singular(each.rpartition(".")[2]) for each in operation.way]
    *above, last = way
    if operation.shape == ACTION:
        return f"{version}.{'.'.join(above)}_{last}"
    if operation.shape == COUNT or operation.key:
        return f"{version}.{'.'.join(way)}_{verb}{_by(operation.key)}"
    if operation.shape == KEYED_REFERENCE:
        above, last = way, operation.type.name
    if operation.shape == CONTENT and len(way) > 2:
        above, last = way[:-2], "".join(map(_capital, operation.way[-2:]))
    by = _by("ref") if operation.shape in _REFERRING else ""
    return f"{version}.{'.'.join(above or way)}_{verb}{_capital(last)}{by}"


def id_at(version: str, method: str, place: Place) -> str | None:
    """The id of the operation that a request of this method is to such a place; HEAD is a GET.

    None where the model offers no such operation, as for a property on its own. However an entity is named, by its id
    or by another key, the operation is the same.
    """
    return operation_ids(version).get((*place, "GET" if method == "HEAD" else method))


@lru_cache
def operation_ids(version: str) -> Mapping[tuple[tuple[str, ...], str, str], str]:
    """All of a version: way, shape and method -> id."""
    found = (each for each in operations(MODELS[version]) if not each.key)
    return {(each.way, each.shape, each.method): operation_id(each, version) for each in found}


def _by(key: str) -> str:
    return f"By{_capital(key)}" if key else ""


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s") if not name.endswith(("ss", "us")) else name
