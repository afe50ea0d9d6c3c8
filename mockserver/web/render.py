"""Values -> answers: an entity, a collection, a property, an error. The only place that writes Graph's envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote_plus

import orjson

from mockserver.core.edm import ComplexType, EntityType
from mockserver.core.entity import Entity
from mockserver.core.errors import GraphError
from mockserver.model.behaviours import TIPS
from mockserver.odata.evaluate import Page
from mockserver.odata.path import All, One, Related
from mockserver.odata.query import Query
from mockserver.odata.skiptoken import encode_skiptoken
from mockserver.web.addresses import home_of
from mockserver.web.call import Answer, Call
from mockserver.web.projection import entity_text, members, shown_by_default


def entity_answer(call: Call, resource: One, entity: Entity, query: Query, status: int = 200) -> Answer:
    """One entity with its context."""
    place = resource.of.canonical if not isinstance(resource, Related) else home_of(call.tenant, entity)
    head = _context(call, f"{place}{_shape(query)}/$entity") + _tips(call, resource.type, place, query)
    text = entity_text(call.tenant, entity, resource.type, query, call.format)
    return _json(call, status, _object(head, text))


def collection_answer(call: Call, resource: All | Related, page: Page, query: Query) -> Answer:
    """A page of a collection: context, count where asked, link to the next page where there is one, values."""
    head = _context(call, resource.canonical + _shape(query))
    if page.count is not None:
        head += b'"@odata.count":%d,' % page.count
    if page.next_offset is not None:
        head += b'"@odata.nextLink":' + orjson.dumps(_next_link(call, page.next_offset)) + b","
    head += _tips(call, resource.type, resource.canonical, query)
    tenant, kind, form = call.tenant, resource.type, call.format
    rows = b",".join([entity_text(tenant, entity, kind, query, form) for entity in page.entities])
    return _json(call, 200, b"{" + head + b'"value":[' + rows + b"]}")


def entities_answer(call: Call, structure: ComplexType, entities: Mapping[str, Entity], status: int) -> Answer:
    """A complex value whose members are entities, as an action returns it."""
    texts = {
        name: orjson.Fragment(entity_text(call.tenant, each, call.model.type(each.type.name), form=call.format))
        for name, each in entities.items()
    }
    return _json(call, status, _object(_context(call, structure.qualified_name), orjson.dumps(texts)))


def value_answer(call: Call, place: str, value: Any, kind: object) -> Answer:
    """A property on its own: a complex value's members at the top, any other value under `value`."""
    head = _context(call, place)
    if isinstance(kind, ComplexType) and isinstance(value, Mapping):
        return _json(call, 200, _object(head, orjson.dumps(members(value, kind, form=call.format))))
    return _json(call, 200, b"{" + head + b'"value":' + orjson.dumps(value) + b"}")


def text_answer(text: str) -> Answer:
    """A count or a raw value."""
    return Answer(200, text.encode(), content_type="text/plain")


def error_answer(error: GraphError, request_id: str, client_request_id: str) -> Answer:
    """The one shape of every refusal (R56; the date has no zone, graph_reference 5.1)."""
    body: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.details:
        body["details"] = error.details
    body["innerError"] = {
        **error.inner,
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": request_id,
        "client-request-id": client_request_id,
    }
    return Answer(error.status, orjson.dumps({"error": body}), error.headers, code=error.code)


def _json(call: Call, status: int, body: bytes) -> Answer:
    return Answer(status, body, content_type=call.content_type)


def _context(call: Call, place: str) -> bytes:
    return b"" if call.format.metadata == "none" else _written_context(call.base, place)


@lru_cache(maxsize=4096)
def _written_context(base: str, place: str) -> bytes:
    return b'"@odata.context":' + orjson.dumps(f"{base}/$metadata#{place}") + b","


@lru_cache(maxsize=1024)
def _shape(query: Query) -> str:
    """What OData puts behind the collection's name in a context when less or more than all was asked for."""
    names = ["/".join(path) for path in query.select]
    names += [f"{each.navigation.name}{_shape(each.query) or '()'}" for each in query.expand]
    return f"({','.join(names)})" if names else ""


def _object(head: bytes, text: bytes) -> bytes:
    """The annotations, each with a comma behind it, and an object's text, as one object."""
    return b"{" + (head.removesuffix(b",") if text == b"{}" else head) + text[1:]


def _tips(call: Call, entity_type: EntityType, place: str, query: Query) -> bytes:
    """Q18: newer documentation outputs suggest the two alphabetically first properties (graph_reference 3.5)."""
    if call.tenant.behaviour[TIPS] == "off" or query.select:
        return b""
    names = ",".join(sorted(each.name for each in shown_by_default(entity_type))[:2])
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
