"""What OpenAPI calls an operation: Microsoft's own id for it, so that code made for Graph's description fits this one.

    onPremisesPublishingProfile_ListConnectorGroup              way to the collection, verb, what is there
    onPremisesPublishingProfile.connectorGroup_GetCount
    onPremisesPublishingProfile.connectorGroup.member_DeleteConnectorByRef

Names on the way are in the singular. Two versions have the same operations, so that the version comes first.
"""

from __future__ import annotations

from mockserver.derive.operations import ACTION, CONTENT, COUNT, KEYED_REFERENCE, REFERENCE, REFERENCES, Operation

_REFERRING = frozenset({REFERENCES, KEYED_REFERENCE, REFERENCE})


def operation_id(operation: Operation, version: str, verb: str) -> str:
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


def _by(key: str) -> str:
    return f"By{_capital(key)}" if key else ""


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s") if not name.endswith(("ss", "us")) else name
