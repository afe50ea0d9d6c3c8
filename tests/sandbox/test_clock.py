"""What time it is in a sandbox, and how it is set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tenants import NOW

from mockserver.sandbox import Clock


class TestClock:
    def test_a_frozen_clock_stands_still(self):
        clock = Clock(frozen=NOW)

        assert (NOW, NOW) == (clock.now(), clock.now())

    def test_any_other_goes(self):
        before = datetime.now(UTC)

        assert before <= Clock().now() <= datetime.now(UTC)

    @pytest.mark.parametrize("ahead", [timedelta(days=10), timedelta(hours=-1)])
    def test_it_may_be_ahead_or_behind(self, ahead):
        before = datetime.now(UTC)

        assert before + ahead <= Clock(ahead=ahead).now() <= datetime.now(UTC) + ahead
