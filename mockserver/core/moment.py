"""Moments as texts: `2031-05-06T07:08:09Z`, whole seconds of UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(text: str) -> datetime:
    """The moment that is written so; one without a zone is taken for UTC. Raises ValueError."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def instant(when: datetime) -> str:
    """The moment as the service writes it; what is less than a second is cut off."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
