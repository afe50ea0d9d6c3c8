"""What makes life hard for callers as long as it is switched on: throttling, and reads that lag behind."""

from __future__ import annotations

from mockserver.core.errors import InvalidControl
from mockserver.sandbox import Lag, Throttle
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control.asked import Control, Route, body
from mockserver.web.control.reading import members, seconds, whole


def set_throttle(control: Control) -> Answered:
    """`{"requests": n, "per": "PT10S"}` lets so many requests in each window; null lets all in again."""
    said = body()
    if said is not None:
        said = Throttle(**members(said, {"requests": whole(0), "per": seconds}, ("requests", "per")))
    control.sandbox.set_throttle(said)
    return Answered(NO_CONTENT)


def set_lag(control: Control) -> Answered:
    """`{"reads": n}` or `{"for": "PT2S"}` keeps every change unseen so long; null shows all at once (R47)."""
    said = body()
    if said is not None:
        read = members(said, {"reads": whole(0), "for": seconds})
        if len(read) != 1:
            raise InvalidControl(message="a lag is of so many 'reads' or 'for' a duration")
        said = Lag(read.get("reads", 0), read.get("for", 0.0))
    control.sandbox.set_lag(said)
    return Answered(NO_CONTENT)


ROUTES: tuple[Route, ...] = (
    ("PUT", "/throttle", set_throttle),
    ("PUT", "/lag", set_lag),
)
