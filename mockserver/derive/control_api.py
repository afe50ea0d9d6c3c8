"""The mock's own API as data: each route of `/_mock`, what it takes and what it answers.

The views are in `web/control/`; a test holds its table against this one, so that neither has a route alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mockserver.derive import control_schemas as schemas
from mockserver.derive.control_schemas import Schema, values


class Route(NamedTuple):
    """A method and a path below `/_mock`."""

    method: str
    path: str
    summary: str
    answers: Mapping[int, Schema | None]
    """Status -> schema of the body, or None where there is none."""
    takes: Schema | None = None
    """The schema of the body it must have."""
    token: bool = True
    """False: never asks for the control token."""
    filters: Mapping[str, Schema] = {}
    """The query options it takes."""
    media: str = "application/json"
    """The type of what it answers with."""


_DONE: Mapping[int, Schema | None] = {204: None}

ROUTES: tuple[Route, ...] = (
    Route("GET", "/health", "Whether the process serves", {200: schemas.HEALTH}, token=False),
    Route("GET", "/ready", "Whether the tenant is loaded", {200: schemas.READY}),
    Route("GET", "/settings", "The effective settings", {200: schemas.SETTINGS}),
    Route("GET", "/openapi.json", "This document", {200: {"type": "object"}}),
    Route("POST", "/reset", "Put this sandbox back to how it was seeded", _DONE),
    Route("GET", "/tenant", "The whole tenant", {200: schemas.TENANT}),
    Route("PUT", "/tenant", "Replace the whole tenant, or nothing of it", {200: schemas.TENANT}, schemas.TENANT),
    Route("GET", "/snapshots", "The snapshots of this sandbox", {200: values(schemas.SNAPSHOT)}),
    Route("POST", "/snapshots", "Give the present state a name", {201: schemas.SNAPSHOT}, schemas.NEW_SNAPSHOT),
    Route("POST", "/snapshots/{name}/restore", "Go back to a snapshot", _DONE),
    Route("DELETE", "/snapshots/{name}", "Forget a snapshot", _DONE),
    Route("GET", "/sandboxes", "All sandboxes", {200: values(schemas.SANDBOX)}),
    Route(
        "POST",
        "/sandboxes",
        "Fork a sandbox or one of its snapshots, or make one of a tenant",
        {201: schemas.SANDBOX},
        schemas.NEW_SANDBOX,
    ),
    Route("GET", "/sandboxes/{name}", "Where a sandbox is", {200: schemas.SANDBOX}),
    Route("DELETE", "/sandboxes/{name}", "Drop a sandbox", _DONE),
    Route("GET", "/clock", "What time it is", {200: schemas.CLOCK}),
    Route("PATCH", "/clock", "Set the clock, let it stand still or go on", {200: schemas.CLOCK}, schemas.CLOCK_SET),
    Route("POST", "/clock/advance", "Let time pass, and see what it does", {200: schemas.ADVANCED}, schemas.ADVANCE),
    Route(
        "POST",
        "/connectors",
        "Install a connector, as its setup program would",
        {201: schemas.CONNECTOR},
        schemas.NEW_CONNECTOR,
    ),
    Route("POST", "/connectors/{key}/stop", "Let a connector send no more heartbeats", {200: schemas.CONNECTOR}),
    Route("POST", "/connectors/{key}/start", "Let a connector send heartbeats again", {200: schemas.CONNECTOR}),
    Route("POST", "/connectors/{key}/silence", "Make a connector inactive at once", {200: schemas.CONNECTOR}),
    Route("DELETE", "/connectors/{key}", "Uninstall a connector", _DONE),
    Route(
        "POST",
        "/updates",
        "Update connectors, one at a time in each group",
        {200: values(schemas.PLANNED)},
        schemas.NEW_UPDATES,
    ),
    Route(
        "PUT",
        "/throttle",
        "Let each application send so many Graph requests in each window, or, with null, all again",
        _DONE,
        schemas.THROTTLE,
    ),
    Route(
        "PUT", "/lag", "Keep changes unseen for so many reads or so long, or, with null, no more", _DONE, schemas.LAG
    ),
    Route("GET", "/faults", "The faults, the first that matches first", {200: values(schemas.FAULT)}),
    Route("POST", "/faults", "Order a failure", {201: schemas.FAULT}, schemas.NEW_FAULT),
    Route("DELETE", "/faults", "Drop all faults", _DONE),
    Route("DELETE", "/faults/{key}", "Drop a fault", _DONE),
    Route(
        "GET",
        "/requests",
        "The last requests to the Graph, newest last",
        {200: schemas.REQUESTS},
        filters=schemas.ASKED_FOR,
    ),
    Route("DELETE", "/requests", "Forget them", _DONE),
    Route("POST", "/requests/verify", "Whether there were such requests", {200: schemas.VERIFIED}, schemas.VERIFY),
    Route("GET", "/report", "What an administrator should know of each connector group", {200: schemas.REPORT}),
    Route("POST", "/traffic", "How requests to an application would be served", {200: schemas.SERVED}, schemas.TRAFFIC),
    Route("GET", "/coverage", "Which operations and refusals callers have met", {200: schemas.COVERAGE}),
    Route("GET", "/permissions", "The least that callers needed for what they did", {200: schemas.PERMISSIONS}),
    Route("POST", "/tokens", "Make a token to order, good or bad", {201: schemas.TOKEN}, schemas.NEW_TOKEN),
    Route(
        "POST", "/devices/{code}/approve", "Sign a user in to the device that shows this code", _DONE, schemas.DEVICE
    ),
    Route("GET", "/events", "What happens, as it happens", {200: schemas.EVENTS}, media="text/event-stream"),
    Route("GET", "/fixtures", "The ready-made tenants", {200: values(schemas.FIXTURE)}),
    Route("GET", "/fixtures/{name}", "A ready-made tenant as a document", {200: schemas.TENANT}),
    Route("GET", "/story", "What mockserver demo tells, with the calls to make", {200: schemas.STORY}),
)
"""interface.md 3, in the order of `web/control/`."""
