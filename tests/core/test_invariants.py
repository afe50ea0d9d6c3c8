"""What is true of every tenant, whatever is done to it: R1, R2, R4, R6, R7, R23, R37, R40."""

from __future__ import annotations

from core.tenant_machine import TenantMachine
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

ENOUGH = settings(max_examples=220, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class DispatchMachine(TenantMachine):
    """Commands are dispatched to a sandbox, without any HTTP."""


def test_the_invariants_hold_after_every_one_of_five_thousand_commands():
    run_state_machine_as_test(DispatchMachine, settings=ENOUGH)

    assert DispatchMachine.played.total() >= 5_000
