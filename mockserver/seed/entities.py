"""The entities that a draft describes, and the tenant that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import chain

from mockserver.core.behaviour import Behaviour
from mockserver.core.edm import Model
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model.application import APPLICATION
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.model.directory import (
    APP_ROLE_ASSIGNMENT,
    APP_ROLES,
    GROUP,
    SERVICE_PRINCIPAL,
    USER,
    USER_ROLE,
    service_principal_of,
)
from mockserver.model.lifecycle import status_at
from mockserver.seed.blank import connector_group, profiles, templates
from mockserver.seed.completion import made
from mockserver.seed.draft import Draft
from mockserver.seed.moments import duration, stamp
from mockserver.seed.rows import Row

CREATED = "2024-01-15T09:00:00Z"
"""When everything was created whose document does not say when."""


def tenant_of(draft: Draft, model: Model, behaviour: Behaviour, now: datetime) -> Tenant:
    """The tenant of a draft that breaks no rule."""
    entities = chain(
        profiles(model, draft.rows["onPremisesPublishingProfiles"]),
        templates(model),
        _connector_groups(draft, model, behaviour),
        _connectors(draft, model, now),
        (made(model.type(USER), key, _user(row)) for key, row in _rows(draft, "users")),
        _groups(draft, model),
        _applications(draft, model),
    )
    return Tenant.of(model, entities, behaviour=behaviour, about=draft.about, policy=draft.policy)


def _rows(draft: Draft, section: str) -> Iterator[tuple[str, Row]]:
    return zip(draft.ids[section], draft.rows[section], strict=True)


def _connector_groups(draft: Draft, model: Model, behaviour: Behaviour) -> Iterator[Entity]:
    for key, row in _rows(draft, "connectorGroups"):
        yield connector_group(model, key, row, draft.about, behaviour)


def _connectors(draft: Draft, model: Model, now: datetime) -> Iterator[Entity]:
    """Each as one heard of at the same moment, but for what is said: there may be a hundred thousand."""
    alike = cache(lambda ago: _heard_of(model, now, ago))
    default, find = draft.default_group, draft.groups.find
    for key, row in _rows(draft, "connectors"):
        like = alike(row.get("lastHeartbeat", "PT0S"))
        group = find(row["memberOf"]) if "memberOf" in row else default
        yield like.with_({**row, "id": key, "memberOf": group, "lastHeartbeat": like["lastHeartbeat"]})


def _heard_of(model: Model, now: datetime, ago: str) -> Entity:
    """R37: what follows from when a connector was last heard of."""
    last = now - duration(ago)
    status = status_at(last, now)
    said = {"lastHeartbeat": stamp(last), "status": status, "stopped": status == "inactive"}
    return made(model.type(CONNECTOR), "", said, APPLICATION_PROXY)


def _user(row: Row) -> Row:
    return {"displayName": row["userPrincipalName"].partition("@")[0], **row}


def _groups(draft: Draft, model: Model) -> Iterator[Entity]:
    for key, row in _rows(draft, "groups"):
        members = tuple(map(draft.users.find, row.get("members", ())))
        yield made(model.type(GROUP), key, {**row, "members": members})


_NOT_ITS_OWN = ("assignedTo", "servicePrincipal")
"""What is said with an application, but kept elsewhere."""


def _applications(draft: Draft, model: Model) -> Iterator[Entity]:
    principals = _principals(draft)
    for at, (key, row) in enumerate(_rows(draft, "applications")):
        publishing = draft.publishings[at]
        group = draft.groups.find(row.get("connectorGroup") or draft.default_group) if publishing else None
        said = {name: value for name, value in row.items() if name not in _NOT_ITS_OWN}
        said |= {"appId": draft.app_ids[at], "onPremisesPublishing": publishing, "connectorGroup": group}
        application = made(model.type(APPLICATION), key, {"createdDateTime": CREATED, "appRoles": APP_ROLES, **said})
        yield application
        if row.get("servicePrincipal", ()) is not None:
            principal = service_principal(model, application, row.get("servicePrincipal", {}))
            yield principal
            for reference in row.get("assignedTo", ()):
                yield _assignment(draft, model, principal, principals[draft.principals.find(reference)])


def service_principal(model: Model, application: Entity, said: Row) -> Entity:
    """How the directory knows the application: as it follows from the application, but for what is said."""
    follows = {name: application[name] for name in ("appId", "displayName", "tags", "appRoles")}
    follows["appDisplayName"] = application["displayName"]
    key = said["id"].lower() if "id" in said else service_principal_of(application["id"])
    return made(model.type(SERVICE_PRINCIPAL), key, {**follows, **said, "application": application["id"]})


def _principals(draft: Draft) -> Mapping[str, Row]:
    users = {key: {**_user(row), "id": key, "type": "User"} for key, row in _rows(draft, "users")}
    return users | {key: {**row, "id": key, "type": "Group"} for key, row in _rows(draft, "groups")}


def _assignment(draft: Draft, model: Model, resource: Entity, principal: Row) -> Entity:
    key = draft.derived(APP_ROLE_ASSIGNMENT, f"{resource['id']}:{principal['id']}")
    said = {
        "resource": resource["id"],
        USER if principal["type"] == "User" else GROUP: principal["id"],
        "appRoleId": USER_ROLE,
        "creationTimestamp": CREATED,
        "principalDisplayName": principal.get("displayName"),
        "principalId": principal["id"],
        "principalType": principal["type"],
        "resourceDisplayName": resource["displayName"],
        "resourceId": resource["id"],
    }
    return made(model.type(APP_ROLE_ASSIGNMENT), key, said)
