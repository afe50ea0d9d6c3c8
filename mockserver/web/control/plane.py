"""The data plane, which the Graph only configures: how it would serve, and what an administrator should see."""

from __future__ import annotations

from mockserver.model.report import report
from mockserver.model.routing import route
from mockserver.web.answered import Answered
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read


def show_report(control: Control) -> Answered:
    """What an administrator should know of each connector group."""
    return answered(report(control.sandbox.tenant))


def send_traffic(control: Control) -> Answered:
    """How requests to an application would be served, and by which connectors, without any being made (R49)."""
    said = read(bodies.TRAFFIC)
    at = control.sandbox
    return answered(
        route(at.tenant, said["applicationId"], said.get("requests", 1_000), said.get("seed", at.state.seed))
    )


ROUTES: tuple[Route, ...] = (
    Route("GET", "/report", show_report, {200: answers.REPORT}),
    Route("POST", "/traffic", send_traffic, {200: answers.SERVED}, bodies.TRAFFIC),
)
