"""The tenant before anybody did anything: what Microsoft creates with every tenant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mockserver.core.behaviour import Behaviour
from mockserver.core.edm import EntityType, Model
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model.application_template import TEMPLATE, TEMPLATES
from mockserver.model.behaviours import REGION_DEFAULT
from mockserver.model.connector_group import APPLICATION_PROXY, CONNECTOR_GROUP
from mockserver.model.publishing_profile import PROFILE, PROFILE_IDS
from mockserver.seed.completion import made
from mockserver.seed.ids import Ids

Values = Mapping[str, Any]

CONTOSO: Values = {
    "id": "11111111-1111-4111-8111-111111111111",
    "displayName": "Contoso",
    "defaultDomain": "contoso.onmicrosoft.com",
    "region": None,
    "clients": (),
}
"""Whose tenant it is where nothing is said: that of the demo identity, so that it can log in."""

DEFAULT_GROUP: Values = {"name": "Default", "isDefault": True}
"""R1: one in every tenant, which takes what belongs to no other."""

PROFILES_AT_FIRST: Mapping[str, Values] = {key: {} for key in PROFILE_IDS}
TEMPLATES_AT_FIRST: Mapping[str, Values] = {key: {"displayName": name} for key, name in TEMPLATES}
"""What every tenant has from the start, by id."""


def blank(model: Model, behaviour: Behaviour) -> Tenant:
    """Contoso, with nothing in it but the publishing profiles and the default group."""
    key = Ids(CONTOSO["defaultDomain"]).of(CONNECTOR_GROUP, DEFAULT_GROUP["name"])
    group = connector_group(model, key, DEFAULT_GROUP, CONTOSO, behaviour)
    return Tenant.of(model, [*profiles(model), *templates(model), group], behaviour=behaviour, about=CONTOSO, policy={})


def profiles(model: Model, said: Sequence[Values] = ()) -> Iterator[Entity]:
    """The publishing profiles that every tenant has, with their switches as said, and those that are said besides."""
    return _given(model.type(PROFILE), PROFILES_AT_FIRST, said)


def templates(model: Model, said: Sequence[Values] = ()) -> Iterator[Entity]:
    """The application templates that every tenant has, and those that are said besides."""
    return _given(model.type(TEMPLATE), TEMPLATES_AT_FIRST, said)


def _given(entity_type: EntityType, at_first: Mapping[str, Values], said: Sequence[Values]) -> Iterator[Entity]:
    """What is there from the start, unless it is said that it is no longer, and then the others."""
    rows = {each["id"] if each["id"] in at_first else each["id"].lower(): each for each in said}
    for key, row in {**at_first, **rows}.items():
        if row.get("exists", True):
            own = {name: value for name, value in row.items() if name != "exists"}
            yield made(entity_type, key, {**at_first.get(key, {}), **own})


def connector_group(
    model: Model, key: str, said: Values, about: Values, behaviour: Behaviour, profile: str | None = APPLICATION_PROXY
) -> Entity:
    """A connector group; R15: one that says no region has the tenant's, unless the behaviour wants null."""
    home = about["region"] if behaviour[REGION_DEFAULT] == "tenant" else None
    return made(model.type(CONNECTOR_GROUP), key, {"region": home, **said}, profile)
