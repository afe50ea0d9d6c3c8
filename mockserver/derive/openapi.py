"""The OpenAPI 3.1 document: the Graph's operations, from the model, and beside them the mock's own API.

Where the pieces are made: `openapi_schemas` from types, `openapi_operations` and `openapi_answers` from operations,
`openapi_names` their ids, `openapi_parts` what all of them share. The mock's own API is described where it is served.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mockserver.core.edm import Model
from mockserver.derive import openapi_parts as parts
from mockserver.derive.openapi_operations import described
from mockserver.derive.openapi_schemas import Schema, Schemas
from mockserver.derive.operations import operations

Document = dict[str, Any]

_ABOUT = (
    "A local emulator of Microsoft Graph's connector-group API, described from the declarations that it works with. "
    "Where documentation and service disagree, every answer is listed with the behaviour that gives it; "
    "`x-mock-unverified` marks what no source settles."
)


def openapi(
    models: Mapping[str, Model], version: str, server_url: str, control_paths: Mapping[str, Document]
) -> Document:
    """The document for these versions of the service, as the mock of that version serves them at that address.

    `control_paths` are the paths of its own API, each with its operations.
    """
    paths, schemas = _graph(models)
    return {
        "openapi": "3.1.0",
        "info": {"title": "mockserver", "version": version, "description": _ABOUT},
        "servers": [{"url": server_url}, _sandbox(server_url)],
        "security": [{"graph": []}, {}],
        "tags": [
            *_tags(paths.values()),
            {"name": parts.CONTROL_TAG, "description": "What the real service has no API for"},
        ],
        "paths": {**paths, **control_paths},
        "components": {
            "schemas": {**parts.SCHEMAS, **{name: schemas[name] for name in sorted(schemas)}},
            "parameters": dict(parts.PARAMETERS),
            "responses": dict(parts.RESPONSES),
            "requestBodies": dict(parts.BODIES),
            "securitySchemes": dict(parts.SECURITY),
        },
    }


def _graph(models: Mapping[str, Model]) -> tuple[dict[str, Document], dict[str, Schema]]:
    """The paths of all versions, and the schemas that they refer to."""
    paths: dict[str, Document] = {}
    made: dict[str, Schema] = {}
    for version, model in models.items():
        schemas = Schemas(model, version)
        for operation in operations(model):
            path = f"/{version}{operation.path}"
            item = paths.setdefault(path, _item(path, model))
            item[operation.method.lower()] = described(operation, schemas)
        made |= schemas.made
    return paths, made


def _item(path: str, model: Model) -> Document:
    keys = list(parts.keys(path, model))
    return {"parameters": keys} if keys else {}


def _tags(items: Iterable[Document]) -> list[Document]:
    """One for each entity type that has operations."""
    found = {tag for item in items for each in item.values() if isinstance(each, dict) for tag in each["tags"]}
    return [{"name": name} for name in sorted(found)]


def _sandbox(server_url: str) -> Document:
    """The same service on another tenant (interface.md 2)."""
    return {
        "url": f"{server_url}/sandboxes/{{name}}",
        "variables": {"name": {"default": "default", "description": "The name of a sandbox"}},
    }
