"""What time does to a state: everything that is due by its clock, in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from heapq import heapify, heappop, heappush
from math import inf
from typing import Any

from mockserver.core.commands import Command, apply
from mockserver.core.moment import instant
from mockserver.core.tenant import Tenant
from mockserver.model.lifecycle import due, due_for
from mockserver.sandbox.state import State

Tell = Callable[[Tenant, Command, Tenant], Any]
"""Is told of each command with the tenant before and after it."""


def scheduled(state: State) -> State:
    """The state that knows when time will next do something to its tenant. Looks at the whole tenant."""
    return replace(state, due=min((event.at.timestamp() for event in due(state.tenant)), default=inf))


def settled(state: State, tell: Tell = lambda *_: None) -> State:
    """The state brought up to its clock: all that time has done in the meanwhile."""
    now = state.clock.seconds()
    if state.due is not None and state.due > now:
        return state
    events = list(due(state.tenant))
    heapify(events)
    tenant = state.tenant
    while events and events[0].at.timestamp() <= now:
        event = heappop(events)
        command = replace(event.command, at=instant(event.at))
        before, tenant = tenant, apply(tenant, command)
        tell(before, command, tenant)
        for following in due_for(tenant, command.type, command.id):
            heappush(events, following)
    return replace(state, tenant=tenant, due=min((each.at.timestamp() for each in events), default=inf))
