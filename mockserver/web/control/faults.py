"""Failures to order: which requests, and what happens to them (R61)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from mockserver.core.errors import InvalidControl
from mockserver.core.moment import instant
from mockserver.sandbox import Fault, Match
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read


def list_faults(control: Control) -> Answered:
    """The faults, the first that matches first."""
    return answered({"value": [_shown(each) for each in control.sandbox.state.faults.rules]})


def add_fault(control: Control) -> Answered:
    """Order a failure, at the end of the list, of which the first that matches a request strikes it."""
    at = control.sandbox
    fault = _fault(read(bodies.NEW_FAULT), at.state.clock.seconds())
    return answered(_shown(at.add_fault(fault)), 201)


def drop_fault(control: Control, key: str) -> Answered:
    """Drop a fault."""
    control.sandbox.drop_fault(key)
    return Answered(NO_CONTENT)


def drop_faults(control: Control) -> Answered:
    """Drop all faults."""
    control.sandbox.drop_faults()
    return Answered(NO_CONTENT)


_CODES = {
    401: "InvalidAuthenticationToken",
    403: "accessDenied",
    404: "itemNotFound",
    429: "TooManyRequests",
    500: "InternalServerError",
    503: "serviceNotAvailable",
}
"""graph_reference 5.1, 5.3: what each status usually comes with."""


def _fault(said: Mapping[str, Any], now: float) -> Fault:
    status, drop, truncate = said.get("status"), said.get("drop", False), said.get("truncate", False)
    _check(said, drop, truncate)
    return Fault(
        Match(**said.get("match", {})),
        said.get("times"),
        said.get("probability", 1.0),
        said.get("delay", 0.0),
        status,
        said.get("code") or _CODES.get(status or 0, "generalException"),
        said.get("retryAfter"),
        drop,
        truncate,
        now + said["expires"] if "expires" in said else None,
    )


def _check(said: Mapping[str, Any], drop: bool, truncate: bool) -> None:
    if not (drop or truncate or "status" in said or "delay" in said):
        raise InvalidControl(message="a fault has a 'delay', a 'status', 'drop' or 'truncate', or it does nothing")
    if drop and (truncate or "status" in said):
        raise InvalidControl(message="where a connection is dropped there is no answer to give or to truncate")
    if "status" not in said and ("code" in said or "retryAfter" in said):
        raise InvalidControl(message="'code' and 'retryAfter' are those of an answer with a 'status'")


def _shown(fault: Fault) -> dict[str, Any]:
    """As it was ordered, but for what was not said, with its id and how often it has matched and struck."""
    match = fault.match
    expires = None if fault.expires is None else instant(datetime.fromtimestamp(fault.expires, UTC))
    known = {
        "id": fault.id,
        "match": _said({"method": match.method, "path": match.path, "operation": match.operation, "nth": match.nth}),
        "times": fault.times,
        "probability": fault.probability,
        "delay": f"PT{fault.delay:.6f}".rstrip("0").rstrip(".") + "S" if fault.delay else None,
        "status": fault.status,
        "code": fault.code if fault.status is not None else None,
        "retryAfter": fault.retry_after,
        "drop": fault.drop or None,
        "truncate": fault.truncate or None,
        "expiresAt": expires,
        "matched": fault.matched,
        "struck": fault.struck,
    }
    return _said(known)


def _said(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value is not None}


ROUTES: tuple[Route, ...] = (
    Route("GET", "/faults", list_faults, {200: answers.values(answers.FAULT)}),
    Route("POST", "/faults", add_fault, {201: answers.FAULT}, bodies.NEW_FAULT),
    Route("DELETE", "/faults", drop_faults, answers.DONE),
    Route("DELETE", "/faults/<key>", drop_fault, answers.DONE),
)
