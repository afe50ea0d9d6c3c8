"""The vocabulary in which `mockserver.model` declares what exists.

It is the Entity Data Model of OData cut down to what Microsoft Graph uses around connector groups: a declaration is
data that prints. Validation, paths, queries, rendering, `$metadata` and OpenAPI are all computed from it, so a name is
spelled once, in Microsoft's own camelCase, and used everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from mockserver.core.behaviour import Quirk

NAMESPACE = "microsoft.graph"
SENTINEL = "unknownFutureValue"
"""The constant of an evolvable enumeration that stands for those a caller does not know (graph_reference 5.7)."""


@dataclass(frozen=True, eq=False)
class PrimitiveType:
    """A type of the EDM itself, such as `Edm.String`."""

    name: str


BINARY = PrimitiveType("Edm.Binary")
BOOLEAN = PrimitiveType("Edm.Boolean")
DATE = PrimitiveType("Edm.Date")
DATE_TIME_OFFSET = PrimitiveType("Edm.DateTimeOffset")
DECIMAL = PrimitiveType("Edm.Decimal")
DOUBLE = PrimitiveType("Edm.Double")
DURATION = PrimitiveType("Edm.Duration")
GUID = PrimitiveType("Edm.Guid")
INT32 = PrimitiveType("Edm.Int32")
INT64 = PrimitiveType("Edm.Int64")
STREAM = PrimitiveType("Edm.Stream")
STRING = PrimitiveType("Edm.String")
TIME_OF_DAY = PrimitiveType("Edm.TimeOfDay")


@dataclass(frozen=True, eq=False)
class EnumType:
    """Named constants. `members` are the published ones, in the order of their numeric values.

    `observed` are constants that the service accepts and returns although its metadata does not list them.
    """

    name: str
    members: tuple[str, ...]
    observed: tuple[str, ...] = ()
    flags: bool = False
    values: tuple[int, ...] = ()
    """The numeric values where they are not 0, 1, 2, ..."""

    @property
    def qualified_name(self) -> str:
        return f"{NAMESPACE}.{self.name}"

    @cached_property
    def beyond_sentinel(self) -> frozenset[str]:
        """The constants that were added after `unknownFutureValue`, which only callers that ask for such see."""
        return frozenset(self.members[self.members.index(SENTINEL) + 1 :] if SENTINEL in self.members else ())

    @cached_property
    def by_lower_name(self) -> Mapping[str, str]:
        return {name.lower(): name for name in (*self.members, *self.observed)}


# Operations that a set or a navigation may offer. `$count` comes with LIST, reading `$ref` with LINK.
LIST, CREATE, GET, UPDATE, DELETE = "list", "create", "get", "update", "delete"
LINK, LINK_BY_PUT, UNLINK = "link", "linkByPut", "unlink"
INVOKE = "invoke"
EVERYTHING = frozenset({LIST, CREATE, GET, UPDATE, DELETE})


@dataclass(frozen=True, eq=False)
class Guard:
    """Operations that are offered only where a tenant's behaviour makes one of these choices."""

    operations: frozenset[str]
    quirk: Quirk
    choices: tuple[str, ...]
    refusal: Callable[[], Exception]


@dataclass(frozen=True, eq=False)
class Property:
    """A value of an entity or of a complex value."""

    name: str
    type: PrimitiveType | EnumType | ComplexType = STRING
    nullable: bool = True
    collection: bool = False
    writable: bool = True
    """False: the service alone sets it."""
    required: bool = False
    """A create without it is refused."""
    default: Any = None
    """What a new entity has where nothing was said."""
    selected: bool = True
    """Part of an answer that has no `$select`."""
    beta_only: bool = False
    """Not there under /v1.0."""
    published: bool = True
    """False: the service shows it although its metadata does not know it."""
    alias: str = ""
    """Another name that bodies may use for it."""
    annotated: bool = True
    """False: a body that carries an `@odata.type` beside it is refused."""
    in_lists: Guard | None = None
    """Where `$select` may name it on a set at the root, if that is a question."""
    missing: Callable[..., Exception] | None = None
    """The error where it is read by its own path and has no value; takes the entity's id."""
    hidden: bool = False
    """Kept in the tenant, never part of the Graph surface."""


@dataclass(frozen=True, eq=False)
class Navigation:
    """A way from an entity to others.

    A relationship is kept once. The side that keeps it is `stored`: the entity holds, under the navigation's name, the
    id it points to (with `many`: a tuple of ids). The other side names the stored one in `inverse` and is computed.
    What a `contained` navigation leads to lives and dies with its container.
    """

    name: str
    target: str
    collection: bool = True
    """What the wire shows: `memberOf` is a collection there although a connector has exactly one group."""
    stored: bool = False
    many: bool = False
    inverse: str = ""
    contained: bool = False
    everything: bool = False
    """It leads to all entities of the target type, whoever contains them."""
    allows: frozenset[str] = frozenset()
    """The operations offered at and below the navigation; any other is answered with 405."""
    guards: tuple[Guard, ...] = ()
    beta_only: bool = False
    """Not there under /v1.0."""
    lag: Quirk | None = None
    """For how many reads a change of this link stays unseen."""
    user_only: frozenset[str] = frozenset()
    """The operations that an application without a user may be refused."""
    owner: bool = False
    """What keeps this link goes when the entity it leads to goes."""
    container: bool = False
    """It leads to what contains the entity."""
    serves: Callable[[Any, Any], bool] | None = None
    """For a tenant and an entity: whether it has this navigation at all; if not it is treated as missing."""
    unserved: Callable[..., Exception] | None = None
    """The error for one that has not, if not `missing`; takes the id."""
    hides: Callable[[Any], Callable[[Any], bool] | None] | None = None
    """For a tenant: which entities its lists leave out, or None where they show all."""
    missing: Callable[..., Exception] | None = None
    """The error where the entity the navigation starts at is missing, if not that of its type; takes the id."""


@dataclass(frozen=True, eq=False)
class StructuredType:
    """A type with properties and navigations, both in the order of the wire. A derived type adds to its base."""

    name: str
    properties: tuple[Property, ...] = ()
    navigations: tuple[Navigation, ...] = ()
    base: StructuredType | None = None
    abstract: bool = False
    open: bool = False
    """An open type tolerates unknown names in `$select`."""

    def __post_init__(self) -> None:
        members: tuple[Property | Navigation, ...] = (*self.properties, *self.navigations)
        names = [each.name.lower() for each in members]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"{self.name} declares {', '.join(sorted(twice))} twice")

    @property
    def qualified_name(self) -> str:
        return f"{NAMESPACE}.{self.name}"

    @cached_property
    def property_by_name(self) -> Mapping[str, Property]:
        inherited = self.base.property_by_name if self.base else {}
        return {**inherited, **{each.name: each for each in self.properties}}

    @cached_property
    def navigation_by_name(self) -> Mapping[str, Navigation]:
        inherited = self.base.navigation_by_name if self.base else {}
        return {**inherited, **{each.name: each for each in self.navigations}}

    @cached_property
    def visible(self) -> tuple[Property, ...]:
        """What the Graph surface shows."""
        return tuple(each for each in self.property_by_name.values() if not each.hidden)

    @cached_property
    def _visible_by_name(self) -> Mapping[str, Property]:
        return {each.name: each for each in self.visible}

    @cached_property
    def _visible_by_lower_name(self) -> Mapping[str, Property]:
        return {name.lower(): each for each in self.visible for name in (each.name, each.alias) if name}

    @cached_property
    def _navigation_by_lower_name(self) -> Mapping[str, Navigation]:
        return {name.lower(): each for name, each in self.navigation_by_name.items()}

    def property(self, name: str, *, ignore_case: bool = True) -> Property | None:
        """The property of that name that the Graph surface shows, or None. Case is ignored by default (R14, R24)."""
        return self._visible_by_lower_name.get(name.lower()) if ignore_case else self._visible_by_name.get(name)

    def navigation(self, name: str, *, ignore_case: bool = True) -> Navigation | None:
        """The navigation of that name, or None."""
        return self._navigation_by_lower_name.get(name.lower()) if ignore_case else self.navigation_by_name.get(name)

    def is_a(self, other: StructuredType) -> bool:
        return self is other or (self.base is not None and self.base.is_a(other))


@dataclass(frozen=True, eq=False)
class ComplexType(StructuredType):
    """A value made of values, without an identity."""


@dataclass(frozen=True, eq=False)
class Action:
    """Something that can be done to an entity beyond creating, changing and deleting it.

    `plan` makes its commands from the tenant, the entity, the parameters and a source of new ids; `result` makes the
    members of the complex value `returns` from the tenant afterwards and the commands as they were carried out.
    """

    name: str
    parameters: ComplexType
    plan: Callable[[Any, Any, Mapping[str, Any], Callable[[], str]], Iterable[Any]]
    returns: ComplexType | None = None
    result: Callable[[Any, tuple[Any, ...]], Mapping[str, Any]] | None = None
    status: int = 200


@dataclass(frozen=True, eq=False)
class EntityType(StructuredType):
    """What has an identity: every entity has an `id`.

    `rules` names, for each kind of command, the functions that may refuse it, in the order they are asked.
    `consequences` names those that complete the entity before the rules see it. Both take a `Change`.
    """

    alternate_keys: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    beta_only: bool = False
    """Not there under /v1.0."""
    directory: bool = False
    """Kept by the directory, not by the proxy's back end: other wording, pages of 100."""
    searchable: bool = False
    """The directory keeps an index of it, for `$search` and advanced queries (aad-advanced-queries)."""
    words: tuple[str, ...] = ()
    """The ids there are, where they are words in any letter case instead of GUIDs."""
    rules: Mapping[type, tuple[Callable[[Any], None], ...]] = field(default_factory=dict)
    consequences: Mapping[type, tuple[Callable[[Any], Mapping[str, Any]], ...]] = field(default_factory=dict)
    missing: Callable[..., Exception] | None = None
    """The error that says an entity of this type does not exist; takes the id."""
    created_status: Quirk | None = None
    updated_answer: Quirk | None = None
    """Where the status of a create and the answer to an update are in question: 201 and an empty 204 otherwise."""

    @cached_property
    def links(self) -> tuple[Navigation, ...]:
        """The navigations this type keeps."""
        return tuple(each for each in self.navigation_by_name.values() if each.stored)


@dataclass(frozen=True, eq=False)
class EntitySet:
    """A collection at the root of the service, such as `/applications`."""

    name: str
    type: EntityType
    allows: frozenset[str] = EVERYTHING
    guards: tuple[Guard, ...] = ()
    versions: frozenset[str] = frozenset({"beta"})


class Model:
    """Everything that exists, by name. Checks itself when it is made.

    Raises ValueError where a navigation leads nowhere or an inverse is not kept by anyone.
    """

    def __init__(
        self, *, sets: Iterable[EntitySet], types: Iterable[EntityType], derived: Iterable[ComplexType] = ()
    ) -> None:
        self.sets = {each.name: each for each in sets}
        self.entity_types = {each.name: each for each in types}
        self.derived = {each.name: each for each in derived}
        self._inner = [found for each in self.entity_types.values() for found in self._inside(each, each, "")]
        self._set_by_lower_name = {name.lower(): each for name, each in self.sets.items()}
        for entity_type, navigation in self.navigations():
            self._check(entity_type, navigation)

    def v1(self) -> Model:
        """What of this exists under /v1.0."""
        sets = [each for each in self.sets.values() if "v1.0" in each.versions]
        types = {each.name: self._v1(each) for each in self.entity_types.values() if not each.beta_only}
        return Model(sets=[replace(each, type=types[each.type.name]) for each in sets], types=types.values())

    def navigations(self) -> Iterator[tuple[EntityType, Navigation]]:
        """Every navigation and the type it starts at, those of complex values included."""
        for entity_type in self.entity_types.values():
            for navigation in entity_type.navigation_by_name.values():
                yield entity_type, navigation
        for entity_type, navigation, _ in self._inner:
            yield entity_type, navigation

    def inside(self, navigation: Navigation) -> str:
        """Where in its entity a navigation of a complex value starts, as paths write it; empty for all others."""
        return next((path for _, each, path in self._inner if each is navigation), "")

    def derived_type(self, qualified_name: str, base: StructuredType) -> ComplexType | None:
        """The complex type of that name that is a kind of `base`, if there is one."""
        for each in self.derived.values():
            if each.qualified_name.lower() == qualified_name.lower() and each.is_a(base):
                return each
        return None

    def _inside(
        self, entity_type: EntityType, structure: StructuredType, path: str
    ) -> Iterator[tuple[EntityType, Navigation, str]]:
        for each in structure.property_by_name.values():
            if isinstance(each.type, ComplexType) and not each.collection:
                below = f"{path}{each.name}"
                yield from self._inside(entity_type, each.type, f"{below}/")
                for kind in self.derived.values():
                    if kind.is_a(each.type):
                        for navigation in kind.navigation_by_name.values():
                            yield entity_type, navigation, f"{below}/{kind.qualified_name}"

    def type(self, name: str) -> EntityType:
        return self.entity_types[name]

    def entity_set(self, name: str, *, ignore_case: bool = True) -> EntitySet | None:
        return self._set_by_lower_name.get(name.lower()) if ignore_case else self.sets.get(name)

    def _v1(self, entity_type: EntityType) -> EntityType:
        there = [each for each in entity_type.navigations if not self.type(each.target).beta_only]
        return replace(
            entity_type,
            properties=tuple(each for each in entity_type.properties if not each.beta_only),
            navigations=tuple(each for each in there if not each.beta_only),
        )

    def _check(self, entity_type: EntityType, navigation: Navigation) -> None:
        where = f"{entity_type.name}.{navigation.name}"
        target = self.entity_types.get(navigation.target)
        if target is None:
            raise ValueError(f"{where} leads to {navigation.target}, which is not declared")
        if navigation.inverse:
            kept = target.navigation_by_name.get(navigation.inverse)
            if kept is None or not kept.stored:
                raise ValueError(f"{where} is the inverse of {target.name}.{navigation.inverse}, which keeps nothing")
        elif not any((navigation.stored, navigation.contained, navigation.everything, navigation.container)):
            raise ValueError(f"{where} is neither kept nor computed")
