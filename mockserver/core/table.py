"""A mapping that never changes: writing makes another one that shares what did not change.

Why not a plain dict, copied on write? At 10,000 connectors a move would copy three of them, at 100,000 every write
some megabytes, and a fork that differs by one entity would keep all of those. Why not `immutables.Map`? It iterates
in an arbitrary order that differs between processes, and lists, pages and exports need the order of creation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import ref

V = TypeVar("V")

_GONE = object()
_FEW = 64


class Difference(NamedTuple, Generic[V]):
    """What has to be done to one table to get another: first drop, then put in place, then put at the end, in order."""

    gone: list[str]
    changed: dict[str, V]
    came: dict[str, V]


class _Base(dict[str, V]):
    """What most of a table is; tables that have outgrown it know it without keeping it."""

    __slots__ = ("__weakref__",)


class Table(Mapping[str, V], Generic[V]):
    """An immutable mapping from id to value, in the order the ids came.

    It is a large `base`, the few `changes` to it (a new value in the old place, or gone), and what was `added` since.
    `put` and `drop` copy only the latter two; once they outgrow about the square root of the base, all three are merged
    into a new base. So a write costs about sqrt(n), and a table shares its base with the tables it was made from.
    """

    __slots__ = ("_added", "_base", "_changes", "_length", "_outgrown")

    def __init__(self, base: Mapping[str, V] | None = None) -> None:
        self._base: _Base[V] = _Base(base or {})
        self._changes: dict[str, V | object] = {}
        self._added: dict[str, V] = {}
        self._length = len(self._base)
        self._outgrown: _Outgrown[V] | None = None

    def get(self, key: str, default: V | None = None) -> V | None:  # type: ignore[override]
        if self._added and key in self._added:
            return self._added[key]
        if self._changes:
            found = self._changes.get(key)
            if found is not None:
                return default if found is _GONE else found  # type: ignore[return-value]
        return self._base.get(key, default)

    def __getitem__(self, key: str) -> V:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None  # type: ignore[arg-type]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        changes = self._changes
        kept = (key for key in self._base if changes.get(key) is not _GONE) if changes else self._base
        return chain(kept, self._added) if self._added else iter(kept)

    def values(self) -> Iterator[V]:  # type: ignore[override]
        if not self._changes:
            return chain(self._base.values(), self._added.values())
        return map(self.__getitem__, iter(self))

    def put(self, key: str, value: V) -> Table[V]:
        """This table with `value` at `key`: in its old place, or at the end where the key is new. Not for None."""
        if key not in self:
            return self._made(self._changes, {**self._added, key: value}, self._length + 1)
        if key in self._added:
            return self._made(self._changes, {**self._added, key: value}, self._length)
        return self._made({**self._changes, key: value}, self._added, self._length)

    def drop(self, key: str) -> Table[V]:
        """This table without `key`. Raises KeyError where it is absent."""
        if key in self._added:
            added = {other: value for other, value in self._added.items() if other != key}
            return self._made(self._changes, added, self._length - 1)
        if key not in self:
            raise KeyError(key)
        return self._made({**self._changes, key: _GONE}, self._added, self._length - 1)

    def since(self, before: Table[V]) -> Difference[V]:
        """What is different from `before`, in values or in their order.

        Costs about sqrt(n) where the two share their base, as those do that are few writes apart, else n.
        """
        if self is before:
            return Difference([], {}, {})
        if self._outgrown is not None and self._outgrown.base() is before._base:
            return self._as_it_was(before).since(before)
        if self._base is not before._base:
            return _difference(before, self)
        touched = _touched(before._changes, self._changes)
        pairs = [(key, before._in_base(key), self._in_base(key)) for key in touched]
        if any(old is _GONE is not new for _, old, new in pairs):
            # It stands in its old place again: `before` came later.
            return _difference(before, self)
        found = _difference(before._added, self._added)
        found.gone.extend(key for key, _, new in pairs if new is _GONE and key not in found.came)
        found.changed.update((key, new) for key, old, new in pairs if new is not _GONE and _differ(old, new))
        return found

    def _in_base(self, key: str) -> Any:
        return self._changes.get(key, self._base[key])

    def _as_it_was(self, before: Table[V]) -> Table[V]:
        """This table upon the base that it has outgrown, which `before` still has."""
        made: Table[V] = Table.__new__(Table)
        made._base, made._length, made._outgrown = before._base, self._length, None
        _, made._changes, made._added = self._outgrown  # type: ignore[misc]
        return made

    def _made(self, changes: dict[str, V | object], added: dict[str, V], length: int) -> Table[V]:
        made: Table[V] = Table.__new__(Table)
        made._base, made._changes, made._added, made._length = self._base, changes, added, length
        made._outgrown = None
        if len(changes) + len(added) > _FEW + int(len(self._base) ** 0.5):
            made._outgrown = _Outgrown(ref(self._base), changes, added)
            made._base, made._changes, made._added = _Base(made.items()), {}, {}
        return made


class _Outgrown(NamedTuple, Generic[V]):
    """What a table was before all was merged into a new base."""

    base: ref[_Base[V]]
    changes: dict[str, V | object]
    added: dict[str, V]


def _difference(before: Mapping[str, V], after: Mapping[str, V]) -> Difference[V]:
    """The same of any two mappings. From where their orders part, everything comes anew."""
    if before is after:
        return Difference([], {}, {})
    gone = [key for key in before if key not in after]
    pairs = zip([key for key in before if key in after] if gone else before, after, strict=False)
    in_place = {was for was, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)}
    changed, came = {}, {}
    for key, value in after.items():
        if key not in in_place:
            came[key] = value
        elif _differ(before[key], value):
            changed[key] = value
    return Difference(gone, changed, came)


def _touched(before: Mapping[str, object], after: Mapping[str, object]) -> Iterable[str]:
    """The keys at which the two may have other values."""
    if before is after:
        return ()
    found = [key for key, value in after.items() if before.get(key) is not value]
    return found if len(before) + len(found) == len(after) else found + list(before.keys() - after.keys())


def _differ(one: object, other: object) -> bool:
    """Tables within a table may have the same rows in another order, so that they are others is enough."""
    return one is not other and (isinstance(one, Table) or one != other)
