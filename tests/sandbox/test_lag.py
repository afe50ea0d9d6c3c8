"""Reads that still see the tenant as it was: R47, Q13."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sandbox.waiting import wait
from tenants import (
    application,
    assign,
    connector,
    create_group,
    delete_group,
    group,
    members,
    move,
    sandbox,
    tenant,
    unassign,
)

from mockserver.sandbox import Lag


class TestLag:
    """R47: Q13: so many reads after an assignment still show the group before, as TF saw."""

    PARTS = (group("paris"), group("lyon"), application("wiki", "paris"))

    def seen(self, at, reads):
        return [at.read().get("application", "wiki")["connectorGroup"] for _ in range(reads)]

    @pytest.mark.parametrize("lag", [0, 1, 3])
    def test_so_many_reads_still_show_the_group_before(self, lag):
        at = sandbox(tenant(*self.PARTS, Q13=lag))
        at.dispatch(assign("wiki", "lyon"))

        assert ["paris"] * lag + ["lyon"] * 2 == self.seen(at, lag + 2)

    def test_taking_an_application_off_its_group_is_an_assignment_as_well(self):
        at = sandbox(tenant(*self.PARTS, Q13=1))
        at.dispatch(unassign("wiki", "paris"))

        assert ["paris", "default"] == self.seen(at, 2)

    def test_nothing_else_lags(self):
        at = sandbox(tenant(*self.PARTS, connector("a"), Q13=3))
        at.dispatch(move("a", "paris"))

        assert ["a"] == members(at.read(), "paris")

    def test_commands_meet_the_tenant_as_it_is(self):
        at = sandbox(tenant(*self.PARTS, Q13=3))
        at.dispatch(assign("wiki", "lyon"))

        assert "paris" not in at.dispatch(delete_group("paris"))[0].all("connectorGroup")

    def test_a_reset_forgets_it(self):
        at = sandbox(tenant(*self.PARTS, Q13=3))
        at.dispatch(assign("wiki", "lyon"))
        at.reset()

        assert ["paris"] == self.seen(at, 1)


class TestOfEveryChange:
    """R47: the switch: reads are served from the tenant as it was, whatever was changed."""

    def names(self, at, reads):
        return [len(at.read().all("connectorGroup")) for _ in range(reads)]

    @pytest.mark.parametrize("reads", [1, 3])
    def test_a_change_is_seen_after_so_many_reads(self, reads):
        at = sandbox(tenant())
        at.set_lag(Lag(reads=reads))
        at.dispatch(create_group(""))

        assert [1] * reads + [2, 2] == self.names(at, reads + 2)

    @pytest.mark.parametrize(("seconds", "seen"), [(0, 1), (1.9, 1), (2, 2), (60, 2)])
    def test_a_change_is_seen_after_so_long(self, seconds, seen):
        at = sandbox(tenant())
        at.set_lag(Lag(seconds=2))
        at.dispatch(create_group(""))
        wait(at, seconds=seconds)

        assert [seen] * 3 == self.names(at, 3)

    def test_each_change_has_its_own_time(self):
        at = sandbox(tenant())
        at.set_lag(Lag(seconds=10))
        for _ in range(3):
            at.dispatch(create_group(""))
            wait(at, seconds=4)
        seen = []
        for _ in range(5):
            seen += self.names(at, 1)
            wait(at, seconds=4)

        assert [2, 3, 4, 4, 4] == seen

    def test_each_change_has_its_own_reads(self):
        at = sandbox(tenant())
        at.set_lag(Lag(reads=2))
        at.dispatch(create_group(""))
        first = self.names(at, 1)
        at.dispatch(create_group(""))

        assert [1, 1, 2, 3] == first + self.names(at, 3)

    def test_changes_are_seen_in_their_order(self):
        """What was made later is never seen without what was made before: it may refer to it."""
        at = sandbox(tenant(*TestLag.PARTS, Q13=5))
        at.set_lag(Lag(reads=1))
        at.dispatch(assign("wiki", "lyon"))
        at.dispatch(create_group(""))

        assert [3] * 5 + [4] == self.names(at, 6)

    def test_the_lag_of_an_assignment_is_the_longer_of_both(self):
        """Q13."""
        at = sandbox(tenant(*TestLag.PARTS, Q13=1))
        at.set_lag(Lag(reads=3))
        at.dispatch(assign("wiki", "lyon"))

        assert ["paris"] * 3 + ["lyon"] == TestLag().seen(at, 4)

    def test_several_commands_at_once_are_one_change(self):
        at = sandbox(tenant())
        at.set_lag(Lag(reads=1))
        at.dispatch(create_group("a"), create_group("b"))

        assert [1, 3] == self.names(at, 2)

    def test_what_changed_nothing_is_no_change(self):
        at = sandbox(tenant(connector("a")))
        at.set_lag(Lag(reads=1))
        at.dispatch(move("a", "default"))

        assert at.state.lag.unseen == ()

    def test_what_time_does_is_seen_at_once(self):
        at = sandbox(tenant(connector("a", stopped=True)))
        at.set_lag(Lag(reads=9))
        wait(at, days=11)

        assert 0 == len(at.read().all("connector"))

    @pytest.mark.parametrize("lag", [None, Lag(reads=1)])
    def test_a_new_lag_shows_what_was_unseen(self, lag):
        at = sandbox(tenant())
        at.set_lag(Lag(reads=9))
        at.dispatch(create_group(""))
        at.set_lag(lag)

        assert [2] == self.names(at, 1)

    def test_a_clock_that_goes_back_shows_it_too(self):
        at = sandbox(tenant())
        at.set_lag(Lag(seconds=10))
        at.dispatch(create_group(""))
        at.set_clock(lambda clock: clock.advanced(timedelta(days=-1)))

        assert [2] == self.names(at, 1)

    def test_many_changes_are_kept_within_bounds(self):
        at = sandbox(tenant())
        at.set_lag(Lag(seconds=1e6))
        for _ in range(1_100):
            wait(at, seconds=1)
            at.dispatch(create_group(""))

        assert 1_000 == len(at.state.lag.unseen)
