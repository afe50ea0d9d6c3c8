"""From a tenant back to a document that makes the same tenant: ids are said, relations by name, defaults are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from mockserver.core.edm import ComplexType, StructuredType
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model.application import APPLICATION, app_id_of
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import CONNECTOR_GROUP, default_group
from mockserver.model.directory import APP_ROLE_ASSIGNMENT, APP_ROLES, GROUP, SERVICE_PRINCIPAL, USER
from mockserver.model.lifecycle import status_at
from mockserver.model.on_premises_publishing import completed, on_premises_publishing
from mockserver.model.publishing_profile import PROFILE
from mockserver.seed.completion import defaults, filled
from mockserver.seed.draft import References
from mockserver.seed.entities import CREATED, service_principal
from mockserver.seed.moments import second, written

Row = dict[str, Any]


def to_document(tenant: Tenant, now: datetime) -> dict[str, Any]:
    """The tenant as a fixture document: plain values, ready for YAML or JSON, that load into an equal tenant."""
    names = _Names(tenant)
    sections = {
        "tenant": {name: value for name, value in tenant.about.items() if value is not None},
        "rules": dict(tenant.policy),
        "onPremisesPublishingProfiles": list(_profiles(tenant)),
        "connectorGroups": [_connector_group(each) for each in _all(tenant, CONNECTOR_GROUP)],
        "connectors": [_connector(each, names, second(now)) for each in _all(tenant, CONNECTOR)],
        "applications": [_application(each, names) for each in _all(tenant, APPLICATION)],
        "groups": [_group(each, names) for each in _all(tenant, GROUP)],
        "users": [_user(each) for each in _all(tenant, USER)],
    }
    return {name: rows for name, rows in sections.items() if rows}


class _Names:
    """How the document of a tenant refers to its entities."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        groups = {each["id"]: each["name"] for each in _all(tenant, CONNECTOR_GROUP)}
        people = {each["id"]: each["userPrincipalName"] for each in _all(tenant, USER)}
        teams = {each["id"]: each["displayName"] for each in _all(tenant, GROUP)}
        self.groups = _written(groups)
        self.users = _written(people)
        self.principals = _written(teams, people)
        self.default = default_group(tenant)["id"]
        self.idle = tenant.policy.get("defaultGroupServesApplications") == "deny"
        self.service_principals = {each["application"]: each for each in _all(tenant, SERVICE_PRINCIPAL)}


def _written(*named: Mapping[str, str]) -> dict[str, str]:
    pairs = [(name, key) for each in named for key, name in each.items()]
    references = References("", pairs)
    return {key: references.written(name, key) for name, key in pairs}


def _all(tenant: Tenant, kind: str) -> Iterator[Entity]:
    return iter(tenant.all(kind).values())


def _profiles(tenant: Tenant) -> Iterator[Row]:
    for each in _all(tenant, PROFILE):
        switches = _differing(each.type, each, defaults(each.type))
        if len(switches) > 1:
            yield switches


def _connector_group(group: Entity) -> Row:
    row = {"id": group["id"], "name": group["name"], "region": group["region"]}
    return row | _differing(group.type, group, {**defaults(group.type), **row})


def _connector(connector: Entity, names: _Names, now: datetime) -> Row:
    """What sends heartbeats was heard of just now, however long ago the tenant noted one that changed something."""
    ago = now - datetime.fromisoformat(connector["lastHeartbeat"])
    if not connector["stopped"] and connector["status"] != status_at(now - ago, now):
        ago = timedelta()
    row = {each.name: connector[each.name] for each in connector.type.visible if each.name != "status"}
    row |= {"memberOf": names.groups[connector["memberOf"]], "lastHeartbeat": written(ago)}
    if connector["stopped"] != (status_at(now - ago, now) == "inactive"):
        row["stopped"] = connector["stopped"]
    return row


def _application(application: Entity, names: _Names) -> Row:
    apart = {"id": application["id"], "displayName": application["displayName"], "onPremisesPublishing": None}
    plain = {"appId": app_id_of(application["id"]), "createdDateTime": CREATED, "appRoles": APP_ROLES, **apart}
    row = {"id": application["id"], "displayName": application["displayName"]}
    row |= _differing(application.type, application, {**defaults(application.type), **plain}, without=apart)
    if application["onPremisesPublishing"] is not None:
        row["connectorGroup"] = _group_of(application, names)
        row["onPremisesPublishing"] = _publishing(application)
    return row | _principal(application, names)


def _group_of(application: Entity, names: _Names) -> str | None:
    waits = names.idle and application["connectorGroup"] == names.default
    return None if waits else names.groups[application["connectorGroup"]]


def _publishing(application: Entity) -> Row:
    """What differs from a value of which only the kind of application was said."""
    publishing = application["onPremisesPublishing"]
    kind = {"applicationType": publishing["applicationType"]}
    plain = completed(filled(on_premises_publishing, kind), kind, application["appId"])
    plain["applicationType"] = defaults(on_premises_publishing)["applicationType"]
    return _differing(on_premises_publishing, publishing, plain)


def _principal(application: Entity, names: _Names) -> Row:
    principal = names.service_principals.get(application["id"])
    if principal is None:
        return {"servicePrincipal": None}
    row: Row = {}
    differing = _differing(principal.type, principal, service_principal(names.tenant.model, application, {}))
    if differing:
        row["servicePrincipal"] = differing
    assigned = names.tenant.pointing_to(APP_ROLE_ASSIGNMENT, "resource", principal["id"])
    people = [names.tenant.all(APP_ROLE_ASSIGNMENT)[key]["principalId"] for key in assigned]
    if people:
        row["assignedTo"] = [names.principals[key] for key in people if key in names.principals]
    return row


def _group(group: Entity, names: _Names) -> Row:
    row = {"id": group["id"], **_differing(group.type, group, defaults(group.type), without=("id",))}
    members = [names.users[key] for key in group["members"] or () if key in names.users]
    return row | {"members": members} if members else row


def _user(user: Entity) -> Row:
    said = {"id": user["id"], "displayName": user["displayName"]}
    return said | _differing(user.type, user, defaults(user.type), without=said)


def _differing(
    structure: StructuredType, values: Mapping[str, Any], plain: Mapping[str, Any], *, without: Iterable[str] = ()
) -> Row:
    """The properties whose values are not those of `plain`; a complex value says only what is not a default."""
    differing = {}
    for each in structure.visible:
        value = values[each.name]
        if value != plain.get(each.name) and each.name not in without:
            complex_one = isinstance(each.type, ComplexType) and not each.collection and value is not None
            differing[each.name] = _said(each.type, value) if complex_one else _thawed(value)
    return differing


def _said(structure: Any, value: Mapping[str, Any]) -> Row:
    return _differing(structure, value, defaults(structure))


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _thawed(each) for name, each in value.items()}
    return [_thawed(each) for each in value] if isinstance(value, tuple) else value
