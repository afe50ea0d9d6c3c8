"""What has to be said of an entity: what is not so without being said. And everything as plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from mockserver.core.edm import ComplexType, StructuredType
from mockserver.seed.completion import defaults

Row = dict[str, Any]


def differing(
    structure: StructuredType, values: Mapping[str, Any], plain: Mapping[str, Any], *, without: Collection[str] = ()
) -> Row:
    """The properties whose values are not those of `plain`; a complex value says only what is not a default."""
    said = {}
    for each in structure.property_by_name.values():
        value = values[each.name]
        if value != plain.get(each.name) and each.name not in without:
            complex_one = isinstance(each.type, ComplexType) and not each.collection and value is not None
            said[each.name] = _said(each.type, value) if complex_one else thawed(value)
    return said


def thawed(value: Any) -> Any:
    """The value with every record made a mapping and every tuple a list, all the way down."""
    if isinstance(value, Mapping):
        return {name: thawed(each) for name, each in value.items()}
    return [thawed(each) for each in value] if isinstance(value, tuple) else value


def _said(structure: Any, value: Mapping[str, Any]) -> Row:
    return differing(structure, value, defaults(structure))
