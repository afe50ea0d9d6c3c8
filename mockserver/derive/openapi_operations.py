"""One operation of the Graph as OpenAPI describes it.

`_KINDS` is the whole of it: for what a path leads to and a method, the words and the functions that describe them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from mockserver.core.behaviour import PROFILES, Quirk
from mockserver.derive import openapi_answers as answers
from mockserver.derive import openapi_parts as parts
from mockserver.derive.openapi_answers import Described
from mockserver.derive.openapi_names import operation_id
from mockserver.derive.openapi_schemas import Schemas
from mockserver.derive.operations import (
    ACTION,
    COLLECTION,
    CONTENT,
    COUNT,
    ENTITY,
    KEYED_REFERENCE,
    REFERENCE,
    REFERENCES,
    SINGLE,
    VALUE,
    Operation,
)


def described(operation: Operation, schemas: Schemas) -> Described:
    """The operation object; what it refers to is made in `schemas`."""
    kind = _KINDS[operation.shape, operation.method]
    asked = [parts.refer("parameters", name) for name in (*kind.asks, *_of_the_directory(operation))]
    notes = [_note(guard.quirk, guard.choices) for guard in operation.guards]
    return {
        "operationId": operation_id(operation, schemas.version),
        "summary": kind.summary.format(type=operation.type.name, name=operation.way[-1]),
        **({"description": "\n".join(notes)} if notes else {}),
        "tags": [operation.type.name],
        **({"parameters": asked} if asked else {}),
        **({"requestBody": kind.body(operation, schemas)} if kind.body else {}),
        "responses": {**kind.answers(operation, schemas), "default": parts.refer("responses", "error")},
        **({} if all(each.verified for each in _quirks(operation)) else {"x-mock-unverified": True}),
    }


def _of_the_directory(operation: Operation) -> Iterator[str]:
    """What the directory's own collections take besides (graph_reference 5.8)."""
    listed = operation.method == "GET" and operation.shape in (COLLECTION, COUNT)
    # The applications of a connector group are listed by the proxy's back end, which has no index.
    proxied = operation.path.startswith("/onPremisesPublishingProfiles")
    if operation.type.searchable and listed and not proxied:
        yield from ("search", "consistencyLevel")


def _note(quirk: Quirk, choices: tuple[str, ...]) -> str:
    profiles = [each for each in PROFILES if getattr(quirk, each) in choices]
    where = f"under the behaviours {', '.join(profiles)}" if profiles else "under none of the named behaviours"
    return f"Offered where {quirk.name} ({quirk.title}) is {' or '.join(choices)}, which it is {where}: {quirk.source}."


def _quirks(operation: Operation) -> Iterator[Quirk]:
    yield from (each.quirk for each in operation.guards)
    asked = {"POST": operation.type.created_status, "PATCH": operation.type.updated_answer}
    found = asked.get(operation.method) if operation.shape in (COLLECTION, ENTITY) else None
    yield from filter(None, (found,))


class _Kind(NamedTuple):
    """What all operations of one kind have in common."""

    summary: str
    asks: tuple[str, ...]
    answers: Callable[[Operation, Schemas], Described]
    body: Callable[[Operation, Schemas], Described] | None = None


_IF, _ANSWER, _READING = ("ifMatch",), ("preferAnswer",), ("preferReading",)
_ITEM = ("expand", "select", *_READING)
_LIST = ("count", "expand", "filter", "orderby", "select", "skip", "top", *_READING)
_LINKS = ("count", "filter", "orderby", "skip", "top")
"""graph_reference 1: IQ, LQ and RQ; $search is the directory's alone (U-16)."""

_KINDS: Mapping[tuple[str, str], _Kind] = {
    (COLLECTION, "GET"): _Kind("List {name}", _LIST, answers.page),
    (COLLECTION, "POST"): _Kind("Create {type}", _ANSWER, answers.created, answers.new),
    (COUNT, "GET"): _Kind("Count {name}", ("filter",), answers.number),
    (ENTITY, "GET"): _Kind("Get {type}", _ITEM, answers.entity),
    (ENTITY, "PATCH"): _Kind("Change {type}", _ANSWER, answers.updated, answers.changes),
    (ENTITY, "DELETE"): _Kind("Delete {type}", _IF, answers.done),
    (SINGLE, "GET"): _Kind("Get {name}", _ITEM, answers.entity),
    (REFERENCES, "GET"): _Kind("List the addresses of {name}", _LINKS, answers.references),
    (REFERENCES, "POST"): _Kind("Add {type} to {name}", (), answers.done, answers.address),
    (REFERENCES, "PUT"): _Kind("Add {type} to {name}", (), answers.done, answers.address),
    (REFERENCES, "DELETE"): _Kind("Remove {type} from {name}", (*_IF, "reference"), answers.done),
    (KEYED_REFERENCE, "DELETE"): _Kind("Remove {type} from {name}", _IF, answers.done),
    (REFERENCE, "GET"): _Kind("Get the address of {name}", (), answers.reference),
    (REFERENCE, "PUT"): _Kind("Set {name}", (), answers.done, answers.address),
    (REFERENCE, "DELETE"): _Kind("Unset {name}", _IF, answers.done),
    (VALUE, "GET"): _Kind("Get {name}", (), answers.value),
    (VALUE, "PATCH"): _Kind("Change {name}", (), answers.done, answers.changes),
    (VALUE, "DELETE"): _Kind("Clear {name}", (), answers.done),
    (CONTENT, "GET"): _Kind("Get {name} of {type}", (), answers.content),
    (CONTENT, "PUT"): _Kind("Set {name} of {type}", (), answers.done, answers.upload),
    (CONTENT, "DELETE"): _Kind("Delete {name} of {type}", (), answers.done),
    (ACTION, "POST"): _Kind("{name} of {type}", (), answers.result, answers.new),
}
