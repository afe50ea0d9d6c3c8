"""The data plane, which the Graph only configures: how it would serve, and what an administrator should see."""

from __future__ import annotations

from mockserver.model.report import report
from mockserver.model.routing import route
from mockserver.web.answered import Answered
from mockserver.web.control.asked import Control, Route, answered, body
from mockserver.web.control.reading import members, text, whole


def show_report(control: Control) -> Answered:
    return answered(report(control.sandbox.tenant))


def send_traffic(control: Control) -> Answered:
    """So many requests to an application, without any being made: which connectors would serve them (R49)."""
    said = members(
        body(), {"applicationId": text, "requests": whole(0), "seed": whole(-(10**18), 10**18)}, ("applicationId",)
    )
    at = control.sandbox
    return answered(
        route(at.tenant, said["applicationId"], said.get("requests", 1_000), said.get("seed", at.state.seed))
    )


ROUTES: tuple[Route, ...] = (
    ("GET", "/report", show_report),
    ("POST", "/traffic", send_traffic),
)
