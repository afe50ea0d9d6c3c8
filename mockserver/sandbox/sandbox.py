"""The one place where a state is changed: a reference to the present one, and a lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from mockserver.core.commands import Command
from mockserver.core.errors import TooManySnapshots, UnknownSnapshot
from mockserver.core.tenant import Tenant
from mockserver.identity.sign_ins import SignIns
from mockserver.sandbox import steps
from mockserver.sandbox.bell import Bell
from mockserver.sandbox.clock import Clock
from mockserver.sandbox.faults import Asked, Fault
from mockserver.sandbox.journal import Entry
from mockserver.sandbox.keeping import MEMORY, Held, Shelf
from mockserver.sandbox.lag import Lag, Lagging
from mockserver.sandbox.passing import scheduled
from mockserver.sandbox.state import State
from mockserver.sandbox.steps import Done, Event, Plan
from mockserver.sandbox.throttle import Throttle, Throttling, Turn

T = TypeVar("T")

_MOST_SNAPSHOTS = 1_000
_LET_IN = Turn()


class Sandbox:
    """A tenant that can be changed, by one command after the other, and all that belongs to it.

    `renamed` is called when the tenant's id has become another. It goes on from what is `held` of it, if anything is,
    and tells the `shelf` of every change.
    """

    def __init__(
        self,
        name: str,
        state: State,
        renamed: Callable[[], None] = lambda: None,
        *,
        shelf: Shelf = MEMORY,
        held: Held | None = None,
    ) -> None:
        self.name = name
        self.state = self._first = scheduled(state) if state.due is None else state
        self._snapshots: dict[str, State] = {}
        if held is not None:
            self.state, self._snapshots = held.present, dict(held.saved)
        self._shelf = shelf
        self.named = 0
        """How often a snapshot was made or forgotten."""
        self.bell = Bell()
        self._lock = threading.Lock()
        self._renamed = renamed

    @property
    def tenant(self) -> Tenant:
        """The tenant as it is now: a photograph that no later command touches."""
        state = self.state
        if state.due is None or state.clock.seconds() >= state.due:
            state = self.change(steps.brought_up)
        return state.tenant

    @property
    def tenant_id(self) -> str:
        """What a token that is meant for this sandbox names as its `tid`."""
        return str(self.state.tenant.about["id"])

    def now(self) -> datetime:
        return self.state.clock.now()

    def change(self, step: Callable[[State], tuple[State, T]]) -> T:
        """Take what the step makes of the present state; where it raises, nothing has happened.

        Nobody sees a state before it is kept. Raises StateNotKept where that fails.
        """
        with self._lock:
            state, result = step(self.state)
            self._shelf.put(state)
            self.state = state
            self.bell.ring()
            return result

    def dispatch(self, *commands: Command) -> Done:
        """All the commands or, where one is refused, none. Raises GraphError.

        A command without an `id` is given a new one, and each the present time, so that the core itself draws nothing.
        """
        return self.carry_out(lambda tenant, draw: commands)

    def carry_out(self, plan: Plan) -> Done:
        """The same for commands that need each other's new ids, or the tenant they meet."""
        return self.change(lambda state: steps.carried_out(state, plan))

    def read(self) -> Tenant:
        """The tenant as a reader sees it: as it is, or for a while yet as it was before a change (R47)."""
        return self.change(steps.read) if self.state.lag.unseen else self.tenant

    def stumbles(self, key: str, times: int) -> bool:
        """Whether a change of what was just instantiated fails once more, `times` in all (Q14)."""
        return self.change(lambda state: steps.stumbled(state, key, times))

    def wait_for_turn(self, who: str = "") -> Turn:
        """What becomes of a request of that application."""
        return _LET_IN if self.state.throttle.limit is None else self.change(lambda state: steps.turn(state, who))

    def strike(self, asked: Asked) -> Fault | None:
        """The fault that strikes the request, if any does."""
        return self.change(lambda state: steps.struck(state, asked)) if self.state.faults.rules else None

    def change_sign_ins(self, change: Callable[[SignIns], SignIns]) -> None:
        """Take what the function makes of the sign-ins under way."""
        self.change(lambda state: (replace(state, sign_ins=change(state.sign_ins)), None))

    def spend(self, code: str) -> bool:
        """Take a sign-in out for good; False where somebody was faster."""
        return self.change(lambda state: steps.spent(state, code))

    def record(self, entry: Entry) -> None:
        """Add the entry to the journal."""
        with self._lock:
            self.state = self.state.recorded(entry)
            self.bell.ring()

    def clear_journal(self) -> None:
        self.change(lambda state: (replace(state, journal=state.journal.without_entries()), None))

    def set_throttle(self, limit: Throttle | None) -> None:
        self.change(lambda state: (replace(state, throttle=Throttling(limit)), None))

    def set_lag(self, lag: Lag | None) -> None:
        """From now on; what is unseen yet is seen at once."""
        self.change(lambda state: (replace(state, lag=Lagging(lag)), None))

    def add_fault(self, fault: Fault) -> Fault:
        """The fault with its id. Raises TooManyFaults."""

        def step(state: State) -> tuple[State, Fault]:
            faults, made = state.faults.with_(fault)
            return replace(state, faults=faults), made

        return self.change(step)

    def drop_fault(self, key: str) -> None:
        """Raises UnknownFault."""
        self.change(lambda state: (replace(state, faults=state.faults.without(key)), None))

    def drop_faults(self) -> None:
        self.change(lambda state: (replace(state, faults=state.faults.cleared()), None))

    def set_clock(self, reading: Callable[[Clock], Clock]) -> list[Event]:
        """Set the clock to what the function makes of it, and tell what time has done by then, in its order.

        What waits for a moment waits no longer where the clock goes back. Raises what the function does.
        """
        return self.change(lambda state: steps.clock_set(state, reading(state.clock)))

    def adopt(self, tenant: Tenant) -> None:
        """Take another tenant in the place of the present one; what comes after starts from it, a reset does not."""
        self._become(lambda state: scheduled(replace(state, tenant=tenant, lag=Lagging(state.lag.every))))

    def reset(self) -> None:
        """Everything as it was when the sandbox was made."""
        self._become(lambda _: self._first)

    @property
    def snapshots(self) -> Mapping[str, State]:
        """By name, in the order they were made."""
        return dict(self._snapshots)

    def snapshot(self, name: str) -> State:
        """Raises UnknownSnapshot."""
        found = self._snapshots.get(name)
        if found is None:
            raise UnknownSnapshot(name=name)
        return found

    def save(self, name: str) -> State:
        """Give the present state a name; one that had it before loses it. Raises TooManySnapshots."""
        with self._lock:
            if name not in self._snapshots and len(self._snapshots) >= _MOST_SNAPSHOTS:
                raise TooManySnapshots(limit=_MOST_SNAPSHOTS)
            self._shelf.save(name, self.state)
            self._snapshots.pop(name, None)
            self._snapshots[name] = self.state
            self._names_changed()
            return self.state

    def restore(self, name: str) -> None:
        """Everything as it was when it was saved. Raises UnknownSnapshot."""
        saved = self.snapshot(name)
        self._become(lambda _: saved)

    def forget(self, name: str) -> None:
        """The snapshot goes. Raises UnknownSnapshot."""
        with self._lock:
            self.snapshot(name)
            self._shelf.forget(name)
            del self._snapshots[name]
            self._names_changed()

    def drop(self) -> None:
        """It is kept no longer; whoever still has it may go on with it."""
        with self._lock:
            self._shelf.drop()

    def _names_changed(self) -> None:
        self.named += 1
        self.bell.ring()

    def _become(self, step: Callable[[State], State]) -> None:
        before = self.tenant_id
        self.change(lambda state: (step(state), None))
        if self.tenant_id != before:
            self._renamed()
