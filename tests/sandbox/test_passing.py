"""What time does to a sandbox: R37, R38, R40 and Q21."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sandbox.waiting import wait
from tenants import NOW, application, connector, delete_group, group, members, move, sandbox, tenant, update_group

from mockserver.core.errors import ConnectorNotFound
from mockserver.core.moment import instant
from mockserver.model.lifecycle import start, stop


def status(at, key="a"):
    """What is seen of a connector: its status, or that it is gone."""
    found = at.tenant.get("connector", key)
    return "gone" if found is None else found["status"]


class TestAging:
    """A clock that stands still and is moved by hand: R37, R38 and R40 in no time at all."""

    @pytest.mark.parametrize(
        ("silent", "expected"),
        [
            ({"seconds": 0}, "active"),
            ({"minutes": 5}, "active"),
            ({"minutes": 5, "seconds": 1}, "inactive"),
            ({"days": 9, "hours": 23, "minutes": 59, "seconds": 59}, "inactive"),
            ({"days": 10}, "gone"),
            ({"days": 400}, "gone"),
        ],
    )
    def test_a_stopped_connector_becomes_inactive_and_then_is_removed(self, silent, expected):
        """R37, R38: after more than five minutes, and after ten days."""
        at = sandbox(tenant(connector("a")))
        at.dispatch(stop("a"))
        wait(at, **silent)

        assert expected == status(at)

    def test_a_connector_that_runs_stays_active(self):
        """R37: its service sends heartbeats."""
        at = sandbox(tenant(connector("a")))
        wait(at, days=400)

        assert "active" == status(at)

    def test_a_connector_that_starts_in_time_is_active_again_and_stays(self):
        """R37: a heartbeat makes it so, and its ten days start anew."""
        at = sandbox(tenant(connector("a")))
        at.dispatch(stop("a"))
        wait(at, days=9)
        at.dispatch(start("a"))
        wait(at, days=9)

        assert "active" == status(at)

    def test_a_connector_that_stops_again_has_ten_days_again(self):
        """R38: counted from its last heartbeat."""
        at = sandbox(tenant(connector("a")))
        for command in (stop("a"), start("a"), stop("a")):
            at.dispatch(command)
            wait(at, days=6)

        assert "inactive" == status(at)

    def test_stopping_what_is_stopped_gives_it_no_time(self):
        """R38: no heartbeat was sent."""
        at = sandbox(tenant(connector("a")))
        at.dispatch(stop("a"))
        wait(at, days=6)
        at.dispatch(stop("a"))
        wait(at, days=6)

        assert "gone" == status(at)

    def test_a_command_meets_the_tenant_as_time_has_left_it(self):
        """R38: what is gone cannot be moved."""
        at = sandbox(tenant(group("paris"), connector("a", stopped=True)))
        wait(at, days=11)

        with pytest.raises(ConnectorNotFound):
            at.dispatch(move("a", "paris"))

    def test_a_group_is_free_to_go_once_its_connectors_are_removed(self):
        """R19, R38: the group itself has stayed."""
        at = sandbox(tenant(group("paris"), connector("a", "paris", stopped=True)))
        wait(at, days=11)

        assert ["default"] == list(at.dispatch(delete_group("paris"))[0].all("connectorGroup"))

    def test_time_moves_no_connector_and_touches_no_application(self):
        """R40."""
        at = sandbox(
            tenant(
                group("paris"),
                connector("a", "paris", stopped=True),
                connector("b", "paris"),
                application("wiki", "paris"),
            )
        )
        before = at.tenant
        wait(at, days=11)

        assert (["b"], ["paris"], True) == (
            members(at.tenant, "paris"),
            [at.tenant.get("application", "wiki")["connectorGroup"]],
            before.all("connectorGroup") is at.tenant.all("connectorGroup"),
        )

    def test_each_connector_has_its_own_time(self):
        """R37, R38."""
        silent = {"a": 0, "b": 3, "c": 9}
        at = sandbox(
            tenant(
                *(
                    connector(key, lastHeartbeat=instant(NOW - timedelta(days=days)), stopped=True, status="inactive")
                    for key, days in silent.items()
                )
            )
        )
        seen = []
        for _ in range(4):
            seen.append("".join(at.tenant.all("connector")))
            wait(at, days=4)

        assert ["abc", "ab", "a", ""] == seen

    def test_what_a_new_sandbox_was_given_is_brought_up_to_its_clock(self):
        """R38: a fixture may be older than that."""
        long_ago = connector("a", lastHeartbeat="2001-01-01T00:00:00Z", stopped=True)

        assert "gone" == status(sandbox(tenant(long_ago)))

    def test_a_tenant_to_which_time_does_nothing_stays_the_very_same(self):
        at = sandbox(tenant(connector("a")))
        before = at.tenant
        wait(at, days=400)

        assert before is at.tenant

    def test_a_clock_that_goes_back_brings_nobody_back(self):
        at = sandbox(tenant(connector("a", stopped=True)))
        wait(at, days=11)
        gone = status(at)
        wait(at, days=-11)

        assert ("gone", "gone") == (gone, status(at))

    @pytest.mark.parametrize("leaps", [[11], [1] * 11, [0.001] * 20 + [11]])
    def test_it_does_not_matter_how_often_one_looks(self, leaps):
        """R37, R38: the tenant is the same in the end."""
        at = sandbox(tenant(connector("a"), connector("b", stopped=True), connector("c", stopped=True)))
        at.dispatch(stop("a"))
        for days in leaps:
            wait(at, days=days)
            status(at)

        assert 0 == len(at.tenant.all("connector"))


class TestRegionDelay:
    """Q21: what time does to a group whose region was changed."""

    @pytest.mark.parametrize(("minutes", "expected"), [(0, "eur"), (29, "eur"), (30, "japan"), (60 * 24, "japan")])
    def test_a_changed_region_takes_effect_in_time(self, minutes, expected):
        at = sandbox(tenant(group("paris"), Q21="PT30M"))
        at.dispatch(update_group("paris", region="japan"))
        wait(at, minutes=minutes)

        assert expected == at.tenant.get("connectorGroup", "paris")["region"]

    @pytest.mark.parametrize("profile", ["observed", "strict"])
    def test_it_takes_effect_at_once_where_nothing_else_is_chosen(self, profile):
        """R13."""
        at = sandbox(tenant(group("paris"), behaviour=profile))
        at.dispatch(update_group("paris", region="japan"))

        assert "japan" == at.tenant.get("connectorGroup", "paris")["region"]

    def test_a_group_that_is_put_to_use_meanwhile_does_not_stop_the_clock(self):
        at = sandbox(tenant(group("paris"), connector("a"), Q21="PT30M"))
        at.dispatch(update_group("paris", region="nam"))
        at.dispatch(move("a", "paris"))
        wait(at, minutes=31)

        assert ["a"] == members(at.tenant, "paris")
