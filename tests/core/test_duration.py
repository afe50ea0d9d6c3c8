"""Lengths of time as ISO 8601 writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mockserver.core.duration import duration, fine_duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT0S", timedelta(0)),
        ("PT5M", timedelta(minutes=5)),
        ("P10D", timedelta(days=10)),
        ("P2W", timedelta(weeks=2)),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("PT90S", timedelta(minutes=1, seconds=30)),
        ("PT36H", timedelta(days=1, hours=12)),
        ("PT1H30S", timedelta(hours=1, seconds=30)),
    ],
)
def test_a_length_is_understood(text, expected):
    assert expected == duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "5M",
        "pt5m",
        "PT5",
        "P5M",
        "P1Y",
        "PT0.5S",
        "-PT5M",
        "PT5M ",
        "P1W1D",
        "PT1S1M",
        "PT\u0665M",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="is no ISO 8601 duration"):
        duration(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT0.2S", 0.2),
        ("PT1.5S", 1.5),
        ("PT1M0.25S", 60.25),
        ("P1DT0.000001S", 86400.000001),
        ("PT2S", 2),
        ("P1D", 86400),
    ],
)
def test_a_fine_length_may_have_a_fraction_of_a_second(text, seconds):
    assert timedelta(seconds=seconds) == fine_duration(text)


@pytest.mark.parametrize("text", ["", "PT.5S", "PT0.S", "PT0.5M", "P0.5D", "PT0.1234567S", "0.5S", "PT-0.5S", "PT0,5S"])
def test_any_other_fraction_is_refused(text):
    with pytest.raises(ValueError, match="is no ISO 8601 duration"):
        fine_duration(text)
