"""What was asked: bounded, numbered, and never changed once it is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox.entries import entry
from tenants import sandbox, tenant

from mockserver.sandbox import Journal


def filled(journal: Journal, count: int) -> Journal:
    """So many entries more, each with its number as its path."""
    for number in range(journal.recorded + 1, journal.recorded + 1 + count):
        journal = journal.with_(entry(request_id=str(number)))
    return journal


def kept(journal: Journal) -> list[str]:
    return [each.request_id for _, each in journal.entries()]


@given(st.integers(0, 300), st.integers(0, 700))
def test_the_newest_are_kept_and_the_others_counted(most, count):
    journal = filled(Journal(most), count)
    expected = [str(number) for number in range(max(count - most, 0) + 1, count + 1)]

    assert expected == kept(journal)
    assert (count, count - len(expected)) == (journal.recorded, journal.dropped)


def test_entries_are_numbered_from_one_and_on():
    assert [3, 4, 5] == [number for number, _ in filled(Journal(3), 5).entries()]


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_a_journal_stays_as_it_was_whatever_is_added_to_it(before, one, other):
    """It is a value: two may go on from the same one."""
    journal = filled(Journal(100), before)
    first = kept(journal)
    grown = [kept(filled(journal, count)) for count in (one, other)]

    assert first == kept(journal)
    assert grown == [kept(filled(Journal(100), before + count)) for count in (one, other)]


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 200])
def test_a_cleared_one_is_empty_and_counts_on(count):
    journal = filled(Journal(100), count).without_entries()

    assert (kept(journal), journal.dropped) == ([], 0)
    assert [count + 1] == [number for number, _ in filled(journal, 1).entries()]


def test_it_never_holds_much_more_than_it_shows():
    journal = filled(Journal(100), 10_000)
    held = sum(map(len, journal.chunks)) + 64

    assert held <= 100 + 2 * 64


def test_what_was_touched_stays_known_when_its_entry_has_fallen_out():
    journal = filled(Journal(1).with_(entry(method="POST", status=201)), 100)

    assert {("POST", 201), ("GET", 200)} == {(each.method, each.status) for each in journal.touched}


def test_a_kind_of_request_is_touched_once():
    journal = filled(Journal(), 1_000)

    assert 1 == len(journal.touched)


@pytest.mark.parametrize(
    "other",
    [
        {"version": "v1.0"},
        {"method": "POST"},
        {"path": "users"},
        {"path": "applications/$count"},
        {"status": 404, "error": "NotFound", "code": "x"},
    ],
    ids=str,
)
def test_another_kind_is_touched_too(other):
    assert 2 == len(Journal().with_(entry()).with_(entry(**other)).touched)


def test_a_path_that_leads_nowhere_touches_nothing():
    assert not Journal().with_(entry(resource=None)).touched


def test_recording_changes_nothing_else_of_the_state():
    at = sandbox(tenant())
    before = at.state
    at.record(entry())

    assert replace(before, journal=at.state.journal) == at.state
    assert [1] == [number for number, _ in at.state.journal.entries()]
