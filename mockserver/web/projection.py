"""An entity -> its JSON: what `$select`, `$expand`, the metadata level and the preferences leave of it.

In its default form it is written once per version and then joined as bytes, so that a page of 100 out of 10,000 costs
no more than its 100 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from mockserver.core.edm import (
    SENTINEL,
    STREAM,
    ComplexType,
    EntityType,
    EnumType,
    Navigation,
    Property,
    StructuredType,
)
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.odata.evaluate import run_query
from mockserver.odata.locate import entities_of
from mockserver.odata.query import Expansion, Query
from mockserver.web.addresses import canonical_of


@dataclass(frozen=True)
class Format:
    """How much an answer says beyond the values: `none`, `minimal` or `full` metadata (graph_reference 5.10).

    `unknown_members`: constants behind an enumeration's sentinel are shown by name (graph_reference 5.7).
    """

    metadata: str = "minimal"
    unknown_members: bool = False


USUAL = Format()
_REMEMBERED = (USUAL, Format("none"))
PLAIN = Query()


def entity_text(
    tenant: Tenant, entity: Entity, entity_type: EntityType, query: Query = PLAIN, form: Format = USUAL
) -> bytes:
    """The entity as JSON text, without context."""
    if query.select or query.expand or entity_type is not entity.type or form not in _REMEMBERED:
        return orjson.dumps(_entity(tenant, entity, entity_type, query, form))
    if entity.rendered is None:
        entity.rendered = orjson.dumps(members(entity, entity_type, form=form))
    return entity.rendered


def members(
    value: Mapping[str, Any],
    structure: StructuredType,
    select: Iterable[tuple[str, ...]] | None = None,
    form: Format = USUAL,
) -> dict[str, Any]:
    """The properties that are shown: the usual ones, or the selected ones that the type declares and does not hide."""
    if select is None:
        return {each.name: _shown(value.get(each.name), each, form) for each in shown_by_default(structure)}
    found: dict[str, Any] = {}
    for name, *rest in select:
        if name == "*":
            found |= members(value, structure, form=form)
        elif (declared := structure.property(name)) is not None and declared.type is not STREAM:
            found[name] = _part(value.get(name), declared, tuple(rest), found.get(name), form)
    return found


@lru_cache(maxsize=256)
def shown_by_default(structure: StructuredType) -> tuple[Property, ...]:
    return tuple(each for each in structure.visible if each.selected)


def _part(value: Any, declared: Property, rest: tuple[str, ...], already: Any, form: Format) -> Any:
    """All of a property's value, or of a complex value the one member that is selected, beside those before it."""
    if not rest or value is None or not isinstance(declared.type, ComplexType):
        return _shown(value, declared, form)
    return {**(already or {}), **members(value, declared.type, (rest,), form)}


def _shown(value: Any, declared: Property, form: Format) -> Any:
    """A constant that came after the sentinel is a secret to callers that do not ask for such."""
    if form.unknown_members or value is None or not isinstance(declared.type, EnumType):
        return value
    beyond = declared.type.beyond_sentinel
    if not beyond:
        return value
    if declared.collection:
        return [SENTINEL if each in beyond else each for each in value]
    return SENTINEL if value in beyond else value


def _entity(tenant: Tenant, entity: Entity, entity_type: EntityType, query: Query, form: Format) -> dict[str, Any]:
    said = _annotations(tenant, entity, entity_type) if form.metadata == "full" else {}
    said |= members(entity, entity_type, query.select or None, form)
    for expansion in query.expand:
        said |= _expanded(tenant, entity, expansion, form)
    return said


def _expanded(tenant: Tenant, entity: Entity, expansion: Expansion, form: Format) -> dict[str, Any]:
    navigation, query = expansion.navigation, expansion.query
    target = tenant.model.type(navigation.target)
    page = run_query(query, entities_of(tenant, entity, navigation), tenant)
    values = [orjson.Fragment(entity_text(tenant, each, target, query, form)) for each in page.entities]
    if not navigation.collection:
        return {navigation.name: values[0] if values else None}
    count = {} if page.count is None else {f"{navigation.name}@odata.count": page.count}
    return {**count, navigation.name: values}


def _annotations(tenant: Tenant, entity: Entity, entity_type: EntityType) -> dict[str, Any]:
    place = canonical_of(tenant, entity)
    said: dict[str, Any] = {"@odata.type": f"#{entity_type.qualified_name}"}
    said |= {"@odata.id": place, "@odata.editLink": place}
    for navigation in filter(_is_offered, entity_type.navigation_by_name.values()):
        said[f"{navigation.name}@odata.associationLink"] = f"{place}/{navigation.name}/$ref"
        said[f"{navigation.name}@odata.navigationLink"] = f"{place}/{navigation.name}"
    return said


def _is_offered(navigation: Navigation) -> bool:
    return bool(navigation.allows)
