"""Moments as texts: `2031-05-06T07:08:09Z`, whole seconds of UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)


def moment(text: str) -> datetime:
    """The moment that is written so; one without a zone is taken for UTC. Raises ValueError."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def after(when: datetime, length: timedelta) -> datetime:
    """The moment that is so much later; the last one there is where the calendar ends before that."""
    return when + length if length <= LAST - when else LAST


def instant(when: datetime) -> str:
    """The moment as the service writes it; what is less than a second is cut off."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
