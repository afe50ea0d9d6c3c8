"""Where a path leads, whichever entity it names: what identifies its operation, together with the method.

`connectorGroups/{id}/members/{id}/$ref` goes the way `("onPremisesPublishingProfiles", "connectorGroups", "members")`
and has the shape `keyed reference`. The words are those of `mockserver.derive.operations`.
"""

from __future__ import annotations

from mockserver.core.edm import STREAM
from mockserver.odata.path import All, Count, Invoked, Keyed, References, Related, Resource, Value


def way_and_shape(resource: Resource) -> tuple[tuple[str, ...], str]:
    """The declared names that the path goes through, from the set's on, and what kind of thing it leads to.

    It is remembered in the resource itself, as `cached_property` would: hashing one costs more than this.
    """
    remembered = resource.__dict__
    found: tuple[tuple[str, ...], str] | None = remembered.get(_REMEMBERED)
    if found is None:
        found = remembered[_REMEMBERED] = tuple(_way(resource)), shape_of(resource)
    return found


_REMEMBERED = "way and shape"


def shape_of(resource: Resource) -> str:
    """What kind of thing it leads to: `collection`, `entity`, `single`, `count`, `value`, `content`, ..."""
    if isinstance(resource, Related):
        return "collection" if resource.navigation.collection else "single"
    if isinstance(resource, References):
        return _shape_of_references(resource.of)
    if isinstance(resource, Value) and resource.kind is STREAM:
        return "content"
    return _SHAPES[type(resource)]


_SHAPES = {All: "collection", Keyed: "entity", Count: "count", Value: "value", Invoked: "action"}


def _shape_of_references(of: Related | Keyed) -> str:
    if isinstance(of, Keyed):
        return "keyed reference"
    return "references" if of.navigation.collection else "reference"


def _way(resource: Resource) -> list[str]:
    """Names of sets, navigations, properties, casts and actions as declared, whatever their letter case was."""
    if isinstance(resource, All):
        return [resource.set.name]
    if isinstance(resource, Keyed | Count | References):
        return _way(resource.of)
    if isinstance(resource, Related):
        return [*_way(resource.owner), resource.navigation.name]
    if isinstance(resource, Invoked):
        return [*_way(resource.owner), resource.action.name]
    cast = [resource.cast.qualified_name] if resource.cast else []
    return [*_way(resource.owner), *(each.name for each in resource.properties), *cast]
