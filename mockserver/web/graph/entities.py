"""Operations on entities: lists, one of them, new ones, changes, actions. No function here knows an entity type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast

from mockserver.core.commands import Command, Create, Delete, Link, Update
from mockserver.core.edm import EntityType, Navigation
from mockserver.core.entity import Entity
from mockserver.core.errors import NotReplicatedYet
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model.behaviours import FAILING_FIRST_PATCH
from mockserver.odata.advanced import LARGEST_PAGE, admitted
from mockserver.odata.evaluate import run_query
from mockserver.odata.locate import entities_at, entity_at, start_of
from mockserver.odata.path import All, Count, Invoked, Keyed, Related
from mockserver.odata.query import Query
from mockserver.web.addresses import address_of
from mockserver.web.call import NO_CONTENT, Answer, Call
from mockserver.web.graph.asked import check_guard, check_precondition, dispatch, page_size, query_of, wished_size
from mockserver.web.render import collection_answer, entities_answer, entity_answer, text_answer


def list_entities(call: Call, resource: All | Related) -> Answer:
    query = query_of(call, resource.type, collection=True)
    if isinstance(resource, All):
        _check_selectable(call, resource.type, query)
    wish = wished_size(call)
    size = page_size(call, resource.type, wish)
    if resource.type.directory:
        query = admitted(query, resource, call.tenant, call.headers.get("ConsistencyLevel", ""))
        size = size if wish or query.top is None else LARGEST_PAGE
    page = run_query(query, entities_at(call.tenant, resource), call.tenant, page_size=size)
    answered = collection_answer(call, resource, page, query)
    return answered if not wish else answered.preferring(f"odata.maxpagesize={size}")


def _check_selectable(call: Call, entity_type: EntityType, query: Query) -> None:
    for name, *_ in query.select:
        found = entity_type.property_by_name.get(name)
        if found is not None and found.in_lists is not None:
            check_guard(call.tenant, found.in_lists)


def count_entities(call: Call, resource: Count) -> Answer:
    query = query_of(call, resource.of.type, collection=True)
    if resource.of.type.directory:
        query = admitted(query, resource.of, call.tenant, call.headers.get("ConsistencyLevel", ""), counting=True)
    entities = entities_at(call.tenant, resource.of)
    everything = query.filter is None and query.search is None
    matching = entities if everything else run_query(query, entities, call.tenant).entities
    return text_answer(str(len(matching)))


def get_entity(call: Call, resource: Keyed | Related) -> Answer:
    query = query_of(call, resource.type, collection=False)
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
    dispatch(call, Update(entity.type.name, entity["id"], "", properties))
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
    check_precondition(call)
    entity = entity_at(call.tenant, resource)
    dispatch(call, Delete(entity.type.name, entity["id"], ""))
    return NO_CONTENT
