"""What time it is in a sandbox, and how it is set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sandbox.waiting import wait
from tenants import NOW, connector, group, sandbox, tenant

from mockserver.core.errors import ClockGoesForward, ClockOutOfRange
from mockserver.core.moment import instant
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


class TestSetting:
    LATER = NOW + timedelta(days=3)

    @pytest.mark.parametrize("clock", [Clock(frozen=NOW), Clock()])
    def test_it_shows_the_moment_it_was_set_to_and_goes_as_before(self, clock):
        found = clock.set_to(self.LATER)

        assert clock.mode == found.mode
        assert abs(found.now() - self.LATER) < timedelta(seconds=60)

    def test_it_may_be_set_back(self):
        assert NOW - timedelta(days=1) == Clock(frozen=NOW).set_to(NOW - timedelta(days=1)).now()

    def test_a_moment_of_another_zone_is_kept_in_utc(self):
        moment = NOW.astimezone(timezone(timedelta(hours=9)))

        assert (NOW, UTC) == ((found := Clock(frozen=NOW).set_to(moment).now()), found.tzinfo)

    @pytest.mark.parametrize("year", [1, 1969, 9999])
    def test_a_moment_out_of_all_reason_is_refused(self, year):
        with pytest.raises(ClockOutOfRange):
            Clock(frozen=NOW).set_to(datetime(year, 12, 31, tzinfo=timezone(timedelta(hours=23))))

    def test_it_is_advanced_by_a_length(self):
        assert NOW + timedelta(days=10) == Clock(frozen=NOW).advanced(timedelta(days=10)).now()

    def test_a_live_one_is_ahead_by_that_from_then_on(self):
        ahead = Clock().advanced(timedelta(days=10)).advanced(timedelta(days=1)).ahead

        assert abs(ahead - timedelta(days=11)) < timedelta(seconds=60)

    def test_it_is_advanced_to_a_moment(self):
        assert self.LATER == Clock(frozen=NOW).advanced_to(self.LATER).now()

    @pytest.mark.parametrize(
        "moment", [NOW - timedelta(seconds=1), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))]
    )
    def test_it_is_not_advanced_back(self, moment):
        with pytest.raises(ClockGoesForward):
            Clock(frozen=NOW).advanced_to(moment)

    @pytest.mark.parametrize("length", [timedelta(days=99_999_999), timedelta(days=10**7)])
    def test_it_is_not_advanced_beyond_the_calendar(self, length):
        with pytest.raises(ClockOutOfRange):
            Clock(frozen=NOW).advanced(length)

    def test_a_live_one_that_is_frozen_stands_still_at_that_moment(self):
        before = datetime.now(UTC)
        frozen = Clock().going("frozen")

        assert before <= frozen.now() == frozen.now() <= datetime.now(UTC)

    @pytest.mark.parametrize("clock", [Clock(frozen=NOW), Clock()])
    def test_one_that_goes_as_it_should_is_left_alone(self, clock):
        assert clock is clock.going(clock.mode)

    def test_a_frozen_one_goes_on_from_where_it_stood(self):
        found = Clock(frozen=NOW).going("live")

        assert found.mode == "live"
        assert NOW <= found.now() < NOW + timedelta(seconds=60)


class TestEvents:
    """What time did on the way is told in its order (interface.md 3)."""

    PARTS = (group("paris"), connector("a", "paris"), connector("b", stopped=True))

    def test_setting_it_tells_what_time_did(self):
        at = sandbox(tenant(*self.PARTS))
        events = at.set_clock(lambda clock: clock.advanced(timedelta(days=10)))

        assert [("connectorInactive", "b"), ("connectorRemoved", "b")] == [
            (each["type"], each["connectorId"]) for each in events
        ]

    def test_they_come_in_the_order_of_their_moments(self):
        silent = [
            connector(f"c{n}", stopped=True, lastHeartbeat=instant(NOW - timedelta(minutes=7 * n % 5)))
            for n in range(20)
        ]
        at = sandbox(tenant(*silent))
        events = at.set_clock(lambda clock: clock.advanced(timedelta(days=400)))

        assert 40 == len(events)
        assert sorted(each["at"] for each in events) == [each["at"] for each in events]

    def test_what_was_due_before_and_nobody_had_looked_is_told_too(self):
        at = sandbox(tenant(connector("a", stopped=True)))
        wait(at, minutes=6)

        assert ["connectorInactive"] == [each["type"] for each in at.set_clock(lambda clock: clock)]

    def test_what_has_been_told_is_not_told_again(self):
        at = sandbox(tenant(*self.PARTS))
        at.set_clock(lambda clock: clock.advanced(timedelta(days=10)))

        assert [] == at.set_clock(lambda clock: clock.advanced(timedelta(days=10)))

    def test_a_refused_setting_changes_nothing(self):
        at = sandbox(tenant(*self.PARTS))
        before = at.state
        with pytest.raises(ClockGoesForward):
            at.set_clock(lambda clock: clock.advanced_to(NOW - timedelta(days=1)))

        assert before is at.state
