"""Which connectors would serve the requests to an application: the data plane, simulated. No traffic passes anywhere.

R9 and behaviour.md 1.4 (high-availability-load-balancing, application-proxy-connector-groups, seed): a request goes to
one available connector of the application's group, whatever connector served the same user before; the spread is not
promised and in practice nearly even. Where no connector of the group is available, the user sees 504 Gateway Timeout.
Connectors of other groups never serve it: groups do not stand in for one another.

Available is what the service can reach: a connector that is active, whose service runs, and that is not being updated
(R41). One that has stopped is shown as active for five minutes yet (R37), but "an unavailable one is skipped".

The draw is the same in every version of Python: its coins are the bits of SHAKE-256 of the seed, and the coins are only
counted. Of `random.Random` the documentation promises as much for `random()` alone, one call a request, and floating
point would bring in the C library. A fair coin for each request halves the requests, again and again, until there are
as many heaps as connectors or more; what lies on a heap too many is thrown again. So each request falls on each
connector with the same probability, at the cost of a few bits a request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import shake_256
from typing import TypedDict

from mockserver.core.commands import found
from mockserver.core.entity import Entity
from mockserver.core.errors import ApplicationNotFound, InvalidTraffic
from mockserver.core.tenant import Tenant
from mockserver.model.application import APPLICATION, is_published
from mockserver.model.connector import CONNECTOR
from mockserver.model.updates import is_updating

MOST = 1_000_000
"""Requests in one simulation."""


class Share(TypedDict):
    """What one connector serves."""

    connectorId: str
    machineName: str
    requests: int


class Routed(TypedDict):
    """What became of the requests. `byConnector` has every connector that was available, in the order of the group."""

    served: int
    failed: int
    status: dict[str, int]
    byConnector: list[Share]


def route(tenant: Tenant, application_id: str, requests: int, seed: int | str) -> Routed:
    """How these requests to the application would be served; the same for the same tenant, number and seed.

    `application_id` is an object id (R49). Raises ResourceNotFound; ApplicationNotFound where the application is not
    published (R7); InvalidTraffic where `requests` is not a whole number from 0 to `MOST`.
    """
    if type(requests) is not int or not 0 <= requests <= MOST:
        raise InvalidTraffic(requests=requests, most=MOST)
    serving = tuple(available(tenant, _group_of(tenant, application_id)))
    counts = spread(requests, len(serving), _coins(seed))
    served = requests if serving else 0
    return {
        "served": served,
        "failed": requests - served,
        "status": {"200": served, "504": requests - served},
        "byConnector": [_share(*each) for each in zip(serving, counts, strict=True)],
    }


def available(tenant: Tenant, group: str | None) -> Iterator[Entity]:
    """The connectors of the group that a request can go to."""
    for key in () if group is None else tenant.pointing_to(CONNECTOR, "memberOf", group):
        connector = found(tenant, CONNECTOR, key)
        if connector["status"] == "active" and not connector["stopped"] and not is_updating(connector):
            yield connector


Coins = Callable[[Iterable[int]], Iterator[int]]
"""For each number of fair coins, how many of them show heads."""


def spread(requests: int, ways: int, heads: Coins) -> list[int]:
    """So many requests thrown at so many places, each place as likely as any other; empty where there is none."""
    counts = [0] * ways
    halvings = max(ways - 1, 0).bit_length()
    left = requests if ways else 0
    while left:
        heaps = {0: left}
        for _ in range(halvings):
            heaps = _halved(heaps, heads)
        for place, thrown in heaps.items():
            if place < ways:
                counts[place] += thrown
                left -= thrown
    return counts


def _halved(heaps: Mapping[int, int], heads: Coins) -> dict[int, int]:
    """Each heap parted in two by coins; without empty ones."""
    parted = {}
    for (place, thrown), taken in zip(heaps.items(), heads(heaps.values()), strict=True):
        parted[2 * place], parted[2 * place + 1] = thrown - taken, taken
    return {place: thrown for place, thrown in parted.items() if thrown}


def _coins(seed: int | str) -> Coins:
    """Coins that fall as the seed says: the same in the same order of asking."""
    asked = 0

    def heads(numbers: Iterable[int]) -> Iterator[int]:
        nonlocal asked
        numbers = list(numbers)
        bits = shake_256(f"{seed}:{asked}".encode()).digest(sum((number + 7) // 8 for number in numbers))
        asked, at = asked + 1, 0
        for number in numbers:
            size = (number + 7) // 8
            yield (int.from_bytes(bits[at : at + size], "big") >> (-number % 8)).bit_count()
            at += size

    return heads


def _group_of(tenant: Tenant, application_id: str) -> str | None:
    application = found(tenant, APPLICATION, application_id)
    if not is_published(application):
        raise ApplicationNotFound(id=application_id)
    group: str | None = application["connectorGroup"]
    return group


def _share(connector: Entity, requests: int) -> Share:
    return {"connectorId": connector["id"], "machineName": connector["machineName"], "requests": requests}
