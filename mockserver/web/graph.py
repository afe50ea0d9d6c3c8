"""The Graph: path -> operation -> one call -> answer.

Which operations a resource offers is declared with it; `_OPERATIONS` says which function carries each out. No function
here knows an entity type.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast

import orjson

from mockserver.core.commands import Command, Create, Delete, Link, Unlink, Update
from mockserver.core.edm import (
    CREATE,
    DELETE,
    GET,
    INVOKE,
    LINK,
    LINK_BY_PUT,
    LIST,
    STREAM,
    UNLINK,
    UPDATE,
    ComplexType,
    EntityType,
    Guard,
    Navigation,
)
from mockserver.core.entity import Entity
from mockserver.core.errors import (
    AppOnlyRefused,
    MethodNotAllowed,
    NavigationNotFound,
    NoHttpResource,
    NotReplicatedYet,
    PreconditionFailed,
)
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model.behaviours import APP_ONLY, FAILING_FIRST_PATCH, REFERENCE_SHAPE, UNKNOWN_NAVIGATION
from mockserver.odata.advanced import LARGEST_PAGE, admitted
from mockserver.odata.evaluate import run_query
from mockserver.odata.locate import entities_at, entity_at, start_of
from mockserver.odata.path import All, Count, Invoked, Keyed, References, Related, Resource, Value
from mockserver.odata.place import shape_of
from mockserver.odata.query import Query, parse_query
from mockserver.web.addresses import address_of
from mockserver.web.around import BEFORE, authenticated, permitted
from mockserver.web.batch import batch
from mockserver.web.call import NO_CONTENT, Answer, Call
from mockserver.web.documents import metadata, services
from mockserver.web.reference import referenced, referenced_by_option
from mockserver.web.render import (
    collection_answer,
    entities_answer,
    entity_answer,
    text_answer,
    value_answer,
)


def answer(call: Call) -> Answer:
    """Carry out one Graph request. Raises GraphError, and then nothing has happened."""
    document = _DOCUMENTS.get(call.path.strip("/").lower().replace("%24", "$"))
    if document is not None:
        return document(call)
    for step in BEFORE:
        step(call)
    try:
        return _answer(call, call.resource())
    except NoHttpResource as nowhere:
        if call.tenant.behaviour[UNKNOWN_NAVIGATION] == "empty-code":
            raise
        raise NavigationNotFound(segment=nowhere.segment) from None


def _answer(call: Call, resource: Resource) -> Answer:
    method = "GET" if call.method == "HEAD" else call.method
    try:
        name, operation = _OPERATIONS[shape_of(resource), method]
    except KeyError:
        raise MethodNotAllowed() from None
    _check_offered(call, resource, name)
    permitted(call, resource)
    return operation(call, resource)


def _check_offered(call: Call, resource: Resource, name: str) -> None:
    of: Any = resource.owner if isinstance(resource, Value | Invoked) else resource
    while not isinstance(of, All | Related):
        of = of.of
    if name not in of.allows:
        raise MethodNotAllowed()
    if isinstance(of, Related) and name in of.navigation.user_only:
        _check_caller(call)
    for guard in of.set.guards if isinstance(of, All) else of.navigation.guards:
        if name in guard.operations:
            _check_guard(call.tenant, guard)


def _check_caller(call: Call) -> None:
    """R60, Q15: the documentation says that an application without a user cannot do this."""
    if call.tenant.behaviour[APP_ONLY] == "refused" and call.caller.app_only:
        raise AppOnlyRefused()


def _check_guard(tenant: Tenant, guard: Guard) -> None:
    if tenant.behaviour[guard.quirk] not in guard.choices:
        raise guard.refusal()


def list_entities(call: Call, resource: All | Related) -> Answer:
    query = _query(call, resource.type, collection=True)
    if isinstance(resource, All):
        _check_selectable(call, resource.type, query)
    wish = _wished_size(call)
    size = _page_size(call, resource.type, wish)
    if resource.type.directory:
        query = admitted(query, resource, call.tenant, call.headers.get("ConsistencyLevel", ""))
        size = size if wish or query.top is None else LARGEST_PAGE
    page = run_query(query, entities_at(call.tenant, resource), call.tenant, page_size=size)
    answered = collection_answer(call, resource, page, query)
    return answered if not wish else answered.preferring(f"odata.maxpagesize={size}")


def count_entities(call: Call, resource: Count) -> Answer:
    query = _query(call, resource.of.type, collection=True)
    if resource.of.type.directory:
        query = admitted(query, resource.of, call.tenant, call.headers.get("ConsistencyLevel", ""), counting=True)
    entities = entities_at(call.tenant, resource.of)
    everything = query.filter is None and query.search is None
    matching = entities if everything else run_query(query, entities, call.tenant).entities
    return text_answer(str(len(matching)))


def get_entity(call: Call, resource: Keyed | Related) -> Answer:
    query = _query(call, resource.type, collection=False)
    return entity_answer(call, resource, entity_at(call.tenant, resource), query)


def create_entity(call: Call, resource: All | Related) -> Answer:
    owner = start_of(call.tenant, resource) if isinstance(resource, Related) else None
    properties = call.values(resource.type, creating=True)
    navigation = resource.navigation if isinstance(resource, Related) else None
    call.tenant, (made, *_) = call.sandbox.carry_out(partial(_creation, resource.type, properties, owner, navigation))
    entity = cast(Entity, call.tenant.get(resource.type.name, made.id))
    quirk = resource.type.created_status
    status = 201 if quirk is None else call.tenant.behaviour[quirk]
    answered = entity_answer(call, Keyed(resource, entity["id"]), entity, Query(), status)
    address = address_of(call.tenant, entity, call.base)
    wish = call.preferences.get("return")
    if wish == "minimal":
        return Answer(204, headers={"Location": address, "OData-EntityId": address}).preferring("return=minimal")
    answered = replace(answered, headers={"Location": address})
    return answered.preferring("return=representation") if wish == "representation" else answered


def _creation(
    entity_type: EntityType,
    properties: Mapping[str, Any],
    owner: Entity | None,
    navigation: Navigation | None,
    _: Tenant,
    draw: Callable[[], str],
) -> Iterator[Command]:
    """A new entity: of a set, of the owner that contains it, or beside the owner and related to it."""
    key, name = draw(), entity_type.name
    if owner is None or navigation is None:
        yield Create(name, key, "", properties)
    elif navigation.contained:
        yield Create(name, key, "", properties, owner["id"])
    elif navigation.stored:
        yield Create(name, key, "", properties, owner.get(CONTAINER))
        yield Link(owner.type.name, owner["id"], "", navigation.name, key)
    else:
        kept = entity_type.navigation_by_name[navigation.inverse]
        links = {kept.name: (owner["id"],) if kept.many else owner["id"]}
        yield Create(name, key, "", properties, owner.get(CONTAINER), links)


def invoke(call: Call, resource: Invoked) -> Answer:
    action = resource.action
    entity = entity_at(call.tenant, resource.owner)
    parameters = call.values(action.parameters, creating=True)
    call.tenant, done = call.sandbox.carry_out(lambda tenant, draw: action.plan(tenant, entity, parameters, draw))
    if action.returns is None or action.result is None:
        return NO_CONTENT
    return entities_answer(call, action.returns, action.result(call.tenant, done), action.status)


def update_entity(call: Call, resource: Keyed) -> Answer:
    entity = entity_at(call.tenant, resource)
    properties = call.values(resource.type, creating=False)
    _check_replicated(call, entity)
    _dispatch(call, Update(entity.type.name, entity["id"], "", properties))
    quirk = resource.type.updated_answer
    shown = quirk is not None and call.tenant.behaviour[quirk] == "200"
    wish = call.preferences.get("return")
    if wish == "representation" or (shown and wish != "minimal"):
        answered = entity_answer(call, resource, entity_at(call.tenant, resource), Query())
    else:
        answered = NO_CONTENT
    return answered.preferring(f"return={wish}") if wish in ("minimal", "representation") else answered


def _check_replicated(call: Call, entity: Entity) -> None:
    """Q14: M2G: a change of an application may fail while its instantiation is being replicated."""
    times = call.tenant.behaviour[FAILING_FIRST_PATCH]
    if times and entity.get("applicationTemplateId") and call.sandbox.stumbles(entity["id"], times):
        raise NotReplicatedYet()


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
    if kind.type is STREAM and value is not None:
        content_type, _, content = value.removeprefix("data:").partition(";base64,")
        return Answer(200, base64.b64decode(content), content_type=content_type)
    if value is None:
        if kind.missing is not None:
            raise kind.missing(id=key)
        return NO_CONTENT
    if resource.raw:
        return text_answer(value if isinstance(value, str) else orjson.dumps(value).decode())
    return value_answer(call, resource.canonical, value, kind.type)


def put_stream(call: Call, resource: Value) -> Answer:
    """The content of a stream property, of any type: kept as a `data:` URL, which a fixture can hold too."""
    content = base64.b64encode(call.read()).decode()
    kind = call.headers.get("Content-Type", "") or "application/octet-stream"
    return _put_value(call, resource, f"data:{kind};base64,{content}")


def update_value(call: Call, resource: Value) -> Answer:
    kind = resource.properties[-1].type
    if not isinstance(kind, ComplexType) or resource.raw or not all(each.writable for each in resource.properties):
        raise MethodNotAllowed()
    return _put_value(call, resource, call.values(kind, creating=False, loose_booleans=True))


def delete_value(call: Call, resource: Value) -> Answer:
    changeable = all(each.writable and each.nullable for each in resource.properties) or resource.kind is STREAM
    if resource.raw or not changeable:
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
    addresses: list[Any] = [address_of(call.tenant, each, call.base) for each in page.entities]
    if call.tenant.behaviour[REFERENCE_SHAPE] == "objects":
        addresses = [{"@odata.id": each} for each in addresses]
    return value_answer(call, "Collection($ref)", addresses, None)


def get_reference(call: Call, resource: References) -> Answer:
    address = address_of(call.tenant, entity_at(call.tenant, cast(Related, resource.of)), call.base)
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


def _wished_size(call: Call) -> int:
    """`Prefer: odata.maxpagesize`; 0 where there is none that makes sense, which a preference may be."""
    wish = call.preferences.get("odata.maxpagesize", "")
    return int(wish) if re.fullmatch("[0-9]{1,9}", wish) else 0


def _page_size(call: Call, entity_type: EntityType, wish: int) -> int | None:
    """R29: the directory's lists come in pages of 100, the proxy's in one piece unless the fixture says otherwise.

    A caller may wish for smaller pages: `Prefer: odata.maxpagesize` (graph_reference 5.8).
    """
    size: int | None = 100 if entity_type.directory else call.tenant.policy.get("pageSize")
    return min(wish or size or 0, size or wish) or None


def _check_precondition(call: Call) -> None:
    if call.headers.get("If-Match", "*").strip() != "*":
        raise PreconditionFailed()


def _batch(call: Call) -> Answer:
    authenticated(call)
    return batch(call, answer)


_DOCUMENTS: Mapping[str, Callable[[Call], Answer]] = {
    "": services,
    "$metadata": metadata,
    "$batch": _batch,
}

Operation = Callable[[Call, Any], Answer]

# A stream is not part of its entity: what may be read may have another one.
_OPERATIONS: Mapping[tuple[str, str], tuple[str, Operation]] = {
    ("collection", "GET"): (LIST, list_entities),
    ("collection", "POST"): (CREATE, create_entity),
    ("count", "GET"): (LIST, count_entities),
    ("entity", "GET"): (GET, get_entity),
    ("entity", "PATCH"): (UPDATE, update_entity),
    ("entity", "DELETE"): (DELETE, delete_entity),
    ("single", "GET"): (GET, get_entity),
    ("action", "POST"): (INVOKE, invoke),
    ("value", "GET"): (GET, get_value),
    ("value", "PATCH"): (UPDATE, update_value),
    ("value", "DELETE"): (UPDATE, delete_value),
    ("content", "GET"): (GET, get_value),
    ("content", "PUT"): (GET, put_stream),
    ("content", "DELETE"): (GET, delete_value),
    ("references", "GET"): (LIST, list_references),
    ("references", "POST"): (LINK, link),
    ("references", "PUT"): (LINK_BY_PUT, link),
    ("references", "DELETE"): (UNLINK, unlink),
    ("keyed reference", "DELETE"): (UNLINK, unlink),
    ("reference", "GET"): (GET, get_reference),
    ("reference", "PUT"): (LINK, link),
    ("reference", "DELETE"): (UNLINK, unlink),
}
