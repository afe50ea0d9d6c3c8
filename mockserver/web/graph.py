"""The Graph: path -> operation -> one call -> answer.

Which operations a resource offers is declared with it; `_OPERATIONS` says which function carries each out. No function
here knows an entity type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import orjson

from mockserver.core.commands import Command, Create, Delete, Link, Unlink, Update
from mockserver.core.edm import (
    CREATE,
    DELETE,
    GET,
    LINK,
    LINK_BY_PUT,
    LIST,
    UNLINK,
    UPDATE,
    ComplexType,
    EntityType,
    Guard,
    Navigation,
)
from mockserver.core.entity import Entity
from mockserver.core.errors import MethodNotAllowed, PreconditionFailed
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import REFERENCE_SHAPE
from mockserver.odata.evaluate import run_query
from mockserver.odata.locate import entities_at, entity_at, start_of
from mockserver.odata.path import All, Count, Keyed, References, Related, Resource, Value
from mockserver.odata.query import Query, parse_query
from mockserver.web.call import NO_CONTENT, Answer, Call
from mockserver.web.reference import referenced, referenced_by_option
from mockserver.web.render import address_of, collection_answer, entity_answer, text_answer, value_answer


def answer(call: Call) -> Answer:
    """Carry out one Graph request. Raises GraphError, and then nothing has happened."""
    resource = call.resource()
    method = "GET" if call.method == "HEAD" else call.method
    try:
        name, operation = _OPERATIONS[_kind(resource), method]
    except KeyError:
        raise MethodNotAllowed() from None
    _check_offered(call.tenant, resource, name)
    return operation(call, resource)


def _kind(resource: Resource) -> str:
    if isinstance(resource, Related):
        return "collection" if resource.navigation.collection else "single"
    if isinstance(resource, References):
        many = isinstance(resource.of, Related) and resource.of.navigation.collection
        return "references" if many else "keyed reference" if isinstance(resource.of, Keyed) else "reference"
    return _KINDS[type(resource)]


_KINDS: Mapping[type, str] = {All: "collection", Keyed: "entity", Count: "count", Value: "value"}


def _check_offered(tenant: Tenant, resource: Resource, name: str) -> None:
    of = resource.owner if isinstance(resource, Value) else resource
    while not isinstance(of, All | Related):
        of = of.of
    if name not in of.allows:
        raise MethodNotAllowed()
    for guard in of.set.guards if isinstance(of, All) else of.navigation.guards:
        if name in guard.operations:
            _check_guard(tenant, guard)


def _check_guard(tenant: Tenant, guard: Guard) -> None:
    if tenant.behaviour[guard.quirk] not in guard.choices:
        raise guard.refusal()


def list_entities(call: Call, resource: All | Related) -> Answer:
    query = _query(call, resource.type, collection=True)
    if isinstance(resource, All):
        _check_selectable(call, resource.type, query)
    page = run_query(query, entities_at(call.tenant, resource), call.tenant, page_size=_page_size(call, resource.type))
    return collection_answer(call, resource, page, query)


def count_entities(call: Call, resource: Count) -> Answer:
    query = _query(call, resource.of.type, collection=True)
    entities = entities_at(call.tenant, resource.of)
    matching = entities if query.filter is None else run_query(query, entities, call.tenant).entities
    return text_answer(str(len(matching)))


def get_entity(call: Call, resource: Keyed | Related) -> Answer:
    query = _query(call, resource.type, collection=False)
    return entity_answer(call, resource, entity_at(call.tenant, resource), query)


def create_entity(call: Call, resource: All | Related) -> Answer:
    container = start_of(call.tenant, resource)["id"] if isinstance(resource, Related) else None
    properties = call.values(resource.type, creating=True)
    made = _dispatch(call, Create(resource.type.name, "", "", properties, container))
    entity = cast(Entity, call.tenant.get(resource.type.name, made.id))
    quirk = resource.type.created_status
    status = 201 if quirk is None else call.tenant.behaviour[quirk]
    answered = entity_answer(call, Keyed(resource, entity["id"]), entity, Query(), status)
    return Answer(status, answered.body, {"Location": address_of(call, entity)})


def update_entity(call: Call, resource: Keyed) -> Answer:
    entity = entity_at(call.tenant, resource)
    properties = call.values(resource.type, creating=False)
    _dispatch(call, Update(entity.type.name, entity["id"], "", properties))
    quirk = resource.type.updated_answer
    shown = quirk is not None and call.tenant.behaviour[quirk] == "200"
    wish = call.preferences.get("return")
    applied = {"Preference-Applied": f"return={wish}"} if wish in ("minimal", "representation") else {}
    if wish == "representation" or (shown and wish != "minimal"):
        answered = entity_answer(call, resource, entity_at(call.tenant, resource), Query())
        return Answer(200, answered.body, applied)
    return Answer(204, headers=applied)


def delete_entity(call: Call, resource: Keyed) -> Answer:
    _check_precondition(call)
    entity = entity_at(call.tenant, resource)
    _dispatch(call, Delete(entity.type.name, entity["id"], ""))
    return NO_CONTENT


def get_value(call: Call, resource: Value) -> Answer:
    value: Any = entity_at(call.tenant, resource.owner)
    key = value["id"]
    for each in resource.properties:
        value = None if value is None else value.get(each.name)
    kind = resource.properties[-1]
    if value is None:
        if kind.missing is not None:
            raise kind.missing(id=key)
        return NO_CONTENT
    if resource.raw:
        return text_answer(value if isinstance(value, str) else orjson.dumps(value).decode())
    place = "/".join((resource.owner.canonical, *(each.name for each in resource.properties)))
    return value_answer(call, place, value, kind.type)


def update_value(call: Call, resource: Value) -> Answer:
    kind = resource.properties[-1].type
    if not isinstance(kind, ComplexType) or resource.raw or not all(each.writable for each in resource.properties):
        raise MethodNotAllowed()
    return _put_value(call, resource, call.values(kind, creating=False, loose_booleans=True))


def delete_value(call: Call, resource: Value) -> Answer:
    if resource.raw or not all(each.writable and each.nullable for each in resource.properties):
        raise MethodNotAllowed()
    return _put_value(call, resource, None)


def _put_value(call: Call, resource: Value, value: Any) -> Answer:
    entity = entity_at(call.tenant, resource.owner)
    for each in reversed(resource.properties):
        value = {each.name: value}
    _dispatch(call, Update(entity.type.name, entity["id"], "", value))
    return NO_CONTENT


def list_references(call: Call, resource: References) -> Answer:
    of = cast(Related, resource.of)
    query = _query(call, of.type, collection=True)
    page = run_query(query, entities_at(call.tenant, of), call.tenant)
    addresses: list[Any] = [address_of(call, each) for each in page.entities]
    if call.tenant.behaviour[REFERENCE_SHAPE] == "objects":
        addresses = [{"@odata.id": each} for each in addresses]
    return value_answer(call, "Collection($ref)", addresses, None)


def get_reference(call: Call, resource: References) -> Answer:
    address = address_of(call, entity_at(call.tenant, cast(Related, resource.of)))
    if call.tenant.behaviour[REFERENCE_SHAPE] == "objects":
        context = f"{call.base}/$metadata#$ref"
        return Answer(200, orjson.dumps({"@odata.context": context, "@odata.id": address}))
    return Answer(200, orjson.dumps(address))


def link(call: Call, resource: References) -> Answer:
    of = cast(Related, resource.of)
    owner = start_of(call.tenant, of)
    target = referenced(call, of.type)
    _dispatch(call, _linking(Link, owner, of.navigation, target))
    return NO_CONTENT


def unlink(call: Call, resource: References) -> Answer:
    _check_precondition(call)
    of = resource.of
    related = of.of if isinstance(of, Keyed) else of
    owner = start_of(call.tenant, cast(Related, related))
    if isinstance(of, Related) and of.navigation.collection:
        target = referenced_by_option(call, of)
    else:
        target = entity_at(call.tenant, of)
    _dispatch(call, _linking(Unlink, owner, cast(Related, related).navigation, target))
    return NO_CONTENT


def _linking(kind: type[Link] | type[Unlink], owner: Entity, navigation: Navigation, target: Entity) -> Command:
    """The command on the side that keeps the relationship."""
    if navigation.stored:
        return kind(owner.type.name, owner["id"], "", navigation.name, target["id"])
    return kind(target.type.name, target["id"], "", navigation.inverse, owner["id"])


def _dispatch(call: Call, command: Command) -> Command:
    call.tenant, (done,) = call.sandbox.dispatch(command)
    return done


def _query(call: Call, entity_type: EntityType, *, collection: bool) -> Query:
    dollarless = call.version == "beta" and not call.canonical
    return parse_query(
        call.query, entity_type, call.model, exact=call.exact, dollarless=dollarless, collection=collection
    )


def _check_selectable(call: Call, entity_type: EntityType, query: Query) -> None:
    for name, *_ in query.select:
        found = entity_type.property_by_name.get(name)
        if found is not None and found.in_lists is not None:
            _check_guard(call.tenant, found.in_lists)


def _page_size(call: Call, entity_type: EntityType) -> int | None:
    """R29: the directory's lists come in pages of 100, the proxy's in one piece unless the fixture says otherwise."""
    size: int | None = call.tenant.policy.get("pageSize")
    return 100 if entity_type.directory else size


def _check_precondition(call: Call) -> None:
    if call.headers.get("If-Match", "*").strip() != "*":
        raise PreconditionFailed()


Operation = Callable[[Call, Any], Answer]

_OPERATIONS: Mapping[tuple[str, str], tuple[str, Operation]] = {
    ("collection", "GET"): (LIST, list_entities),
    ("collection", "POST"): (CREATE, create_entity),
    ("count", "GET"): (LIST, count_entities),
    ("entity", "GET"): (GET, get_entity),
    ("entity", "PATCH"): (UPDATE, update_entity),
    ("entity", "DELETE"): (DELETE, delete_entity),
    ("single", "GET"): (GET, get_entity),
    ("value", "GET"): (GET, get_value),
    ("value", "PATCH"): (UPDATE, update_value),
    ("value", "DELETE"): (UPDATE, delete_value),
    ("references", "GET"): (LIST, list_references),
    ("references", "POST"): (LINK, link),
    ("references", "PUT"): (LINK_BY_PUT, link),
    ("references", "DELETE"): (UNLINK, unlink),
    ("keyed reference", "DELETE"): (UNLINK, unlink),
    ("reference", "GET"): (GET, get_reference),
    ("reference", "PUT"): (LINK, link),
    ("reference", "DELETE"): (UNLINK, unlink),
}
