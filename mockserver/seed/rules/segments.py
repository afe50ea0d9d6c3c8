"""Which application segments overlap although the model does not let them, without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from ipaddress import ip_address, ip_network
from itertools import combinations

from mockserver.core.commands import Change, Create
from mockserver.core.entity import Entity
from mockserver.core.errors import GraphError
from mockserver.core.table import Table
from mockserver.core.tenant import Tenant
from mockserver.model.application_segment import IP_SEGMENT, segments_do_not_overlap

Pair = tuple[Entity, Entity]
Span = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last address, each with its version of IP."""

_ADDRESSES = frozenset({"ip", "ipRange", "ipRangeCidr"})


def overlaps(tenant: Tenant) -> list[Pair]:
    """Two segments each, the earlier one first, as the model judges the later one."""
    segments = list(tenant.all(IP_SEGMENT).values())
    ranks = {each["id"]: rank for rank, each in enumerate(segments)}
    pairs = (sorted(pair, key=lambda each: ranks[each["id"]]) for pair in _near(segments))
    return sorted(
        ((first, second) for first, second in pairs if _overlap(tenant, first, second)),
        key=lambda pair: (ranks[pair[1]["id"]], ranks[pair[0]["id"]]),
    )


def _overlap(tenant: Tenant, first: Entity, second: Entity) -> bool:
    at = replace(tenant, entities={**tenant.entities, IP_SEGMENT: Table({first["id"]: first})})
    try:
        segments_do_not_overlap(Change(at, Create(IP_SEGMENT, second["id"], ""), second.type, None, second))
    except (GraphError, ValueError):  # the latter for DNS suffixes of one name that looks like a network
        return True
    return False


def _near(segments: Iterable[Entity]) -> Iterator[Pair]:
    """Those whose hosts are the same name, or addresses that meet."""
    by_name: dict[str, list[Entity]] = {}
    spans: list[tuple[Span, Entity]] = []
    for each in segments:
        if each["destinationType"] in _ADDRESSES:
            spans.append((_span(each["destinationHost"]), each))
        else:
            by_name.setdefault(each["destinationHost"].lower(), []).append(each)
    for alike in by_name.values():
        yield from combinations(alike, 2)
    yield from _meeting(sorted(spans, key=lambda pair: pair[0]))


def _meeting(spans: list[tuple[Span, Entity]]) -> Iterator[Pair]:
    """Each with those before it that have not ended where it begins."""
    begun: list[tuple[Span, Entity]] = []
    for span, segment in spans:
        begun = [each for each in begun if each[0][1] >= span[0]]
        yield from ((other, segment) for _, other in begun)
        begun.append((span, segment))


def _span(host: str) -> Span:
    first, dots, last = host.partition("..")
    network = None if dots else ip_network(host, strict=False)
    ends = (ip_address(first), ip_address(last)) if network is None else (network[0], network[-1])
    return (ends[0].version, int(ends[0])), (ends[1].version, int(ends[1]))
