"""How long ago: written and read, in whole seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.core.duration import DURATION as AGO
from mockserver.core.duration import duration
from mockserver.seed.moments import second, stamp, written

LENGTHS = {
    "PT0S": timedelta(),
    "PT90S": timedelta(seconds=90),
    "PT5M1S": timedelta(seconds=301),
    "P2DT6H": timedelta(days=2, hours=6),
    "P1W": timedelta(days=7),
    "PT36H": timedelta(hours=36),
}


@pytest.mark.parametrize(("text", "length"), LENGTHS.items())
def test_a_duration_is_read(text, length):
    assert length == duration(text)


@given(st.integers(0, 99_999 * 86_400))
def test_what_is_written_is_read_as_the_same_length(seconds):
    text = written(timedelta(seconds=seconds))

    assert re.fullmatch(AGO, text)
    assert timedelta(seconds=seconds) == duration(text)


SECONDS = {0: "PT0S", -5: "PT0S", 59.9: "PT59S", 86_400: "P1D", 3_661: "PT1H1M1S"}


@pytest.mark.parametrize(("seconds", "text"), SECONDS.items())
def test_a_length_is_written_in_its_largest_units(seconds, text):
    assert text == written(timedelta(seconds=seconds))


def test_moments_are_kept_in_whole_seconds_of_utc():
    there = datetime(2031, 5, 6, 9, 8, 9, 999_999, tzinfo=timezone(timedelta(hours=2)))

    assert datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC) == second(there)
    assert stamp(there) == "2031-05-06T07:08:09Z"
