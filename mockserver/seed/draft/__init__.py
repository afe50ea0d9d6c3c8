"""A document on its way to a tenant: rows of the right kinds, their ids, and what their references lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

from mockserver.core.behaviour import Behaviour
from mockserver.core.edm import Model
from mockserver.core.tenant import Tenant
from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.model.publishing_profile import PROFILE_IDS
from mockserver.seed.blank import CONTOSO, DEFAULT_GROUP
from mockserver.seed.clients import client
from mockserver.seed.draft.of_applications import Applications
from mockserver.seed.draft.references import Named, References
from mockserver.seed.format.rows import Row, Rows
from mockserver.seed.format.sections import AGENT_GROUPS, CONNECTOR_GROUPS, GROUPS, SECTIONS, USERS, Section, profile_id
from mockserver.seed.ids import Ids
from mockserver.seed.problems import Place, key_of


class Draft:
    """The rows of a document, completed by what follows from them. Rows that had problems are there in part."""

    def __init__(self, rows: Rows, model: Model, behaviour: Behaviour) -> None:
        self.order: list[str] = [key.lower() for key in rows["order"]]
        self.profiles = _profiles(rows["onPremisesPublishingProfiles"])
        groups = rows["connectorGroups"]
        self.rows = {**rows, "connectorGroups": _with_default(groups) if APPLICATION_PROXY in self.profiles else groups}
        rules: Row = rows["rules"][0] if rows["rules"] else {}
        self.policy: Row = {name: value for name, value in rules.items() if name != "newConnectors"}
        said: Row = rows["tenant"][0] if rows["tenant"] else {}
        self._ids = Ids(said.get("defaultDomain", CONTOSO["defaultDomain"]))
        derived = {**CONTOSO, "id": self._ids.tenant} if rows["tenant"] else CONTOSO
        clients = tuple(map(client, said.get("clients", ())))
        self.about: Row = {**derived, **said, "id": said.get("id", derived["id"]).lower(), "clients": clients}
        self.ids: Mapping[str, list[str]] = {each.name: self._ids_of(each) for each in SECTIONS}
        self.applications = Applications(rows["applications"], self.ids["applications"], self._ids)
        self.empty = Tenant.of(model, (), behaviour=behaviour, about=self.about, policy=self.policy)
        """The tenant before there is anything in it."""

    @cached_property
    def groups(self) -> References:
        """Connector groups."""
        return References(CONNECTOR_GROUPS.noun, self._named(CONNECTOR_GROUPS))

    @cached_property
    def users(self) -> References:
        return References(USERS.noun, self._named(USERS))

    @cached_property
    def principals(self) -> References:
        """Who can be assigned to an application; a group or user goes before a service principal of the same name."""
        people = chain(self._named(GROUPS), self._named(USERS))
        return References("group, user or service principal", people, self._named_principals())

    def agent_groups(self, profile: str | None) -> References:
        """The agent groups of a profile."""
        return self._agent_groups.setdefault(profile, References(f"agent group of {profile}"))

    @property
    def adds_default(self) -> bool:
        """Whether the document has no default group, so that the blank tenant's was put before its first group."""
        return any(row is DEFAULT_GROUP for row in self.rows["connectorGroups"][:1])

    def place(self, section: str, at: int) -> Place:
        """Where in the document the row at that position is."""
        return section, at - (section == "connectorGroups" and self.adds_default)

    def called(self, section: str, at: int) -> str:
        """How a message speaks of that row, which may be one that the document does not have."""
        added = section == "connectorGroups" and self.adds_default and at == 0
        return "the default group" if added else key_of(self.place(section, at))

    @cached_property
    def default_at(self) -> int | None:
        """The position of the group that is the default one, or is named so and a rule will ask for the rest."""
        groups = self.rows["connectorGroups"]
        said = (at for at, row in enumerate(groups) if row.get("isDefault"))
        named = (at for at, row in enumerate(groups) if row.get("name") == DEFAULT_GROUP["name"])
        return next(chain(said, named), None) if APPLICATION_PROXY in self.profiles else next(said, None)

    @property
    def default_group(self) -> str | None:
        """The id of that group; None where it went with its profile."""
        return None if self.default_at is None else self.ids["connectorGroups"][self.default_at]

    def of(self, section: Section) -> Iterator[tuple[str, Row]]:
        """The ids and rows of a section."""
        return zip(self.ids[section.name], self.rows[section.name], strict=True)

    def _ids_of(self, section: Section) -> list[str]:
        of, kind, name_of = self._ids.of, section.type, section.name_of
        return [
            row["id"].lower() if "id" in row else of(kind, name_of(row) or f"#{at}")
            for at, row in enumerate(self.rows[section.name])
        ]

    def _named(self, section: Section) -> Named:
        return ((row.get(section.key), key) for key, row in self.of(section))

    def _named_principals(self) -> Named:
        for key, row in zip(self.applications.principals, self.applications.rows, strict=True):
            if key is not None:
                yield (row.get("servicePrincipal") or row).get("displayName", row.get("displayName")), key

    @cached_property
    def _agent_groups(self) -> dict[str | None, References]:
        named: dict[str | None, list[tuple[str | None, str]]] = {}
        for key, row in self.of(AGENT_GROUPS):
            named.setdefault(AGENT_GROUPS.profile_of(row), []).append((row.get("displayName"), key))
        return {profile: References(f"agent group of {profile}", pairs) for profile, pairs in named.items()}


def _profiles(rows: list[Row]) -> frozenset[str]:
    """The ids of those that exist."""
    there = {profile_id(row["id"]): row.get("exists", True) for row in rows if "id" in row}
    return frozenset(key for key, exists in {**dict.fromkeys(PROFILE_IDS, True), **there}.items() if exists)


def _with_default(groups: list[Row]) -> list[Row]:
    there = any(row.get("isDefault") or row.get("name") == DEFAULT_GROUP["name"] for row in groups)
    return groups if there else [DEFAULT_GROUP, *groups]
