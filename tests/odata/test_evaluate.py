"""Pages: which entities, how many in all, where the next page begins, and how little is looked at."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.core.entity import Entity
from mockserver.odata.evaluate import Page, run_query
from mockserver.odata.query import encode_skiptoken, parse_query


class Watched:
    """Entities that count how many of them were looked at."""

    def __init__(self, entities):
        self.entities, self.seen = entities, 0

    def __iter__(self):
        for entity in self.entities:
            self.seen += 1
            yield entity


class Counted(Watched):
    def __len__(self):
        return len(self.entities)


@pytest.fixture(scope="session")
def connectors(types):
    """A hundred of them; every third is inactive."""
    rows = ({"id": f"{i:02}", "status": "inactive" if i % 3 == 0 else "active"} for i in range(100))
    return [Entity(types["connector"], row) for row in rows]


@pytest.fixture(scope="session")
def run(model, types, tenant):
    def page(text, entities, **options):
        return run_query(parse_query(text, types["connector"], model, collection=True), entities, tenant, **options)

    return page


def ids(page):
    return [each["id"] for each in page.entities]


@pytest.mark.parametrize(
    ("text", "page_size", "first", "length", "count", "next_offset"),
    [
        ("", None, "00", 100, None, None),
        ("$top=2", None, "00", 2, None, 2),
        ("$top=2&$skip=3", None, "03", 2, None, 5),
        ("$skip=98&$top=2", None, "98", 2, None, None),
        ("$skip=98&$top=5", None, "98", 2, None, None),
        ("$skip=3", 10, "03", 10, None, 13),
        ("$top=4", 10, "00", 4, None, 4),
        ("$top=40", 10, "00", 10, None, 10),
        ("$top=100000", None, "00", 100, None, None),
        (f"$top={sys.maxsize}&$skip=1", None, "01", 99, None, None),
        ("$count=true&$top=1", None, "00", 1, 100, 1),
        ("$count=true&$skip=200", None, None, 0, 100, None),
        ("$top=0&$count=true", None, None, 0, 100, None),
        ("$filter=status eq 'inactive'&$top=2&$skip=1", None, "03", 2, None, 3),
        ("$filter=status eq 'inactive'&$top=2&$count=true", None, "00", 2, 34, 2),
        ("$filter=status eq 'inactive'&$skip=32&$count=true", None, "96", 2, 34, None),
        ("$orderby=id desc&$top=2&$count=true", None, "99", 2, 100, 2),
        ("$orderby=id desc&$filter=status eq 'active'&$skip=1", 1, "97", 1, None, 2),
        (f"$skiptoken={encode_skiptoken(7)}&$skip=50&$top=2", None, "07", 2, None, 9),
    ],
)
def test_a_page(run, connectors, text, page_size, first, length, count, next_offset):
    page = run(text, connectors, page_size=page_size)

    assert (length, count, next_offset) == (len(page.entities), page.count, page.next_offset)
    assert first == (ids(page)[0] if page.entities else None)


def test_nothing_gives_an_empty_page(run):
    assert Page(()) == run("", ())
    assert Page((), count=0) == run("$count=true&$orderby=id&$filter=true&$top=5", ())


@pytest.mark.parametrize(
    ("text", "kind", "seen"),
    [
        ("$top=5", Watched, 6),
        ("$top=5&$skip=10", Watched, 16),
        ("$top=5&$count=true", Counted, 6),
        ("$top=5&$count=true", Watched, 100),
        ("$top=0", Watched, 0),
        ("$top=2&$filter=status eq 'inactive'", Watched, 7),
        ("$top=2&$filter=status eq 'inactive'&$count=true", Counted, 100),
        ("$top=2&$orderby=id", Counted, 100),
    ],
)
def test_no_more_entities_are_looked_at_than_needed(run, connectors, text, kind, seen):
    watched = kind(connectors)

    run(text, watched)

    assert seen == watched.seen


@given(size=st.integers(1, 40), top=st.one_of(st.none(), st.integers(1, 40)), descending=st.booleans())
def test_pages_one_after_the_other_are_the_whole(run, connectors, size, top, descending):
    options = ["$filter=status eq 'active'", f"$orderby=id {'desc' if descending else 'asc'}"]
    options += [] if top is None else [f"$top={top}"]
    found, offset = [], 0
    while offset is not None:
        page = run("&".join([*options, f"$skiptoken={encode_skiptoken(offset)}"]), connectors, page_size=size)
        found += ids(page)
        offset = page.next_offset

    assert ids(run("&".join(options[:2]), connectors)) == found
