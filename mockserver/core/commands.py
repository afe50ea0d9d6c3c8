"""What can be done to a tenant, as values, and the one function that does it.

A command carries everything that is not decided by the tenant: the new id and the time are put into it by whoever
asks, so replaying the commands from the same tenant gives the same tenant. `apply` lets the declared consequences
complete the entity, asks the declared rules in their order, and only then makes the next tenant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from mockserver.core.edm import ComplexType, EntityType, Navigation, StructuredType
from mockserver.core.entity import Entity, freeze
from mockserver.core.errors import ResourceNotFound
from mockserver.core.tenant import CONTAINER, Tenant


@dataclass(frozen=True)
class Command:
    """`type` and `id` say which entity, `at` is the sandbox's time as `2031-05-06T07:08:09Z`."""

    type: str
    id: str
    at: str


@dataclass(frozen=True)
class Create(Command):
    """A new entity; `container` is the id of the entity that contains it, `links` what it points to from the start."""

    properties: Mapping[str, Any] = field(default_factory=dict)
    container: str | None = None
    links: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Update(Command):
    """New values for some properties. A complex value is merged into the present one, as OData's PATCH does."""

    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Delete(Command):
    """The entity goes, with all it contains; whoever points to it no longer does."""


@dataclass(frozen=True)
class Link(Command):
    """The entity points to `target`; what it pointed to before is forgotten, unless the navigation keeps many."""

    navigation: str = ""
    target: str = ""


@dataclass(frozen=True)
class Unlink(Command):
    """The entity no longer points to `target`."""

    navigation: str = ""
    target: str = ""


@dataclass(frozen=True, eq=False)
class Change:
    """What a rule judges: the command, the tenant it meets, and the entity before and after it."""

    tenant: Tenant
    command: Command
    entity_type: EntityType
    before: Entity | None
    after: Entity | None

    @property
    def old(self) -> Entity:
        """`before`, for rules of commands that have one."""
        return cast(Entity, self.before)

    @property
    def new(self) -> Entity:
        """`after`, for rules of commands that have one."""
        return cast(Entity, self.after)

    def differs(self, name: str) -> bool:
        before, after = (None if each is None else each.get(name) for each in (self.before, self.after))
        return bool(before != after)


def apply(tenant: Tenant, command: Command) -> Tenant:
    """The next tenant; the same one where nothing changed. Raises GraphError, and then nothing has happened."""
    change = _judged(_change(tenant, command))
    if isinstance(command, Delete):
        return _without(tenant, change.old)
    return tenant if change.after == change.before else tenant.put(change.new)


def apply_all(tenant: Tenant, commands: tuple[Command, ...]) -> Tenant:
    """All of them or, where one is refused, none."""
    for command in commands:
        tenant = apply(tenant, command)
    return tenant


def found(tenant: Tenant, type_name: str, key: str) -> Entity:
    """The entity, or the error that its type declares for a missing one."""
    entity = tenant.get(type_name, key)
    if entity is None:
        raise (tenant.model.type(type_name).missing or ResourceNotFound)(id=key)
    return entity


def _change(tenant: Tenant, command: Command) -> Change:
    entity_type = tenant.model.type(command.type)
    before = None if isinstance(command, Create) else found(tenant, command.type, command.id)
    after = _AFTER[type(command)](entity_type, before, command)
    change = Change(tenant, command, entity_type, before, after)
    for consequence in entity_type.consequences.get(type(command), ()):
        completed = change.new.with_(consequence(change))
        change = Change(tenant, command, entity_type, before, completed)
    return change


def _judged(change: Change) -> Change:
    for rule in change.entity_type.rules.get(type(change.command), ()):
        rule(change)
    return change


def _created(entity_type: EntityType, _: Entity | None, command: Create) -> Entity:
    values: dict[str, Any] = {"id": command.id}
    if command.container is not None:
        values[CONTAINER] = command.container
    for each in entity_type.property_by_name.values():
        values.setdefault(each.name, each.default)
    return Entity(entity_type, values | dict(command.links) | _merged(entity_type, values, command.properties))


def _updated(entity_type: EntityType, before: Entity, command: Update) -> Entity:
    return before.with_(_merged(entity_type, before, command.properties))


def _linked(entity_type: EntityType, before: Entity, command: Link) -> Entity:
    navigation = entity_type.navigation_by_name[command.navigation]
    return before.with_({navigation.name: _added(navigation, before.get(navigation.name), command.target)})


def _unlinked(entity_type: EntityType, before: Entity, command: Unlink) -> Entity:
    navigation = entity_type.navigation_by_name[command.navigation]
    return before.with_({navigation.name: _removed(navigation, before.get(navigation.name), command.target)})


def _added(navigation: Navigation, kept: Any, target: str) -> Any:
    if not navigation.many:
        return target
    return (*(kept or ()), target) if target not in (kept or ()) else kept


def _removed(navigation: Navigation, kept: Any, target: str) -> Any:
    if not navigation.many:
        return None if kept == target else kept
    return tuple(each for each in kept or () if each != target)


def _merged(structure: StructuredType, before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = {}
    for name, value in changes.items():
        kind = structure.property_by_name.get(name)
        if kind is not None and isinstance(kind.type, ComplexType) and not kind.collection and value is not None:
            present = before.get(name) or {each.name: each.default for each in kind.type.property_by_name.values()}
            value = {**present, **_merged(kind.type, present, value)}
        merged[name] = freeze(value)
    return merged


def _without(tenant: Tenant, entity: Entity) -> Tenant:
    key = entity["id"]
    for holder, navigation in tenant.model.navigations():
        if navigation.contained and entity.type.is_a(holder):
            for inner in tuple(tenant.related(entity, navigation)):
                tenant = _without(tenant, inner)
        elif navigation.stored and navigation.target == entity.type.name:
            for pointing in tuple(tenant.pointing_to(holder.name, navigation.name, key)):
                tenant = _without_link(tenant, found(tenant, holder.name, pointing), navigation, key)
    return tenant.drop(found(tenant, entity.type.name, key))


def _without_link(tenant: Tenant, entity: Entity, navigation: Navigation, key: str) -> Tenant:
    if navigation.owner:
        return _without(tenant, entity)
    return tenant.put(entity.with_({navigation.name: _removed(navigation, entity[navigation.name], key)}))


_AFTER: Mapping[type[Command], Callable[[EntityType, Any, Any], Entity | None]] = {
    Create: _created,
    Update: _updated,
    Delete: lambda *_: None,
    Link: _linked,
    Unlink: _unlinked,
}
