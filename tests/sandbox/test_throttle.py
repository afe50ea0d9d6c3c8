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
