"""The tenant of a sandbox as a whole."""

from __future__ import annotations

from flask import request

from mockserver.core.errors import FixtureRefused
from mockserver.seed.document import FixtureError, Problem, load, to_document
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers
from mockserver.web.control.asked import Control, Route, answered, body
from mockserver.web.control.kinds import TENANT


def reset(control: Control) -> Answered:
    """Put this sandbox back to how it was seeded."""
    control.sandbox.reset()
    return Answered(NO_CONTENT)


def tenant(control: Control) -> Answered:
    """The whole tenant."""
    at = control.sandbox
    return answered(to_document(at.tenant, at.now()))


def replace_tenant(control: Control) -> Answered:
    """Replace the whole tenant, or nothing of it, by a document in JSON or YAML.

    The content type says which; every problem is named, with its line.
    """
    at, name = control.sandbox, "tenant.yaml" if "yaml" in request.mimetype else "tenant.json"
    if name.endswith(".json"):
        body()  # what is no JSON at all is refused as everywhere here
    try:
        at.adopt(load(request.get_data(), name=name, behaviour=at.tenant.behaviour, now=at.now()))
    except FixtureError as refused:
        raise fixture_refused(refused) from None
    return tenant(control)


def fixture_refused(refused: FixtureError) -> FixtureRefused:
    """The refusal of a tenant document, with every problem of it."""
    error = FixtureRefused(count=len(refused.problems))
    error.details = tuple(
        {"code": "invalidFixture", "target": each.key, "message": _with_line(each)} for each in refused.problems
    )
    return error


def _with_line(problem: Problem) -> str:
    return problem.message if problem.line is None else f"line {problem.line}: {problem.message}"


ROUTES: tuple[Route, ...] = (
    Route("POST", "/reset", reset, answers.DONE),
    Route("GET", "/tenant", tenant, {200: answers.TENANT}),
    Route("PUT", "/tenant", replace_tenant, {200: answers.TENANT}, TENANT),
)
