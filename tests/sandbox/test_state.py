"""All of a sandbox is one value: what a reset, a snapshot and a fork do with every part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from sandbox.entries import entry
from tenants import NOW, application, assign, connector, create_group, group, sandbox, tenant

from mockserver.identity.sign_ins import SignIn
from mockserver.model.lifecycle import stop
from mockserver.sandbox import Asked, Fault, Journal, Lag, Lagging, Sandbox, State, Throttle, Throttling

PARTS = (group("paris"), connector("c"), application("wiki", "paris"))
ID = "5a0c5a6e-0000-4000-8000-000000000000"
ASKED = Asked("GET", "/beta/applications", lambda: None)

Step = Callable[[Sandbox], object]


def fault_strikes(at: Sandbox) -> None:
    at.add_fault(Fault(status=503, probability=0.5, times=5))
    for _ in range(8):
        at.strike(ASKED)


def throttle_counts(at: Sandbox) -> None:
    at.set_throttle(Throttle(1, 60))
    at.wait_for_turn("a")
    at.wait_for_turn("a")


def change_stays_unseen(at: Sandbox) -> None:
    at.set_lag(Lag(reads=5))
    at.dispatch(assign("wiki", "default"))
    at.read()


class Part(NamedTuple):
    """What changes a field of the state through the sandbox's own doors, and what a fork has of it."""

    disturb: Step
    forked: Callable[[State], Any]


def the_same(name: str) -> Callable[[State], Any]:
    return lambda state: getattr(state, name)


COVERED: dict[str, Part] = {
    "tenant": Part(lambda at: at.dispatch(create_group("lyon")), lambda state: state.tenant.entities),
    "clock": Part(lambda at: at.set_clock(lambda clock: clock.advanced(timedelta(days=1))), the_same("clock")),
    "seed": Part(lambda at: None, the_same("seed")),
    "drawn": Part(lambda at: at.dispatch(create_group("")), the_same("drawn")),
    "due": Part(lambda at: at.dispatch(stop("c")), the_same("due")),
    "lag": Part(change_stays_unseen, lambda state: Lagging(state.lag.every)),
    "throttle": Part(throttle_counts, lambda state: Throttling(state.throttle.limit)),
    "faults": Part(fault_strikes, the_same("faults")),
    "stumbled": Part(lambda at: at.stumbles("wiki", 1), the_same("stumbled")),
    "sign_ins": Part(
        lambda at: at.change_sign_ins(lambda before: {**before, "code": SignIn("client", "", 0.0)}), lambda state: {}
    ),
    "journal": Part(lambda at: at.record(entry()), lambda state: Journal(state.journal.most)),
}
"""Every field of the state; the seed is the one that nothing changes."""

CHANGED = [name for name in COVERED if name != "seed"]


def test_every_field_of_the_state_is_covered():
    assert {each.name for each in fields(State)} == set(COVERED)


@pytest.mark.parametrize("name", CHANGED)
def test_what_disturbs_it_does(name):
    """Else the tests below could not fail."""
    at = sandbox(tenant(*PARTS))
    before = getattr(at.state, name)
    COVERED[name].disturb(at)

    assert getattr(at.state, name) != before


@pytest.mark.parametrize("name", COVERED)
class TestEveryField:
    def test_a_reset_puts_it_back(self, name):
        at = sandbox(tenant(*PARTS))
        before = getattr(at.state, name)
        COVERED[name].disturb(at)
        at.reset()

        assert getattr(at.state, name) is before

    def test_a_snapshot_brings_it_back(self, name):
        at = sandbox(tenant(*PARTS))
        COVERED[name].disturb(at)
        at.save("then")
        before = getattr(at.state, name)
        COVERED[name].disturb(at)
        at.restore("then")

        assert getattr(at.state, name) is before

    def test_a_fork_has_of_it_what_it_should(self, name):
        at = sandbox(tenant(*PARTS))
        COVERED[name].disturb(at)
        forked = at.state.forked(ID)
        found = forked.tenant.entities if name == "tenant" else getattr(forked, name)

        assert COVERED[name].forked(at.state) == found

    def test_what_is_done_to_a_fork_leaves_the_other_as_it_was(self, name):
        at = sandbox(tenant(*PARTS))
        before = at.state
        fork = Sandbox("fork", at.state.forked(ID))
        COVERED[name].disturb(fork)

        assert at.state is before


class TestForks:
    def test_a_fork_shares_every_table(self):
        """So that it takes the same time whatever the tenant's size."""
        at = sandbox(tenant(*PARTS))
        forked = at.state.forked(ID).tenant

        assert forked.entities is at.tenant.entities
        assert forked.pointing is at.tenant.pointing

    def test_only_the_id_of_its_tenant_differs(self):
        before = tenant(*PARTS)
        forked = State(before).forked(ID).tenant

        assert {**before.about, "id": ID} == forked.about
        assert [before.model, before.behaviour, before.policy] == [forked.model, forked.behaviour, forked.policy]

    def test_a_fork_goes_on_with_the_ids_and_the_time_of_the_other(self):
        at = sandbox(tenant(*PARTS), now=NOW)
        at.dispatch(create_group(""))
        fork = Sandbox("fork", at.state.forked(ID))
        made = [each.dispatch(create_group(""))[1][0] for each in (at, fork)]

        assert made[0] == made[1]

    def test_what_time_does_is_not_looked_up_again(self):
        """That would look at every entity."""
        at = sandbox(tenant(*PARTS, connector("silent", stopped=True)))

        assert at.state.due == Sandbox("fork", at.state.forked(ID)).state.due
