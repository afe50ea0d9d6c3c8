"""Where an entity is: as contexts and annotations write it, and as an absolute address."""

from __future__ import annotations

from mockserver.core.entity import Entity
from mockserver.core.tenant import CONTAINER, Tenant


def home_of(tenant: Tenant, entity: Entity) -> str:
    """The collection an entity lives in, as contexts write it: its set, or its container's navigation."""
    container = entity.get(CONTAINER)
    if container is None:
        return next(each.name for each in tenant.model.sets.values() if each.type.name == entity.type.name)
    for holder, navigation in tenant.model.navigations():
        if navigation.contained and navigation.target == entity.type.name:
            owner = tenant.get(holder.name, container)
            if owner is not None:
                inside = tenant.model.inside(navigation)
                place = f"{inside}/{navigation.name}" if inside else navigation.name
                return f"{canonical_of(tenant, owner)}/{place}"
    raise LookupError(f"{entity.type.name} {entity['id']} has no home")


def canonical_of(tenant: Tenant, entity: Entity) -> str:
    """The path of the entity with its key in parentheses, as `@odata.id` has it."""
    key = entity["id"].replace("'", "''")
    return f"{home_of(tenant, entity)}('{key}')"


def address_of(tenant: Tenant, entity: Entity, base: str) -> str:
    """The entity's absolute address, with keys as segments."""
    place = home_of(tenant, entity).replace("('", "/").replace("')", "")
    return f"{base}/{place}/{entity['id']}"
