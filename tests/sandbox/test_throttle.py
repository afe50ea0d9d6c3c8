"""How many requests are let in: R61, graph_reference 5.11."""

from __future__ import annotations

import pytest
from sandbox.waiting import wait
from tenants import sandbox, tenant

from mockserver.sandbox import Throttle


class TestThrottle:
    """So many requests in a window of so many seconds; the others are told how long to wait."""

    def test_without_one_every_request_is_let_in(self):
        at = sandbox(tenant())

        assert [0] * 100 == [at.wait_for_turn().wait for _ in range(100)]

    def test_the_requests_beyond_it_are_told_to_wait(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))

        assert [0, 0, 10, 10] == [at.wait_for_turn().wait for _ in range(4)]

    @pytest.mark.parametrize(("seconds", "expected"), [(0, 10), (1, 9), (9.5, 1), (10, 0), (100, 0)])
    def test_they_are_told_how_long(self, seconds, expected):
        at = sandbox(tenant())
        at.set_throttle(Throttle(1, 10))
        at.wait_for_turn()
        wait(at, seconds=seconds)

        assert expected == at.wait_for_turn().wait

    def test_a_new_window_lets_as_many_in(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))
        first = [at.wait_for_turn().wait for _ in range(3)]
        wait(at, seconds=10)

        assert [0, 0, 10] * 2 == first + [at.wait_for_turn().wait for _ in range(3)]

    def test_it_can_be_taken_away(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(0, 10))
        refused = at.wait_for_turn().wait
        at.set_throttle(None)

        assert (10, 0) == (refused, at.wait_for_turn().wait)


class TestCallingEarly:
    """graph_reference 5.11: throttling.md: whoever does not wait makes it worse, as all requests accrue."""

    def test_the_first_refusal_is_no_penalty(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))
        waits = [at.wait_for_turn().wait for _ in range(3)]
        wait(at, seconds=10)

        assert [0, 0, 10, 0, 0] == waits + [at.wait_for_turn().wait for _ in range(2)]

    def test_each_call_before_the_time_that_was_told_is_used_of_the_next_window(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(3, 10))
        for _ in range(5):  # three let in, one refused, one early
            at.wait_for_turn()
        wait(at, seconds=10)

        assert [0, 0, 10] == [at.wait_for_turn().wait for _ in range(3)]

    def test_who_calls_too_often_waits_longer(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))

        assert [0, 0, 10, 10, 20, 20, 30] == [at.wait_for_turn().wait for _ in range(7)]

    @pytest.mark.parametrize("early", [0, 1, 5, 11])
    def test_who_waits_as_long_as_told_is_let_in(self, early):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))
        waits = [at.wait_for_turn().wait for _ in range(3 + early)]
        wait(at, seconds=waits[-1])

        assert 0 == at.wait_for_turn().wait

    @pytest.mark.parametrize("early", [3, 4, 9])
    def test_and_not_a_window_sooner(self, early):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))
        waits = [at.wait_for_turn().wait for _ in range(3 + early)]
        wait(at, seconds=waits[-1] - 10)

        assert at.wait_for_turn().wait

    def test_patience_is_rewarded(self):
        """What was owed is paid off by the windows that went by."""
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))
        for _ in range(30):
            at.wait_for_turn()
        wait(at, seconds=1_000)

        assert [0, 0, 10] == [at.wait_for_turn().wait for _ in range(3)]


class TestApplications:
    """5.11: limits are per application and tenant."""

    def test_each_has_its_own_count(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(1, 10))

        assert [0, 0, 10, 10] == [at.wait_for_turn(who).wait for who in ("a", "b", "a", "b")]

    def test_so_many_are_counted_apart_and_no_more(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(1, 10))
        for number in range(1_500):
            at.wait_for_turn(str(number))

        assert 1_000 == len(at.state.throttle.buckets)


@pytest.mark.parametrize(("requests", "shares"), [(4, [0.25, 0.5, 0.75, 1.0, 1.0, 1.25]), (0, [1.0, 1.0])])
def test_how_much_of_the_limit_is_used_is_known(requests, shares):
    at = sandbox(tenant())
    at.set_throttle(Throttle(requests, 10))

    assert shares == [at.wait_for_turn().share for _ in shares]


def test_a_clock_that_goes_back_begins_a_window_anew():
    at = sandbox(tenant())
    at.set_throttle(Throttle(1, 10))
    at.wait_for_turn()
    wait(at, days=-1)

    assert 0 == at.wait_for_turn().wait
