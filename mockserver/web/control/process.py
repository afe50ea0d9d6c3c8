"""What is true of the whole process: that it serves, and as what."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

import orjson

from mockserver import __version__
from mockserver.model import MODELS
from mockserver.web.answered import Answered
from mockserver.web.call import Answer
from mockserver.web.control import answers
from mockserver.web.control.asked import Control, Route, answered, root_of


def health(control: Control) -> Answered:
    """Whether the process serves."""
    uptime = (datetime.now(UTC) - control.world.started).total_seconds()
    return answered(
        {"status": "ok", "version": __version__, "uptimeSeconds": uptime, "sandboxes": len(control.world)},
    )


def ready(control: Control) -> Answered:
    """Whether the tenant is loaded."""
    return answered({"status": "ready", "sandboxes": [each.name for each in control.world]})


def settings(control: Control) -> Answered:
    """The effective settings: those of the process, but for what this sandbox has of its own."""
    own = {"behaviour": str(control.sandbox.tenant.behaviour), "clock": control.sandbox.state.clock.mode}
    return answered({**control.settings.shown(), **own})


def openapi_document(control: Control) -> Answered:
    """This document, made once for each address it is asked at."""
    return Answered(Answer(200, _openapi(root_of(control.settings)), content_type="application/json; charset=utf-8"))


@lru_cache(maxsize=16)
def _openapi(root: str) -> bytes:
    # Only here, because most mocks are never asked for it.
    from mockserver.derive.openapi import openapi
    from mockserver.web.control import DECLARED
    from mockserver.web.control.described import control_paths

    return orjson.dumps(openapi(MODELS, __version__, root, control_paths(DECLARED)))


ROUTES: tuple[Route, ...] = (
    Route("GET", "/health", health, {200: answers.HEALTH}, token=False),
    Route("GET", "/ready", ready, {200: answers.READY}),
    Route("GET", "/settings", settings, {200: answers.SETTINGS}),
    Route("GET", "/openapi.json", openapi_document, {200: {"type": "object"}}),
)
