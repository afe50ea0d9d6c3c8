"""Sandboxes that are kept in a file, and what there is of them after a restart."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tenants import NOW, contents, tenant

from mockserver.core.tenant import Tenant
from mockserver.sandbox import Clock, Journal, Sandbox, State, scheduled
from mockserver.storage import Storage, opened
from mockserver.world import DEFAULT, World


class Kept:
    """A world in a state file that can be left and come back to."""

    def __init__(self, path: Path, at: Tenant | None = None, *, seed: int = 0) -> None:
        self.path = path
        state = State(tenant() if at is None else at, Clock(frozen=NOW), seed=seed)
        self._open(lambda: scheduled(state))

    @property
    def sandbox(self) -> Sandbox:
        return self.world.sandbox(DEFAULT)

    def restart(self) -> None:
        """Stop as one that is told to, and start again."""
        self.world.close()
        self._open(not_again)

    def close(self) -> None:
        self.world.close()

    def killed(self, folder: Path) -> Path:
        """The files as a process leaves them that is killed now, in that folder."""
        folder.mkdir(exist_ok=True)
        for each in self.files():
            shutil.copy(each, folder)
        return folder / self.path.name

    def files(self) -> list[Path]:
        return sorted(self.path.parent.glob(f"{self.path.name}*"))

    def _open(self, first: Callable[[], State]) -> None:
        self.storage: Storage = opened(self.path, DEFAULT, first, tenant="made", journal=Journal())
        self.world = World(self.storage.held()[DEFAULT][0].first, store=self.storage)


def not_again() -> State:
    raise AssertionError("what is in the file is not made again")


def told(state: State) -> dict[str, Any]:
    """Everything that should be kept of a state, with every order that a client can see."""
    at = state.tenant
    pointing = {(link, to): list(ids) for link, rows in at.pointing.items() for to, ids in rows.items() if ids}
    return {
        "entities": contents(at),
        "pointing": pointing,
        "tenant": (at.about, at.policy, str(at.behaviour)),
        "time": (state.clock, state.due, state.seed, state.drawn),
        "trouble": (state.lag.every, state.throttle.limit, state.faults, dict(state.stumbled)),
    }


def told_of(world: World) -> dict[str, Any]:
    """The same of all sandboxes: what they are, what they began as, and what has a name in them."""
    return {
        each.name: {
            "present": told(each.state),
            "first": told(each._first),
            **{f"saved {name}": told(state) for name, state in each.snapshots.items()},
        }
        for each in world
    }


def in_order(world: World) -> list[tuple[str, list[str]]]:
    """The names of sandboxes and snapshots in their order."""
    return [(each.name, list(each.snapshots)) for each in world]
