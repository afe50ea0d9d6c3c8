"""What a path means in a tenant: the entity or the entities a resource leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mockserver.core.commands import found
from mockserver.core.edm import EntityType, Navigation
from mockserver.core.entity import Entity
from mockserver.core.errors import MalformedId, NotFound, ResourceNotFound
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model.behaviours import MALFORMED_IDS
from mockserver.odata.path import All, Keyed, One, Related, Value


@dataclass(frozen=True, eq=False)
class Entities(Collection[Entity]):
    """The entities of a collection in one tenant: counted without being looked at, looked at one by one."""

    tenant: Tenant
    type: EntityType
    ids: Collection[str]

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, entity: object) -> bool:
        return isinstance(entity, Entity) and entity["id"] in self.ids

    def __iter__(self) -> Iterator[Entity]:
        table = self.tenant.all(self.type.name)
        return iter(table.values()) if self.ids is table else map(table.__getitem__, self.ids)


def entity_at(tenant: Tenant, resource: One) -> Entity:
    """The one entity. Raises the error its type, or the navigation on the way, declares for a missing one."""
    if isinstance(resource, Related):
        return _only(tenant, resource)
    if resource.by != "id":
        return _by_alternate_key(tenant, resource)
    of = resource.of
    if isinstance(of, All):
        return _found(tenant, of.type, resource.key)
    owner = start_of(tenant, of)
    entity = _found(tenant, of.type, resource.key)
    if not _holds(tenant, owner, of, entity):
        raise _missing(of.type, resource.key)
    return entity


def entities_at(tenant: Tenant, resource: All | Related) -> Entities:
    """All entities of the collection, in the order they came."""
    if isinstance(resource, All):
        return Entities(tenant, resource.type, tenant.all(resource.type.name))
    return entities_of(tenant, start_of(tenant, resource), resource.navigation)


def entities_of(tenant: Tenant, owner: Entity, navigation: Navigation) -> Entities:
    """What a navigation shows of what it leads to: nothing where the owner has it not, and not what it hides."""
    target = tenant.model.type(navigation.target)
    if navigation.serves is not None and not navigation.serves(tenant, owner):
        return Entities(tenant, target, ())
    ids = tenant.all(navigation.target) if navigation.everything else tenant.related_ids(owner, navigation)
    hidden = navigation.hides(tenant) if navigation.hides is not None else None
    if hidden is not None:
        table = tenant.all(navigation.target)
        ids = tuple(key for key in ids if not hidden(table[key]))
    return Entities(tenant, target, ids if isinstance(ids, Collection) else tuple(ids))


def start_of(tenant: Tenant, resource: Related) -> Entity:
    """The entity that a navigation starts at, if it has that navigation at all."""
    navigation, key = resource.navigation, ""
    try:
        owner = _owner(tenant, resource.owner)
        key = owner["id"]
    except NotFound:
        if navigation.missing is None or not isinstance(resource.owner, Keyed):
            raise
        raise navigation.missing(id=resource.owner.key) from None
    if navigation.serves is not None and not navigation.serves(tenant, owner):
        raise (navigation.unserved or navigation.missing or owner.type.missing or ResourceNotFound)(id=key)
    return owner


def _owner(tenant: Tenant, at: One | Value) -> Entity:
    """The entity, which must have the complex value the path goes through where its absence is an error."""
    if not isinstance(at, Value):
        return entity_at(tenant, at)
    owner = entity_at(tenant, at.owner)
    value: Any = owner
    for each in at.properties:
        value = None if value is None else value.get(each.name)
        if value is None and each.missing is not None:
            raise each.missing(id=owner["id"])
    return owner


def _only(tenant: Tenant, resource: Related) -> Entity:
    owner = start_of(tenant, resource)
    for entity in tenant.related(owner, resource.navigation):
        return entity
    raise ResourceNotFound(id=resource.navigation.name)


def _holds(tenant: Tenant, owner: Entity, of: Related, entity: Entity) -> bool:
    if of.navigation.everything:
        return True
    if of.navigation.contained and not of.navigation.inverse:
        return bool(entity.get(CONTAINER) == owner["id"])
    return entity["id"] in tenant.related_ids(owner, of.navigation)


def _by_alternate_key(tenant: Tenant, resource: Keyed) -> Entity:
    for entity in entities_at(tenant, resource.of):
        if entity.get(resource.by) == resource.key:
            return entity
    raise _missing(resource.type, resource.key)


def _found(tenant: Tenant, entity_type: EntityType, key: str) -> Entity:
    entity = tenant.get(entity_type.name, key)
    if entity is not None:
        return entity
    if tenant.behaviour[MALFORMED_IDS] == "400" and not entity_type.words and not _is_guid(key):
        raise MalformedId(id=key)
    return found(tenant, entity_type.name, key)


def _missing(entity_type: EntityType, key: str) -> Exception:
    return (entity_type.missing or ResourceNotFound)(id=key)


def _is_guid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
