"""Reads that still see the tenant as it was before a change: eventual consistency, on request (R47, Q13).

Every change is seen after so many reads or so much time, and never before one that was made earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from mockserver.core.tenant import Tenant

_MOST = 1_000
"""So many changes are kept apart; later ones are seen together with the last of them."""


@dataclass(frozen=True)
class Lag:
    """For how many reads, or how many seconds, a change stays unseen."""

    reads: int = 0
    seconds: float = 0.0


class Unseen(NamedTuple):
    """A change that is not to be seen yet: what was before it, until which read and which moment."""

    before: Tenant
    read: int
    moment: float


@dataclass(frozen=True)
class Lagging:
    """The lag that every change has, how many reads there were, and the changes still unseen, oldest first."""

    every: Lag | None = None
    reads: int = 0
    unseen: tuple[Unseen, ...] = ()

    def changed(self, before: Tenant, now: float, own: int) -> Lagging:
        """After a change, which for `own` reads stays unseen in any case (Q13)."""
        every = self.every or Lag()
        reads = max(every.reads, own)
        if not reads and not every.seconds:
            return self
        found = Unseen(before, self.reads + reads, now + every.seconds)
        last = self.unseen[-1] if self.unseen else None
        covered = last is not None and found.read <= last.read and found.moment <= last.moment
        if covered or len(self.unseen) >= _MOST:
            return self
        return replace(self, unseen=(*self.unseen, found))

    def read(self, tenant: Tenant, now: float) -> tuple[Lagging, Tenant]:
        """What a reader of `tenant` sees, and what is unseen after it."""
        waiting = iter(self.unseen)
        left = next(((each, *waiting) for each in waiting if each.read > self.reads or each.moment > now), ())
        return replace(self, reads=self.reads + 1, unseen=left), left[0].before if left else tenant
