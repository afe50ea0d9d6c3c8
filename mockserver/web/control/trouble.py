"""What makes life hard for callers as long as it is switched on: throttling, and reads that lag behind."""

from __future__ import annotations

from mockserver.sandbox import Lag, Throttle
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, body, meaning


def set_throttle(control: Control) -> Answered:
    """Let each application send so many Graph requests in each window, or, with null, all again."""
    said = body()
    control.sandbox.set_throttle(None if said is None else Throttle(**meaning(bodies.THROTTLE, said)))
    return Answered(NO_CONTENT)


def set_lag(control: Control) -> Answered:
    """Keep changes unseen for so many reads or so long, or, with null, no more (R47)."""
    said = body()
    if said is not None:
        read = meaning(bodies.LAG, said)
        said = Lag(read.get("reads", 0), read.get("for", 0.0))
    control.sandbox.set_lag(said)
    return Answered(NO_CONTENT)


ROUTES: tuple[Route, ...] = (
    Route("PUT", "/throttle", set_throttle, answers.DONE, bodies.THROTTLE, or_null=True),
    Route("PUT", "/lag", set_lag, answers.DONE, bodies.LAG, or_null=True),
)
