"""Values as they are written on the wire, made comparable.

Entities keep dates, times, durations, GUIDs and binaries as texts, and so do literals. Two texts may mean the same
(`08:00Z` is `10:00+02:00`, GUIDs have two letter cases), so either side of a comparison goes through its type's key.
"""

from __future__ import annotations

import math
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from mockserver.core import edm

Key = Callable[[Any], Any]

_MOMENT = re.compile(
    r"(?:(?P<year>-?\d{4,8})-(?P<month>\d\d)-(?P<day>\d\d))?(?:(?:^|T)"
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d|60)(?:\.(?P<fraction>\d{1,12}))?)?"
    r"(?:Z|(?P<ahead>[+-])(?P<hours>[01]\d|2[0-3]):(?P<minutes>[0-5]\d))?)?",
    re.ASCII,
)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=T?\d)(?:(?P<days>\d{1,18})D)?(?:T(?=\d)(?:(?P<hours>\d{1,18})H)?(?:(?P<minutes>\d{1,18})M)?"
    r"(?:(?P<seconds>\d{1,18})(?:\.(?P<fraction>\d{1,12}))?S)?)?",
    re.ASCII,
)
_PICOSECONDS = 10**12
_DAYS_IN_400_YEARS = 146_097


@lru_cache(maxsize=65_536)
def ticks(text: str) -> float:
    """A point in time, a day or a time of day in picoseconds; NaN, which no comparison fits, for anything else.

    Integers, because OData has years before 0, leap seconds and twelve digits behind the second; `datetime` has none.
    """
    found = _MOMENT.fullmatch(text)
    if not text or found is None:
        return math.nan
    try:
        days = _days(found) if found["year"] else 0
    except ValueError:
        return math.nan
    ahead = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    minutes = int(found["hour"] or 0) * 60 + int(found["minute"] or 0) + (ahead if found["ahead"] == "-" else -ahead)
    seconds = (days * 1440 + minutes) * 60 + int(found["second"] or 0)
    return seconds * _PICOSECONDS + _fraction(found)


def _days(found: re.Match[str]) -> int:
    cycles, year = divmod(int(found["year"]), 400)
    return cycles * _DAYS_IN_400_YEARS + date(year + 400, int(found["month"]), int(found["day"])).toordinal()


def _fraction(found: re.Match[str]) -> int:
    return int((found["fraction"] or "").ljust(12, "0"))


@lru_cache(maxsize=4_096)
def span(text: str) -> float:
    """A duration in picoseconds; NaN for what is none."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return math.nan
    days, hours, minutes, seconds = (int(found[unit] or 0) for unit in ("days", "hours", "minutes", "seconds"))
    size = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * _PICOSECONDS + _fraction(found)
    return -size if found["sign"] else size


def part(text: str, name: str) -> int | None:
    """The year, month, day, hour, minute or second as written, in its own offset."""
    found = _MOMENT.fullmatch(text)
    return None if found is None else int(found[name] or 0)


@lru_cache(maxsize=4_096)
def octets(text: str) -> bytes | str:
    """A binary in either alphabet of base64, padded or not; the text itself where it is none."""
    plain = text.replace("+", "-").replace("/", "_").rstrip("=")
    try:
        return urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
    except ValueError:
        return text


KEYS: Mapping[object, Key] = {
    edm.BINARY: octets,
    edm.DATE: ticks,
    edm.DATE_TIME_OFFSET: ticks,
    edm.DURATION: span,
    edm.GUID: str.lower,
    edm.TIME_OF_DAY: ticks,
}
"""What makes texts of a type comparable. Values of other types are comparable as they are; strings: see `meaning`."""
