"""The state file itself: made whole, looked through before it is used, locked, taken over from older versions.

What is acknowledged survives whatever ends the process, `kill -9` too: with `synchronous = NORMAL` every commit has
reached the system before it returns. It does not wait for the disk, which would cost each write some milliseconds, so
the last writes before a power cut or a crash of the system itself may be lost; the file stays sound then, too.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from mockserver.sandbox import Held, Journal, State
from mockserver.storage import schema
from mockserver.storage.layers import merged
from mockserver.storage.reading import KeptSandbox, check, renumbered, sandboxes
from mockserver.storage.refusing import Damaged, StateFileError, making_sense, refusing
from mockserver.storage.shelves import Storage
from mockserver.storage.wal import check_log


def opened(path: Path, name: str, first: Callable[[], State], *, tenant: str, journal: Journal) -> Storage:
    """The storage in that file, which is made where there is none, for the sandbox `name` that starts with `first`.

    `tenant` is what that one is seeded with, `journal` what every state starts with. Raises StateFileError.
    """
    with refusing(path):
        if not path.exists():
            _make(path, name, first(), tenant)
        found = _looked_through(path, journal)
        if name not in found.sandboxes:
            raise Damaged(f"it has no sandbox {name!r}")
        return _taken_over(path, found)


def read(path: Path) -> dict[str, Held]:
    """What is in the file of a mock that does not run, by the names of its sandboxes. Raises StateFileError."""
    with refusing(path):
        if not path.exists():
            raise StateFileError(f"There is no state file {path}.")
        return {name: each.held for name, each in _looked_through(path, Journal(0)).sandboxes.items()}


class _Found(NamedTuple):
    """What was in a file, which version of it, and how often it had been opened then."""

    version: int
    times: int
    tenant: str
    sandboxes: dict[str, KeptSandbox]


def _looked_through(path: Path, journal: Journal) -> _Found:
    """Everything in the file, read without writing to it or to its log."""
    with _reading(path) as connection:
        version = _version(path, connection)
        check_log(path)
        with _as_of_now(connection, version) as source, making_sense():
            check(source)
            meta = dict(source.execute("SELECT name, value FROM meta"))
            return _Found(version, int(meta["opened"]), meta["tenant"], sandboxes(source, journal))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise StateFileError(f"{path} is no file.")
    if path.stat().st_size == 0:
        raise StateFileError(f"{path} is empty, so it is no state file of mockserver; without it, a new one is made.")
    # Without a log nobody has it open, and SQLite would make one to read it.
    mode = "ro" if _beside(path, "-wal").exists() else "ro&immutable=1"
    index = _beside(path, "-shm")
    was_there = index.exists()
    with closing(_connection(path, mode)) as connection:
        # From the first look on, all that is read is read of one moment, and nobody else comes to use the file.
        connection.execute("BEGIN")
        connection.execute("PRAGMA schema_version").fetchone()
        try:
            yield connection
        finally:
            if not was_there:
                with suppress(OSError):
                    index.unlink(missing_ok=True)


def _version(path: Path, connection: sqlite3.Connection) -> int:
    (known,), (version,) = (
        connection.execute(f"PRAGMA {each}").fetchone() for each in ("application_id", "user_version")
    )
    if known != schema.APPLICATION_ID:
        raise StateFileError(f"{path} is no state file of mockserver, but a SQLite database of something else.")
    if version > schema.VERSION:
        raise StateFileError(
            f"{path} has version {version} of its format, which a newer mockserver wrote; this one knows up to"
            f" {schema.VERSION}."
        )
    if not schema.is_reachable(version):
        raise StateFileError(
            f"{path} has version {version} of its format, which this mockserver cannot read; it writes"
            f" {schema.VERSION}."
        )
    return int(version)


@contextmanager
def _as_of_now(connection: sqlite3.Connection, version: int) -> Iterator[sqlite3.Connection]:
    """The database in the present version: a copy in memory, where it is older."""
    if version == schema.VERSION:
        yield connection
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        connection.backup(copy)
        schema.migrate(copy, version)
        yield copy


def _taken_over(path: Path, found: _Found) -> Storage:
    """The file as it was found, for this process alone."""
    connection = _connection(path, "rw")
    try:
        # SQLite holds its lock until the connection is closed, and lets go of it even if the process is killed.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = NORMAL")
        # What is no commit yet is not in the log, so that a frame there is never written twice: see `storage.wal`.
        connection.execute("PRAGMA cache_spill = OFF")
        connection.execute("BEGIN IMMEDIATE")
        if found.version != schema.VERSION:
            schema.migrate(connection, found.version)
        counted = connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'opened' AND value = ?", (str(found.times + 1), str(found.times))
        )
        if not counted.rowcount:
            raise StateFileError(f"{path} is in use by another process.")
        layers = merged(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA foreign_keys = ON")
        return Storage(connection, found.tenant, renumbered(found.sandboxes, layers), is_new=not found.times)
    except BaseException:
        connection.close()
        raise


def _make(path: Path, name: str, first: State, tenant: str) -> None:
    """The file, all at once, so that nobody ever finds half of it. Where another process was faster, its file stays."""
    new = path.with_name(f"{path.name}.new-{secrets.token_hex(4)}")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(_connection(new, "rw")) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN")
            schema.create(connection, tenant)
            connection.execute("COMMIT")
            Storage(connection, tenant, {}).shelf(name, first)
            connection.execute("PRAGMA journal_mode = WAL")
        with suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}{ending}")


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
