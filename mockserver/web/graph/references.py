"""Operations on `$ref`: which entities are related, by their addresses."""

from __future__ import annotations

from typing import Any, cast

import orjson

from mockserver.core.commands import Command, Link, Unlink
from mockserver.core.edm import Navigation
from mockserver.core.entity import Entity
from mockserver.model.behaviours import REFERENCE_SHAPE
from mockserver.odata.evaluate import run_query
from mockserver.odata.locate import entities_at, entity_at, start_of
from mockserver.odata.path import Keyed, References, Related
from mockserver.web.addresses import address_of
from mockserver.web.call import NO_CONTENT, Answer, Call
from mockserver.web.graph.addressed import referenced, referenced_by_option
from mockserver.web.graph.asked import check_precondition, dispatch, query_of
from mockserver.web.render import value_answer


def list_references(call: Call, resource: References) -> Answer:
    of = cast(Related, resource.of)
    query = query_of(call, of.type, collection=True)
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
    dispatch(call, _linking(Link, owner, of.navigation, target))
    return NO_CONTENT


def unlink(call: Call, resource: References) -> Answer:
    check_precondition(call)
    of = resource.of
    related = of.of if isinstance(of, Keyed) else of
    owner = start_of(call.tenant, cast(Related, related))
    if isinstance(of, Related) and of.navigation.collection:
        target = referenced_by_option(call, of)
    else:
        target = entity_at(call.tenant, of)
    dispatch(call, _linking(Unlink, owner, cast(Related, related).navigation, target))
    return NO_CONTENT


def _linking(kind: type[Link] | type[Unlink], owner: Entity, navigation: Navigation, target: Entity) -> Command:
    """The command on the side that keeps the relationship."""
    if navigation.stored:
        return kind(owner.type.name, owner["id"], "", navigation.name, target["id"])
    return kind(target.type.name, target["id"], "", navigation.inverse, owner["id"])
