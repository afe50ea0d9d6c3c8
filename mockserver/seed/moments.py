"""Time as a fixture writes it: how long ago. A tenant keeps the moment itself, in whole seconds of UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

AGO = r"P(?:[0-9]{1,4}W|(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,5}H)?(?:[0-9]{1,5}M)?(?:[0-9]{1,5}S)?)?)"
"""ISO 8601 without years and months, whose length depends on the calendar, and without fractions."""

_PARTS = re.compile(r"([0-9]+)([WDHMS])")
_UNITS = {"W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}


def second(moment: datetime) -> datetime:
    """The moment in whole seconds of UTC; one without a zone is taken for UTC."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """As the service writes a moment: `2031-05-06T07:08:09Z`."""
    return second(moment).isoformat().replace("+00:00", "Z")


def duration(text: str) -> timedelta:
    """The length of what `AGO` matches."""
    return timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in _PARTS.findall(text)))


def written(length: timedelta) -> str:
    """The shortest text that `duration` reads as this length; nothing is longer ago than now."""
    seconds = max(int(length.total_seconds()), 0)
    days, rest = divmod(seconds, _UNITS["D"])
    numbers = (rest // _UNITS["H"], rest % _UNITS["H"] // _UNITS["M"], rest % _UNITS["M"])
    time = "".join(f"{number}{unit}" for number, unit in zip(numbers, "HMS", strict=True) if number)
    return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "") if seconds else "PT0S"
