"""What happens around every Graph request, in this order, those inside a batch included."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockserver.core.errors import TooManyRequests
from mockserver.identity.caller import claims_of
from mockserver.web.call import Call

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")

_NOTABLE, _LARGEST_SHARE = 0.8, 1.8
"""graph_reference 5.11: how much of a limit is told, from here on and up to there."""


def throttled(call: Call) -> None:
    """R61, graph_reference 5.11: off unless `PUT /_mock/throttle` set a limit, which is each application's own."""
    if call.sandbox.state.throttle.limit is None:
        return
    application = _application_of(call)
    turn = call.sandbox.wait_for_turn(application)
    call.headers_besides["x-ms-resource-unit"] = "1"
    if turn.share > _NOTABLE:
        call.headers_besides["x-ms-throttle-limit-percentage"] = f"{min(turn.share, _LARGEST_SHARE):.2g}"
    if turn.wait:
        scope = f"Tenant_Application/ReadWrite/{application}/{call.sandbox.tenant_id}"
        call.headers_besides |= {
            "x-ms-throttle-scope": scope,
            "x-ms-throttle-information": "ResourceUnitLimitExceeded",
        }
        raise TooManyRequests(retry_after=turn.wait)


def _application_of(call: Call) -> str:
    """The application that the token names, unverified; empty where none does, or not by what could be an id."""
    claims = claims_of(call.headers.get("Authorization", ""))
    said = str(claims.get("appid") or claims.get("azp") or "")
    return said if _ID.fullmatch(said) else ""


BEFORE: tuple[Callable[[Call], None], ...] = (throttled,)
