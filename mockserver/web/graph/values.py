"""Operations on single values of an entity: complex ones, streams, and what `$value` shows."""

from __future__ import annotations

import base64
from typing import Any

import orjson

from mockserver.core.commands import Update
from mockserver.core.edm import STREAM, ComplexType
from mockserver.core.errors import MethodNotAllowed
from mockserver.odata.locate import entity_at
from mockserver.odata.path import Value
from mockserver.web.call import NO_CONTENT, Answer, Call
from mockserver.web.graph.asked import dispatch
from mockserver.web.render import text_answer, value_answer


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
    dispatch(call, Update(entity.type.name, entity["id"], "", value))
    return NO_CONTENT
