"""What happens around every Graph request, in this order, those inside a batch included."""

from __future__ import annotations

from collections.abc import Callable

from mockserver.core.errors import TooManyRequests
from mockserver.web.call import Call


def throttled(call: Call) -> None:
    """R61, graph_reference 5.11: off unless `PUT /_mock/throttle` set a limit."""
    seconds = call.sandbox.wait_for_turn()
    if seconds:
        raise TooManyRequests(retry_after=seconds)


BEFORE: tuple[Callable[[Call], None], ...] = (throttled,)
