"""What happens to connectors outside of the Graph: installed, stopped, started, updated, uninstalled (R31, R41)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockserver.core.commands import Command, Create, Delete, found
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.model.lifecycle import silence, start, stop
from mockserver.model.updates import planned
from mockserver.sandbox import Sandbox
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read


def install_connector(control: Control) -> Answered:
    """Install a connector, as its setup program would."""
    return _changed(control.sandbox, Create(CONNECTOR, "", "", read(bodies.NEW_CONNECTOR), APPLICATION_PROXY), 201)


def stop_connector(control: Control, key: str) -> Answered:
    """Let a connector send no more heartbeats."""
    return _changed(control.sandbox, stop(key))


def start_connector(control: Control, key: str) -> Answered:
    """Let a connector send heartbeats again."""
    return _changed(control.sandbox, start(key))


def silence_connector(control: Control, key: str) -> Answered:
    """Make a connector inactive at once.

    R39: for tests that do not care for the minutes until then.
    """
    at = control.sandbox
    return _shown(*at.carry_out(lambda tenant, draw: (silence(tenant, key, at.now()),)))


def update_connectors(control: Control) -> Answered:
    """Update connectors, or all, one at a time in each group.

    R41: the updates are planned one after the other.
    """
    said = read(bodies.UPDATES)
    at = control.sandbox
    tenant, done = at.carry_out(lambda tenant, draw: planned(tenant, at.now(), **said))
    return answered({"value": [_planned(found(tenant, CONNECTOR, each.id)) for each in done]})


def _planned(connector: Entity) -> dict[str, Any]:
    return {"connectorId": connector["id"], **{name: connector[name] for name in _PLANNED}}


_PLANNED = ("machineName", "memberOf", "version", "nextVersion", "updateFrom", "updateUntil")


def uninstall_connector(control: Control, key: str) -> Answered:
    """Uninstall a connector."""
    control.sandbox.dispatch(Delete(CONNECTOR, key, ""))
    return Answered(NO_CONTENT)


def _changed(sandbox: Sandbox, command: Command, status: int = 200) -> Answered:
    return _shown(*sandbox.dispatch(command), status)


def _shown(tenant: Tenant, done: Sequence[Command], status: int = 200) -> Answered:
    """The one connector that was changed, as the Graph shows it, and what only the mock knows of it."""
    entity = found(tenant, CONNECTOR, done[0].id)
    shown = {each.name: entity[each.name] for each in entity.type.visible}
    return answered(shown | {name: entity[name] for name in ("memberOf", "lastHeartbeat", "stopped")}, status)


ROUTES: tuple[Route, ...] = (
    Route("POST", "/connectors", install_connector, {201: answers.CONNECTOR}, bodies.NEW_CONNECTOR),
    Route("POST", "/connectors/<key>/stop", stop_connector, {200: answers.CONNECTOR}),
    Route("POST", "/connectors/<key>/start", start_connector, {200: answers.CONNECTOR}),
    Route("POST", "/connectors/<key>/silence", silence_connector, {200: answers.CONNECTOR}),
    Route("DELETE", "/connectors/<key>", uninstall_connector, answers.DONE),
    Route("POST", "/updates", update_connectors, {200: answers.values(answers.PLANNED)}, bodies.UPDATES),
)
