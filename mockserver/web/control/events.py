"""What happens in a sandbox, told as it happens: server-sent events, one for each change.

An event has no more than a number and the names of what has changed (`PARTS`); who wants to know more asks for it.
So nothing piles up for a slow reader: what happened while it did not look comes as one event.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable

import orjson
from flask import request

from mockserver.sandbox import Sandbox, State
from mockserver.web.answered import Answered
from mockserver.web.call import Answer
from mockserver.web.control import answers
from mockserver.web.control.asked import Control, Route
from mockserver.web.frame import STREAM

PARTS = ("tenant", "clock", "faults", "journal", "throttle", "lag", "snapshots")
"""What an event may say has changed: members of the state, and the names given to states."""

QUIET = 15.0
"""Seconds after which a comment shows that the stream still stands."""
GAP = 0.1
"""Seconds between two events, at least: a page that looks on is not to slow down whom it looks at."""

Seen = tuple[State, int]


def stream_events(control: Control) -> Answered:
    """What happens, as it happens.

    The first event says only where the stream begins; in process, where nobody waits, that is all.
    """
    sandbox = control.sandbox
    sandbox.bell.check_room()
    seen = _seen(sandbox)
    if request.method == "GET":
        request.environ[STREAM] = changes(sandbox, seen)
    first = Answer(200, _event(sandbox, ()), content_type="text/event-stream; charset=utf-8")
    answer = Answered(first)
    del answer.headers["Content-Length"]
    return answer


async def changes(sandbox: Sandbox, seen: Seen) -> AsyncGenerator[bytes]:
    """An event for every change after what was seen, and a comment where there is none for a while."""
    loop, woken = asyncio.get_running_loop(), asyncio.Event()
    with sandbox.bell.heard(lambda: loop.call_soon_threadsafe(woken.set)):
        while True:
            woken.clear()
            before, seen = seen, _seen(sandbox)
            changed = tuple(_changed(before, seen))
            if changed:
                yield _event(sandbox, changed)
                await asyncio.sleep(GAP)
            elif not await _rung(woken, wait := _wait(sandbox)) and wait == QUIET:
                yield b": nothing new\n\n"


def _seen(sandbox: Sandbox) -> Seen:
    """The state, brought up to its clock."""
    _ = sandbox.tenant
    return sandbox.state, sandbox.named


def _changed(before: Seen, after: Seen) -> Iterable[str]:
    (old, old_names), (new, new_names) = before, after
    yield from (name for name in PARTS[:-1] if getattr(old, name) is not getattr(new, name))
    if old_names != new_names:
        yield PARTS[-1]


def _event(sandbox: Sandbox, changed: Iterable[str]) -> bytes:
    told = {"version": sandbox.bell.rung, "changed": list(changed)}
    return b"id: %d\ndata: %s\n\n" % (sandbox.bell.rung, orjson.dumps(told))


def _wait(sandbox: Sandbox) -> float:
    """Until time itself changes something, such as a status, where that is soon."""
    state = sandbox.state
    if state.due is None or state.clock.frozen is not None:
        return QUIET
    return max(0.01, min(QUIET, state.due - state.clock.seconds()))


async def _rung(woken: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return False
    return True


ROUTES: tuple[Route, ...] = (Route("GET", "/events", stream_events, {200: answers.EVENTS}, media="text/event-stream"),)
