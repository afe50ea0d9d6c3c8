"""Values that do not change: what a tenant is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from mockserver.core.edm import EntityType


class Record(dict[str, Any]):
    """A dict that refuses to be changed: a structured value, as it entered the tenant. Read it as any dict."""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a value of a tenant does not change; make another one")

    __setitem__ = __delitem__ = update = setdefault = pop = popitem = clear = __ior__ = _refuse


def freeze(value: Any) -> Any:
    """The value with every list made a tuple and every mapping made a `Record`, all the way down."""
    if isinstance(value, Record):
        return value
    if isinstance(value, Mapping):
        return Record({key: freeze(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(each) for each in value)
    return value


class Entity(Record):
    """One entity in one version: its properties and the links it keeps (see `edm.Navigation`), by name.

    `rendered` is where `web.render` remembers the entity's JSON text, so that each version is written once.
    """

    __slots__ = ("rendered", "type")

    type: EntityType
    rendered: bytes | None

    def __init__(self, entity_type: EntityType, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.type = entity_type
        self.rendered = None

    def with_(self, changes: Mapping[str, Any]) -> Entity:
        """The next version of this entity."""
        return Entity(self.type, {**self, **changes})
