"""What happens to connectors outside of the Graph: installed, stopped, started, updated, uninstalled (R31, R41)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockserver.core.commands import Command, Create, Delete, found
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.model import MODEL
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.model.lifecycle import silence, start, stop
from mockserver.model.updates import planned
from mockserver.sandbox import Sandbox
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control.asked import Control, Route, answered, body
from mockserver.web.control.reading import length, members, text, texts


def install_connector(control: Control) -> Answered:
    from mockserver.derive.schemas import Style, read_body

    values = read_body(body(), MODEL.type(CONNECTOR), Style(creating=True))
    return _changed(control.sandbox, Create(CONNECTOR, "", "", values, APPLICATION_PROXY), 201)


def stop_connector(control: Control, key: str) -> Answered:
    return _changed(control.sandbox, stop(key))


def start_connector(control: Control, key: str) -> Answered:
    return _changed(control.sandbox, start(key))


def silence_connector(control: Control, key: str) -> Answered:
    """R39: inactive at once, for tests that do not care for the minutes until then."""
    at = control.sandbox
    return _shown(*at.carry_out(lambda tenant, draw: (silence(tenant, key, at.now()),)))


def update_connectors(control: Control) -> Answered:
    """R41: the updates of these connectors, or of all, planned one after the other in each group."""
    said = members(body(), {"version": text, "takes": length, "connectors": texts})
    at = control.sandbox
    tenant, done = at.carry_out(lambda tenant, draw: planned(tenant, at.now(), **said))
    return answered({"value": [_planned(found(tenant, CONNECTOR, each.id)) for each in done]})


def _planned(connector: Entity) -> dict[str, Any]:
    return {"connectorId": connector["id"], **{name: connector[name] for name in _PLANNED}}


_PLANNED = ("machineName", "memberOf", "version", "nextVersion", "updateFrom", "updateUntil")


def uninstall_connector(control: Control, key: str) -> Answered:
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
    ("POST", "/connectors", install_connector),
    ("POST", "/connectors/<key>/stop", stop_connector),
    ("POST", "/connectors/<key>/start", start_connector),
    ("POST", "/connectors/<key>/silence", silence_connector),
    ("DELETE", "/connectors/<key>", uninstall_connector),
    ("POST", "/updates", update_connectors),
)
