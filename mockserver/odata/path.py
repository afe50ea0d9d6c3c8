"""The path language: text -> a chain of resources, walked through the model.

    path      = { "/" } segment { "/" segment } { "/" }
    segment   = name [ "(" key ")" ] | key | "$count" | "$ref" | "$value"
    key       = literal | name "=" literal
    literal   = "'" { character | "''" } "'" | { character }

Keys stand as segments or in parentheses, names in any letter case, slashes may be doubled or trail (R53); a tenant
whose behaviour says so takes only the canonical spelling (Q9, Q10). A path is parsed once and remembered: it does not
depend on any tenant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import unquote

from mockserver.core.edm import NAMESPACE, Action, ComplexType, EntitySet, EntityType, Model, Navigation, Property
from mockserver.core.errors import NoHttpResource, TooManySegments, UnknownSegment


@dataclass(frozen=True)
class All:
    """A set at the root: `applications`."""

    set: EntitySet

    @property
    def type(self) -> EntityType:
        return self.set.type

    @property
    def canonical(self) -> str:
        """The path as OData writes it in contexts: declared names, keys in parentheses."""
        return self.set.name

    @property
    def allows(self) -> frozenset[str]:
        return self.set.allows


@dataclass(frozen=True)
class Related:
    """What a navigation leads to: `connectors/{id}/memberOf`, `applications/{id}/connectorGroup`."""

    owner: One | Value
    navigation: Navigation
    type: EntityType

    @cached_property
    def canonical(self) -> str:
        return f"{self.owner.canonical}/{self.navigation.name}"

    @property
    def allows(self) -> frozenset[str]:
        return self.navigation.allows


@dataclass(frozen=True)
class Keyed:
    """One entity of a collection: `connectors/{id}`, `applications(appId='...')`."""

    of: All | Related
    key: str
    by: str = "id"

    @cached_property
    def canonical(self) -> str:
        key = self.key.replace("'", "''")
        return f"{self.of.canonical}('{key}')" if self.by == "id" else f"{self.of.canonical}({self.by}='{key}')"

    @property
    def type(self) -> EntityType:
        return self.of.type

    @property
    def allows(self) -> frozenset[str]:
        return self.of.allows


@dataclass(frozen=True)
class Count:
    """The number of entities in a collection: `connectors/$count`."""

    of: All | Related


@dataclass(frozen=True)
class References:
    """The relationship itself: `connectors/{id}/memberOf/$ref`, `connectorGroups/{id}/members/{id}/$ref`."""

    of: Related | Keyed


@dataclass(frozen=True)
class Value:
    """A property of an entity, or of a complex value in it: `applications/{id}/onPremisesPublishing`."""

    owner: One
    properties: tuple[Property, ...]
    raw: bool = False
    """`/$value`: as text, not as JSON."""
    cast: ComplexType | None = None
    """The kind of complex value that the path insists on: `segmentsConfiguration/microsoft.graph.ipSegment...`."""

    @property
    def kind(self) -> object:
        return self.cast or self.properties[-1].type

    @cached_property
    def canonical(self) -> str:
        cast = (self.cast.qualified_name,) if self.cast else ()
        return "/".join((self.owner.canonical, *(each.name for each in self.properties), *cast))


@dataclass(frozen=True)
class Invoked:
    """An action on an entity: `applicationTemplates/{id}/instantiate`."""

    owner: One
    action: Action


One = Keyed | Related
Resource = All | Related | Keyed | Count | References | Value | Invoked

_MOST_SEGMENTS = 250

_KEYED = re.compile(r"(?P<name>[A-Za-z_][\w.]*)\((?P<key>.*)\)", re.DOTALL)
_NAMED_KEY = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*=(?P<literal>\s*'.*'|[^']*)", re.DOTALL)
_QUOTED = re.compile(r"'((?:[^']|'')*)'", re.DOTALL)


@lru_cache(maxsize=8192)
def parse_path(text: str, model: Model, *, exact: bool = False, canonical: bool = False) -> Resource:
    """The resource a path leads to, the part behind the version, still percent-encoded.

    `exact` takes names in their own letter case only, `canonical` no doubled or trailing slash and no parentheses.
    Raises UnknownSegment, or NoHttpResource below a profile, for what leads nowhere.
    """
    segments = [unquote(segment) for segment in text.strip("/").split("/")]
    if canonical and ("" in segments or text.startswith("/") or text.endswith("/")):
        raise UnknownSegment(segment="")
    if len(segments) > _MOST_SEGMENTS:
        raise TooManySegments(limit=_MOST_SEGMENTS)
    return _Walk(model, [segment for segment in segments if segment], exact, canonical).resource()


class _Walk:
    """One way through the model, segment by segment."""

    def __init__(self, model: Model, segments: list[str], exact: bool, canonical: bool) -> None:
        self.model, self.segments, self.exact, self.canonical = model, segments, exact, canonical
        self.position = 0

    def resource(self) -> Resource:
        if not self.segments:
            raise UnknownSegment(segment="")
        at = self._root(self.segments[0])
        while self.position < len(self.segments):
            at = self._next(at, self.segments[self.position])
        return at

    def _root(self, segment: str) -> Resource:
        name, key = self._split(segment)
        entity_set = self.model.entity_set(name, ignore_case=not self.exact)
        if entity_set is None:
            raise UnknownSegment(segment=name)
        self.position += 1
        return All(entity_set) if key is None else self._keyed(All(entity_set), key)

    def _next(self, at: Resource, segment: str) -> Resource:
        name, _ = self._split(segment)
        word = name if self.exact else name.lower()
        self.position += 1
        if isinstance(at, All) or (isinstance(at, Related) and at.navigation.collection):
            return self._in_collection(at, segment, word)
        if word == "$ref" and isinstance(at, Keyed | Related):
            return self._reference(at, segment)
        if isinstance(at, Keyed | Related):
            return self._below(at, segment)
        if isinstance(at, Value):
            return self._in_value(at, segment, word)
        raise UnknownSegment(segment=segment)

    def _in_collection(self, at: All | Related, segment: str, word: str) -> Resource:
        if word == "$count":
            return Count(at)
        if word == "$ref" and isinstance(at, Related):
            return self._reference(at, segment)
        if segment.startswith("$"):
            raise UnknownSegment(segment=segment)
        if segment.startswith("microsoft.graph."):
            if segment != at.type.qualified_name:
                raise UnknownSegment(segment=segment)
            return at
        return Keyed(at, self._known_key(at.type, segment))

    def _reference(self, at: Keyed | Related, segment: str) -> References:
        through = at.of if isinstance(at, Keyed) else at
        if not isinstance(through, Related) or through.navigation.contained:
            raise UnknownSegment(segment=segment)
        return References(at if isinstance(at, Related) else Keyed(through, at.key, at.by))

    def _below(self, at: One, segment: str) -> Resource:
        name, key = self._split(segment)
        navigation = at.type.navigation(name, ignore_case=not self.exact)
        if navigation is not None:
            related = Related(at, navigation, self.model.type(navigation.target))
            if key is None:
                return related
            if navigation.collection:
                return self._keyed(related, key)
        found = at.type.property(name, ignore_case=not self.exact)
        if found is not None and key is None:
            return Value(at, (found,))
        if name == at.type.qualified_name and key is None:
            return at
        plain = name.removeprefix(f"{NAMESPACE}.")
        for action in at.type.actions:
            if key is None and plain == (action.name if self.exact else plain) and plain.lower() == action.name.lower():
                return Invoked(at, action)
        raise self._unknown(at, segment)

    def _in_value(self, at: Value, segment: str, word: str) -> Resource:
        kind = at.kind
        if word == "$value" and not at.raw and not isinstance(kind, ComplexType):
            return Value(at.owner, at.properties, raw=True)
        if not isinstance(kind, ComplexType) or at.properties[-1].collection or at.raw:
            raise UnknownSegment(segment=segment)
        if cast := self.model.derived_type(segment, kind):
            return Value(at.owner, at.properties, cast=cast)
        if found := kind.property(segment, ignore_case=not self.exact):
            return Value(at.owner, (*at.properties, found))
        return self._navigation(at, kind, segment)

    def _navigation(self, at: Value, kind: ComplexType, segment: str) -> Resource:
        name, key = self._split(segment)
        navigation = kind.navigation(name, ignore_case=not self.exact)
        if navigation is None:
            raise UnknownSegment(segment=segment)
        related = Related(at, navigation, self.model.type(navigation.target))
        return related if key is None else self._keyed(related, key)

    def _unknown(self, at: One, segment: str) -> Exception:
        if not at.type.words:
            return UnknownSegment(segment=segment)
        rest = "/".join(self.segments[self.position - 1 :])
        return NoHttpResource(profile=at.key if isinstance(at, Keyed) else "", rest=rest)

    def _split(self, segment: str) -> tuple[str, str | None]:
        match = _KEYED.fullmatch(segment)
        if match is None:
            return segment, None
        if self.canonical:
            raise UnknownSegment(segment=segment)
        return match["name"], match["key"]

    def _keyed(self, of: All | Related, key: str) -> Keyed:
        named = _NAMED_KEY.fullmatch(key)
        if named is None:
            return Keyed(of, self._known_key(of.type, _literal(key)))
        names = {each.lower(): each for each in ("id", *of.type.alternate_keys)}
        name = names.get(named["name"].lower())
        if name is None:
            raise UnknownSegment(segment=self.segments[self.position - 1])
        return Keyed(of, self._known_key(of.type, _literal(named["literal"])), name)

    def _known_key(self, entity_type: EntityType, key: str) -> str:
        if self.exact or not entity_type.words:
            return key
        return next((word for word in entity_type.words if word.lower() == key.lower()), key)


def _literal(text: str) -> str:
    text = text.strip()
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        return quoted[1].replace("''", "'")
    if "'" in text or not text:
        raise UnknownSegment(segment=f"({text})")
    return text
