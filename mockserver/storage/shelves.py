"""Writes to a state file: one transaction for each change of a sandbox, as large as the change.

A transaction is in the file when the sandbox is told that it is done. What that outlives: see `storage.file`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from mockserver.core.errors import StateNotKept
from mockserver.sandbox import Held, Shelf, State
from mockserver.storage.bodies import written
from mockserver.storage.layers import Contents, changed, is_same, laid, released
from mockserver.storage.parts import PARTS, Part
from mockserver.storage.reading import KeptSandbox, KeptState
from mockserver.storage.schema import FIRST, PRESENT, SAVED

_PUT_PART = "INSERT INTO part (state, name, body, crc) VALUES (?, ?, ?, ?)"
_CHANGE_PART = "UPDATE part SET body = ?, crc = ? WHERE state = ? AND name = ?"


class Storage:
    """All sandboxes of a state file that is open. Any thread may use it.

    `tenant` is the name of the tenant that the file was seeded with; it `is_new` where nobody has opened it before.
    """

    def __init__(
        self, connection: sqlite3.Connection, tenant: str, kept: Mapping[str, KeptSandbox], *, is_new: bool = True
    ) -> None:
        self.tenant, self.is_new = tenant, is_new
        self.contents = Contents()
        self._connection = connection
        self.lock = threading.Lock()
        self._held = {name: (each.held, self._shelf(each)) for name, each in kept.items()}

    def held(self) -> Mapping[str, tuple[Held, Shelf]]:
        return self._held

    def shelf(self, name: str, first: State) -> Shelf:
        """A shelf for a new sandbox of that name. Raises StateNotKept."""
        with self.lock:
            with self.transaction() as connection:
                sandbox = int(connection.execute("INSERT INTO sandbox (name) VALUES (?)", (name,)).lastrowid or 0)
                known = self.contents.layer_of(first.tenant)
                layer = laid(connection, first.tenant) if known is None else known
                made = {role: _new_state(connection, sandbox, role, "", layer, first) for role in (FIRST, PRESENT)}
            return self._shelf(KeptSandbox(sandbox, made[FIRST], made[PRESENT]))

    def close(self) -> None:
        """The file is whole by itself again. What is written after this raises StateNotKept."""
        with self.lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """What is written within is in the file after it, all or, where something is raised, nothing.

        Only for whoever has the lock, and until `contents` are right again: they are those of the file. Raises
        StateNotKept.
        """
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as problem:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            if isinstance(problem, sqlite3.Error):
                raise StateNotKept(reason=str(problem)) from None
            raise

    def _shelf(self, kept: KeptSandbox) -> _Shelf:
        for each in kept.states:
            self.contents.put(each.layer, each.state.tenant)
        return _Shelf(self, kept)


class _Shelf:
    """Where one sandbox is kept; the sandbox's own lock keeps others out."""

    def __init__(self, storage: Storage, kept: KeptSandbox) -> None:
        assert kept.present is not None
        self._storage = storage
        self._sandbox = kept.row
        self._present = kept.present
        self._saved = dict(kept.saved)
        self._is_there = True

    def put(self, state: State) -> None:
        before = self._present
        parts = {name: part for name, part in PARTS.items() if part.of(before.state) != part.of(state)}
        if self._is_there and (parts or not is_same(before.state.tenant, state.tenant)):
            self._present = self._put(before, state, parts)

    def save(self, name: str, state: State) -> None:
        if not self._is_there:
            return
        old = self._saved.get(name)
        with self._storage.lock:
            with self._storage.transaction() as connection:
                emptied = old is not None and _drop_state(connection, old)
                made = _new_state(connection, self._sandbox, SAVED, name, self._present.layer, state)
            self._leave(old if emptied else None)
        self._saved[name] = made

    def forget(self, name: str) -> None:
        old = self._saved.get(name)
        if not self._is_there or old is None:
            return
        with self._storage.lock:
            with self._storage.transaction() as connection:
                emptied = _drop_state(connection, old)
            self._leave(old if emptied else None)
        del self._saved[name]

    def drop(self) -> None:
        if not self._is_there:
            return
        with self._storage.lock:
            with self._storage.transaction() as connection:
                stood_on = connection.execute("SELECT DISTINCT layer FROM state WHERE sandbox = ?", (self._sandbox,))
                layers = [layer for (layer,) in stood_on.fetchall()]
                connection.execute("DELETE FROM sandbox WHERE id = ?", (self._sandbox,))
                emptied = [layer for layer in layers if released(connection, layer)]
            for layer in emptied:
                self._storage.contents.drop(layer)
        self._is_there = False

    def _put(self, before: KeptState, state: State, parts: Mapping[str, Part]) -> KeptState:
        contents = self._storage.contents
        with self._storage.lock:
            with self._storage.transaction() as connection:
                layer = contents.layer_of(state.tenant)
                if layer is None:
                    layer = changed(connection, before.layer, before.row, before.state.tenant, state.tenant)
                for name, part in parts.items():
                    connection.execute(_CHANGE_PART, (*written(part.written(state)), before.row, name))
                emptied = layer != before.layer and _moved(connection, before, layer)
            self._leave(before if emptied else None)
            contents.put(layer, state.tenant)
        return KeptState(before.row, layer, state)

    def _leave(self, state: KeptState | None) -> None:
        """No state stands on that one's layer any more."""
        if state is not None:
            self._storage.contents.drop(state.layer)


def _new_state(
    connection: sqlite3.Connection, sandbox: int, role: str, name: str, layer: int, state: State
) -> KeptState:
    row = connection.execute(
        "INSERT INTO state (sandbox, role, name, layer) VALUES (?, ?, ?, ?)", (sandbox, role, name, layer)
    ).lastrowid
    assert row is not None
    connection.executemany(_PUT_PART, ((row, each, *written(part.written(state))) for each, part in PARTS.items()))
    return KeptState(row, layer, state)


def _moved(connection: sqlite3.Connection, state: KeptState, layer: int) -> bool:
    """Whether no other state stands on the layer that this one leaves."""
    connection.execute("UPDATE state SET layer = ? WHERE id = ?", (layer, state.row))
    return released(connection, state.layer)


def _drop_state(connection: sqlite3.Connection, state: KeptState) -> bool:
    """Whether no other state stands on its layer."""
    connection.execute("DELETE FROM state WHERE id = ?", (state.row,))
    return released(connection, state.layer)
