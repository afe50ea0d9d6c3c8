"""What time does to a tenant, R37, R38 and R40: what is due and when. That it happens is the sandbox's matter."""

from __future__ import annotations

from datetime import timedelta
from math import inf

import pytest
from tenants import AT, NOW, application, connector, contents, group, install, tenant

from mockserver.core.commands import Delete, Update, apply, apply_all
from mockserver.core.errors import ConnectorNotFound
from mockserver.core.moment import instant
from mockserver.model.heartbeats import status_at
from mockserver.model.lifecycle import due, due_of, silence, start, stop


def stopped(key, ago=timedelta(), status="active"):
    """A connector whose service stopped so long ago."""
    return connector(key, lastHeartbeat=instant(NOW - ago), stopped=True, status=status)


def at_time(command, moment=NOW):
    """The command as a sandbox carries it out."""
    return type(command)(command.type, command.id, instant(moment), command.properties)


class TestDue:
    def test_nothing_is_due_to_a_connector_that_runs(self):
        """R37: its service sends heartbeats, however long ago the last one was written down."""
        assert [] == due(tenant(connector("a", lastHeartbeat="2001-01-01T00:00:00Z")))

    def test_a_stopped_connector_becomes_inactive_after_five_minutes(self):
        """R37: the first second in which it has been silent for more than that."""
        (event,) = due(tenant(stopped("a")))

        assert (NOW + timedelta(minutes=5, seconds=1), {"status": "inactive"}) == (event.at, event.command.properties)

    def test_an_inactive_connector_is_removed_after_ten_days(self):
        """R38: counted from the last heartbeat."""
        (event,) = due(tenant(stopped("a", status="inactive")))

        assert (NOW + timedelta(days=10), Delete("connector", "a", "")) == (event.at, event.command)

    def test_the_earliest_comes_first(self):
        at = tenant(
            stopped("a", timedelta(days=1), "inactive"),
            stopped("b"),
            stopped("c", timedelta(days=9), "inactive"),
            connector("d"),
            stopped("e", timedelta(minutes=1)),
        )

        assert ["e", "b", "c", "a"] == [event.command.id for event in due(at)]

    def test_it_becomes_inactive_in_the_second_in_which_its_status_says_so(self):
        """R37, Q25: both ways to know agree."""
        at = tenant(stopped("a"), Q25="PT1H+P30D")
        (event,) = due(at)
        moments = (event.at - timedelta(seconds=1), event.at)

        assert ["active", "inactive"] == [status_at(at.behaviour, NOW, each) for each in moments]

    def test_a_moment_without_a_zone_is_one_of_utc(self):
        """A fixture may write one."""
        at = tenant(group("paris", nextRegion="nam", regionDue="2031-05-06"), stopped("a"))

        assert ["paris", "a"] == [event.id for event in due(at)]

    def test_of_what_is_due_at_once_the_lower_id_comes_first(self):
        assert ["a", "b", "c"] == [event.id for event in due(tenant(*map(stopped, "bca")))]

    @pytest.mark.parametrize(
        ("entity", "expected"),
        [
            (group("a"), inf),
            (application("a", "default"), inf),
            (connector("a"), inf),
            (stopped("a"), (NOW + timedelta(minutes=5, seconds=1)).timestamp()),
            (stopped("a", status="inactive"), (NOW + timedelta(days=10)).timestamp()),
        ],
        ids=["a group", "an application", "a running connector", "a stopped one", "an inactive one"],
    )
    def test_what_is_due_to_a_single_entity_is_known_alone(self, entity, expected):
        assert expected == due_of(tenant(entity), entity.type.name, "a")

    @pytest.mark.parametrize("type_name", ["connector", "connectorGroup", "application"])
    def test_nothing_is_due_to_what_is_not_there(self, type_name):
        assert inf == due_of(tenant(), type_name, "nobody")

    @pytest.mark.parametrize(
        ("status", "expected"),
        [("active", timedelta(hours=1, seconds=1)), ("inactive", timedelta(days=30))],
    )
    def test_both_lengths_can_be_chosen(self, status, expected):
        """R37, R38: Q25."""
        (event,) = due(tenant(stopped("a", status=status), Q25="PT1H+P30D"))

        assert NOW + expected == event.at


class TestStartAndStop:
    def test_a_connector_that_stops_is_still_active(self):
        """R37: for five minutes."""
        after = apply(tenant(connector("a")), at_time(stop("a"))).get("connector", "a")

        assert ("active", True) == (after["status"], after["stopped"])

    @pytest.mark.parametrize("command", [stop("a"), start("a")], ids=["stop", "start"])
    def test_a_connector_that_stops_or_starts_is_heard_of_now(self, command):
        """R37: the last heartbeat, or the first."""
        later = NOW + timedelta(hours=1)
        at = tenant(connector("a", stopped=command == start("a")))

        assert instant(later) == apply(at, at_time(command, later)).get("connector", "a")["lastHeartbeat"]

    def test_stopping_what_is_stopped_changes_nothing(self):
        """R37: its last heartbeat stays what it was."""
        at = tenant(stopped("a", timedelta(minutes=3)))

        assert at is apply(at, at_time(stop("a")))

    def test_starting_what_runs_changes_nothing(self):
        at = tenant(connector("a"))

        assert at is apply(at, at_time(start("a"), NOW + timedelta(hours=1)))

    @pytest.mark.parametrize("status", ["active", "inactive"])
    def test_a_connector_that_starts_is_active_again(self, status):
        """R37: a heartbeat makes it so."""
        after = apply(tenant(stopped("a", timedelta(days=3), status)), at_time(start("a"))).get("connector", "a")

        assert ("active", False) == (after["status"], after["stopped"])

    def test_a_connector_that_starts_is_in_the_same_group(self):
        """R37: it keeps its place while it is silent."""
        at = tenant(group("paris"), connector("a", "paris", stopped=True, status="inactive"))

        assert "paris" == apply(at, at_time(start("a"))).get("connector", "a")["memberOf"]

    def test_nothing_is_due_to_a_connector_that_has_started(self):
        """R38: it is not removed."""
        assert [] == due(apply(tenant(stopped("a", timedelta(days=9), "inactive")), at_time(start("a"))))

    def test_a_connector_just_installed_runs(self):
        """R37: its registration is its first sign of life."""
        assert [] == due(apply(tenant(), install("a")))


class TestSilence:
    """R39: "an explicit set status for tests that do not care"."""

    def silenced(self, entity, **choices):
        at = tenant(entity, **choices)
        return apply(at, at_time(silence(at, "a", NOW)))

    @pytest.mark.parametrize("entity", [connector("a"), stopped("a", timedelta(minutes=3))], ids=["running", "stopped"])
    def test_a_connector_is_inactive_at_once(self, entity):
        after = self.silenced(entity).get("connector", "a")

        assert ("inactive", True) == (after["status"], after["stopped"])

    def test_it_is_as_if_the_minutes_had_passed(self):
        """R37, R38: so the days until it is removed are counted from then."""
        at = self.silenced(connector("a"))
        last = NOW - timedelta(minutes=5, seconds=1)

        assert instant(last) == at.get("connector", "a")["lastHeartbeat"]
        assert [last + timedelta(days=10)] == [each.at for each in due(at)]

    def test_the_length_is_the_one_chosen(self):
        """Q25."""
        after = self.silenced(connector("a"), Q25="PT1H+P30D").get("connector", "a")

        assert instant(NOW - timedelta(hours=1, seconds=1)) == after["lastHeartbeat"]

    def test_one_that_is_inactive_already_stays_as_it_is(self):
        at = tenant(stopped("a", timedelta(days=3), "inactive"))

        assert at is apply(at, at_time(silence(at, "a", NOW)))

    def test_it_starts_as_any_other(self):
        after = apply(self.silenced(connector("a")), at_time(start("a"))).get("connector", "a")

        assert ("active", instant(NOW)) == (after["status"], after["lastHeartbeat"])

    def test_an_unknown_connector_is_refused(self):
        with pytest.raises(ConnectorNotFound):
            silence(tenant(), "nobody", NOW)


class TestAging:
    def test_time_moves_no_connector_and_touches_no_application(self):
        """R40: what is due changes a status or removes, no more."""
        at = tenant(group("paris"), connector("a", "paris", stopped=True), connector("b", "paris"))
        (event,) = due(at)
        after = apply(at, event.command)

        assert {**at.get("connector", "a"), "status": "inactive"} == after.get("connector", "a")
        assert contents(at) == contents(after) | {"connector": contents(at)["connector"]}

    def test_the_group_of_a_removed_connector_stays(self):
        """R38: even when empty."""
        at = tenant(group("paris"), connector("a", "paris", stopped=True, status="inactive"))
        (event,) = due(at)
        after = apply(at, event.command)

        assert (0, ["default", "paris"]) == (len(after.all("connector")), list(after.all("connectorGroup")))


def test_what_time_does_are_commands_as_any_other():
    """So they can be replayed: the same commands give the same tenant."""
    at = tenant(connector("a"))
    commands = (stop("a"), Update("connector", "a", AT, {"status": "inactive"}), Delete("connector", "a", AT))

    assert 0 == len(apply_all(at, commands).all("connector"))
