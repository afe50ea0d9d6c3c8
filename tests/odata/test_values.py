"""Wire texts as comparable values."""

from __future__ import annotations

import math
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.odata.values import octets, part, span, ticks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2031-05-06T08:00Z", "2031-05-06T10:00:00+02:00"),
        ("2031-05-06T08:00Z", "2031-05-06T08:00:00.000000000000Z"),
        ("2031-05-06T23:30-01:00", "2031-05-07T00:30Z"),
        ("2031-05-06", "2031-05-06T00:00:00Z"),
        ("1972-06-30T23:59:60Z", "1972-07-01T00:00:00Z"),
        ("07:08", "07:08:00"),
    ],
)
def test_texts_of_the_same_moment_have_the_same_ticks(one, other):
    assert ticks(one) == ticks(other)


def test_twelve_digits_behind_the_second_are_told_apart():
    assert ticks("2031-05-06T08:00:00.000000000001Z") - ticks("2031-05-06T08:00:00Z") == 1


def test_years_before_the_first_come_before_it():
    assert ticks("-10000-04-01T00:00Z") < ticks("0000-01-01T00:00Z") < ticks("0001-01-01T00:00Z")


@given(
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])),
    st.datetimes(timezones=st.just(UTC)),
)
def test_moments_are_as_far_apart_as_the_standard_library_says(one, other):
    apart = (one - other) // timedelta(microseconds=1)

    assert apart * 10**6 == ticks(one.isoformat()) - ticks(other.isoformat())


@pytest.mark.parametrize("text", ["", "yesterday", "2031-02-30", "2031-05-06T07:08:61Z", "24:00"])
def test_what_is_no_moment_has_no_ticks(text):
    assert math.isnan(ticks(text))


@pytest.mark.parametrize(("one", "other"), [("PT90S", "PT1M30S"), ("P1D", "PT24H"), ("-PT0.5S", "-PT0.50S")])
def test_durations_of_the_same_length_are_equal(one, other):
    assert span(one) == span(other)


def test_what_is_no_duration_has_no_length():
    assert math.isnan(span("a while"))


def test_parts_are_those_of_the_text_in_its_own_offset():
    text = "2031-05-06T07:08:09.5+02:00"

    assert [part(text, name) for name in ("year", "month", "day", "hour", "minute", "second")] == [2031, 5, 6, 7, 8, 9]


def test_what_is_no_moment_has_no_parts():
    assert part("soon", "year") is None


@pytest.mark.parametrize(("one", "other"), [("+/8=", "-_8"), ("Zg==", "Zg")])
def test_both_alphabets_of_base64_mean_the_same(one, other):
    assert octets(one) == octets(other)


def test_what_is_no_base64_equals_only_itself():
    assert octets("ab c") == octets("ab c")
    assert octets("Z") == "Z"
