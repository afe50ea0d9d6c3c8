"""What makes life hard for callers, on request: throttling."""

from __future__ import annotations

from typing import Any

from mockserver.core.duration import duration
from mockserver.core.errors import InvalidBody
from mockserver.sandbox import Throttle
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control.asked import Control, Route, body


def set_throttle(control: Control) -> Answered:
    """`{"requests": n, "per": "PT10S"}` lets so many requests in each window; null lets all in again."""
    control.sandbox.set_throttle(_throttle(body()))
    return Answered(NO_CONTENT)


def _throttle(said: Any) -> Throttle | None:
    if said is None:
        return None
    try:
        requests, per = said["requests"], duration(said["per"]).total_seconds()
    except (TypeError, KeyError, ValueError):
        raise InvalidBody() from None
    if type(requests) is not int or requests < 0 or not per:
        raise InvalidBody()
    return Throttle(requests, per)


ROUTES: tuple[Route, ...] = (("PUT", "/throttle", set_throttle),)
