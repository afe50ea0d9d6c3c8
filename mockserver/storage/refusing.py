"""Why a state file is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StateFileError(ValueError):
    """The file cannot be used; its text is a sentence for the user. The file is as it was."""


class Damaged(Exception):
    """What is in the file is not what was written to it, or means nothing; the text says what, for a sentence."""


@contextmanager
def making_sense() -> Iterator[None]:
    """Rows that cannot be made into values are not what was written."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as problem:
        raise Damaged(f"what is in it makes no sense: {type(problem).__name__}: {problem}") from None


_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CLOSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Whatever goes wrong with the file, as StateFileError."""
    try:
        yield
    except Damaged as problem:
        raise StateFileError(f"{path} is damaged ({problem}) and is left as it is.") from None
    except sqlite3.Error as problem:
        raise StateFileError(_sentence(path, problem)) from None
    except OSError as problem:
        raise StateFileError(f"Cannot use {path} as a state file: {problem.strerror}.") from None


def _sentence(path: Path, problem: sqlite3.Error) -> str:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code in _LOCKED:
        return f"{path} is in use by another process."
    if code == sqlite3.SQLITE_NOTADB:
        return f"{path} is no state file of mockserver: it is no SQLite database."
    if code in _CLOSED:
        return f"Cannot use {path} as a state file: {problem}."
    return f"{path} is damaged ({problem}) and is left as it is."
