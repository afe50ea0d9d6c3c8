"""The mock's own API as OpenAPI describes it, from the table in `control_api`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mockserver.derive import openapi_parts as parts
from mockserver.derive.control_api import Route

TAG = "mock"
_ROOT = "/_mock"
_KEY = re.compile(r"\{(\w+)\}")

Described = dict[str, Any]


def control_paths(routes: Iterable[Route]) -> dict[str, Described]:
    paths: dict[str, Described] = {}
    for route in routes:
        item = paths.setdefault(_ROOT + route.path, _keys(route.path))
        item[route.method.lower()] = _described(route)
    return paths


def _keys(path: str) -> Described:
    keys = [parts.in_path(name, "The id or the name of what it is about") for name in _KEY.findall(path)]
    return {"parameters": keys} if keys else {}


def _described(route: Route) -> Described:
    return {
        "operationId": f"{TAG}.{_id_of(route)}",
        "summary": route.summary,
        "tags": [TAG],
        "security": [{"control": []}, {}] if route.token else [],
        **({"parameters": [_filter(*each) for each in route.filters.items()]} if route.filters else {}),
        **({"requestBody": {"content": parts.in_json(route.takes), "required": True}} if route.takes else {}),
        "responses": {
            **{str(status): _answer(schema, route.media) for status, schema in route.answers.items()},
            "default": parts.refer("responses", "error"),
        },
    }


def _filter(name: str, schema: dict[str, Any]) -> Described:
    return {"name": name, "in": "query", "description": "Only those that fit; * stands for any text", "schema": schema}


def _id_of(route: Route) -> str:
    """`get_tenant`, `post_connectors_stop`: the method and the words of the path."""
    words = [each for each in route.path.split("/") if each and not each.startswith("{")]
    key = "_one" if route.path.endswith("}") else ""
    return "_".join((route.method.lower(), *words)) + key


def _answer(schema: dict[str, Any] | None, media: str) -> Described:
    return (
        {"description": "Done"} if schema is None else {"description": "Done", "content": {media: {"schema": schema}}}
    )
