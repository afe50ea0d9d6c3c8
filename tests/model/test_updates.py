"""Updates of connectors, R41: one connector of a group at a time, and it serves nobody meanwhile."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from drills import done, left_alone, ready_made
from hypothesis import given
from hypothesis import strategies as st
from tenants import NOW, application, connector, group, move, take_out, tenant

from mockserver.core.commands import Delete
from mockserver.core.errors import ConnectorNotFound, InvalidConnector, InvalidUpdate
from mockserver.core.moment import instant
from mockserver.model.lifecycle import due, start, stop
from mockserver.model.routing import route
from mockserver.model.updates import LONGEST, USUAL, is_updating, planned
from mockserver.model.versions import NEWEST

NEXT = "1.5.5000.0"
MINUTE = timedelta(minutes=1)
TWO_GROUPS = (
    group("paris"),
    group("lyon"),
    connector("a", "paris"),
    connector("b", "paris"),
    connector("c", "paris"),
    connector("d", "lyon"),
)


def rolled_out(at, *connectors, now=NOW, **settings):
    """The tenant with these updates planned, or those of all connectors."""
    chosen = {"connectors": connectors} if connectors else {}
    return done(at, *planned(at, now, **{"version": NEXT, **chosen, **settings}), now=now)


def under_way(at):
    """The connectors that are being updated."""
    return [key for key, each in at.all("connector").items() if is_updating(each)]


def versions(at):
    return {key: each["version"] for key, each in at.all("connector").items()}


def told(events):
    """Second, type and connector of each event, counted from now."""
    return [(each["at"], each["type"], each["connectorId"]) for each in events]


class TestTurns:
    def test_the_first_of_each_group_begins_at_once(self):
        at, _ = left_alone(rolled_out(tenant(*TWO_GROUPS)), timedelta())

        assert ["a", "d"] == under_way(at)

    def test_one_connector_of_a_group_follows_the_other(self):
        """R41: groups do not wait for one another."""
        at, events = left_alone(rolled_out(tenant(*TWO_GROUPS)), 3 * MINUTE)
        moments = [instant(NOW + number * MINUTE) for number in range(4)]

        assert [
            (moments[0], "connectorUpdating", "a"),
            (moments[0], "connectorUpdating", "d"),
            (moments[1], "connectorUpdated", "a"),
            (moments[1], "connectorUpdating", "b"),
            (moments[1], "connectorUpdated", "d"),
            (moments[2], "connectorUpdated", "b"),
            (moments[2], "connectorUpdating", "c"),
            (moments[3], "connectorUpdated", "c"),
        ] == told(events)
        assert {NEXT} == set(versions(at).values())
        assert [] == due(at)

    def test_an_update_takes_as_long_as_is_said(self):
        at = rolled_out(tenant(*TWO_GROUPS), takes=timedelta(hours=1))

        assert ["a", "d"] == under_way(left_alone(at, timedelta(minutes=59))[0])
        assert ["b"] == under_way(left_alone(at, timedelta(minutes=61))[0])

    def test_without_a_word_it_is_the_newest_known_version(self):
        at = tenant(group("paris"), connector("a", "paris", version="1.5.36.0"))
        after, _ = left_alone(done(at, *planned(at, NOW)), USUAL)

        assert {"a": NEWEST} == versions(after)

    def test_a_second_plan_of_a_group_comes_after_the_first(self):
        at = rolled_out(rolled_out(tenant(*TWO_GROUPS), "b"), "a")

        assert (instant(NOW), instant(NOW + MINUTE)) == tuple(at.get("connector", key)["updateFrom"] for key in "ba")

    def test_a_connector_is_as_visible_as_before_while_it_is_updated(self):
        """Unverified: its status follows heartbeats (R37); the Graph has no third value for it."""
        at, _ = left_alone(rolled_out(tenant(*TWO_GROUPS)), timedelta())

        assert {"active"} == {each["status"] for each in at.all("connector").values()}


class TestDowntime:
    def requests(self, at):
        return route(at, "wiki", 100, 1)["status"]

    def test_a_group_with_one_connector_is_down_while_that_is_updated(self):
        """R41, behaviour.md 1.5."""
        at = rolled_out(tenant(group("paris"), connector("a", "paris"), application("wiki", "paris")))
        meanwhile, after = (left_alone(at, ahead)[0] for ahead in (timedelta(), MINUTE))

        assert [{"200": 100, "504": 0}, {"200": 0, "504": 100}, {"200": 100, "504": 0}] == [
            self.requests(each) for each in (at, meanwhile, after)
        ]

    def test_a_group_with_two_is_never_down(self):
        at = rolled_out(tenant(*TWO_GROUPS, application("wiki", "paris")))

        for seconds in range(0, 200, 10):
            assert {"200": 100, "504": 0} == self.requests(left_alone(at, timedelta(seconds=seconds))[0])


class TestWhoIsUpdated:
    def test_all_that_are_older_and_no_other(self):
        at = tenant(
            connector("old", version="1.5.612.0"),
            connector("newer", version="1.6.0.0"),
            connector("same", version=NEXT),
        )

        assert ["old"] == [each.id for each in planned(at, NOW, version=NEXT)]

    def test_what_has_stopped_is_left_out(self):
        """Inferred: nobody could update it."""
        at = tenant(connector("a", stopped=True), connector("b", stopped=True, status="inactive"))

        assert () == planned(at, NOW, version=NEXT)

    def test_what_waits_already_keeps_its_turn(self):
        assert () == planned(rolled_out(tenant(*TWO_GROUPS)), NOW, version="9.0.0.0")

    def test_a_connector_may_be_chosen_and_is_updated_once(self):
        assert ["c"] == [each.id for each in planned(tenant(*TWO_GROUPS), NOW, version=NEXT, connectors=["c", "c"])]

    def test_nobody_is_updated_unasked(self):
        """No source knows a schedule."""
        at = ready_made("dr-separate")

        assert versions(at) == versions(left_alone(at, timedelta(days=365))[0])

    def test_the_rest_of_an_old_group_is_brought_up_to_date(self):
        at = ready_made("dr-separate")
        after, _ = left_alone(done(at, *planned(at, NOW)), timedelta(hours=1))

        assert {NEWEST} == {each["version"] for each in after.all("connector").values()}


class TestRefusals:
    def test_an_unknown_connector_is_refused(self):
        with pytest.raises(ConnectorNotFound):
            planned(tenant(), NOW, connectors=["nobody"])

    @pytest.mark.parametrize("version", ["", "newest", "1.5"])
    def test_a_version_is_four_numbers(self, version):
        """R30."""
        with pytest.raises(InvalidConnector):
            planned(tenant(), NOW, version=version)

    @pytest.mark.parametrize("takes", [timedelta(seconds=-1), LONGEST + timedelta(seconds=1)])
    def test_an_update_takes_a_day_at_most(self, takes):
        with pytest.raises(InvalidUpdate):
            planned(tenant(), NOW, takes=takes)


class TestInBetween:
    def half_way(self, *connectors):
        """The tenant half a minute after these updates were planned: the first of each group is under way."""
        return left_alone(rolled_out(tenant(*TWO_GROUPS), *connectors), MINUTE / 2)[0]

    @pytest.mark.parametrize(("key", "does"), [("a", stop), ("b", stop)], ids=["under way", "waiting"])
    def test_what_stops_is_not_updated(self, key, does):
        """Inferred."""
        after, _ = left_alone(done(self.half_way(), does(key), now=NOW + MINUTE / 2), timedelta(hours=1))

        assert ({key: NEWEST}, []) == ({k: v for k, v in versions(after).items() if v != NEXT}, under_way(after))

    def test_what_starts_again_waits_for_the_next_plan(self):
        at = done(self.half_way(), stop("a"), start("a"), now=NOW + MINUTE / 2)

        assert [None] * 3 == [at.get("connector", "a")[name] for name in ("nextVersion", "updateFrom", "updateUntil")]

    def test_what_is_moved_while_it_waits_waits_for_those_of_the_new_group(self):
        at = done(self.half_way(), move("b", "lyon"), now=NOW + MINUTE / 2)

        assert (instant(NOW + MINUTE), instant(NOW + 2 * MINUTE)) == turn(at, "b")

    def test_what_is_moved_to_a_group_that_is_quiet_keeps_its_turn(self):
        at = done(self.half_way("a", "b"), move("b", "lyon"), now=NOW + MINUTE / 2)

        assert (instant(NOW + MINUTE), instant(NOW + 2 * MINUTE)) == turn(at, "b")

    def test_what_is_moved_while_it_is_updated_does_the_rest_after_the_others(self):
        at = done(self.half_way(), move("d", "paris"), now=NOW + MINUTE / 2)

        assert (instant(NOW + 3 * MINUTE), instant(NOW + 3 * MINUTE + MINUTE / 2)) == turn(at, "d")

    def test_what_is_taken_out_of_its_group_waits_for_those_of_the_default_one(self):
        at = rolled_out(tenant(*TWO_GROUPS, connector("e")), "b", "e")
        at = done(at, take_out("b", "paris"))

        assert (instant(NOW + MINUTE), instant(NOW + 2 * MINUTE)) == turn(at, "b")

    def test_what_is_uninstalled_leaves_the_others_their_turns(self):
        after, _ = left_alone(done(self.half_way(), Delete("connector", "a", "")), timedelta(hours=1))

        assert {"b": NEXT, "c": NEXT, "d": NEXT} == versions(after)


def turn(at, key):
    """From when until when the update of a connector is planned."""
    return tuple(at.get("connector", key)[name] for name in ("updateFrom", "updateUntil"))


KEYS = st.sampled_from("abcdef")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("plan"), st.sets(KEYS, min_size=1), st.integers(0, 90)),
        st.tuples(st.just("move"), KEYS, st.sampled_from(["paris", "lyon", "default"])),
        st.tuples(st.just("stop"), KEYS, st.none()),
        st.tuples(st.just("start"), KEYS, st.none()),
        st.tuples(st.just("wait"), st.integers(1, 200), st.none()),
    ),
    max_size=25,
)


@given(STEPS)
def test_never_are_two_connectors_of_a_group_updated_at_once(steps):
    """R41: whatever people do in between."""
    at, now = tenant(*TWO_GROUPS, connector("e", "lyon"), connector("f")), NOW
    for what, which, how in steps:
        if what == "plan":
            at = rolled_out(at, *sorted(which), now=now, takes=timedelta(seconds=how), version=f"9.0.0.{now.second}")
        elif what == "wait":
            for _ in range(which):
                at, _ = left_alone(at, timedelta(), since=now)
                assert_one_at_a_time(at)
                now += timedelta(seconds=1)
        else:
            at = done(at, move(which, how) if what == "move" else {"stop": stop, "start": start}[what](which), now=now)
        at, _ = left_alone(at, timedelta(), since=now)
        assert_one_at_a_time(at)


def assert_one_at_a_time(at):
    groups = Counter(each["memberOf"] for each in at.all("connector").values() if is_updating(each))

    assert all(number == 1 for number in groups.values())
