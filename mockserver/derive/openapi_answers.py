"""What an operation of the Graph takes and gives, as OpenAPI describes it.

Where documentation and service disagree, all their answers are listed, and which behaviour gives which.
"""

from __future__ import annotations

from typing import Any

from mockserver.core.behaviour import PROFILES, Quirk
from mockserver.derive import openapi_parts as parts
from mockserver.derive.openapi_schemas import CREATE_BODY, UPDATE_BODY, Schema, Schemas
from mockserver.derive.operations import Operation

Described = dict[str, Any]

_PLACE = {"Location": {"description": "Its address", "schema": {"type": "string", "format": "uri"}}}
_APPLIED = {"Preference-Applied": {"description": "The preference that was followed", "schema": {"type": "string"}}}


def _answer(description: str, schema: Schema, **more: Any) -> Described:
    return {"description": description, **more, "content": parts.in_json(schema)}


def page(operation: Operation, schemas: Schemas) -> Described:
    return {"200": _answer(f"A page of {operation.way[-1]}", schemas.collection(operation.type))}


def number(operation: Operation, schemas: Schemas) -> Described:
    return {"200": {"description": "How many there are", "content": {"text/plain": {"schema": {"type": "integer"}}}}}


def entity(operation: Operation, schemas: Schemas) -> Described:
    return {"200": _answer(f"The {operation.type.name}", schemas.answer(operation.type))}


def created(operation: Operation, schemas: Schemas) -> Described:
    """With the entity, unless the caller prefers to do without it."""
    quirk, schema = operation.type.created_status, schemas.answer(operation.type)
    choices = (201,) if quirk is None else sorted(quirk.choices)
    new = f"The new {operation.type.name}"
    shown = {str(each): _answer(f"{new}{_if(quirk, each)}", schema, headers=_PLACE) for each in choices}
    return {**shown, "204": {"description": "Created", "headers": _PLACE | _APPLIED}}


def updated(operation: Operation, schemas: Schemas) -> Described:
    """Both answers are always possible, as the caller may prefer one; a quirk decides where none is preferred."""
    quirk = operation.type.updated_answer
    now = f"The {operation.type.name} as it is now{_if(quirk, '200')}"
    shown = _answer(now, schemas.answer(operation.type), headers=_APPLIED)
    return {"200": shown, "204": {"description": f"Done{_if(quirk, '204')}", "headers": _APPLIED}}


def _if(quirk: Quirk | None, choice: Any) -> str:
    """Under which behaviour an answer is given, where that is in question."""
    if quirk is None or len(quirk.choices) == 1:
        return ""
    profiles = ", ".join(each for each in PROFILES if getattr(quirk, each) == choice) or "no named behaviour"
    return f" ({quirk.name} is {choice}: {profiles})"


def done(operation: Operation, schemas: Schemas) -> Described:
    return {"204": {"description": "Done"}}


def references(operation: Operation, schemas: Schemas) -> Described:
    return {"200": _answer("Their addresses", parts.refer("schemas", "ReferenceCollection"))}


def reference(operation: Operation, schemas: Schemas) -> Described:
    return {"200": _answer("Its address", parts.refer("schemas", "Reference"))}


def value(operation: Operation, schemas: Schemas) -> Described:
    shown = {"200": _answer("The value", schemas.answer(operation.structure))}
    refused = operation.value is not None and operation.value.missing is not None
    return shown if refused else {**shown, "204": {"description": "There is none"}}


def content(operation: Operation, schemas: Schemas) -> Described:
    return {"200": {"description": "The content, of the type it was put with", "content": {"*/*": {}}}}


def result(operation: Operation, schemas: Schemas) -> Described:
    action = operation.action
    if action is None or action.returns is None:
        return done(operation, schemas)
    return {str(action.status): _answer("What came of it", schemas.answer(action.returns))}


def _body(schema: Schema) -> Described:
    return {"content": parts.in_json(schema), "required": True}


def new(operation: Operation, schemas: Schemas) -> Described:
    return _body(schemas.body(operation.structure, CREATE_BODY))


def changes(operation: Operation, schemas: Schemas) -> Described:
    return _body(schemas.body(operation.structure, UPDATE_BODY))


def upload(operation: Operation, schemas: Schemas) -> Described:
    return {"content": {"application/octet-stream": {}}, "required": True}


def address(operation: Operation, schemas: Schemas) -> Described:
    return parts.refer("requestBodies", "reference")
