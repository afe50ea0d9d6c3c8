"""The time of a sandbox: read, set, and let pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.core.errors import InvalidControl
from mockserver.core.moment import instant
from mockserver.sandbox import Clock
from mockserver.web.answered import Answered
from mockserver.web.control.asked import Control, Route, answered, body
from mockserver.web.control.reading import length, members, moment, one_of


def show_clock(control: Control) -> Answered:
    return answered(_shown(control.sandbox.state.clock))


def set_clock(control: Control) -> Answered:
    """To a moment, past ones too, and to standing still or going on from there."""
    said = members(body(), {"now": moment, "mode": one_of("live", "frozen")})

    def reading(clock: Clock) -> Clock:
        clock = clock.going(said["mode"]) if "mode" in said else clock
        return clock.set_to(said["now"]) if "now" in said else clock

    control.sandbox.set_clock(reading)
    return show_clock(control)


def advance_clock(control: Control) -> Answered:
    """By a length of time or to a moment to come; answers with what time did on the way."""
    said = members(body(), {"by": length, "to": moment})
    events = control.sandbox.set_clock(_advancing(said))
    return answered({"now": instant(control.sandbox.now()), "events": events})


def _advancing(said: Mapping[str, Any]) -> Callable[[Clock], Clock]:
    if len(said) != 1:
        raise InvalidControl(message="a clock is advanced either 'by' a duration or 'to' a moment")
    if "by" in said:
        return lambda clock: clock.advanced(said["by"])
    return lambda clock: clock.advanced_to(said["to"])


def _shown(clock: Clock) -> dict[str, str]:
    return {"now": instant(clock.now()), "mode": clock.mode}


ROUTES: tuple[Route, ...] = (
    ("GET", "/clock", show_clock),
    ("PATCH", "/clock", set_clock),
    ("POST", "/clock/advance", advance_clock),
)
