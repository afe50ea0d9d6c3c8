"""Tenants as layers: rows that say what is different from the layer below, down to one that has everything.

A layer that one state alone stands on is written in place. One that others stand on too gets a new layer on top, so a
fork or a snapshot costs the same whatever the tenant's size, as it does in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from mockserver.core.entity import Entity
from mockserver.core.table import Table
from mockserver.core.tenant import Link, Tenant
from mockserver.storage.bodies import written
from mockserver.storage.schema import GONE, KEPT, LAST

_NO_ROWS: Table[Any] = Table()

_PUT = """INSERT INTO entity (layer, type, id, place, body, crc) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (layer, type, id) DO UPDATE SET body = excluded.body, crc = excluded.crc"""
_DROP = "DELETE FROM entity WHERE layer = ? AND type = ? AND id = ?"
_POINT = "INSERT INTO pointing (layer, type, link, target, id) VALUES (?, ?, ?, ?, ?)"
_LOOK_AWAY = "DELETE FROM pointing WHERE layer = ? AND type = ? AND link = ? AND target = ? AND id = ?"
_STOOD_ON = "SELECT EXISTS (SELECT 1 FROM state WHERE layer = ?)"
_COVERED = "SELECT EXISTS (SELECT 1 FROM layer WHERE below = ?)"


class Contents:
    """Which layer has which content: that of every layer that a state stands on.

    It is known by identity, as a tenant that is forked, saved or gone back to has the very same. Of layers that say
    nothing several may have the same; then it is that of one of them.
    """

    def __init__(self) -> None:
        self._tenants: dict[int, Tenant] = {}
        self._layers: dict[tuple[int, int], int] = {}

    def layer_of(self, tenant: Tenant) -> int | None:
        # An id is that of nothing else as long as the tenant is in here.
        return self._layers.get(_identity(tenant))

    def put(self, layer: int, tenant: Tenant) -> None:
        self.drop(layer)
        self._tenants[layer] = tenant
        self._layers[_identity(tenant)] = layer

    def drop(self, layer: int) -> None:
        known = self._tenants.pop(layer, None)
        if known is not None and self.layer_of(known) == layer:
            del self._layers[_identity(known)]


def _identity(tenant: Tenant) -> tuple[int, int]:
    """Of its content: its entities, and the order in which they came to point to each other."""
    return id(tenant.entities), id(tenant.pointing)


def is_same(one: Tenant, other: Tenant) -> bool:
    """Whether both have the very same content."""
    return _identity(one) == _identity(other)


def laid(connection: sqlite3.Connection, tenant: Tenant) -> int:
    """A new layer that has all of the tenant."""
    layer = _new(connection, None)
    connection.executemany(
        _PUT, (_row(layer, LAST, each) for rows in tenant.entities.values() for each in rows.values())
    )
    connection.executemany(_POINT, _out_of_order(layer, tenant))
    return layer


def changed(connection: sqlite3.Connection, layer: int, state: int, before: Tenant, after: Tenant) -> int:
    """The layer that has the tenant `after`, made of the one that has `before` and that `state` stands on."""
    if _is_shared(connection, layer, state):
        layer = _new(connection, layer)
    (below,) = connection.execute("SELECT below FROM layer WHERE id = ?", (layer,)).fetchone()
    for name in {**before.entities, **after.entities}:
        _write_rows(connection, layer, below is not None, name, before.all(name), after.all(name))
    for link, targets in after.pointing.items():
        _write_order(connection, layer, link, before.pointing.get(link, _NO_ROWS), targets)
    return layer


def released(connection: sqlite3.Connection, layer: int) -> bool:
    """Let go of a layer that a state stood on; whether no other one stands on it. What nobody needs any more goes."""
    if _is(connection, _STOOD_ON, layer):
        return False
    left: int | None = layer
    while left is not None and not _is(connection, _STOOD_ON, left) and not _is(connection, _COVERED, left):
        below = connection.execute("SELECT below FROM layer WHERE id = ?", (left,)).fetchone()
        connection.execute("DELETE FROM layer WHERE id = ?", (left,))
        left = below and below[0]
    return True


def merged(connection: sqlite3.Connection) -> dict[int, int]:
    """Merge layers with what they lie on where nobody else needs that; which layer each has become part of."""
    found = connection.execute(
        """SELECT top.id, top.below FROM layer AS top WHERE top.below NOT NULL
            AND NOT EXISTS (SELECT 1 FROM state WHERE layer = top.below)
            AND NOT EXISTS (SELECT 1 FROM layer AS other WHERE other.below = top.below AND other.id <> top.id)
            ORDER BY top.id"""
    ).fetchall()
    became: dict[int, int] = {}
    for top, below in found:
        # From the bottom up, so what it lies on may have become part of something already.
        became[top] = became.get(below, below)
        _merge(connection, became[top], top)
    return became


def _merge(connection: sqlite3.Connection, into: int, layer: int) -> None:
    words = {"into": into, "layer": layer}
    for statement in _MERGING:
        connection.execute(statement, words)


_TWIN = """SELECT 1 FROM entity AS top
    WHERE top.layer = :layer AND top.type = entity.type AND top.id = entity.id AND top.place"""
_SAME_ENTITY = "top.layer = :layer AND top.type = entity.type AND top.id = entity.id"
_MERGING = (
    f"DELETE FROM entity WHERE layer = :into AND EXISTS ({_TWIN} <> '{KEPT}')",
    f"""UPDATE entity SET
        body = (SELECT body FROM entity AS top WHERE {_SAME_ENTITY}),
        crc = (SELECT crc FROM entity AS top WHERE {_SAME_ENTITY})
        WHERE layer = :into AND EXISTS ({_TWIN} = '{KEPT}')""",
    f"""DELETE FROM entity WHERE layer = :layer AND place = '{KEPT}'
        AND EXISTS (SELECT 1 FROM entity AS low
            WHERE low.layer = :into AND low.type = entity.type AND low.id = entity.id)""",
    "UPDATE entity SET layer = :into WHERE layer = :layer",
    f"""DELETE FROM entity WHERE layer = :into AND place = '{GONE}'
        AND (SELECT below FROM layer WHERE id = :into) IS NULL""",
    """DELETE FROM pointing WHERE layer = :into AND EXISTS (SELECT 1 FROM pointing AS top
        WHERE top.layer = :layer AND top.type = pointing.type AND top.link = pointing.link
        AND top.target = pointing.target AND top.id = pointing.id)""",
    "UPDATE pointing SET layer = :into WHERE layer = :layer",
    "UPDATE layer SET below = :into WHERE below = :layer",
    "UPDATE state SET layer = :into WHERE layer = :layer",
    "DELETE FROM layer WHERE id = :layer",
)


def _new(connection: sqlite3.Connection, below: int | None) -> int:
    return int(connection.execute("INSERT INTO layer (below) VALUES (?)", (below,)).lastrowid or 0)


def _is(connection: sqlite3.Connection, question: str, layer: int) -> bool:
    return bool(connection.execute(question, (layer,)).fetchone()[0])


def _is_shared(connection: sqlite3.Connection, layer: int, state: int) -> bool:
    """Whether anything else stands or lies on it."""
    others = connection.execute("SELECT EXISTS (SELECT 1 FROM state WHERE layer = ? AND id <> ?)", (layer, state))
    return bool(others.fetchone()[0]) or _is(connection, _COVERED, layer)


def _row(layer: int, place: str, entity: Entity) -> tuple[Any, ...]:
    return layer, entity.type.name, entity["id"], place, *written(entity)


def _write_rows(
    connection: sqlite3.Connection, layer: int, lies: bool, name: str, before: Table[Entity], after: Table[Entity]
) -> None:
    """Where the layer lies on another, what is gone leaves a row that says so."""
    gone, kept, came = after.since(before)
    for key in (*gone, *came):
        connection.execute(_DROP, (layer, name, key))
    if lies:
        connection.executemany(_PUT, ((layer, name, key, GONE, *written(None)) for key in gone))
    connection.executemany(_PUT, (_row(layer, KEPT, each) for each in kept.values()))
    connection.executemany(_PUT, (_row(layer, LAST, each) for each in came.values()))


Targets = Table[Table[bool]]


def _write_order(connection: sqlite3.Connection, layer: int, link: Link, before: Targets, after: Targets) -> None:
    """Who has come to point to the same entity, in that order: their own order says nothing about it."""
    difference = after.since(before)
    for target, ids in (*difference.changed.items(), *difference.came.items()):
        gone, _, came = ids.since(before.get(target) or _NO_ROWS)
        connection.executemany(_LOOK_AWAY, ((layer, *link, target, key) for key in (*gone, *came)))
        connection.executemany(_POINT, ((layer, *link, target, key) for key in came))


def _out_of_order(layer: int, tenant: Tenant) -> Iterator[tuple[Any, ...]]:
    """Who points to the same entity, in that order, where it is not the order of the entities themselves."""
    for link, targets in tenant.pointing.items():
        ranks = {key: rank for rank, key in enumerate(tenant.all(link[0]))}
        for target, ids in targets.items():
            if not _are_in_order(ranks[key] for key in ids):
                yield from ((layer, *link, target, key) for key in ids)


def _are_in_order(ranks: Iterable[int]) -> bool:
    last = -1
    return all(last < (last := rank) for rank in ranks)
