"""The steps from one state to the next, each with what comes of it: all that a sandbox does under its lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import inf
from typing import Any

from mockserver.core.commands import Command, Link, Unlink, apply
from mockserver.core.moment import instant
from mockserver.core.tenant import Tenant
from mockserver.identity.sign_ins import without
from mockserver.model.events import event_of
from mockserver.model.lifecycle import due_of
from mockserver.sandbox.clock import Clock
from mockserver.sandbox.draws import Draws
from mockserver.sandbox.faults import Asked, Fault
from mockserver.sandbox.lag import Lagging
from mockserver.sandbox.passing import settled
from mockserver.sandbox.state import State
from mockserver.sandbox.throttle import Turn

Done = tuple[Tenant, tuple[Command, ...]]
"""The next tenant, and the commands as they were carried out."""

Plan = Callable[[Tenant, Callable[[], str]], Iterable[Command]]
"""Commands, made from the tenant they meet and a source of new ids."""

Event = Mapping[str, Any]


def brought_up(state: State) -> tuple[State, State]:
    """What time has done by now."""
    after = settled(state)
    return after, after


def carried_out(state: State, plan: Plan) -> tuple[State, Done]:
    """All the commands, stamped with ids and the time; each meets what the one before has left. Raises GraphError."""
    state = settled(state)
    draws, before = Draws(state.seed, state.drawn), state.tenant
    tenant, due, done = before, inf if state.due is None else state.due, []
    at = instant(state.clock.now())
    for command in plan(tenant, draws):
        stamped = replace(command, at=at, id=command.id or draws())
        tenant = apply(tenant, stamped)
        due = min(due, due_of(tenant, stamped.type, stamped.id))
        done.append(stamped)
    lag = state.lag if tenant is before else _lagging(state, done)
    return replace(state, tenant=tenant, due=due, lag=lag, drawn=draws.drawn), (tenant, tuple(done))


def _lagging(state: State, done: Iterable[Command]) -> Lagging:
    own = max((_own_lag(state.tenant, each) for each in done), default=0)
    return state.lag.changed(state.tenant, state.clock.seconds(), own)


def _own_lag(tenant: Tenant, command: Command) -> int:
    """R47: TF: after an assignment, reads may still show what was before; how many is Q13's."""
    if not isinstance(command, Link | Unlink):
        return 0
    quirk = tenant.model.type(command.type).navigation_by_name[command.navigation].lag
    return 0 if quirk is None else int(tenant.behaviour[quirk])


def read(state: State) -> tuple[State, Tenant]:
    """One more read, and what it sees."""
    state = settled(state)
    lag, seen = state.lag.read(state.tenant, state.clock.seconds())
    return replace(state, lag=lag), seen


def stumbled(state: State, key: str, times: int) -> tuple[State, bool]:
    """Whether a change of that application fails once more (Q14)."""
    so_far = state.stumbled.get(key, 0)
    if so_far >= times:
        return state, False
    return replace(state, stumbled={**state.stumbled, key: so_far + 1}), True


def spent(state: State, code: str) -> tuple[State, bool]:
    """Without that sign-in, and whether it was there."""
    return replace(state, sign_ins=without(state.sign_ins, code)), code in state.sign_ins


def turn(state: State, who: str) -> tuple[State, Turn]:
    """What becomes of a request of that application (R61)."""
    throttle, turn = state.throttle.turn(who, state.clock.seconds())
    return replace(state, throttle=throttle), turn


def struck(state: State, asked: Asked) -> tuple[State, Fault | None]:
    """The fault that strikes the request, if any does (R61)."""
    faults, found = state.faults.strike(asked, state.clock.seconds(), state.seed)
    return replace(state, faults=faults), found


def clock_set(state: State, clock: Clock) -> tuple[State, list[Event]]:
    """With that clock, and what time has done by then."""
    events: list[Event] = []

    def tell(before: Tenant, command: Command, after: Tenant) -> None:
        event = event_of(before, command, after)
        if event is not None:
            events.append(event)

    back = clock.now() < state.clock.now()
    lag = replace(state.lag, unseen=()) if back else state.lag
    return settled(replace(state, clock=clock, lag=lag), tell), events
