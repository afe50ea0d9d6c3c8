"""What the callers of a sandbox would have needed for all that they did: the least of it (R59, R60)."""

from __future__ import annotations

from collections.abc import Iterator

from mockserver.derive.openapi_names import id_at
from mockserver.identity.permissions import Requirement, least, requirement
from mockserver.model.behaviours import APP_ONLY
from mockserver.sandbox import Touch
from mockserver.web.answered import Answered
from mockserver.web.control import answers
from mockserver.web.control.asked import Control, Route, answered


def permissions(control: Control) -> Answered:
    """The least that callers needed for what they did: for a program that calls for a user, and for one on its own.

    A user needs one of the directory roles. What no program may do for itself is named by its operations.
    """
    sandbox = control.sandbox
    allowed = sandbox.tenant.behaviour[APP_ONLY] == "allowed"
    asked = list(_asked(sandbox.state.journal.touched))
    needed = [each for _, each in asked]
    return answered({
        "delegated": least(needed),
        "directoryRoles": _roles(needed),
        "application": least(needed, app_only=True, app_only_allowed=allowed),
        "notForApplications": sorted({
            id_at(touch.version, touch.method, (touch.way, touch.shape)) or "/".join(touch.way)
            for touch, each in asked
            if not each.alternatives(app_only=True, app_only_allowed=allowed)
        }),
    })  # fmt: skip


def _asked(touched: frozenset[Touch]) -> Iterator[tuple[Touch, Requirement]]:
    """Whatever was asked that is there to be done."""
    for each in touched:
        if each.status != 405:
            yield each, requirement(each.method, each.way, each.shape)


def _roles(needed: list[Requirement]) -> list[str]:
    """Those of which one will do for everything; none where none is asked for."""
    wanted = [each.directory_roles for each in needed if each.directory_roles]
    return sorted(frozenset.intersection(*wanted)) if wanted else []


ROUTES: tuple[Route, ...] = (Route("GET", "/permissions", permissions, {200: answers.PERMISSIONS}),)
