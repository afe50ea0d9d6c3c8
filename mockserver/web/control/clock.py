"""The time of a sandbox: read, set, and let pass."""

from __future__ import annotations

from mockserver.core.moment import instant
from mockserver.sandbox import Clock
from mockserver.web.answered import Answered
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read


def show_clock(control: Control) -> Answered:
    """What time it is."""
    return answered(_shown(control.sandbox.state.clock))


def set_clock(control: Control) -> Answered:
    """Set the clock to a moment, past ones too, let it stand still or go on."""
    said = read(bodies.CLOCK)

    def reading(clock: Clock) -> Clock:
        clock = clock.going(said["mode"]) if "mode" in said else clock
        return clock.set_to(said["now"]) if "now" in said else clock

    control.sandbox.set_clock(reading)
    return show_clock(control)


def advance_clock(control: Control) -> Answered:
    """Let time pass, for so long or until a moment to come, and see what it does."""
    said = read(bodies.ADVANCE)

    def reading(clock: Clock) -> Clock:
        return clock.advanced(said["by"]) if "by" in said else clock.advanced_to(said["to"])

    events = control.sandbox.set_clock(reading)
    return answered({"now": instant(control.sandbox.now()), "events": events})


def _shown(clock: Clock) -> dict[str, str]:
    return {"now": instant(clock.now()), "mode": clock.mode}


ROUTES: tuple[Route, ...] = (
    Route("GET", "/clock", show_clock, {200: answers.CLOCK}),
    Route("PATCH", "/clock", set_clock, {200: answers.CLOCK}, bodies.CLOCK),
    Route("POST", "/clock/advance", advance_clock, {200: answers.ADVANCED}, bodies.ADVANCE),
)
