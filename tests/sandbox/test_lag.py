"""Reads that still see the tenant as it was: R47, Q13."""

from __future__ import annotations

import pytest
from tenants import application, assign, connector, delete_group, group, members, move, sandbox, tenant, unassign


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
