"""Lengths of time as ISO 8601 writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mockserver.core.duration import duration


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
