"""Lengths of time as ISO 8601 writes them, as far as their length does not depend on the calendar."""

from __future__ import annotations

import re
from datetime import timedelta

DURATION = r"P(?:[0-9]{1,4}W|(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,5}H)?(?:[0-9]{1,5}M)?(?:[0-9]{1,5}S)?)?)"
"""Weeks, days, hours, minutes and whole seconds; no years and months."""

FINE_DURATION = DURATION.replace("{1,5}S", r"{1,5}(?:\.[0-9]{1,6})?S")
"""The same, whose seconds may have a fraction."""

_PARTS = re.compile(r"([0-9]+)([WDHMS])")
_UNITS = {"W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}


_FRACTION = re.compile(r"(.*[0-9])(\.[0-9]{1,6})S")


def fine_duration(text: str) -> timedelta:
    """The same for a length whose seconds may have a fraction, such as PT0.2S. Raises ValueError."""
    found = _FRACTION.fullmatch(text)
    return duration(text) if found is None else duration(f"{found[1]}S") + timedelta(seconds=float(found[2]))


def duration(text: str) -> timedelta:
    """The length that is written so. Raises ValueError."""
    if not re.fullmatch(DURATION, text):
        raise ValueError(f"{text!r} is no ISO 8601 duration, such as PT5M or P10D")
    return timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in _PARTS.findall(text)))
