"""One isolated tenant: everything that belongs to it is one immutable `State`, and the sandbox holds the reference.

So a snapshot is a name for a state, a fork starts from the same one, a reset goes back to the first; each is an
assignment, whatever the tenant's size. Reads take the tenant as it is at that moment and need no lock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from heapq import heapify, heappop, heappush
from math import ceil, inf
from uuid import UUID

from mockserver.core.commands import Command, Link, Unlink, apply
from mockserver.core.tenant import Tenant
from mockserver.identity.sign_ins import SignIns, without
from mockserver.model.lifecycle import due, due_for, due_of

Done = tuple[Tenant, tuple[Command, ...]]
"""The next tenant, and the commands as they were carried out."""

Plan = Callable[[Tenant, Callable[[], str]], Iterable[Command]]
"""Commands, made from the tenant they meet and a source of new ids."""


@dataclass(frozen=True)
class Clock:
    """What time it is: the machine's, moved by `ahead`, or `frozen` at a moment."""

    frozen: datetime | None = None
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return self.frozen if self.frozen is not None else datetime.now(UTC) + self.ahead

    def seconds(self) -> float:
        """The same as seconds since 1970, in less time."""
        return self.frozen.timestamp() if self.frozen is not None else time.time() + self.ahead.total_seconds()


@dataclass(frozen=True)
class Throttle:
    """At most so many requests in every window of `per` seconds."""

    requests: int
    per: float


@dataclass(frozen=True)
class State:
    """All of a sandbox: the tenant, its time, and how many ids have been drawn from its seed."""

    tenant: Tenant
    clock: Clock = field(default_factory=Clock)
    seed: int = 0
    drawn: int = 0
    due: float = inf
    """When time will next do something to the tenant, or earlier, as seconds since 1970."""
    behind: Tenant | None = None
    """The tenant that the next `reads_behind` reads still see (R47)."""
    reads_behind: int = 0
    throttle: Throttle | None = None
    window: tuple[float, int] = (0.0, 0)
    """When the present window of the throttle began, and how many requests it has let in."""
    stumbled: Mapping[str, int] = field(default_factory=dict)
    """How often a change of an application failed because it was just instantiated (Q14)."""
    sign_ins: SignIns = field(default_factory=dict)
    """Codes of the token service that wait to be redeemed."""


class Sandbox:
    """A tenant that can be changed, by one command after the other."""

    def __init__(self, name: str, state: State) -> None:
        self.name = name
        self.state = self._first = _scheduled(state)
        self._lock = threading.Lock()

    @property
    def tenant(self) -> Tenant:
        """The tenant as it is now: a photograph that no later command touches."""
        if self.state.clock.seconds() >= self.state.due:
            with self._lock:
                self.state = _settled(self.state)
        return self.state.tenant

    def now(self) -> datetime:
        return self.state.clock.now()

    def dispatch(self, *commands: Command) -> Done:
        """All the commands or, where one is refused, none. Raises GraphError.

        A command without an `id` is given a new one, and each the present time, so that the core itself draws nothing.
        """
        return self.carry_out(lambda tenant, draw: commands)

    def carry_out(self, plan: Plan) -> Done:
        """The same for commands that need each other's new ids, or the tenant they meet."""
        with self._lock:
            draws = _Draws(_settled(self.state))
            state, done = draws.state, []
            for command in plan(state.tenant, draws):
                stamped = replace(command, at=instant(state.clock.now()), id=command.id or draws())
                tenant = apply(state.tenant, stamped)
                state = _lagging(state, stamped)
                state = replace(state, tenant=tenant, due=min(state.due, due_of(tenant, stamped.type, stamped.id)))
                done.append(stamped)
            self.state = replace(state, drawn=draws.drawn)
            return state.tenant, tuple(done)

    def read(self) -> Tenant:
        """The tenant as a reader sees it: as it is, or for a while yet as it was before an assignment (R47)."""
        if not self.state.reads_behind:
            return self.tenant
        with self._lock:
            state = self.state
            if state.behind is None or not state.reads_behind:
                return state.tenant
            left = state.reads_behind - 1
            self.state = replace(state, reads_behind=left, behind=state.behind if left else None)
            return state.behind

    def stumbles(self, key: str, times: int) -> bool:
        """Whether a change of what was just instantiated fails once more, `times` in all (Q14)."""
        with self._lock:
            so_far = self.state.stumbled.get(key, 0)
            if so_far < times:
                self.state = replace(self.state, stumbled={**self.state.stumbled, key: so_far + 1})
            return so_far < times

    def change_sign_ins(self, change: Callable[[SignIns], SignIns]) -> None:
        """Take what the function makes of the sign-ins under way."""
        with self._lock:
            self.state = replace(self.state, sign_ins=change(self.state.sign_ins))

    def spend(self, code: str) -> bool:
        """Take a sign-in out for good; False where somebody was faster."""
        with self._lock:
            there = code in self.state.sign_ins
            self.state = replace(self.state, sign_ins=without(self.state.sign_ins, code))
            return there

    def set_throttle(self, throttle: Throttle | None) -> None:
        with self._lock:
            self.state = replace(self.state, throttle=throttle, window=(0.0, 0))

    def wait_for_turn(self) -> int:
        """0 for a request that is let in; otherwise the whole seconds after which the next one will be."""
        if self.state.throttle is None:
            return 0
        with self._lock:
            throttle, (began, used), now = self.state.throttle, self.state.window, self.state.clock.seconds()
            if throttle is None:
                return 0
            if now >= began + throttle.per:
                began, used = now, 0
            if used >= throttle.requests:
                return max(1, ceil(began + throttle.per - now))
            self.state = replace(self.state, window=(began, used + 1))
            return 0

    def adopt(self, tenant: Tenant) -> None:
        """Take another tenant in the place of the present one; what comes after starts from it, a reset does not."""
        with self._lock:
            self.state = _scheduled(replace(self.state, tenant=tenant))

    def reset(self) -> None:
        """Everything as it was when the sandbox was made."""
        with self._lock:
            self.state = self._first


def instant(moment: datetime) -> str:
    """The moment as the service writes it: `2031-05-06T07:08:09Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _scheduled(state: State) -> State:
    return replace(state, due=min((event.at.timestamp() for event in due(state.tenant)), default=inf))


def _settled(state: State) -> State:
    """The state brought up to its clock: all that time has done in the meanwhile, in its order."""
    now = state.clock.seconds()
    if state.due > now:
        return state
    events = list(due(state.tenant))
    heapify(events)
    tenant = state.tenant
    while events and events[0].at.timestamp() <= now:
        event = heappop(events)
        tenant = apply(tenant, replace(event.command, at=instant(event.at)))
        for following in due_for(tenant, event.command.type, event.command.id):
            heappush(events, following)
    return _scheduled(replace(state, tenant=tenant))


def _lagging(state: State, command: Command) -> State:
    """R47: TF: after an assignment, reads may still show what was before; how many is Q13's."""
    if not isinstance(command, Link | Unlink):
        return state
    lag = state.tenant.model.type(command.type).navigation_by_name[command.navigation].lag
    reads = 0 if lag is None else state.tenant.behaviour[lag]
    return replace(state, behind=state.tenant, reads_behind=reads) if reads else state


class _Draws:
    """Draws ids that depend on the seed and on how many were drawn before; version 4 UUIDs by their form."""

    def __init__(self, state: State) -> None:
        self.state, self.drawn = state, state.drawn

    def __call__(self) -> str:
        text = f"{self.state.seed}:{self.drawn}"
        self.drawn += 1
        return str(UUID(bytes=blake2b(text.encode(), digest_size=16).digest(), version=4))
