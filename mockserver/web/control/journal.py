"""What was asked of the Graph in a sandbox, and questions about it."""

from __future__ import annotations

from typing import Any

from flask import request

from mockserver.core.errors import InvalidControl
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, meaning, read
from mockserver.web.control.entries import shown
from mockserver.web.control.matching import closest, misses

_CLOSEST = 5


def list_requests(control: Control) -> Answered:
    """The last requests to the Graph that fit all filters, newest last."""
    at = control.sandbox
    wanted = meaning(bodies.REQUESTED, _query())
    journal = at.state.journal
    found = [each for each in journal.entries() if not misses(wanted, each)]
    value = [shown(*each, at.name) for each in found]
    return answered({"value": value, "recorded": journal.recorded, "dropped": journal.dropped})


def clear_requests(control: Control) -> Answered:
    """Forget them."""
    control.sandbox.clear_journal()
    return Answered(NO_CONTENT)


def verify_requests(control: Control) -> Answered:
    """Whether there were as many such requests as is said; if not, what came closest."""
    said = read(bodies.VERIFY)
    least, most = _bounds(said)
    wanted, entries = said.get("match", {}), control.sandbox.state.journal.entries()
    found = [each for each in entries if not misses(wanted, each)]
    near: list[Any] = []
    if len(found) < least:
        near = closest(wanted, entries, _CLOSEST)
    elif most is not None and len(found) > most:
        near = [(each, []) for each in found[-_CLOSEST:]]
    name = control.sandbox.name
    shown_near = [{**shown(number, entry, name), "differs": lacking} for (number, entry), lacking in near]
    verified = not near and least <= len(found)
    return answered({"verified": verified, "count": len(found), "closest": shown_near})


def _bounds(said: dict[str, Any]) -> tuple[int, int | None]:
    """How many requests there are to be, at least and at most; where nothing is said, at least one."""
    if "count" in said:
        if "atLeast" in said or "atMost" in said:
            raise InvalidControl(message="how many is said by 'count', or by 'atLeast' and 'atMost'")
        return said["count"], said["count"]
    return said.get("atLeast", 0 if "atMost" in said else 1), said.get("atMost")


def _query() -> dict[str, str]:
    """The query options. Raises InvalidControl where one is there twice, of which only one could count."""
    options = dict(request.args.items())
    if len(options) < len(list(request.args.items(multi=True))):
        raise InvalidControl(message="every filter is there at most once")
    return options


ROUTES: tuple[Route, ...] = (
    Route("GET", "/requests", list_requests, {200: answers.REQUESTS}, filters=bodies.REQUESTED),
    Route("DELETE", "/requests", clear_requests, answers.DONE),
    Route("POST", "/requests/verify", verify_requests, {200: answers.VERIFIED}, bodies.VERIFY),
)
