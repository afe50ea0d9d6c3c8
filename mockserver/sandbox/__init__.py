"""One isolated tenant: all that belongs to it is one immutable `State`, and a `Sandbox` holds the reference.

So a snapshot is a name for a state, a fork starts from the same one, a reset goes back to the first; each is an
assignment, whatever the tenant's size. One file for each concern, with its value and the pure functions on it:

    clock.py     what time it is             throttle.py  how many requests are let in
    passing.py   what time does              lag.py       reads of the tenant as it was
    draws.py     ids and chances by a seed   faults.py    answers that were ordered
    journal.py   what was asked              state.py     all of them together

`steps.py` has the steps from one state to the next; `sandbox.py` has the lock and assigns; `keeping.py` is the door to
where sandboxes last.
"""

from __future__ import annotations

from mockserver.sandbox.clock import Clock
from mockserver.sandbox.faults import Asked, Fault, Faults, Match, fits
from mockserver.sandbox.journal import LARGEST_BODY, Entry, Journal, Touch
from mockserver.sandbox.keeping import MEMORY, Held, Shelf, Store
from mockserver.sandbox.lag import Lag, Lagging
from mockserver.sandbox.passing import scheduled, settled
from mockserver.sandbox.sandbox import Sandbox
from mockserver.sandbox.state import State, identified
from mockserver.sandbox.steps import Done, Plan
from mockserver.sandbox.throttle import Throttle, Throttling, Turn

__all__ = [
    "LARGEST_BODY",
    "MEMORY",
    "Asked",
    "Clock",
    "Done",
    "Entry",
    "Fault",
    "Faults",
    "Held",
    "Journal",
    "Lag",
    "Lagging",
    "Match",
    "Plan",
    "Sandbox",
    "Shelf",
    "State",
    "Store",
    "Throttle",
    "Throttling",
    "Touch",
    "Turn",
    "fits",
    "identified",
    "scheduled",
    "settled",
]
