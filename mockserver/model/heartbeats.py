"""Heartbeats: how long a connector may be silent before it is inactive, and before it is removed.

R37: OPS guide: inactive without a heartbeat for more than 5 minutes. R38: concept-connectors: removed after 10 days of
inactivity. Q25: both lengths can be chosen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from mockserver.core.behaviour import Behaviour
from mockserver.core.duration import duration
from mockserver.model.behaviours import HEARTBEATS


def limits(behaviour: Behaviour) -> tuple[str, str]:
    """Both lengths as ISO 8601 writes them: until inactive, until removed."""
    inactive, _, removed = behaviour[HEARTBEATS].partition("+")
    return inactive, removed


def inactive_after(behaviour: Behaviour) -> timedelta:
    """R37: for how long after its last heartbeat a connector is active."""
    return _length(limits(behaviour)[0])


def removed_after(behaviour: Behaviour) -> timedelta:
    """R38: how long after its last heartbeat a connector is removed."""
    return _length(limits(behaviour)[1])


def status_at(behaviour: Behaviour, last_heartbeat: datetime, now: datetime) -> str:
    """`active` up to and including the last moment of that length."""
    return "inactive" if now - last_heartbeat > inactive_after(behaviour) else "active"


_length = lru_cache(maxsize=64)(duration)
