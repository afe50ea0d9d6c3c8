"""Keeps sandboxes across restarts, in one SQLite file: every change is in it before anybody hears that it is done.

What a sandbox was seeded with, its present state and its snapshots are rows of `state`. Their tenants are layers: rows
that say what is different from the layer below, so that forks and snapshots share on disk what they share in memory.

    schema.py    the tables, their version,       layers.py    tenants as layers of rows
                 and how older ones become it     shelves.py   writes: one transaction for each change
    parts.py     what else is kept of a state     reading.py   reads: all of it, or a refusal
    bodies.py    entities as JSON                 file.py      the file: made, checked, migrated, locked

Not kept: the journal, sign-ins under way, what was counted of the throttle, which changes are still unseen.
"""

from __future__ import annotations

from mockserver.storage.file import opened, read
from mockserver.storage.refusing import StateFileError
from mockserver.storage.shelves import Storage

__all__ = ["StateFileError", "Storage", "opened", "read"]
