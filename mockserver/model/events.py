"""What happened to a tenant, for people to read: a command that changed something, as one event.

An event is a mapping ready for JSON: `at`, `type`, the id and the names it is about, and `message`, a sentence that
says what happened and why. The types and their sentences are the mock's own; the reasons are R37, R38, R41 and Q21.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from string import Formatter
from typing import Any, NamedTuple

from mockserver.core.commands import Change, Command, Delete
from mockserver.core.tenant import Tenant
from mockserver.model.application import APPLICATION
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import CONNECTOR_GROUP
from mockserver.model.heartbeats import limits
from mockserver.model.lifecycle import due_for

Holds = Callable[[Change], bool]
Facts = Callable[[Change], Mapping[str, Any]]


class Kind(NamedTuple):
    """A type of event, when a change is one, and its sentence; the facts it names are members of the event too."""

    type: str
    holds: Holds
    sentence: str


def event_of(before: Tenant, command: Command, after: Tenant) -> Mapping[str, Any] | None:
    """What the command did to the tenant `before`; `command` is as carried out, `after` what `apply` made of it.

    None where it changed nothing, or nothing that an administrator of connector groups looks for. Of several changes
    in one command the first of the kinds below is told.
    """
    if before is after or command.type not in _KINDS:
        return None
    old, new = (each.get(command.type, command.id) for each in (before, after))
    change = Change(before, command, before.model.type(command.type), old, new)
    kind = next((each for each in _KINDS[command.type] if each.holds(change)), None)
    return None if kind is None else _event(kind, change)


def _event(kind: Kind, change: Change) -> dict[str, Any]:
    facts = _FACTS[change.command.type](change)
    named = {name for _, name, _, _ in Formatter().parse(kind.sentence) if name}
    told = {name: fact for name, fact in facts.items() if name.removesuffix("Id") in named}
    words = {name: "none" if fact is None else fact for name, fact in facts.items()}
    about = {f"{change.command.type}Id": change.command.id, **told}
    return {"at": change.command.at, "type": kind.type, **about, "message": kind.sentence.format_map(words)}


def _is_made(change: Change) -> bool:
    return change.before is None


def _is_gone(change: Change) -> bool:
    return change.after is None


def _is_gone_by_time(change: Change) -> bool:
    """R38: the service removed it: this very command was due at this very moment."""
    at = datetime.fromisoformat(change.command.at)
    coming = due_for(change.tenant, change.command.type, change.command.id)
    return _is_gone(change) and any(each.at == at and isinstance(each.command, Delete) for each in coming)


def _differs(name: str) -> Holds:
    return lambda change: change.before is not None and change.after is not None and change.differs(name)


def _becomes(name: str, value: object) -> Holds:
    return lambda change: _differs(name)(change) and change.new[name] == value


def _is_set(name: str) -> Holds:
    return lambda change: _differs(name)(change) and change.new[name] is not None


def _is_set_at_last(name: str) -> Holds:
    return lambda change: _is_set(name)(change) and change.old[name] is None


_OF_A_CONNECTOR = ("machineName", "lastHeartbeat", "version", "nextVersion", "updateFrom", "updateUntil")


def _of_a_connector(change: Change) -> Mapping[str, Any]:
    entity = change.old if change.after is None else change.new
    inactive, removed = limits(change.tenant.behaviour)
    return {
        **_groups(change, "memberOf"),
        **{name: entity[name] for name in _OF_A_CONNECTOR},
        "previousVersion": None if change.before is None else change.old["version"],
        "inactiveAfter": inactive,
        "removedAfter": removed,
    }


def _of_a_group(change: Change) -> Mapping[str, Any]:
    entity = change.old if change.after is None else change.new
    names = ("name", "region", "nextRegion", "regionDue")
    before = (
        {} if change.before is None else {"previousName": change.old["name"], "previousRegion": change.old["region"]}
    )
    return {name: entity[name] for name in names} | before


def _of_an_application(change: Change) -> Mapping[str, Any]:
    entity = change.old if change.after is None else change.new
    return {"displayName": entity["displayName"], **_groups(change, "connectorGroup")}


def _groups(change: Change, link: str) -> Mapping[str, Any]:
    """The group it is in (or was in, where it is gone) and the one before, each by id and by name."""
    old, new = (None if each is None else each[link] for each in (change.before, change.after))
    keys = {"connectorGroup": old if change.after is None else new, "previousConnectorGroup": old}
    facts: dict[str, Any] = {}
    for fact, key in keys.items():
        group = None if key is None else change.tenant.get(CONNECTOR_GROUP, key)
        facts |= {f"{fact}Id": key, fact: None if group is None else group["name"]}
    return facts


_KINDS: Mapping[str, tuple[Kind, ...]] = {
    CONNECTOR: (
        Kind("connectorInstalled", _is_made, "{machineName} was installed; it is in {connectorGroup}."),
        Kind(
            "connectorRemoved",
            _is_gone_by_time,
            "The service removed {machineName} from {connectorGroup}: it has sent no heartbeat since {lastHeartbeat}, "
            "for {removedAfter}.",
        ),
        Kind("connectorUninstalled", _is_gone, "{machineName} was uninstalled; it was in {connectorGroup}."),
        Kind(
            "connectorInactive",
            _becomes("status", "inactive"),
            "{machineName} in {connectorGroup} is inactive: it has sent no heartbeat since {lastHeartbeat}, "
            "for more than {inactiveAfter}.",
        ),
        Kind(
            "connectorStopped", _becomes("stopped", True), "The service of {machineName} in {connectorGroup} stopped."
        ),
        Kind(
            "connectorStarted", _becomes("stopped", False), "The service of {machineName} in {connectorGroup} started."
        ),
        Kind(
            "connectorMoved",
            _differs("memberOf"),
            "{machineName} was moved from {previousConnectorGroup} to {connectorGroup}.",
        ),
        Kind(
            "connectorUpdatePlanned",
            _is_set_at_last("updateFrom"),
            "{machineName} in {connectorGroup} is updated from {version} to {nextVersion} from {updateFrom} on.",
        ),
        Kind(
            "connectorUpdating",
            _becomes("updateFrom", None),
            "{machineName} in {connectorGroup} is being updated from {version} to {nextVersion} until {updateUntil}, "
            "and serves nobody meanwhile.",
        ),
        Kind(
            "connectorUpdated",
            _differs("version"),
            "{machineName} in {connectorGroup} was updated from {previousVersion} to {version}.",
        ),
    ),
    CONNECTOR_GROUP: (
        Kind("groupCreated", _is_made, "Connector group {name} was created with region {region}."),
        Kind("groupDeleted", _is_gone, "Connector group {name} was deleted."),
        Kind(
            "regionChosen",
            _is_set("regionDue"),
            "Connector group {name} has region {region} until {regionDue}, then {nextRegion}.",
        ),
        Kind(
            "regionEffective", _differs("region"), "Connector group {name} has region {region} after {previousRegion}."
        ),
        Kind("groupRenamed", _differs("name"), "Connector group {previousName} is called {name} now."),
    ),
    APPLICATION: (
        Kind("applicationCreated", _is_made, "Application {displayName} was created."),
        Kind("applicationDeleted", _is_gone, "Application {displayName} was deleted; it was in {connectorGroup}."),
        Kind(
            "applicationPublished",
            _is_set_at_last("onPremisesPublishing"),
            "Application {displayName} was published; it is in {connectorGroup}.",
        ),
        Kind(
            "applicationUnpublished",
            _becomes("onPremisesPublishing", None),
            "Application {displayName} is published no longer; it was in {previousConnectorGroup}.",
        ),
        Kind(
            "applicationAssigned",
            _differs("connectorGroup"),
            "Application {displayName} was moved from {previousConnectorGroup} to {connectorGroup}.",
        ),
    ),
}

_FACTS: Mapping[str, Facts] = {
    CONNECTOR: _of_a_connector,
    CONNECTOR_GROUP: _of_a_group,
    APPLICATION: _of_an_application,
}

TYPES = tuple(kind.type for kinds in _KINDS.values() for kind in kinds)
"""Every type of event there is."""
