"""Time as a fixture writes it: how long ago. A tenant keeps the moment itself, in whole seconds of UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_HOUR, _DAY = 3_600, 86_400


def second(moment: datetime) -> datetime:
    """The moment in whole seconds of UTC; one without a zone is taken for UTC."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """As the service writes a moment: `2031-05-06T07:08:09Z`."""
    return second(moment).isoformat().replace("+00:00", "Z")


def written(length: timedelta) -> str:
    """The shortest text that `core.duration` reads as this length; nothing is longer ago than now."""
    seconds = max(int(length.total_seconds()), 0)
    days, rest = divmod(seconds, _DAY)
    numbers = (rest // _HOUR, rest % _HOUR // 60, rest % 60)
    time = "".join(f"{number}{unit}" for number, unit in zip(numbers, "HMS", strict=True) if number)
    return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "") if seconds else "PT0S"
