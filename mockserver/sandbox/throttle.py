"""How many requests are let in, counted for each application as Graph does (R61, graph_reference 5.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

_MOST_CALLERS = 1_000
"""So many are counted apart; who comes after them shares what whoever came first had."""


@dataclass(frozen=True)
class Throttle:
    """At most so many requests in every window of `per` seconds."""

    requests: int
    per: float


class Bucket(NamedTuple):
    """When an application's present window began, what it has used of it, and whether it was told to wait."""

    began: float
    used: int = 0
    told: bool = False


class Turn(NamedTuple):
    """What becomes of a request: let in where `wait` is 0, else to come back after so many whole seconds."""

    wait: int = 0
    share: float = 0.0
    """How much of the limit is used, 1.0 being all of it."""


@dataclass(frozen=True)
class Throttling:
    """The limit, if there is one, and a bucket for each application."""

    limit: Throttle | None = None
    buckets: Mapping[str, Bucket] = field(default_factory=dict)

    def turn(self, who: str, now: float) -> tuple[Throttling, Turn]:
        """What becomes of a request of that application now, and what is known after it.

        A request that comes although its caller was told to wait counts against the next window: Graph goes on counting
        while it refuses, and all requests accrue against the limit (graph_reference 5.11: throttling.md).
        """
        limit = self.limit
        if limit is None:
            return self, Turn()
        bucket = _current(self.buckets.get(who), limit, now)
        admitted = bucket.used < limit.requests
        owed = admitted or bucket.told
        after = Bucket(bucket.began, bucket.used + owed, not admitted)
        share = after.used / limit.requests if limit.requests else 1.0
        return self._with(who, after), Turn(0 if admitted else _wait(after, limit, now), share)

    def _with(self, who: str, bucket: Bucket) -> Throttling:
        kept = dict(self.buckets)
        if who not in kept and len(kept) >= _MOST_CALLERS:
            del kept[next(iter(kept))]
        return Throttling(self.limit, kept | {who: bucket})


def _current(bucket: Bucket | None, limit: Throttle, now: float) -> Bucket:
    """The bucket with the window that `now` is in; what was used beyond the limit is used of it already."""
    if bucket is None or now < bucket.began:
        return Bucket(now)
    windows = int((now - bucket.began) // limit.per)
    if not windows:
        return bucket
    left = max(0, bucket.used - windows * limit.requests)
    still_told = bucket.told and left >= limit.requests
    return Bucket(bucket.began + windows * limit.per if left else now, left, still_told)


def _wait(bucket: Bucket, limit: Throttle, now: float) -> int:
    """Whole seconds until a window comes that has room; where no window ever has, until the next one."""
    windows = bucket.used // limit.requests if limit.requests else 1
    return max(1, ceil(bucket.began + windows * limit.per - now))
