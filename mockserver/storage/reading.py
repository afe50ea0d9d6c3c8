"""Everything a state file holds, as values again; or a refusal, and then nothing of it is used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mockserver.core.behaviour import Behaviour
from mockserver.core.entity import Entity
from mockserver.core.table import Table
from mockserver.core.tenant import Link, Tenant
from mockserver.model import MODEL
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Held, Journal, State
from mockserver.seed.collector import resting
from mockserver.storage.bodies import Bodies, parsed
from mockserver.storage.parts import PARTS, state_of
from mockserver.storage.refusing import Damaged
from mockserver.storage.schema import FIRST, GONE, KEPT, LAST, PRESENT, SAVED, STATEMENTS, tables

Row = tuple[str, str, str, Entity | None]
"""Of a layer: the place, and what stands there: type, id and, unless it is gone, the entity."""

Order = dict[tuple[Link, str], dict[str, bool]]
"""For each link and each id pointed to: the ids that have come to point to it, in that order."""


@dataclass
class Layer:
    """What a layer says itself."""

    below: int | None
    rows: list[Row] = field(default_factory=list)
    order: Order = field(default_factory=dict)


@dataclass(frozen=True)
class KeptState:
    """A state, its row, and the layer it stands on."""

    row: int
    layer: int
    state: State


@dataclass
class KeptSandbox:
    """A sandbox, its row, and its states."""

    row: int
    first: KeptState | None = None
    present: KeptState | None = None
    saved: dict[str, KeptState] = field(default_factory=dict)

    @property
    def states(self) -> list[KeptState]:
        return [each for each in (self.first, self.present, *self.saved.values()) if each is not None]

    @property
    def held(self) -> Held:
        assert self.first is not None
        assert self.present is not None
        return Held(self.first.state, self.present.state, {name: each.state for name, each in self.saved.items()})


def renumbered(kept: Mapping[str, KeptSandbox], layers: Mapping[int, int]) -> dict[str, KeptSandbox]:
    """The same where some layers have become part of others."""

    def moved(state: KeptState) -> KeptState:
        return replace(state, layer=layers.get(state.layer, state.layer))

    return {
        name: KeptSandbox(
            each.row,
            each.first and moved(each.first),
            each.present and moved(each.present),
            {key: moved(state) for key, state in each.saved.items()},
        )
        for name, each in kept.items()
    }


def sandboxes(connection: sqlite3.Connection, journal: Journal) -> dict[str, KeptSandbox]:
    """All of them, by name, the oldest first; each state has that journal. Raises Damaged and sqlite3.Error."""
    with resting():
        found = {
            row: (name, KeptSandbox(row))
            for row, name in connection.execute("SELECT id, name FROM sandbox ORDER BY id").fetchall()
        }
        for owner, role, name, state in _states(connection, journal):
            _hold(found[owner][1], role, name, state)
    for name, each in found.values():
        if each.first is None or each.present is None:
            raise Damaged(f"the sandbox {name!r} has no state")
    return dict(found.values())


def check(connection: sqlite3.Connection) -> None:
    """Raises Damaged where the database is not sound in itself, whatever it says."""
    for (problem,) in connection.execute("PRAGMA integrity_check(1)"):
        if problem != "ok":
            raise Damaged(" ".join(problem.split()))
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Damaged("a row belongs to one that is not there")
    if tables(connection) != sorted(STATEMENTS):
        raise Damaged("its tables are others")


def _hold(sandbox: KeptSandbox, role: str, name: str, state: KeptState) -> None:
    if role == FIRST:
        sandbox.first = state
    elif role == PRESENT:
        sandbox.present = state
    elif role == SAVED:
        sandbox.saved[name] = state
    else:
        raise Damaged(f"there is no role {role!r} for a state")


def _states(connection: sqlite3.Connection, journal: Journal) -> Iterator[tuple[int, str, str, KeptState]]:
    tenants = _tenants(_layers(connection))
    documents = _documents(connection)
    rows = connection.execute("SELECT id, sandbox, role, name, layer FROM state ORDER BY id").fetchall()
    for row, sandbox, role, name, layer in rows:
        yield sandbox, role, name, KeptState(row, layer, state_of(documents.get(row, {}), tenants[layer], journal))


def _documents(connection: sqlite3.Connection) -> Mapping[int, Mapping[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for state, name, body, crc in connection.execute("SELECT state, name, CAST(body AS BLOB), crc FROM part"):
        if name not in PARTS:
            raise Damaged(f"a state has no part {name!r}")
        found.setdefault(state, {})[name] = parsed(body, crc)
    return found


def _layers(connection: sqlite3.Connection) -> Mapping[int, Layer]:
    found = {row: Layer(below) for row, below in connection.execute("SELECT id, below FROM layer ORDER BY id")}
    bodies = Bodies(MODEL)
    for layer, kind, key, place, body, crc in connection.execute(
        "SELECT layer, type, id, place, CAST(body AS BLOB), crc FROM entity ORDER BY seq"
    ):
        if place not in (KEPT, LAST, GONE):
            raise Damaged(f"there is no place {place!r} for an entity")
        entity = None if place == GONE else bodies.entity(kind, key, body, crc)
        found[layer].rows.append((place, kind, key, entity))
    for layer, kind, link, target, key in connection.execute(
        "SELECT layer, type, link, target, id FROM pointing ORDER BY seq"
    ):
        found[layer].order.setdefault(((kind, link), target), {})[key] = True
    return found


def _tenants(layers: Mapping[int, Layer]) -> Mapping[int, Tenant]:
    """What each layer comes to, with entities and links only; shared among them as far as it is the same."""
    made: dict[int, Tenant] = {}
    for row, layer in layers.items():
        if layer.below is None:
            entities = [entity for *_, entity in layer.rows if entity is not None]
            tenant = Tenant.of(MODEL, entities, behaviour=Behaviour(QUIRKS, "observed"), about={}, policy={})
        elif layer.below in made:
            tenant = _upon(made[layer.below], layer.rows)
        else:
            raise Damaged("a layer lies on one above it")
        made[row] = _ordered(tenant, layer.order)
    return made


def _upon(tenant: Tenant, rows: list[Row]) -> Tenant:
    for place, kind, key, entity in rows:
        before = tenant.get(kind, key)
        if place == KEPT and before is None:
            raise Damaged(f"{kind} {key!r} has no place")
        if place != KEPT and before is not None:
            tenant = tenant.drop(before)
        if entity is not None:
            tenant = tenant.put(entity)
    return tenant


def _ordered(tenant: Tenant, order: Order) -> Tenant:
    """The tenant whose index is in the order in which links came to lead where they do."""
    if not order:
        return tenant
    pointing = dict(tenant.pointing)
    for (link, target), last in order.items():
        ids = pointing[link].get(target) if link in pointing else None
        if ids:
            there = [key for key in ids if key not in last] + [key for key in last if key in ids]
            pointing[link] = pointing[link].put(target, Table(dict.fromkeys(there, True)))
    return Tenant(tenant.model, tenant.behaviour, tenant.about, tenant.policy, tenant.entities, pointing)
