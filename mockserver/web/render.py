"""Values -> Graph JSON: an entity, a collection, an error. The only place that writes answers.

An entity in its default form is written once per version and then joined as bytes, so a page of 100 out of 10,000
costs no more than its 100 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote_plus

import orjson

from mockserver.core.edm import ComplexType, EntityType, Property, StructuredType
from mockserver.core.entity import Entity
from mockserver.core.errors import GraphError
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model.behaviours import TIPS
from mockserver.odata.evaluate import Page, run_query
from mockserver.odata.locate import entities_of
from mockserver.odata.path import All, One, Related
from mockserver.odata.query import Expansion, Query
from mockserver.odata.skiptoken import encode_skiptoken
from mockserver.web.call import Answer, Call


def entity_answer(call: Call, resource: One, entity: Entity, query: Query, status: int = 200) -> Answer:
    """One entity with its context."""
    place = resource.of.canonical if not isinstance(resource, Related) else home_of(call.tenant, entity)
    head = _context(call.base, f"{place}{_shape(query)}/$entity") + _tips(call, resource.type, place, query)
    return Answer(status, b"{" + head + _open(entity_text(call.tenant, entity, resource.type, query)))


def collection_answer(call: Call, resource: All | Related, page: Page, query: Query) -> Answer:
    """A page of a collection: context, count where asked, link to the next page where there is one, values."""
    head = _context(call.base, resource.canonical + _shape(query))
    if page.count is not None:
        head += b'"@odata.count":%d,' % page.count
    if page.next_offset is not None:
        head += b'"@odata.nextLink":' + orjson.dumps(_next_link(call, page.next_offset)) + b","
    head += _tips(call, resource.type, resource.canonical, query)
    rows = (entity_text(call.tenant, entity, resource.type, query) for entity in page.entities)
    return Answer(200, b"{" + head + b'"value":[' + b",".join(rows) + b"]}")


def value_answer(call: Call, place: str, value: Any, kind: object) -> Answer:
    """A property on its own: a complex value's members at the top, any other value under `value`."""
    head = _context(call.base, place)
    if isinstance(kind, ComplexType) and isinstance(value, Mapping):
        return Answer(200, b"{" + head + _open(orjson.dumps(_members(value, kind, None))))
    return Answer(200, b"{" + head + b'"value":' + orjson.dumps(value) + b"}")


def text_answer(text: str) -> Answer:
    """A count or a raw value."""
    return Answer(200, text.encode(), content_type="text/plain")


def error_answer(error: GraphError, request_id: str, client_request_id: str) -> Answer:
    """The one shape of every refusal (R56; the date has no zone, graph_reference 5.1)."""
    body: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.details:
        body["details"] = error.details
    body["innerError"] = {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": request_id,
        "client-request-id": client_request_id,
    }
    return Answer(error.status, orjson.dumps({"error": body}), error.headers)


def entity_text(tenant: Tenant, entity: Entity, entity_type: EntityType, query: Query) -> bytes:
    """The entity as JSON text, without context."""
    if query.select or query.expand or entity_type is not entity.type:
        return orjson.dumps(_entity(tenant, entity, entity_type, query))
    if entity.rendered is None:
        entity.rendered = orjson.dumps(_members(entity, entity_type, None))
    return entity.rendered


def home_of(tenant: Tenant, entity: Entity) -> str:
    """The collection an entity lives in, as contexts write it: its set, or its container's navigation."""
    container = entity.get(CONTAINER)
    if container is None:
        return next(each.name for each in tenant.model.sets.values() if each.type.name == entity.type.name)
    for holder, navigation in tenant.model.navigations():
        if navigation.contained and navigation.target == entity.type.name:
            owner = tenant.get(holder.name, container)
            if owner is not None:
                return f"{home_of(tenant, owner)}('{container}')/{navigation.name}"
    raise LookupError(f"{entity.type.name} {entity['id']} has no home")


def address_of(call: Call, entity: Entity) -> str:
    """The entity's absolute address, with keys as segments."""
    place = home_of(call.tenant, entity).replace("('", "/").replace("')", "")
    return f"{call.base}/{place}/{entity['id']}"


def _entity(tenant: Tenant, entity: Entity, entity_type: EntityType, query: Query) -> dict[str, Any]:
    shown: dict[str, Any] = _members(entity, entity_type, query.select or None)
    for expansion in query.expand:
        shown |= _expanded(tenant, entity, expansion)
    return shown


def _expanded(tenant: Tenant, entity: Entity, expansion: Expansion) -> dict[str, Any]:
    navigation, query = expansion.navigation, expansion.query
    target = tenant.model.type(navigation.target)
    page = run_query(query, entities_of(tenant, entity, navigation), tenant)
    values = [orjson.Fragment(entity_text(tenant, each, target, query)) for each in page.entities]
    if not navigation.collection:
        return {navigation.name: values[0] if values else None}
    count = {} if page.count is None else {f"{navigation.name}@odata.count": page.count}
    return {**count, navigation.name: values}


def _members(value: Mapping[str, Any], structure: StructuredType, select: Iterable[tuple[str, ...]] | None) -> Any:
    """The properties that are shown: the usual ones, or the selected ones that the type declares and does not hide."""
    if select is None:
        return {name: value.get(name) for name in _shown_by_default(structure)}
    shown: dict[str, Any] = {}
    for name, *rest in select:
        if name == "*":
            shown |= _members(value, structure, None)
        elif (declared := structure.property(name)) is not None:
            shown[name] = _part(value.get(name), declared, tuple(rest), shown.get(name))
    return shown


def _part(value: Any, declared: Property, rest: tuple[str, ...], already: Any) -> Any:
    """All of a property's value, or of a complex value the one member that is selected, beside those before it."""
    if not rest or value is None or not isinstance(declared.type, ComplexType):
        return value
    return {**(already or {}), **_members(value, declared.type, (rest,))}


@lru_cache(maxsize=256)
def _shown_by_default(structure: StructuredType) -> tuple[str, ...]:
    return tuple(each.name for each in structure.visible if each.selected)


@lru_cache(maxsize=4096)
def _context(base: str, place: str) -> bytes:
    return b'"@odata.context":' + orjson.dumps(f"{base}/$metadata#{place}") + b","


@lru_cache(maxsize=1024)
def _shape(query: Query) -> str:
    """What OData puts behind the collection's name in a context when less or more than all was asked for."""
    names = ["/".join(path) for path in query.select]
    names += [f"{each.navigation.name}{_shape(each.query) or '()'}" for each in query.expand]
    return f"({','.join(names)})" if names else ""


def _open(text: bytes) -> bytes:
    """An object's text without its opening brace, to be put behind the annotations."""
    return text[1:]


def _tips(call: Call, entity_type: EntityType, place: str, query: Query) -> bytes:
    """Q18: newer documentation outputs suggest the two alphabetically first properties (graph_reference 3.5)."""
    if call.tenant.behaviour[TIPS] == "off" or query.select:
        return b""
    names = ",".join(sorted(_shown_by_default(entity_type))[:2])
    tip = (
        "Use $select to choose only the properties your app needs, as this can lead to performance improvements. "
        f"For example: GET {place}?$select={names}"
    )
    return b'"@microsoft.graph.tips":' + orjson.dumps(tip) + b","


def _next_link(call: Call, offset: int) -> str:
    """Where the rest is: the same request with a token for how far this page went."""
    kept = [part for part in call.query.split("&") if part and _name(part) not in ("skip", "skiptoken")]
    query = quote("&".join([*kept, f"$skiptoken={encode_skiptoken(offset)}"]), safe="%!$&'()*+,;=:@/?")
    return f"{call.base}/{call.path}?{query}"


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0]).strip().removeprefix("$").lower()
