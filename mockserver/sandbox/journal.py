"""What was asked of a sandbox and what became of it: the last so many requests, and all kinds of them there were.

An entry is made for every request, so it holds only what lies at hand then; what can be computed from it (the
operation, the bodies as JSON) is computed when somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

Chunk = tuple[Entry, ...]


class Journal(NamedTuple):
    """The last `most` entries, numbered from 1 on; older ones fall out, and are remembered by their kind alone.

    Adding one makes another journal, in constant time: the newest entries are a linked list, cut into a chunk every so
    often, and chunks fall out whole.
    """

    most: int = 1_000
    recorded: int = 0
    """How many entries there ever were."""
    cleared: int = 0
    """How many there were when it was last cleared."""
    chunks: tuple[Chunk, ...] = ()
    newest: Newest | None = None
    fallen: frozenset[Touch] = frozenset()
    """The kinds of those that have fallen out or were cleared."""

    def with_(self, entry: Entry) -> Journal:
        """This journal and the entry."""
        most, recorded, cleared, chunks, newest, fallen = self
        if (recorded + 1) % _CHUNK:
            return Journal(most, recorded + 1, cleared, chunks, (entry, newest), fallen)
        chunks, fallen = self._cut(tuple(_oldest_first((entry, newest))))
        return Journal(most, recorded + 1, cleared, chunks, None, fallen)

    def without_entries(self) -> Journal:
        """As if nothing had been asked, but that numbers go on and what was touched remains so."""
        return self._replace(cleared=self.recorded, chunks=(), newest=None, fallen=self.touched)

    def anew(self) -> Journal:
        """An empty one that keeps as many."""
        return Journal(self.most)

    def entries(self) -> list[tuple[int, Entry]]:
        """Each with its number, newest last."""
        held = self._held()
        kept = held[-self.most :] if self.most else []
        return list(enumerate(kept, self.recorded - len(kept) + 1))

    @property
    def dropped(self) -> int:
        """How many have fallen out since it was last cleared."""
        return self.recorded - self.cleared - len(self.entries())

    @property
    def touched(self) -> frozenset[Touch]:
        """All kinds of requests there ever were."""
        return self.fallen | _touches(self._held())

    def _held(self) -> list[Entry]:
        """What has not fallen out: a few more than are shown."""
        return [*chain.from_iterable(self.chunks), *_oldest_first(self.newest)]

    def _cut(self, chunk: Chunk) -> tuple[tuple[Chunk, ...], frozenset[Touch]]:
        """The chunks that are kept now that there is one more, and the kinds of those that are not."""
        chunks = (*self.chunks, chunk)
        out = max(len(chunks) + self.most // -_CHUNK, 0)
        gone = _touches(chain.from_iterable(chunks[:out]))
        fallen = self.fallen if gone <= self.fallen or len(self.fallen) > _MOST_TOUCHED else self.fallen | gone
        return chunks[out:], fallen


def _oldest_first(newest: Newest | None) -> list[Entry]:
    found = []
    while newest is not None:
        entry, newest = newest
        found.append(entry)
    return found[::-1]


def _touches(entries: Iterable[Entry]) -> frozenset[Touch]:
    """The kinds of those whose path leads anywhere."""
    return frozenset(
        Touch(each.version, each.method, *way_and_shape(each.resource), each.status, each.error, each.code)
        for each in entries
        if each.resource is not None
    )
