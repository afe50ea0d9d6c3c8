"""What is kept of a state besides its entities: a few documents, each written when something in it has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from math import inf
from operator import attrgetter
from typing import Any, NamedTuple

from mockserver.core.behaviour import Behaviour
from mockserver.core.entity import Record, freeze
from mockserver.core.tenant import Tenant
from mockserver.model import MODEL
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Clock, Fault, Faults, Journal, Lag, Lagging, Match, State, Throttle, Throttling

_NEVER = "never"
_MICROSECOND = timedelta(microseconds=1)


class Part(NamedTuple):
    """A document: of which fields of a state it tells, and what it says of them."""

    fields: tuple[str, ...]
    of: Callable[[State], Any]
    """The values it tells of, to be compared."""
    written: Callable[[State], Any]
    """They as JSON values."""


def _tenant(state: State) -> Any:
    tenant = state.tenant
    return {"about": tenant.about, "policy": tenant.policy, "behaviour": str(tenant.behaviour)}


def _time(state: State) -> Any:
    frozen = state.clock.frozen
    return {
        "frozen": None if frozen is None else frozen.isoformat(),
        "ahead": state.clock.ahead // _MICROSECOND,
        "due": _NEVER if state.due == inf else state.due,
        "seed": state.seed,
        "drawn": state.drawn,
    }


def _trouble(state: State) -> Any:
    lag, throttle = state.lag.every, state.throttle.limit
    return {
        "lag": None if lag is None else asdict(lag),
        "throttle": None if throttle is None else asdict(throttle),
        "stumbled": dict(state.stumbled),
    }


def _faults(state: State) -> Any:
    return asdict(state.faults)


PARTS: Mapping[str, Part] = {
    "tenant": Part(("tenant",), attrgetter("tenant.about", "tenant.policy", "tenant.behaviour"), _tenant),
    "time": Part(("clock", "due", "seed", "drawn"), attrgetter("clock", "due", "seed", "drawn"), _time),
    "trouble": Part(("lag", "throttle", "stumbled"), attrgetter("lag.every", "throttle.limit", "stumbled"), _trouble),
    "faults": Part(("faults",), attrgetter("faults"), _faults),
}

NOT_KEPT = frozenset({"journal", "sign_ins"})
"""Fields of a state that start anew. Of two others only what was set is kept: what was counted of the throttle, and
which changes the lag keeps unseen, start anew too."""


def state_of(documents: Mapping[str, Any], entities: Tenant, journal: Journal) -> State:
    """The state that these documents tell of, with that tenant's entities; raises whatever they are not fit for."""
    tenant, time, trouble = documents["tenant"], documents["time"], documents["trouble"]
    return State(
        _named(tenant, entities),
        Clock(_moment(time["frozen"]), time["ahead"] * _MICROSECOND),
        seed=time["seed"],
        drawn=time["drawn"],
        due=inf if time["due"] == _NEVER else time["due"],
        lag=Lagging(None if trouble["lag"] is None else Lag(**trouble["lag"])),
        throttle=Throttling(None if trouble["throttle"] is None else Throttle(**trouble["throttle"])),
        faults=_faults_of(documents["faults"]),
        stumbled=trouble["stumbled"],
        journal=journal,
    )


def _named(said: Mapping[str, Any], entities: Tenant) -> Tenant:
    return Tenant(
        MODEL,
        Behaviour.parse(said["behaviour"], QUIRKS),
        Record(freeze(said["about"])),
        Record(freeze(said["policy"])),
        entities.entities,
        entities.pointing,
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _faults_of(said: Mapping[str, Any]) -> Faults:
    rules = tuple(Fault(**{**each, "match": Match(**each["match"])}) for each in said["rules"])
    return Faults(rules, said["made"], said["drawn"])
