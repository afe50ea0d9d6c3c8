"""What happens around every Graph request, in this order, those inside a batch included."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mockserver.core.errors import AppOnlyRefused, GraphError, PermissionMissing, RoleMissing, TooManyRequests
from mockserver.identity.access import STRICT
from mockserver.identity.permissions import missing, requirement
from mockserver.model.behaviours import APP_ONLY
from mockserver.odata.path import Resource
from mockserver.odata.place import way_and_shape
from mockserver.web.call import Call

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")

_NOTABLE, _LARGEST_SHARE = 0.8, 1.8
"""graph_reference 5.11: how much of a limit is told, from here on and up to there."""


def throttled(call: Call) -> None:
    """R61, graph_reference 5.11: off unless `PUT /_mock/throttle` set a limit, which is each application's own."""
    if call.sandbox.state.throttle.limit is None:
        return
    application = call.caller.client if _ID.fullmatch(call.caller.client) else ""
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


def authenticated(call: Call) -> None:
    """R59, Q24: who calls; raises Unauthorized under `--auth strict` alone."""
    sandbox = call.sandbox
    said = call.headers.get("Authorization", "")
    call.caller = call.access.caller(said, sandbox.tenant_id, sandbox.state.clock.seconds())


BEFORE: tuple[Callable[[Call], None], ...] = (authenticated, throttled)
"""Before anybody looks at what is asked."""


def permitted(call: Call, resource: Resource) -> None:
    """R59, graph_reference 3.0: under `--auth strict`, whether the caller holds what the operation asks for."""
    if call.access.mode != STRICT:
        return
    way, shape = way_and_shape(resource)
    caller = call.caller
    lack = missing(
        requirement("GET" if call.method == "HEAD" else call.method, way, shape),
        app_only=caller.app_only,
        permissions=caller.permissions,
        roles=caller.directory_roles,
        app_only_allowed=call.tenant.behaviour[APP_ONLY] == "allowed",
    )
    if lack is not None:
        raise _REFUSALS[lack.kind]().explained(lack.explanation)


_REFUSALS: Mapping[str, type[GraphError]] = {
    "scope": PermissionMissing,
    "role": RoleMissing,
    "app-only": AppOnlyRefused,
}
