"""A tenant: one immutable value that holds everything a connector-group service knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mockserver.core.behaviour import Behaviour
from mockserver.core.edm import EntityType, Model, Navigation
from mockserver.core.entity import Entity, Record
from mockserver.core.table import Table

Link = tuple[str, str]
"""A kept relationship: the name of the entity type that keeps it and the navigation's name."""

CONTAINER = "@container"
"""The name under which a contained entity keeps the id of its container."""

_NOTHING: Table[Any] = Table()


@dataclass(frozen=True, eq=False)
class Tenant:
    """All entities by type and id, who points to them, and how this tenant's service behaves.

    Tenants are compared by identity: a command that changed nothing gives back the very tenant it was given.
    Made by `Tenant.of`; the next one by `put` and `drop`, which `core.commands` alone calls.
    """

    model: Model
    behaviour: Behaviour
    about: Record
    """What a fixture says of the tenant as a whole: id, displayName, defaultDomain, region, clients."""
    policy: Record
    """The rules a fixture may set, such as `defaultGroupServesApplications`."""
    entities: Mapping[str, Table[Entity]] = field(default_factory=dict)
    pointing: Mapping[Link, Table[Table[bool]]] = field(default_factory=dict)
    """For each kept link and each id pointed to: the ids that point to it, in the order they came."""

    @classmethod
    def of(
        cls,
        model: Model,
        entities: Iterable[Entity],
        *,
        behaviour: Behaviour,
        about: Mapping[str, Any],
        policy: Mapping[str, Any],
    ) -> Tenant:
        """The tenant that consists of these entities. Linear in their number; checks nothing."""
        by_type: dict[str, dict[str, Entity]] = {}
        pointing: dict[Link, dict[str, dict[str, bool]]] = {}
        for entity in entities:
            by_type.setdefault(entity.type.name, {})[entity["id"]] = entity
            for link, target in _links(entity):
                pointing.setdefault(link, {}).setdefault(target, {})[entity["id"]] = True
        return cls(
            model,
            behaviour,
            Record(about),
            Record(policy),
            {name: Table(rows) for name, rows in by_type.items()},
            {link: Table({to: Table(ids) for to, ids in rows.items()}) for link, rows in pointing.items()},
        )

    def all(self, type_name: str) -> Table[Entity]:
        """Every entity of that type, by id, in the order of creation."""
        return self.entities.get(type_name, _NOTHING)

    def get(self, type_name: str, key: str) -> Entity | None:
        return self.all(type_name).get(key)

    def pointing_to(self, type_name: str, link: str, target: str) -> Table[bool]:
        """The ids of the entities of `type_name` whose `link` leads to `target`."""
        return self.pointing.get((type_name, link), _NOTHING).get(target) or _NOTHING

    def related(self, entity: Entity, navigation: Navigation) -> Iterator[Entity]:
        """The entities a navigation leads to, one or many, kept or computed."""
        table = self.all(navigation.target)
        for key in self.related_ids(entity, navigation):
            found = table.get(key)
            if found is not None:
                yield found

    def related_ids(self, entity: Entity, navigation: Navigation) -> Iterable[str]:
        """The ids of these, in order."""
        if navigation.stored or navigation.container:
            kept = entity.get(CONTAINER if navigation.container else navigation.name)
            return kept if isinstance(kept, tuple) else () if kept is None else (kept,)
        return self.pointing_to(navigation.target, navigation.inverse or CONTAINER, entity["id"])

    def put(self, entity: Entity) -> Tenant:
        """This tenant with that entity, new or in the place of its earlier version."""
        name, key = entity.type.name, entity["id"]
        before = self.get(name, key)
        rows = {**self.entities, name: self.all(name).put(key, entity)}
        return replace(self, entities=rows, pointing=self._pointing(before, entity))

    def drop(self, entity: Entity) -> Tenant:
        """This tenant without that entity. Links that lead to it are the caller's matter."""
        name = entity.type.name
        rows = {**self.entities, name: self.all(name).drop(entity["id"])}
        return replace(self, entities=rows, pointing=self._pointing(entity, None))

    def _pointing(self, before: Entity | None, after: Entity | None) -> Mapping[Link, Table[Table[bool]]]:
        old = set(_links(before)) if before is not None else set()
        new = set(_links(after)) if after is not None else set()
        if old == new:
            return self.pointing
        key = (after if after is not None else before)["id"]  # type: ignore[index]
        pointing = dict(self.pointing)
        for link, target in old - new:
            rows = pointing[link]
            pointing[link] = rows.put(target, rows[target].drop(key))
        for link, target in new - old:
            rows = pointing.get(link, _NOTHING)
            pointing[link] = rows.put(target, (rows.get(target) or _NOTHING).put(key, True))
        return pointing


def _links(entity: Entity) -> Iterator[tuple[Link, str]]:
    kind: EntityType = entity.type
    container = entity.get(CONTAINER)
    if container is not None:
        yield (kind.name, CONTAINER), container
    for navigation in kind.links:
        kept = entity.get(navigation.name)
        for target in kept if isinstance(kept, tuple) else () if kept is None else (kept,):
            yield (kind.name, navigation.name), target
