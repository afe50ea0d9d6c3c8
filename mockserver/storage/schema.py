"""The tables of a state file, their version, and the steps from one version to the next.

A new property of the model, or another field of `State`, is a new version: its step gives it to what was kept before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

APPLICATION_ID = 0x4D6F636B
"""`Mock`, by which SQLite files of this project are known."""

VERSION = 1

STATEMENTS = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sandbox (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE layer (id INTEGER PRIMARY KEY, below INTEGER REFERENCES layer (id))",
    "CREATE INDEX layer_below ON layer (below)",
    """CREATE TABLE entity (
        seq INTEGER PRIMARY KEY,
        layer INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        place TEXT NOT NULL,
        body TEXT NOT NULL,
        crc INTEGER NOT NULL,
        UNIQUE (layer, type, id)
    )""",
    """CREATE TABLE pointing (
        seq INTEGER PRIMARY KEY,
        layer INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        link TEXT NOT NULL,
        target TEXT NOT NULL,
        id TEXT NOT NULL,
        UNIQUE (layer, type, link, target, id)
    )""",
    """CREATE TABLE state (
        id INTEGER PRIMARY KEY,
        sandbox INTEGER NOT NULL REFERENCES sandbox (id) ON DELETE CASCADE,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        layer INTEGER NOT NULL REFERENCES layer (id),
        UNIQUE (sandbox, role, name)
    )""",
    "CREATE INDEX state_layer ON state (layer)",
    """CREATE TABLE part (
        state INTEGER NOT NULL REFERENCES state (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        body TEXT NOT NULL,
        crc INTEGER NOT NULL,
        PRIMARY KEY (state, name)
    ) WITHOUT ROWID""",
)
"""`seq` is the order in which rows came; `crc` is that of the body."""

FIRST, PRESENT, SAVED = "first", "present", "saved"
"""The roles of a state: what a sandbox was made with, what it is, and what has a name in it."""

KEPT, LAST, GONE = "kept", "last", "gone"
"""The place of an entity in a layer: where it was in the layer below, after all others, or nowhere any more."""

Step = Callable[[sqlite3.Connection], None]

MIGRATIONS: Mapping[int, Step] = {}
"""The step from each older version to the next; it runs in a transaction that is there already."""


def create(connection: sqlite3.Connection, seeded: str) -> None:
    """The tables, empty, in a new database; `seeded` is the name of the tenant that will be in it."""
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("opened", "0"), ("tenant", seeded)])
    mark(connection, VERSION)


def mark(connection: sqlite3.Connection, version: int) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Take the tables of that version to the present one."""
    for each in range(version, VERSION):
        MIGRATIONS[each](connection)
    mark(connection, VERSION)


def is_reachable(version: int) -> bool:
    """Whether there is a step for each version between."""
    return all(each in MIGRATIONS for each in range(version, VERSION))


def tables(connection: sqlite3.Connection) -> list[str]:
    """The statements that made them, sorted; a step that changes a table makes it anew, so that they are the same."""
    return sorted(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL"))
