"""What happens to connectors outside of the Graph: they are installed, stopped, started, uninstalled (R31)."""

from __future__ import annotations

from mockserver.core.commands import Command, Create, Delete, found
from mockserver.model import MODEL
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.model.lifecycle import start, stop
from mockserver.sandbox import Sandbox
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control.asked import Control, Route, answered, body


def install_connector(control: Control) -> Answered:
    from mockserver.derive.schemas import Style, read_body

    values = read_body(body(), MODEL.type(CONNECTOR), Style(creating=True))
    return _changed(control.sandbox, Create(CONNECTOR, "", "", values, APPLICATION_PROXY), 201)


def stop_connector(control: Control, key: str) -> Answered:
    return _changed(control.sandbox, stop(key))


def start_connector(control: Control, key: str) -> Answered:
    return _changed(control.sandbox, start(key))


def uninstall_connector(control: Control, key: str) -> Answered:
    control.sandbox.dispatch(Delete(CONNECTOR, key, ""))
    return Answered(NO_CONTENT)


def _changed(sandbox: Sandbox, command: Command, status: int = 200) -> Answered:
    """Carry it out; answer with the connector as the Graph shows it, and what only the mock knows of it."""
    tenant, (done,) = sandbox.dispatch(command)
    entity = found(tenant, CONNECTOR, done.id)
    shown = {each.name: entity[each.name] for each in entity.type.visible}
    return answered(shown | {name: entity[name] for name in ("memberOf", "lastHeartbeat", "stopped")}, status)


ROUTES: tuple[Route, ...] = (
    ("POST", "/connectors", install_connector),
    ("POST", "/connectors/<key>/stop", stop_connector),
    ("POST", "/connectors/<key>/start", start_connector),
    ("DELETE", "/connectors/<key>", uninstall_connector),
)
