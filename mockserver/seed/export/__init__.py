"""From a tenant back to a document that makes the same tenant: ids are said, relations by name, defaults are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from mockserver.core.entity import Entity
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model.application_template import TEMPLATE
from mockserver.model.heartbeats import inactive_after
from mockserver.model.publishing_profile import PROFILE
from mockserver.seed import clients
from mockserver.seed.blank import PROFILES_AT_FIRST, TEMPLATES_AT_FIRST, Values
from mockserver.seed.completion import created, defaults
from mockserver.seed.differing import Row, differing
from mockserver.seed.export.names import Names
from mockserver.seed.export.of_applications import applications, order
from mockserver.seed.format.sections import AGENCY, CONNECTOR_GROUPS, CONNECTORS, GROUPS, USERS, Section
from mockserver.seed.moments import second, written


def document_of(tenant: Tenant, now: datetime) -> dict[str, Any]:
    """The sections of the tenant's document in their order; those with nothing in them are left out."""
    names = Names(tenant)
    sections = {
        "tenant": _about(tenant),
        "rules": dict(tenant.policy),
        "onPremisesPublishingProfiles": list(_given(tenant, PROFILE, PROFILES_AT_FIRST)),
        "connectorGroups": [_connector_group(each) for each in _all(tenant, CONNECTOR_GROUPS)],
        "connectors": [_connector(each, names, second(now)) for each in _all(tenant, CONNECTORS)],
        **{section.name: list(_agency(section, names)) for section in AGENCY},
        "applicationTemplates": list(_given(tenant, TEMPLATE, TEMPLATES_AT_FIRST)),
        "applications": list(applications(names)),
        "groups": [_group(each, names) for each in _all(tenant, GROUPS)],
        "users": [_user(each) for each in _all(tenant, USERS)],
        "order": order(tenant),
    }
    return {name: rows for name, rows in sections.items() if rows}


def _about(tenant: Tenant) -> Row:
    said = {name: value for name, value in tenant.about.items() if name != "clients" and value is not None}
    listed = [clients.written(each) for each in tenant.about.get("clients", ())]
    return said | ({"clients": listed} if listed else {})


def _all(tenant: Tenant, section: Section) -> Iterator[Entity]:
    return iter(tenant.all(section.type).values())


def _given(tenant: Tenant, kind: str, at_first: Mapping[str, Values]) -> Iterator[Row]:
    """What differs from what every tenant has at first."""
    there = tenant.all(kind)
    yield from ({"id": key, "exists": False} for key in at_first if key not in there)
    for key, each in there.items():
        plain = {**defaults(each.type), **at_first.get(key, {}), "id": key}
        said = differing(each.type, each, plain)
        if said or key not in at_first:
            yield {"id": key, **said}


def _connector_group(group: Entity) -> Row:
    row = {"id": group["id"], "name": group["name"], "region": group["region"]}
    return row | differing(group.type, group, {**defaults(group.type), **row}) | _contained(group, CONNECTOR_GROUPS)


def _connector(connector: Entity, names: Names, now: datetime) -> Row:
    """What sends heartbeats was heard of just now, however long ago the tenant noted one that changed something."""
    ago, limit = now - datetime.fromisoformat(connector["lastHeartbeat"]), inactive_after(names.tenant.behaviour)
    if not connector["stopped"] and (connector["status"] == "inactive") != (ago > limit):
        ago = timedelta()
    row = {each.name: connector[each.name] for each in connector.type.visible if each.name != "status"}
    group = connector["memberOf"]
    row |= {"withoutGroup": True} if group is None else {"memberOf": names.groups[group]}
    row |= {name: connector[name] for name in _OF_AN_UPDATE if connector[name] is not None}
    row["lastHeartbeat"] = written(ago)
    if connector["stopped"] != (ago > limit):
        row["stopped"] = connector["stopped"]
    return row | _contained(connector, CONNECTORS)


_OF_AN_UPDATE = ("nextVersion", "updateFrom", "updateUntil")


def _agency(section: Section, names: Names) -> Iterator[Row]:
    alike = cache(lambda profile: created(names.empty, section.type, "", {}, profile))
    for each in _all(names.tenant, section):
        row = {"id": each["id"], section.key: each[section.key]}
        row |= differing(each.type, each, alike(each[CONTAINER]), without=row) | _contained(each, section)
        links = {link.name: each.get(link.name) for link in each.type.links}
        yield row | {
            name: [names.agent_groups[key] for key in keys] for name, keys in links.items() if keys is not None
        }


def _contained(entity: Entity, section: Section) -> Row:
    return {} if entity[CONTAINER] == section.profile else {"profile": entity[CONTAINER]}


def _group(group: Entity, names: Names) -> Row:
    said = {"id": group["id"], "displayName": group["displayName"]}
    row = said | differing(group.type, group, defaults(group.type), without=said)
    members = group.get("members")
    return row if members is None else row | {"members": [names.users[key] for key in members]}


def _user(user: Entity) -> Row:
    said = {name: user[name] for name in ("id", "userPrincipalName", "displayName")}
    return said | differing(user.type, user, defaults(user.type), without=said)
