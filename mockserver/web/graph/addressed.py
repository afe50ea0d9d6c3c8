"""What an `@odata.id` refers to: an address is read by the path language, not by looking at its end."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from mockserver.core.edm import EntityType
from mockserver.core.entity import Entity
from mockserver.core.errors import GraphError, InvalidBody, InvalidReference, UnknownProperty
from mockserver.model.behaviours import REFERENCE_FORMS
from mockserver.odata.locate import entities_at, entity_at
from mockserver.odata.path import Keyed, Related, parse_path
from mockserver.web.call import Call

_VERSIONS = ("beta", "v1.0")


def referenced(call: Call, entity_type: EntityType) -> Entity:
    """The entity that the body `{"@odata.id": address}` names. Raises InvalidBody, InvalidReference, not found."""
    body = call.json()
    if not isinstance(body, Mapping) or not isinstance(body.get("@odata.id"), str):
        raise InvalidBody()
    for name in body:
        if name not in ("@odata.id", "@odata.type", "@odata.context"):
            raise UnknownProperty(property=name, type="microsoft.graph.ReferenceCreate")
    return resolve(call, body["@odata.id"], entity_type)


def referenced_by_option(call: Call, of: Related) -> Entity:
    """The member that `DELETE ...$ref?@id=address` names. Raises InvalidReference, or what is missing."""
    named = [value for name, value in parse_qsl(call.query) if name.lower() in ("@id", "$id")]
    if len(named) != 1:
        raise InvalidReference(reference=call.query, type=of.type.name)
    entity = resolve(call, named[0], of.type)
    if entity not in entities_at(call.tenant, of):
        raise (of.type.missing or InvalidReference)(id=entity["id"])
    return entity


def resolve(call: Call, address: str, entity_type: EntityType) -> Entity:
    """The entity at an address: of any host, with or without version, keys either way (R33), unless Q11 is `own`."""
    wrong = InvalidReference(reference=address, type=entity_type.name)
    if call.tenant.behaviour[REFERENCE_FORMS] == "own" and not address.startswith(f"{call.base}/"):
        raise wrong
    try:
        resource = parse_path(_path(address), call.model, exact=call.exact, canonical=call.canonical)
    except (ValueError, GraphError):
        raise wrong from None
    if not isinstance(resource, Keyed) or resource.type is not entity_type:
        raise wrong
    return entity_at(call.tenant, resource)


def _path(address: str) -> str:
    """The part of an address behind host, sandbox and version."""
    segments = urlsplit(address).path.strip("/").split("/")
    if segments[0].lower() == "sandboxes":
        segments = segments[2:]
    return "/".join(segments[1:] if segments and segments[0].lower() in _VERSIONS else segments)
