"""Which operations and which refusals the callers of a sandbox have met, and which not, since it was last reset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mockserver.core.errors import GraphError, all_errors
from mockserver.derive.openapi_names import id_at, operation_ids
from mockserver.model import MODELS
from mockserver.sandbox import Touch
from mockserver.web.answered import Answered
from mockserver.web.control import answers
from mockserver.web.control.asked import Control, Route, answered


def coverage(control: Control) -> Answered:
    """Which operations and refusals callers have met."""
    touched = control.sandbox.state.journal.touched
    return answered({"operations": _operations(touched), "errors": _errors(touched)})


def _operations(touches: Iterable[Touch]) -> dict[str, Any]:
    """Touched ones with the statuses they were answered with."""
    statuses: dict[str, set[int]] = {}
    for each in touches:
        found = id_at(each.version, each.method, (each.way, each.shape))
        if found is not None:
            statuses.setdefault(found, set()).add(each.status)
    every = [each for version in MODELS for each in operation_ids(version).values()]
    return {
        "touched": [{"operation": each, "statuses": sorted(statuses[each])} for each in every if each in statuses],
        "untouched": [each for each in every if each not in statuses],
    }


def _errors(touches: Iterable[Touch]) -> dict[str, Any]:
    met = {each.error for each in touches}
    every = [each for each in all_errors() if not each.__subclasses__() and each.source != "the mock's own"]
    return {
        "touched": [_described(each) for each in every if each.__name__ in met],
        "untouched": [_described(each) for each in every if each.__name__ not in met],
    }


def _described(error: type[GraphError]) -> dict[str, Any]:
    return {"error": error.__name__, "status": error.status, "code": error.code}


ROUTES: tuple[Route, ...] = (Route("GET", "/coverage", coverage, {200: answers.COVERAGE}),)
