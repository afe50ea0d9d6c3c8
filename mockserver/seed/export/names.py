"""How the document of a tenant refers to its entities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mockserver.core.entity import Entity
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model.connector_group import default_group
from mockserver.model.directory import SERVICE_PRINCIPAL
from mockserver.seed.draft.references import Named, References
from mockserver.seed.format.sections import AGENT_GROUPS, CONNECTOR_GROUPS, GROUPS, USERS, Section
from mockserver.seed.ids import Ids


class Names:
    """Ids as they are written: by name where that leads back to the entity."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.empty = replace(tenant, entities={}, pointing={})
        self.ids = Ids(tenant.about["defaultDomain"])
        teams, people = self._named(GROUPS), self._named(USERS)
        self.groups = _written(self._named(CONNECTOR_GROUPS))
        self.users = _written(people)
        services = [(each["displayName"], each["id"]) for each in tenant.all(SERVICE_PRINCIPAL).values()]
        self.principals = _written([*teams, *people], services)
        self.agent_groups = self._agent_groups()
        self.default = _default(tenant)
        self.idle = tenant.policy.get("defaultGroupServesApplications") == "deny"

    def _named(self, section: Section) -> list[tuple[str | None, str]]:
        return [(each[section.key], each["id"]) for each in self.tenant.all(section.type).values()]

    def _agent_groups(self) -> Mapping[str, str]:
        """Those of one profile know nothing of another one's."""
        by_profile: dict[str, list[tuple[str | None, str]]] = {}
        for each in self.tenant.all(AGENT_GROUPS.type).values():
            by_profile.setdefault(each[CONTAINER], []).append((each[AGENT_GROUPS.key], each["id"]))
        return {key: name for named in by_profile.values() for key, name in _written(named).items()}


def _written(*layers: list[tuple[str | None, str]]) -> dict[str, str]:
    named: tuple[Named, ...] = layers
    references = References("", *named)
    return {key: references.written(name, key) for layer in layers for name, key in layer}


def _default(tenant: Tenant) -> Entity | None:
    """None where the default group went with its profile."""
    try:
        return default_group(tenant)
    except LookupError:
        return None
