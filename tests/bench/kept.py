"""What keeping sandboxes in a file costs, as the tenant grows: `python tests/bench/kept.py`."""

from __future__ import annotations

from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sandboxes import NOW, milliseconds, tenant

from mockserver.core.commands import Link
from mockserver.sandbox import MEMORY, Clock, Journal, State, Store
from mockserver.storage import Storage, opened
from mockserver.world import DEFAULT, World


def figures(first: State, store: Store) -> str:
    """What a move of a connector costs, and a fork that is dropped again."""
    world, names = World(first, store=store), map("f{}".format, count())
    at = world.sandbox(DEFAULT)
    connector = next(iter(at.tenant.all("connector")))
    groups = cycle(at.tenant.all("connectorGroup"))

    def move() -> None:
        at.dispatch(Link("connector", connector, "", "memberOf", next(groups)))

    def fork_and_drop() -> None:
        world.drop(world.fork(next(names), at.state).name)

    return f"a move {milliseconds(move):.3f} ms, fork and drop {milliseconds(fork_and_drop):.3f} ms"


def storage_at(path: Path, state: State) -> Storage:
    return opened(path, DEFAULT, lambda: state, tenant="made", journal=Journal())


def main() -> None:
    for size in (100, 10_000, 100_000):
        state = State(tenant(size), Clock(frozen=NOW))
        print(f"{size:7,} connectors, in memory: {figures(state, MEMORY)}")
        with TemporaryDirectory() as folder:
            path = Path(folder) / "state.db"
            storage = storage_at(path, state)
            print(f"{'':19}in a file: {figures(storage.held()[DEFAULT][0].first, storage)}")
            storage.close()
            began = perf_counter()
            storage_at(path, state).close()
            print(f"{'':19}opened again in {perf_counter() - began:.2f} s, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
