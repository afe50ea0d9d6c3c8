"""What forks, many sandboxes and ten days cost, as the tenant grows: `python tests/bench/sandboxes.py`."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from in_process import document

from mockserver.core.behaviour import Behaviour
from mockserver.core.commands import Link
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import QUIRKS
from mockserver.model.lifecycle import stop
from mockserver.sandbox import Clock, Sandbox, State
from mockserver.seed.document import from_document
from mockserver.world import World

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


def tenant(connectors: int) -> Tenant:
    return from_document(document(connectors), behaviour=Behaviour(QUIRKS, "observed"), now=NOW)


def milliseconds(act: Callable[[], object], times: int = 200) -> float:
    """The median, in milliseconds."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1e3


def forks(tenants: dict[int, Tenant]) -> None:
    for size, each in tenants.items():
        world = World(State(each, Clock(frozen=NOW)))
        start = world.sandbox("default")

        def forked(world: World = world, start: Sandbox = start) -> None:
            world.fork("fork", start.state)
            world.drop("fork")

        def saved(start: Sandbox = start) -> None:
            start.save("snapshot")
            start.restore("snapshot")

        print(f"{size:7,} connectors: fork and drop {milliseconds(forked):.4f} ms, save and restore "
              f"{milliseconds(saved):.4f} ms, reset {milliseconds(start.reset):.4f} ms")  # fmt: skip


def moved(sandbox: Sandbox, number: int) -> None:
    """One of its connectors is in another group."""
    at = sandbox.tenant
    keys, groups = list(at.all("connector")), list(at.all("connectorGroup"))
    sandbox.dispatch(Link("connector", keys[number % len(keys)], "", "memberOf", groups[number % len(groups)]))


def alive(at: Tenant, count: int = 1_000) -> None:
    """Memory of so many forks that differ by nothing, then by one move each; beside it what the tenant itself takes."""
    size = len(at.all("connector"))
    gc.collect()
    tracemalloc.start()
    another = tenant(size)
    own = tracemalloc.get_traced_memory()[0]
    del another
    gc.collect()
    world = World(State(at, Clock(frozen=NOW)))
    before = tracemalloc.get_traced_memory()[0]
    for number in range(count):
        world.fork(f"s{number}", world.first)
    same = tracemalloc.get_traced_memory()[0]
    for number in range(count):
        moved(world.sandbox(f"s{number}"), number)
    changed = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    same, changed = ((each / count / 1024) for each in (same - before, changed - same))
    print(
        f"{size:7,} connectors, {own / 2**20:.1f} MB: each of {count:,} forks {same:.1f} kB, one move {changed:.1f} kB"
    )


def ten_days(at: Tenant, silent: int) -> None:
    """So many connectors stop; ten days later they are removed, in one advance."""
    sandbox = Sandbox("bench", State(at, Clock(frozen=NOW)))
    for key in list(at.all("connector"))[:silent]:
        sandbox.dispatch(stop(key))
    begin = time.perf_counter()
    events = sandbox.set_clock(lambda clock: clock.advanced(timedelta(days=10)))
    taken = time.perf_counter() - begin
    kinds = {kind: sum(each["type"] == kind for each in events) for kind in ("connectorInactive", "connectorRemoved")}
    print(f"{len(at.all('connector')):7,} connectors, {silent:,} silent: ten days in {taken:.2f} s, {kinds}")


if __name__ == "__main__":
    made = {size: tenant(size) for size in (100, 10_000, 100_000)}
    forks(made)
    for size in (100, 10_000):
        alive(made[size])
    ten_days(made[100], 100)
    ten_days(made[10_000], 1_000)
    ten_days(made[100_000], 1_000)
    ten_days(made[10_000], 10_000)
