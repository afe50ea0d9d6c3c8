"""The mock's own API as OpenAPI describes it, from the routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mockserver.derive import openapi_parts as parts
from mockserver.seed.format.json_schema import inlined
from mockserver.seed.format.kinds import Kind
from mockserver.seed.format.shapes import Key, Shape
from mockserver.web.control.asked import Route

_ROOT = "/_mock"
_KEY = re.compile(r"\{(\w+)\}")

Described = dict[str, Any]


def control_paths(routes: Iterable[Route]) -> dict[str, Described]:
    """The paths, each with its operations: what a body is described by is the declaration that it is read by."""
    paths: dict[str, Described] = {}
    for route in routes:
        path = route.path.replace("<", "{").replace(">", "}")
        item = paths.setdefault(_ROOT + path, _keys(path))
        item[route.method.lower()] = _described(route, path)
    return paths


def _keys(path: str) -> Described:
    keys = [parts.in_path(name, "The id or the name of what it is about") for name in _KEY.findall(path)]
    return {"parameters": keys} if keys else {}


def _described(route: Route, path: str) -> Described:
    return {
        "operationId": f"{parts.CONTROL_TAG}.{_id_of(route.method, path)}",
        "summary": (route.view.__doc__ or "").partition("\n")[0].rstrip("."),
        "tags": [parts.CONTROL_TAG],
        "security": [{"control": []}, {}] if route.token else [],
        **({"parameters": [_filter(each) for each in route.filters.keys]} if route.filters else {}),
        **({"requestBody": _body(route.takes, route.or_null)} if route.takes else {}),
        "responses": {
            **{str(status): _answer(schema, route.media) for status, schema in route.answers.items()},
            "default": parts.refer("responses", "error"),
        },
    }


def _filter(key: Key) -> Described:
    meaning = key.says or "Only those that fit; * stands for any text"
    return {"name": key.name, "in": "query", "description": meaning, "schema": inlined(key.kind)}


def _body(takes: Shape | Kind, or_null: bool) -> Described:
    schema = inlined(takes)
    either = {"oneOf": [{"type": "null"}, schema]} if or_null else schema
    return {"content": parts.in_json(either), "required": True}


def _id_of(method: str, path: str) -> str:
    """`get_tenant`, `post_connectors_stop`: the method and the words of the path."""
    words = [each for each in path.split("/") if each and not each.startswith("{")]
    key = "_one" if path.endswith("}") else ""
    return "_".join((method.lower(), *words)) + key


def _answer(schema: Mapping[str, Any] | None, media: str) -> Described:
    return (
        {"description": "Done"} if schema is None else {"description": "Done", "content": {media: {"schema": schema}}}
    )
