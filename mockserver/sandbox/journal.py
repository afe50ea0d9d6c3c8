"""What was asked of a sandbox and what became of it: the last so many requests, and all kinds of them there were.

An entry is made for every request, so it holds only what lies at hand then; what can be computed from it (the
operation, the bodies as JSON) is computed when somebody looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, NamedTuple

from mockserver.odata.path import Resource
from mockserver.odata.place import way_and_shape

LARGEST_BODY = 8_192
"""So many bytes of a body are kept."""

_CHUNK = 64
_MOST_TOUCHED = 10_000


class Entry(NamedTuple):
    """One request. No header of it is kept: of the token only what it claims, unverified."""

    at: float
    """The sandbox's time, as seconds since 1970."""
    seconds: float
    """How long the mock took."""
    version: str
    method: str
    path: str
    """Below the version, still percent-encoded, as are the query options."""
    query: str
    resource: Resource | None
    """What the path leads to, if anything."""
    status: int
    error: str
    """The name of the class of the refusal; empty where it was carried out."""
    code: str
    claims: Mapping[str, Any]
    request_id: str
    batch: str
    """The request-id of the batch that it was part of, if it was."""
    fault: str
    """The id of the fault that struck it, if one did."""
    asked: bytes
    asked_length: int
    answered: bytes
    answered_length: int
    """The bodies, up to a size, and how long they were."""
    explanation: str = ""
    """What the answer's header says of the refusal besides: the permission that was missing, say."""


class Touch(NamedTuple):
    """A kind of request that there was: the operation, by what identifies it, and what became of it."""

    version: str
    method: str
    way: tuple[str, ...]
    shape: str
    status: int
    error: str
    code: str


Newest = tuple[Entry, Any]
"""The newest entry and, in the same way, those before it: what is added to one list leaves the others as they were."""


@dataclass(frozen=True)
class Journal:
    """The last `most` entries, numbered from 1 on; older ones fall out.

    Adding one makes another journal, in constant time: the newest entries are a linked list, cut into a chunk every so
    often, and chunks fall out whole.
    """

    most: int = 1_000
    count: int = 0
    """How many entries there ever were."""
    cleared: int = 0
    """How many there were when it was last cleared."""
    chunks: tuple[tuple[Entry, ...], ...] = ()
    newest: Newest | None = None
    touched: frozenset[Touch] = field(default_factory=frozenset)

    def with_(self, entry: Entry) -> Journal:
        """This journal and the entry."""
        made = object.__new__(Journal)
        values = made.__dict__
        values.update(self.__dict__)
        values["count"] = count = self.count + 1
        values["newest"] = newest = (entry, self.newest)
        if not count % _CHUNK:
            values["chunks"], values["newest"] = self._cut(newest), None
        if entry.resource is not None:
            touch = _touch(entry, entry.resource)
            if touch not in self.touched and len(self.touched) < _MOST_TOUCHED:
                values["touched"] = self.touched | {touch}
        return made

    def without_entries(self) -> Journal:
        """As if nothing had been asked, but that numbers go on and what was touched remains so."""
        return replace(self, cleared=self.count, chunks=(), newest=None)

    def anew(self) -> Journal:
        """An empty one that keeps as many."""
        return Journal(self.most)

    def entries(self) -> list[tuple[int, Entry]]:
        """Each with its number, newest last."""
        kept = [*chain.from_iterable(self.chunks), *_oldest_first(self.newest)]
        kept = kept[-self.most :] if self.most else []
        return list(enumerate(kept, self.count - len(kept) + 1))

    @property
    def dropped(self) -> int:
        """How many have fallen out since it was last cleared."""
        return self.count - self.cleared - len(self.entries())

    def _cut(self, newest: Newest) -> tuple[tuple[Entry, ...], ...]:
        enough = -(-self.most // _CHUNK)
        return (*self.chunks, tuple(_oldest_first(newest)))[-enough:] if enough else ()


def _oldest_first(newest: Newest | None) -> list[Entry]:
    found = []
    while newest is not None:
        entry, newest = newest
        found.append(entry)
    return found[::-1]


def _touch(entry: Entry, resource: Resource) -> Touch:
    way, shape = way_and_shape(resource)
    return Touch(entry.version, entry.method, way, shape, entry.status, entry.error, entry.code)
