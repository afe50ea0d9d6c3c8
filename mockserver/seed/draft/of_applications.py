"""The applications of a document on its way to a tenant, completed by what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from mockserver.core.entity import Record
from mockserver.model.application import APPLICATION, app_id_of
from mockserver.model.directory import APP_ROLES, service_principal_of
from mockserver.model.on_premises_publishing import completed, on_premises_publishing
from mockserver.seed.completion import filled
from mockserver.seed.format.rows import Row
from mockserver.seed.format.sections import INSIDE
from mockserver.seed.ids import Ids
from mockserver.seed.problems import Place
from mockserver.seed.roles import Roles, assignment_id, role_among

_NOTHING: Row = {}


class Inner(NamedTuple):
    """A row inside of another one: an entity that is contained in that of the other."""

    type: str
    id: str
    container: str
    row: Row
    place: Place


class Grant(NamedTuple):
    """One entry of `assignedTo`; one that is no more than a name has no row."""

    to: str
    role: str | None
    row: Row | None
    position: int


class Applications:
    """Rows that had problems are there in part."""

    def __init__(self, rows: list[Row], keys: list[str], ids: Ids) -> None:
        self.rows, self.keys = rows, keys
        self._ids = ids

    @cached_property
    def app_ids(self) -> list[str]:
        """The appId of each."""
        rows = zip(self.keys, self.rows, strict=True)
        return [row["appId"].lower() if row.get("appId") else app_id_of(key) for key, row in rows]

    @cached_property
    def publishings(self) -> list[Row | None]:
        """How each is published, completed as through the API; None for one that is not."""
        said = (row.get("onPremisesPublishing") for row in self.rows)
        pairs = zip(said, self.app_ids, strict=True)
        return [None if values is None else _publishing(values, app_id) for values, app_id in pairs]

    @cached_property
    def principals(self) -> list[str | None]:
        """The id of the service principal of each; None for one that has none."""
        return [_principal(key, row) for key, row in zip(self.keys, self.rows, strict=True)]

    @cached_property
    def inner(self) -> list[Inner]:
        """What the rows contain, and what that contains."""
        rows = enumerate(zip(self.keys, self.rows, strict=True))
        return [each for at, (key, row) in rows for each in self._inside(APPLICATION, key, row, ("applications", at))]

    @cached_property
    def grants(self) -> list[list[Grant]]:
        """To whom each is assigned."""
        return [list(map(_grant, count(), row["assignedTo"])) if "assignedTo" in row else [] for row in self.rows]

    @cached_property
    def usual_roles(self) -> list[str]:
        """The role of each that is meant where none is said."""
        return [role_among(self._roles(at), None) for at in range(len(self.rows))]

    def role(self, at: int, reference: str | None) -> str:
        """The id of a role of that one. Raises LookupError."""
        return self.usual_roles[at] if reference is None else role_among(self._roles(at), reference)

    def grant_id(self, at: int, grant: Grant, resource: str, principal: str, role: str) -> str:
        """The id of that assignment."""
        said: str | None = grant.row.get("id") if grant.row else None
        return said.lower() if said else assignment_id(self._ids, resource, principal, role, self.usual_roles[at])

    def _roles(self, at: int) -> Roles:
        row = self.rows[at]
        roles: Roles = (row.get("servicePrincipal") or _NOTHING).get("appRoles", row.get("appRoles", APP_ROLES))
        return roles

    def _inside(self, kind: str, container: str, row: Row, place: Place) -> Iterator[Inner]:
        for name, of in INSIDE.get(kind, {}).items():
            for at, each in enumerate(row.get(name, ())):
                key = each["id"].lower() if "id" in each else self._ids.of(of, f"{container}#{at}")
                yield Inner(of, key, container, each, (*place, name, at))
                yield from self._inside(of, key, each, (*place, name, at))


def _grant(position: int, said: Any) -> Grant:
    if isinstance(said, str):
        return Grant(said, None, None, position)
    return Grant(said["to"], said.get("role"), said, position)


def _publishing(said: Row, app_id: str) -> Row:
    """What is said to be null is said: it does not have to follow from anything."""
    return Record(completed(filled(on_premises_publishing, said), dict.fromkeys(said, True), app_id))


def _principal(key: str, row: Row) -> str | None:
    said = row.get("servicePrincipal", _NOTHING)
    if said is None:
        return None
    return said["id"].lower() if "id" in said else service_principal_of(key)
