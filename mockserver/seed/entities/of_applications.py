"""Applications, and what comes with them: service principals, who is assigned to these, and segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mockserver.core.edm import Model
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model.application import APPLICATION
from mockserver.model.application_segment import IP_SEGMENT
from mockserver.model.directory import (
    APP_ROLE_ASSIGNMENT,
    APP_ROLES,
    GROUP,
    SERVICE_PRINCIPAL,
    USER,
    service_principal_of,
)
from mockserver.seed.completion import created, made, plain, varied
from mockserver.seed.draft import Draft
from mockserver.seed.draft.of_applications import Inner
from mockserver.seed.entities.people import Principal
from mockserver.seed.entities.people import principals as principals_of
from mockserver.seed.format.sections import APPLICATIONS, INSIDE

CREATED = "2024-01-15T09:00:00Z"
"""When everything was created whose document does not say when."""

_KEPT_ELSEWHERE = frozenset({"assignedTo", "servicePrincipal", "withoutGroup", *INSIDE[APPLICATION]})
"""What is said with an application, but not a value of it."""

_NOBODY = dict.fromkeys((USER, GROUP, SERVICE_PRINCIPAL))
"""The ends of an assignment of which one is then somebody."""


def applications(draft: Draft) -> Iterator[Entity]:
    """The applications in their order, each with its service principal, and the segments of all of them."""
    model, kept, principals = draft.empty.model, draft.applications, principals_of(draft)
    resources, like = [], made(model.type(APPLICATION), "", {"createdDateTime": CREATED, "appRoles": APP_ROLES})
    for at, (key, row) in enumerate(draft.of(APPLICATIONS)):
        publishing = kept.publishings[at]
        said = {name: value for name, value in row.items() if name not in _KEPT_ELSEWHERE}
        follows = {"appId": kept.app_ids[at], "onPremisesPublishing": publishing, "connectorGroup": _group(draft, at)}
        entity = varied(like, {**said, **follows, "id": key})
        yield entity
        principal = kept.principals[at]
        if principal is not None:
            resource = service_principal(model, entity, principal)
            if "servicePrincipal" in row:
                resource = varied(resource, {**row["servicePrincipal"], "id": principal})
            principals[principal] = _principal(resource)
            resources.append((at, resource))
            yield resource
    for at, resource in resources:
        yield from _assignments(draft, at, resource, principals)
    yield from (inner(draft.empty, each) for each in kept.inner)


def _group(draft: Draft, at: int) -> str | None:
    """The connector group of that application."""
    row = draft.applications.rows[at]
    if draft.applications.publishings[at] is None or row.get("withoutGroup"):
        return None
    reference = row.get("connectorGroup")
    return draft.groups.find(reference) if reference else draft.default_group


def service_principal(model: Model, application: Entity, key: str = "") -> Entity:
    """How the directory knows the application: as it follows from the application."""
    return plain(model.type(SERVICE_PRINCIPAL)).with_(
        {
            "id": key or service_principal_of(application["id"]),
            "appId": application["appId"],
            "displayName": application["displayName"],
            "appDisplayName": application["displayName"],
            "tags": application["tags"],
            "appRoles": application["appRoles"],
            "application": application["id"],
        }
    )


def assignment(model: Model, key: str, resource: Entity, principal: Principal, role: str) -> Entity:
    """That a principal has a role of a resource, as both are now."""
    kind, principal_id, name = principal
    return plain(model.type(APP_ROLE_ASSIGNMENT)).with_(
        {
            **_NOBODY,
            kind: principal_id,
            "resource": resource["id"],
            "id": key,
            "appRoleId": role,
            "creationTimestamp": CREATED,
            "principalDisplayName": name,
            "principalId": principal_id,
            "principalType": kind[0].upper() + kind[1:],
            "resourceDisplayName": resource["displayName"],
            "resourceId": resource["id"],
        }
    )


def _assignments(draft: Draft, at: int, resource: Entity, principals: Mapping[str, Principal]) -> Iterator[Entity]:
    for grant in draft.applications.grants[at]:
        principal = draft.principals.find(grant.to)
        role = draft.applications.role(at, grant.role)
        key = draft.applications.grant_id(at, grant, resource["id"], principal, role)
        entity = assignment(draft.empty.model, key, resource, principals[principal], role)
        yield varied(entity, {**grant.row, "id": key}, without=("to", "role")) if grant.row else entity


def _principal(entity: Entity) -> Principal:
    return entity.type.name, entity["id"], entity["displayName"]


def inner(tenant: Tenant, one: Inner) -> Entity:
    """What a row inside of another one describes. Raises GraphError where the model does not take it."""
    said = {name: value for name, value in one.row.items() if name not in INSIDE.get(one.type, ())}
    return _INNER.get(one.type, _contained)(tenant, one, said)


def _contained(tenant: Tenant, one: Inner, said: dict[str, Any]) -> Entity:
    return made(tenant.model.type(one.type), one.id, said, one.container)


def _segment(tenant: Tenant, one: Inner, said: dict[str, Any]) -> Entity:
    """The type of a destination follows from the host, unless the host is a DNS suffix, which looks like any name."""
    own = {"destinationType"} if said.get("destinationType") != "dnsSuffix" else set()
    kept = {name: value for name, value in said.items() if name not in {"id", "overlaps", *own}}
    return created(tenant, IP_SEGMENT, one.id, {**kept, "ports": [*map(_range, said.get("ports", ()))]}, one.container)


def _range(ports: str | int) -> str:
    """The service knows ranges only."""
    return ports if isinstance(ports, str) and "-" in ports else f"{ports}-{ports}"


_INNER: Mapping[str, Callable[[Tenant, Inner, dict[str, Any]], Entity]] = {IP_SEGMENT: _segment}
