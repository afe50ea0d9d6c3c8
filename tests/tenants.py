"""Tenants made by hand, for the tests below HTTP: small enough to be read at one glance.

Ids are words, so that a test reads as a sentence: `tenant(group("paris"), connector("c1", "paris"))`. Every tenant has
the profile `applicationProxy` and the group `default`; a `group("default", ...)` among its parts stands in its place.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mockserver.core.behaviour import Behaviour
from mockserver.core.commands import Command, Create, Delete, Link, Unlink, Update, apply
from mockserver.core.entity import Entity, freeze
from mockserver.core.errors import GraphError
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model import MODEL
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Clock, Sandbox, State

AT = "2031-05-06T07:08:09Z"
NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
PROXY = "applicationProxy"
URL = "https://wiki.contoso.example/"


def entity(type_name: str, **values: Any) -> Entity:
    """An entity that has the declared default of every property that is not given."""
    declared = MODEL.type(type_name).property_by_name.values()
    return Entity(MODEL.type(type_name), freeze({each.name: each.default for each in declared} | values))


def group(key: str, **values: Any) -> Entity:
    return entity("connectorGroup", **{"id": key, "name": key, "region": "eur", CONTAINER: PROXY} | values)


def connector(key: str, of: str = "default", **values: Any) -> Entity:
    """A connector of the group `of` that was heard of just now."""
    known = {"id": key, "machineName": f"{key}.contoso.example", "lastHeartbeat": AT, "memberOf": of}
    return entity("connector", **known | {CONTAINER: PROXY} | values)


def application(key: str, of: str | None = None, **publishing: Any) -> Entity:
    """An application: published in the group `of`, or not published at all."""
    kept = None if of is None else publishing_of(**publishing)
    known = {"id": key, "displayName": key, "appId": f"appId-of-{key}", "createdDateTime": AT, "connectorGroup": of}
    return entity("application", **known, onPremisesPublishing=kept)


def publishing_of(**values: Any) -> dict[str, Any]:
    """A value of `onPremisesPublishing` with its declared defaults."""
    kind = MODEL.type("application").property_by_name["onPremisesPublishing"].type
    return {each.name: each.default for each in kind.properties} | values


def tenant(
    *entities: Entity,
    behaviour: str = "observed",
    region: str | None = "eur",
    policy: dict[str, Any] | None = None,
    **choices: Any,
) -> Tenant:
    """The tenant of these parts; `choices` are single quirks, such as `Q8="refused"`."""
    given = {each["id"] for each in entities if each.type.name == "connectorGroup"}
    first = () if "default" in given else (group("default", name="Default", isDefault=True, region=region),)
    return Tenant.of(
        MODEL,
        (entity("onPremisesPublishingProfile", id=PROXY), *first, *entities),
        behaviour=Behaviour(QUIRKS, behaviour, choices),
        about={"id": "contoso", "displayName": "Contoso", "defaultDomain": "contoso.example", "region": region},
        policy=policy or {},
    )


def sandbox(at: Tenant, *, now: datetime = NOW, seed: int = 0) -> Sandbox:
    """A sandbox whose clock stands still at `now`."""
    return Sandbox("test", State(at, Clock(frozen=now), seed=seed))


def create_group(key: str = "new", **properties: Any) -> Create:
    return Create("connectorGroup", key, AT, {"name": key or "new"} | properties, PROXY)


def update_group(key: str, **properties: Any) -> Update:
    return Update("connectorGroup", key, AT, properties)


def delete_group(key: str) -> Delete:
    return Delete("connectorGroup", key, AT)


def install(key: str = "new", **properties: Any) -> Create:
    return Create("connector", key, AT, {"machineName": key or "new"} | properties, PROXY)


def move(key: str, to: str) -> Link:
    return Link("connector", key, AT, "memberOf", to)


def take_out(key: str, of: str) -> Unlink:
    return Unlink("connector", key, AT, "memberOf", of)


def create_application(key: str = "new", **properties: Any) -> Create:
    return Create("application", key, AT, {"displayName": key or "new"} | properties)


def update_application(key: str, **properties: Any) -> Update:
    return Update("application", key, AT, properties)


def publish(key: str, **publishing: Any) -> Update:
    return update_application(key, onPremisesPublishing=publishing)


def unpublish(key: str) -> Update:
    return update_application(key, onPremisesPublishing=None)


def assign(key: str, to: str) -> Link:
    return Link("application", key, AT, "connectorGroup", to)


def unassign(key: str, of: str) -> Unlink:
    return Unlink("application", key, AT, "connectorGroup", of)


def refused(at: Tenant, command: Command) -> type[GraphError]:
    """The class of the error with which the command is refused; the tenant it met is still what it was."""
    return type(refusal(at, command))


def refusal(at: Tenant, command: Command) -> GraphError:
    """The error itself."""
    before = contents(at)
    with pytest.raises(GraphError) as caught:
        apply(at, command)

    assert before == contents(at)
    assert pointing(at) == links_of(at)

    return caught.value


def contents(at: Tenant) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Every entity, type by type, in order: two tenants of the same contents are equal."""
    return {name: [(key, dict(row)) for key, row in table.items()] for name, table in at.entities.items() if table}


def members(at: Tenant, key: str) -> list[str]:
    """The ids of the connectors of a group."""
    return list(at.pointing_to("connector", "memberOf", key))


def applications(at: Tenant, key: str) -> list[str]:
    """The ids of the applications of a group."""
    return list(at.pointing_to("application", "connectorGroup", key))


Pointing = dict[tuple[str, str], dict[str, set[str]]]


def pointing(at: Tenant) -> Pointing:
    """The index that a tenant keeps, without the targets that nothing points to any more."""
    rows = {link: {to: set(ids) for to, ids in table.items() if ids} for link, table in at.pointing.items()}
    return {link: row for link, row in rows.items() if row}


def links_of(at: Tenant) -> Pointing:
    """The same, computed afresh from the entities alone."""
    found: Pointing = {}
    for name, table in at.entities.items():
        for link in (CONTAINER, *(each.name for each in MODEL.type(name).links)):
            for key, row in table.items():
                kept = row.get(link)
                for target in kept if isinstance(kept, tuple) else () if kept is None else (kept,):
                    found.setdefault((name, link), {}).setdefault(target, set()).add(key)
    return found
