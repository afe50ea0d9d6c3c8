"""Any run of commands, snapshots, forks and restarts: a sandbox that is kept is the one that is not."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from core.tenant_machine import TenantMachine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from storage.restarts import Kept, in_order, told_of
from tenants import move

from mockserver.core.behaviour import Behaviour
from mockserver.core.errors import GraphError
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Asked, Fault, Lag, Match, Throttle
from mockserver.storage.parts import PARTS, state_of

NAMES = st.sampled_from(["a", "b"])
ASKED = Asked("GET", "/beta/applications", lambda: None)
FAULTS = st.builds(
    Fault,
    match=st.builds(Match, method=st.sampled_from([None, "GET"]), nth=st.sampled_from([None, 2])),
    probability=st.floats(0.01, 1),
    delay=st.floats(0, 1),
    status=st.sampled_from([None, 503]),
    expires=st.sampled_from([None, 1e10]),
)


class KeptMachine(TenantMachine):
    """The machine of tests/core in a state file; every now and then the mock is started anew."""

    def opened(self, at):
        self.folder = tempfile.TemporaryDirectory()
        self.kept = Kept(Path(self.folder.name) / "state.db", at)
        return self.kept.sandbox

    def teardown(self):
        if hasattr(self, "kept"):
            self.restart()
            self.kept.close()
            self.folder.cleanup()

    @rule()
    def restart(self):
        # Time passes in the machine without the sandbox being told.
        for each in self.kept.world:
            each.change(lambda state: (state, None))
        before = told_of(self.kept.world), in_order(self.kept.world)
        self.kept.restart()
        self.sandbox = self.kept.sandbox

        assert before == (told_of(self.kept.world), in_order(self.kept.world))

    @rule(name=NAMES)
    def save(self, name):
        self.sandbox.save(name)

    @rule(name=NAMES)
    @precondition(lambda self: self.sandbox.snapshots)
    def restore(self, name):
        if name in self.sandbox.snapshots and set(self.sandbox.snapshot(name).tenant.all("connectorGroup")):
            self.sandbox.restore(name)

    @rule()
    def reset(self):
        self.sandbox.reset()

    @rule(name=NAMES)
    def forget(self, name):
        if name in self.sandbox.snapshots:
            self.sandbox.forget(name)

    @rule(name=NAMES, of=NAMES)
    def fork(self, name, of):
        world = self.kept.world
        names = [each.name for each in world]
        if name in names:
            world.drop(name)
        else:
            world.fork(name, world.sandbox(of).state if of in names else self.sandbox.state)

    @rule(name=NAMES, key=TenantMachine.connectors, to=TenantMachine.groups)
    def move_elsewhere(self, name, key, to):
        if name in [each.name for each in self.kept.world]:
            with suppress(GraphError):
                self.kept.world.sandbox(name).dispatch(move(key, to))

    @rule(leaving=st.integers(0, 9), to=st.sampled_from(["paris", "lyon", "default"]))
    def come_last(self, leaving, to):
        """Whoever leaves a group and comes back is its last member, not the one it was."""
        keys = list(self.sandbox.tenant.all("connector"))
        if keys and self.sandbox.tenant.get("connectorGroup", to) is not None:
            self.sandbox.dispatch(*(move(key, to) for key in keys[: leaving % len(keys)][::-1]))

    @rule(fault=FAULTS)
    def order_a_fault(self, fault):
        self.sandbox.add_fault(fault)

    @rule()
    def strike(self):
        self.sandbox.strike(ASKED)

    @rule(lag=st.sampled_from([None, Lag(reads=2), Lag(seconds=0.1)]))
    def set_lag(self, lag):
        self.sandbox.set_lag(lag)

    @rule(limit=st.sampled_from([None, Throttle(2, 0.1)]))
    def set_throttle(self, limit):
        self.sandbox.set_throttle(limit)

    @rule()
    def adopt(self):
        """The tenant as another one that has the same in it."""
        document = {name: part.written(self.sandbox.state) for name, part in PARTS.items()}
        self.sandbox.adopt(state_of(document, self.sandbox.tenant, self.sandbox.state.journal).tenant)

    @invariant()
    def nothing_lies_about(self):
        """One connection holds the file, with its log and nothing else."""
        if hasattr(self, "kept"):
            assert {each.name for each in self.kept.files()} <= {"state.db", "state.db-wal"}


def test_a_sandbox_that_is_kept_is_the_one_that_is_not():
    few = settings(max_examples=40, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(KeptMachine, settings=few)

    assert KeptMachine.played.total() > 300


@pytest.mark.parametrize("text", ["observed", "strict", *(f"documented,{each.name}={each.strict}" for each in QUIRKS)])
def test_every_behaviour_is_read_as_it_was_written(text):
    behaviour = Behaviour.parse(text, QUIRKS)
    again = Behaviour.parse(str(behaviour), QUIRKS)

    assert [behaviour[each] for each in QUIRKS] == [again[each] for each in QUIRKS]
