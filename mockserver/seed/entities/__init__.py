"""The entities that a draft describes, and the tenant that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import chain

from mockserver.core.duration import duration
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model.connector import CONNECTOR
from mockserver.model.heartbeats import status_at
from mockserver.seed.blank import connector_group, profiles, templates
from mockserver.seed.completion import created, made, varied
from mockserver.seed.draft import Draft
from mockserver.seed.entities.of_applications import applications
from mockserver.seed.entities.people import groups, users
from mockserver.seed.format.rows import Row
from mockserver.seed.format.sections import AGENCY, CONNECTOR_GROUPS, CONNECTORS, Section
from mockserver.seed.moments import stamp


def tenant_of(draft: Draft, now: datetime) -> Tenant:
    """The tenant of a draft that breaks no rule."""
    model = draft.empty.model
    entities = chain(
        profiles(model, draft.rows["onPremisesPublishingProfiles"]),
        templates(model, draft.rows["applicationTemplates"]),
        _connector_groups(draft),
        _connectors(draft, now),
        *(_agency(draft, section) for section in AGENCY),
        users(draft),
        groups(draft),
        applications(draft),
    )
    at = draft.empty
    return Tenant.of(model, _ordered(entities, draft.order), behaviour=at.behaviour, about=at.about, policy=at.policy)


def _ordered(entities: Iterable[Entity], first: list[str]) -> Iterable[Entity]:
    """Those that are named in that order, then the others in theirs."""
    ranks = {key: rank for rank, key in enumerate(first)}
    return sorted(entities, key=lambda each: ranks.get(each["id"], len(ranks))) if ranks else entities


def _connector_groups(draft: Draft) -> Iterator[Entity]:
    at = draft.empty
    for key, row in draft.of(CONNECTOR_GROUPS):
        profile = CONNECTOR_GROUPS.profile_of(row)
        yield connector_group(at.model, key, _own(row), draft.about, at.behaviour, profile)


def _connectors(draft: Draft, now: datetime) -> Iterator[Entity]:
    """Each as one heard of at the same moment, but for what is said: there may be a hundred thousand."""
    alike = cache(lambda ago, profile: heard_of(draft.empty, now, ago, profile))
    default, find = draft.default_group, draft.groups.find
    for key, row in draft.of(CONNECTORS):
        like = alike(row.get("lastHeartbeat", "PT0S"), CONNECTORS.profile_of(row))
        group = find(row["memberOf"]) if "memberOf" in row else None if row.get("withoutGroup") else default
        yield like.with_({**_own(row), "id": key, "memberOf": group, "lastHeartbeat": like["lastHeartbeat"]})


def heard_of(tenant: Tenant, now: datetime, ago: str, profile: str) -> Entity:
    """R37: what follows from when a connector was last heard of; Q25: after how long it is inactive."""
    last = now - duration(ago)
    status = status_at(tenant.behaviour, last, now)
    said = {"lastHeartbeat": stamp(last), "status": status, "stopped": status == "inactive"}
    return made(tenant.model.type(CONNECTOR), "", said, profile)


def _agency(draft: Draft, section: Section) -> Iterator[Entity]:
    """Each as one of its profile of which nothing is said, but for what is said."""
    alike = cache(lambda profile: created(draft.empty, section.type, "", {}, profile))
    for key, row in draft.of(section):
        like, find = alike(section.profile_of(row)), draft.agent_groups(section.profile_of(row)).find
        links = {each.name: tuple(map(find, row[each.name])) for each in like.type.links if each.name in row}
        yield varied(like, {**_own(row), "id": key, **links})


_KEPT_ELSEWHERE = frozenset({"profile", "withoutGroup"})
"""What is said with an entity, but not a value of it."""


def _own(row: Row) -> Row:
    own = not _KEPT_ELSEWHERE & row.keys()
    return row if own else {name: value for name, value in row.items() if name not in _KEPT_ELSEWHERE}
