"""Moments as texts and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mockserver.core.moment import LAST, after, instant, moment

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2031-05-06T07:08:09Z", "2031-05-06T09:08:09+02:00", "2031-05-06T07:08:09"])
def test_a_text_is_read_as_a_moment_of_utc_where_it_names_no_zone(text):
    assert NOW == moment(text)


@pytest.mark.parametrize(
    "when", [NOW, NOW + timedelta(microseconds=999_999), NOW.astimezone(timezone(timedelta(hours=-7)))]
)
def test_a_moment_is_written_in_whole_seconds_of_utc(when):
    assert "2031-05-06T07:08:09Z" == instant(when)


@pytest.mark.parametrize(
    ("length", "expected"), [(timedelta(days=10), NOW + timedelta(days=10)), (timedelta(days=3_000_000), LAST)]
)
def test_what_is_later_than_the_calendar_goes_is_the_last_moment(length, expected):
    assert expected == after(NOW, length)
