"""Running a query: entities -> one page of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from itertools import islice

from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.odata.filter import Condition
from mockserver.odata.query import Query


@dataclass(frozen=True)
class Page:
    """What one answer carries.

    `count` is how many entities fit the query, where it asks. `next_offset` is where the next page begins, if more
    follow; whether the answer says so is the caller's decision (R29).
    """

    entities: tuple[Entity, ...]
    count: int | None = None
    next_offset: int | None = None


def run_query(query: Query, entities: Iterable[Entity], tenant: Tenant, *, page_size: int | None = None) -> Page:
    """The page that the query asks for, of at most `page_size` entities.

    `$top` bounds a page too, as in Graph: a continuation goes on behind it. Looks at no more entities than it has to;
    what is not filtered, sorted or counted is only walked over up to the end of the page.
    """
    found = entities
    if query.search is not None:
        found = _fitting(query.search.matches, found, tenant)
    if query.filter is not None:
        found = _fitting(query.filter.matches, found, tenant)
    if query.orderby is not None:
        found = query.orderby.sort(found, tenant)
    return _page(query, found, page_size)


def _fitting(matches: Condition, entities: Iterable[Entity], tenant: Tenant) -> Iterator[Entity]:
    return (entity for entity in entities if matches(entity, tenant))


def _page(query: Query, found: Iterable[Entity], page_size: int | None) -> Page:
    start = query.skip if query.skiptoken is None else query.skiptoken
    limit = min(size for size in (query.top, page_size, sys.maxsize) if size is not None)
    rest = iter(found)
    skipped = sum(1 for _ in islice(rest, start)) if start else 0
    rows = tuple(islice(rest, limit))
    more = limit > 0 and next(rest, None) is not None
    count = _count(found, skipped + len(rows) + more, rest) if query.count else None
    return Page(rows, count, start + limit if more else None)


def _count(found: Iterable[Entity], seen: int, rest: Iterable[Entity]) -> int:
    return len(found) if isinstance(found, Sized) else seen + sum(1 for _ in rest)
