"""The Graph: path -> operation -> one call -> answer.

Which operations a resource offers is declared with it; `_OPERATIONS` says which function carries each out. No function
here knows an entity type.

    entities.py     lists, entities, actions       asked.py        what they all start from
    values.py       single values of an entity     addressed.py    what an `@odata.id` refers to
    references.py   `$ref`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.core.edm import (
    CREATE,
    DELETE,
    GET,
    INVOKE,
    LINK,
    LINK_BY_PUT,
    LIST,
    UNLINK,
    UPDATE,
)
from mockserver.core.errors import (
    AppOnlyRefused,
    MethodNotAllowed,
    NavigationNotFound,
    NoHttpResource,
)
from mockserver.model.behaviours import APP_ONLY, UNKNOWN_NAVIGATION
from mockserver.odata.path import All, Invoked, Related, Resource, Value
from mockserver.odata.place import shape_of
from mockserver.web.around import BEFORE, authenticated, permitted
from mockserver.web.batch import batch
from mockserver.web.call import Answer, Call
from mockserver.web.documents import metadata, services
from mockserver.web.graph.asked import check_guard
from mockserver.web.graph.entities import (
    count_entities,
    create_entity,
    delete_entity,
    get_entity,
    invoke,
    list_entities,
    update_entity,
)
from mockserver.web.graph.references import get_reference, link, list_references, unlink
from mockserver.web.graph.values import delete_value, get_value, put_stream, update_value


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
            check_guard(call.tenant, guard)


def _check_caller(call: Call) -> None:
    """R60, Q15: the documentation says that an application without a user cannot do this."""
    if call.tenant.behaviour[APP_ONLY] == "refused" and call.caller.app_only:
        raise AppOnlyRefused()


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
