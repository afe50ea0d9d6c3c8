"""What time it is in a sandbox, and how it is set (R39)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mockserver.core.errors import ClockGoesForward, ClockOutOfRange
from mockserver.core.moment import instant

_LAST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Clock:
    """What time it is: the machine's, moved by `ahead`, or `frozen` at a moment."""

    frozen: datetime | None = None
    ahead: timedelta = timedelta()

    @property
    def mode(self) -> str:
        return "live" if self.frozen is None else "frozen"

    def now(self) -> datetime:
        return self.frozen if self.frozen is not None else datetime.now(UTC) + self.ahead

    def seconds(self) -> float:
        """The same as seconds since 1970, in less time."""
        return self.frozen.timestamp() if self.frozen is not None else time.time() + self.ahead.total_seconds()

    def set_to(self, moment: datetime) -> Clock:
        """The clock that shows the moment now, and stands still or goes as this one does. Raises ClockOutOfRange."""
        if not datetime(1970, 1, 1, tzinfo=UTC) <= moment < _LAST:
            raise ClockOutOfRange(moment=moment.isoformat())
        utc = moment.astimezone(UTC)
        return Clock(frozen=utc) if self.frozen is not None else Clock(ahead=utc - datetime.now(UTC))

    def advanced(self, length: timedelta) -> Clock:
        """The clock that shows what this one will after that time. Raises ClockOutOfRange."""
        try:
            return self.set_to(self.now() + length)
        except OverflowError:
            raise ClockOutOfRange(moment=str(length)) from None

    def advanced_to(self, moment: datetime) -> Clock:
        """The clock that shows the moment. Raises ClockGoesForward where it is past already, ClockOutOfRange."""
        if moment < self.now():
            raise ClockGoesForward(now=instant(self.now()), moment=moment.isoformat())
        return self.set_to(moment)

    def going(self, mode: str) -> Clock:
        """The clock that goes on from now (`live`) or stands still at now (`frozen`)."""
        if mode == self.mode:
            return self
        return Clock(frozen=self.now()) if mode == "frozen" else Clock(ahead=self.now() - datetime.now(UTC))
