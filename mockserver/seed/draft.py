"""A document on its way to a tenant: rows of the right kinds, their ids, and what their references lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from mockserver.core.entity import Record
from mockserver.model.application import APPLICATION, app_id_of
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import CONNECTOR_GROUP
from mockserver.model.directory import GROUP, USER
from mockserver.model.on_premises_publishing import completed, on_premises_publishing
from mockserver.seed.blank import CONTOSO, DEFAULT_GROUP
from mockserver.seed.completion import filled
from mockserver.seed.ids import Ids
from mockserver.seed.problems import Place, key_of, shown, suggestion
from mockserver.seed.rows import Row, Rows

_GUESSES = 100
"""How many wrong references are answered with a suggestion; each costs a comparison with every name."""


@dataclass(frozen=True)
class Section:
    """A section whose entities have ids that follow from their names."""

    name: str
    type: str
    key: str
    """The property that is the name."""
    noun: str
    fold: Callable[[str], str] = str
    """What makes two spellings one name."""


CONNECTOR_GROUPS = Section("connectorGroups", CONNECTOR_GROUP, "name", "connector group")
CONNECTORS = Section("connectors", CONNECTOR, "machineName", "connector", str.lower)
APPLICATIONS = Section("applications", APPLICATION, "displayName", "application")
GROUPS = Section("groups", GROUP, "displayName", "group")
USERS = Section("users", USER, "userPrincipalName", "user", str.lower)
SECTIONS = (CONNECTOR_GROUPS, CONNECTORS, APPLICATIONS, GROUPS, USERS)


class References:
    """Names of entities, as other entities write them. An id will do too, and has to where a name is not unique."""

    def __init__(self, noun: str, named: Iterable[tuple[Any, str]]) -> None:
        self._noun = noun
        self._by_name: dict[Any, str | None] = {}
        self._ids: set[str] = set()
        for name, key in named:
            self._by_name[name] = None if name in self._by_name else key
            self._ids.add(key)
        self._guesses = _GUESSES

    def find(self, reference: str) -> str:
        """The id of what is meant. Raises LookupError, saying why, where that is not clear."""
        if reference.lower() in self._ids:
            return reference.lower()
        found = self._by_name.get(reference)
        if found is not None:
            return found
        if reference in self._by_name:
            raise LookupError(f"there is more than one {self._noun} {shown(reference)}; write the id of the one meant")
        raise LookupError(f"there is no {self._noun} {shown(reference)}{self._guess(reference)}")

    def written(self, name: str, key: str) -> str:
        """How to refer to the entity of that name and id: by its name where that leads back to it."""
        return name if self._by_name.get(name) == key and name.lower() not in self._ids else key

    def _guess(self, reference: str) -> str:
        self._guesses -= 1
        return suggestion(reference, filter(None, self._by_name)) if self._guesses >= 0 else ""


class Draft:
    """The rows of a document, completed by what follows from them. Rows that had problems are there in part."""

    def __init__(self, rows: Rows) -> None:
        self.rows = {**rows, "connectorGroups": _with_default(rows["connectorGroups"])}
        rules: Row = rows["rules"][0] if rows["rules"] else {}
        self.policy: Row = {name: value for name, value in rules.items() if name != "newConnectors"}
        said: Row = rows["tenant"][0] if rows["tenant"] else {}
        self._ids = Ids(said.get("defaultDomain", CONTOSO["defaultDomain"]))
        derived = {**CONTOSO, "id": self._ids.tenant} if rows["tenant"] else CONTOSO
        self.about: Row = {**derived, **said, "id": said.get("id", derived["id"]).lower()}
        self.ids: Mapping[str, list[str]] = {each.name: self._ids_of(each) for each in SECTIONS}
        self.groups = self._references(CONNECTOR_GROUPS)
        self.users = self._references(USERS)
        self.principals = self._references(GROUPS, USERS)

    @property
    def adds_default(self) -> bool:
        """Whether the document has no default group, so that the blank tenant's was put before its first group."""
        return DEFAULT_GROUP is self.rows["connectorGroups"][0]

    def place(self, section: str, at: int) -> Place:
        """Where in the document the row at that position is."""
        return section, at - (section == "connectorGroups" and self.adds_default)

    def called(self, section: str, at: int) -> str:
        """How a message speaks of that row, which may be one that the document does not have."""
        added = section == "connectorGroups" and self.adds_default and at == 0
        return "the default group" if added else key_of(self.place(section, at))

    @cached_property
    def default_at(self) -> int:
        """The position of the group that is the default one, or is named so and a rule will ask for the rest."""
        groups = self.rows["connectorGroups"]
        said = (at for at, row in enumerate(groups) if row.get("isDefault"))
        named = (at for at, row in enumerate(groups) if row.get("name") == DEFAULT_GROUP["name"])
        return next(chain(said, named))

    @property
    def default_group(self) -> str:
        """The id of that group."""
        return self.ids["connectorGroups"][self.default_at]

    @cached_property
    def publishings(self) -> list[Row | None]:
        """How each application is published, completed as through the API; None for one that is not."""
        return [self._publishing(at, row) for at, row in enumerate(self.rows["applications"])]

    @cached_property
    def app_ids(self) -> list[str]:
        """The appId of each application."""
        rows = zip(self.ids["applications"], self.rows["applications"], strict=True)
        return [row["appId"].lower() if row.get("appId") else app_id_of(key) for key, row in rows]

    def derived(self, kind: str, name: str) -> str:
        """The id in this tenant of what is called so."""
        return self._ids.of(kind, name)

    def _ids_of(self, section: Section) -> list[str]:
        of, kind, fold = self._ids.of, section.type, section.fold
        return [
            row["id"].lower() if "id" in row else of(kind, fold(row[section.key]) if section.key in row else f"#{at}")
            for at, row in enumerate(self.rows[section.name])
        ]

    def _references(self, *sections: Section) -> References:
        named = (
            (row.get(each.key), key)
            for each in sections
            for row, key in zip(self.rows[each.name], self.ids[each.name], strict=True)
        )
        return References(" or ".join(each.noun for each in sections), named)

    def _publishing(self, at: int, row: Row) -> Row | None:
        said = row.get("onPremisesPublishing")
        if said is None:
            return None
        return Record(completed(filled(on_premises_publishing, said), said, self.app_ids[at]))


def _with_default(groups: list[Row]) -> list[Row]:
    there = any(row.get("isDefault") or row.get("name") == DEFAULT_GROUP["name"] for row in groups)
    return groups if there else [DEFAULT_GROUP, *groups]
