"""The metadata as CSDL JSON 4.01, for readers that ask for `application/json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from mockserver.core.edm import (
    LIST,
    NAMESPACE,
    STRING,
    Action,
    EntitySet,
    EnumType,
    Model,
    Navigation,
    Property,
    StructuredType,
)
from mockserver.derive.csdl import vocabulary
from mockserver.derive.csdl.names import ALIAS, BINDING, CONTAINER, alias_of, numbered, single_type_of
from mockserver.derive.csdl.shown import (
    ENTITY,
    actions,
    base_of,
    bindings,
    enumerations,
    own_navigations,
    own_properties,
    structures,
)
from mockserver.derive.csdl.vocabulary import REFERENCES, Annotations

Members = dict[str, Any]


@cache
def metadata_json(model: Model) -> bytes:
    """The same bytes for the same declarations."""
    document = {
        "$Version": "4.01",
        "$Reference": {f"{address}.json": {"$Include": [{"$Namespace": name}]} for address, name in REFERENCES.items()},
        "$EntityContainer": f"{NAMESPACE}.{CONTAINER}",
        NAMESPACE: _schema(model),
    }
    return json.dumps(document, indent=2, ensure_ascii=False).encode()


def _schema(model: Model) -> Members:
    overloads: dict[str, list[Members]] = {}
    for bound, each in actions(model):
        overloads.setdefault(each.name, []).append(_action(bound, each))
    return {
        "$Alias": ALIAS,
        **{each.name: _enumeration(each) for each in enumerations(model)},
        **{each.name: _structure(model, each) for each in structures(model)},
        **overloads,
        CONTAINER: {"$Kind": "EntityContainer"} | {each.name: _set(model, each) for each in model.sets.values()},
    }


def _enumeration(declared: EnumType) -> Members:
    return {"$Kind": "EnumType", **_true(IsFlags=declared.flags), **dict(numbered(declared))}


def _structure(model: Model, declared: StructuredType) -> Members:
    base = base_of(declared)
    return {
        "$Kind": type(declared).__name__,
        **({"$BaseType": alias_of(base)} if base else {}),
        **_true(Abstract=declared.abstract, OpenType=declared.open),
        **({"$Key": ["id"]} if declared is ENTITY else {}),
        **{each.name: _property(each) for each in own_properties(declared)},
        **{each.name: _navigation(model, each) for each in own_navigations(model, declared)},
        **_annotated(vocabulary.of_type(declared)),
    }


def _property(declared: Property) -> Members:
    return {**_typed(declared), **_annotated(vocabulary.of_property(declared))}


def _navigation(model: Model, declared: Navigation) -> Members:
    return {
        "$Kind": "NavigationProperty",
        "$Type": single_type_of(declared),
        **_true(Collection=declared.collection, Nullable=not declared.collection, ContainsTarget=declared.contained),
        **_annotated(vocabulary.of_navigation(model, declared)),
    }


def _action(bound: StructuredType, declared: Action) -> Members:
    named = ({"$Name": each.name, **_typed(each)} for each in declared.parameters.visible)
    return {
        "$Kind": "Action",
        "$IsBound": True,
        "$Parameter": [{"$Name": BINDING, "$Type": alias_of(bound)}, *named],
        **({"$ReturnType": {"$Type": alias_of(declared.returns)}} if declared.returns else {}),
    }


def _set(model: Model, declared: EntitySet) -> Members:
    bound = dict(bindings(model, declared.type))
    return {
        "$Collection": True,
        "$Type": alias_of(declared.type),
        **({} if LIST in declared.allows else {"$IncludeInServiceDocument": False}),
        **({"$NavigationPropertyBinding": bound} if bound else {}),
        **_annotated(vocabulary.of_set(declared)),
    }


def _typed(declared: Property) -> Members:
    named = {} if declared.type is STRING else {"$Type": single_type_of(declared)}
    # Of a collection it would say that there may be nulls in it, which XML leaves open and no body may have.
    return {**named, **_true(Collection=declared.collection, Nullable=declared.nullable and not declared.collection)}


def _annotated(said: Annotations) -> Members:
    return {f"@{term}": _plain(value) for term, value in said}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _true(**facts: bool) -> Members:
    """The facets that hold; the others are left to their default."""
    return {f"${name}": True for name, holds in facts.items() if holds}
