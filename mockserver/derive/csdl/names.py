"""How the metadata names things: types by the schema's alias, members by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from mockserver.core.edm import EnumType, Navigation, PrimitiveType, Property, StructuredType

ALIAS = "graph"
CONTAINER = "GraphService"
BINDING = "bindingParameter"
"""What Microsoft calls the entity that an action is about."""


def alias_of(declared: StructuredType | EnumType) -> str:
    return f"{ALIAS}.{declared.name}"


def single_type_of(declared: Property | Navigation) -> str:
    """The type of the value, or of one of its values."""
    if isinstance(declared, Navigation):
        return f"{ALIAS}.{declared.target}"
    return declared.type.name if isinstance(declared.type, PrimitiveType) else alias_of(declared.type)


def type_of(declared: Property | Navigation) -> str:
    one = single_type_of(declared)
    return f"Collection({one})" if declared.collection else one


def numbered(declared: EnumType) -> Iterator[tuple[str, int]]:
    return zip(declared.members, declared.values or range(len(declared.members)), strict=True)
