"""Users and groups, and who can be assigned to an application."""

from __future__ import annotations

from collections.abc import Iterator

from mockserver.core.entity import Entity
from mockserver.model.directory import GROUP, USER
from mockserver.seed.completion import made
from mockserver.seed.draft import Draft
from mockserver.seed.format.rows import Row
from mockserver.seed.format.sections import GROUPS, USERS

Principal = tuple[str, str, str | None]
"""Who is assigned: type, id and name."""


def users(draft: Draft) -> Iterator[Entity]:
    return (made(draft.empty.model.type(USER), key, _named(row)) for key, row in draft.of(USERS))


def groups(draft: Draft) -> Iterator[Entity]:
    """A group of which no members are said has never had any."""
    for key, row in draft.of(GROUPS):
        links = {"members": tuple(map(draft.users.find, row["members"]))} if "members" in row else {}
        yield made(draft.empty.model.type(GROUP), key, {**row, **links})


def principals(draft: Draft) -> dict[str, Principal]:
    """All of them, by id."""
    named = {key: (USER, key, _named(row)["displayName"]) for key, row in draft.of(USERS)}
    return named | {key: (GROUP, key, row["displayName"]) for key, row in draft.of(GROUPS)}


def _named(row: Row) -> Row:
    """A person is called by the account unless by a name."""
    account = row["userPrincipalName"]
    return {"displayName": account and account.partition("@")[0], **row}
