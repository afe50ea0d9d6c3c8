"""One isolated tenant: stamping, all or none, resetting, time, and many callers at once."""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenants import (
    AT,
    NOW,
    application,
    assign,
    connector,
    contents,
    create_application,
    create_group,
    delete_group,
    group,
    install,
    links_of,
    members,
    move,
    pointing,
    publish,
    sandbox,
    tenant,
    unassign,
    update_group,
)

from mockserver.core.commands import Delete, apply_all
from mockserver.core.errors import (
    ConnectorGroupNotFound,
    ConnectorNotFound,
    DefaultGroupStays,
    GraphError,
    UnknownSandbox,
)
from mockserver.model.lifecycle import start, stop
from mockserver.sandbox import Clock, Sandbox, State, Throttle, instant
from mockserver.world import World


def wait(at, **time):
    """Move the clock of a sandbox, which stands still, ahead."""
    at.state = replace(at.state, clock=Clock(frozen=at.now() + timedelta(**time)))


def created(at, count=1):
    """The ids of so many groups created one by one."""
    return [at.dispatch(create_group(""))[1][0].id for _ in range(count)]


class TestDispatch:
    def test_the_next_tenant_is_the_one_of_the_sandbox(self):
        at = sandbox(tenant())
        after, _ = at.dispatch(create_group("paris"))

        assert after is at.tenant

    def test_a_command_without_an_id_is_given_one(self):
        after, (done,) = sandbox(tenant()).dispatch(create_group(""))

        assert ["default", done.id] == list(after.all("connectorGroup"))

    def test_a_command_with_an_id_keeps_it(self):
        _, (done,) = sandbox(tenant()).dispatch(update_group("default", name="Spare"))

        assert "default" == done.id

    def test_a_new_id_is_a_random_guid_by_its_form(self):
        """R10: a GUID made by the server."""
        made = [UUID(key) for key in created(sandbox(tenant()), 50)]

        assert {(4, "specified in RFC 4122")} == {(each.version, each.variant) for each in made}

    def test_every_command_is_given_the_time(self):
        moment = datetime(2042, 1, 2, 3, 4, 5, tzinfo=UTC)
        _, done = sandbox(tenant(), now=moment).dispatch(install(""), create_application(""))

        assert ["2042-01-02T03:04:05Z"] * 2 == [each.at for each in done]

    def test_the_time_comes_into_the_entities(self):
        after, (done,) = sandbox(tenant(), now=NOW + timedelta(days=1)).dispatch(create_application(""))

        assert "2031-05-07T07:08:09Z" == after.get("application", done.id)["createdDateTime"]

    def test_several_commands_are_carried_out_in_their_order(self):
        after, _ = sandbox(tenant()).dispatch(create_group("paris"), install("a"), move("a", "paris"))

        assert ["a"] == members(after, "paris")

    def test_where_one_is_refused_none_is_carried_out(self):
        before = tenant()
        at = sandbox(before)
        with pytest.raises(ConnectorGroupNotFound):
            at.dispatch(create_group("paris"), install("a"), move("a", "nowhere"))

        assert before is at.tenant

    def test_after_a_refusal_the_next_command_is_carried_out(self):
        at = sandbox(tenant())
        with pytest.raises(DefaultGroupStays):
            at.dispatch(delete_group("default"))

        assert 1 == len(created(at))

    def test_no_commands_change_nothing(self):
        at = sandbox(tenant())

        assert (at.tenant, ()) == at.dispatch()

    def test_a_tenant_taken_before_stays_as_it_was(self):
        """A tenant is a photograph."""
        at = sandbox(tenant())
        before = at.tenant
        created(at, 3)

        assert ["default"] == list(before.all("connectorGroup"))

    def test_the_commands_that_were_carried_out_give_the_same_tenant_again(self):
        """The shell rolls the dice, the core plays."""
        first = tenant()
        after, done = sandbox(first).dispatch(create_group(""), install(""), create_application(""))

        assert contents(after) == contents(apply_all(first, done))


class TestIds:
    def test_the_same_seed_draws_the_same_ids(self):
        assert created(sandbox(tenant(), seed=7), 5) == created(sandbox(tenant(), seed=7), 5)

    def test_another_seed_draws_others(self):
        assert not set(created(sandbox(tenant(), seed=7), 5)) & set(created(sandbox(tenant(), seed=8), 5))

    def test_the_ids_do_not_depend_on_the_time(self):
        assert created(sandbox(tenant())) == created(sandbox(tenant(), now=NOW + timedelta(days=1)))

    def test_no_id_is_drawn_twice(self):
        made = created(sandbox(tenant()), 500)

        assert len(made) == len(set(made))

    def test_a_refused_command_draws_no_id(self):
        at = sandbox(tenant())
        with pytest.raises(GraphError):
            at.dispatch(create_group(""), delete_group("default"))

        assert created(sandbox(tenant())) == created(at)

    @given(st.integers(), st.integers(0, 5))
    def test_any_seed_draws_guids(self, seed, count):
        assert all(str(UUID(key)) == key for key in created(sandbox(tenant(), seed=seed), count))


class TestReset:
    def test_the_tenant_is_what_it_was_at_first(self):
        first = tenant()
        at = sandbox(first)
        created(at, 3)
        at.reset()

        assert first is at.tenant

    def test_the_clock_is_what_it_was_at_first(self):
        at = sandbox(tenant())
        wait(at, days=3)
        at.reset()

        assert NOW == at.now()

    def test_the_same_ids_are_drawn_again(self):
        at = sandbox(tenant())
        before = created(at, 3)
        at.reset()

        assert before == created(at, 3)

    def test_what_time_has_removed_is_back(self):
        at = sandbox(tenant(connector("a", stopped=True)))
        wait(at, days=30)
        gone = len(at.tenant.all("connector"))
        at.reset()

        assert (0, 1) == (gone, len(at.tenant.all("connector")))

    def test_it_undoes_an_adoption(self):
        first = tenant()
        at = sandbox(first)
        at.adopt(tenant(group("paris")))
        at.reset()

        assert first is at.tenant


class TestAdopt:
    def test_the_adopted_tenant_is_the_one_of_the_sandbox(self):
        other = tenant(group("paris"))
        at = sandbox(tenant())
        at.adopt(other)

        assert other is at.tenant

    def test_the_clock_stays(self):
        at = sandbox(tenant())
        wait(at, days=3)
        at.adopt(tenant())

        assert NOW + timedelta(days=3) == at.now()

    def test_ids_are_drawn_on(self):
        at = sandbox(tenant())
        one, two = created(at), (at.adopt(tenant()), created(at))[1]

        assert one + two == created(sandbox(tenant()), 2)

    def test_time_goes_on_for_what_is_silent_in_it(self):
        """R38."""
        at = sandbox(tenant())
        at.adopt(tenant(connector("a", stopped=True)))
        wait(at, days=30)

        assert 0 == len(at.tenant.all("connector"))

    def test_time_forgets_what_was_silent_before(self):
        at = sandbox(tenant(connector("a", stopped=True)))
        at.adopt(tenant(connector("a")))
        wait(at, days=30)

        assert ["a"] == list(at.tenant.all("connector"))


class TestClock:
    def test_a_frozen_clock_stands_still(self):
        clock = Clock(frozen=NOW)

        assert (NOW, NOW) == (clock.now(), clock.now())

    def test_any_other_goes(self):
        before = datetime.now(UTC)

        assert before <= Clock().now() <= datetime.now(UTC)

    @pytest.mark.parametrize("ahead", [timedelta(days=10), timedelta(hours=-1)])
    def test_it_may_be_ahead_or_behind(self, ahead):
        before = datetime.now(UTC)

        assert before + ahead <= Clock(ahead=ahead).now() <= datetime.now(UTC) + ahead

    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            (NOW, AT),
            (NOW.replace(microsecond=999_999), AT),
            (NOW.astimezone(timezone(timedelta(hours=9))), AT),
        ],
    )
    def test_a_moment_is_written_as_the_service_writes_it(self, moment, expected):
        assert expected == instant(moment)


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


@pytest.mark.parametrize("times", [0, 1, 3])
def test_what_was_just_instantiated_stumbles_so_often(times):
    """Q14: M2G saw 500 on the first change of an application."""
    at = sandbox(tenant())

    assert [True] * times + [False] * 2 == [at.stumbles("wiki", times) for _ in range(times + 2)]


def test_each_application_stumbles_for_itself():
    at = sandbox(tenant())

    assert [True, True, False, False] == [at.stumbles(key, 1) for key in ("wiki", "files", "wiki", "files")]


class TestThrottle:
    """So many requests in a window of so many seconds; the others are told how long to wait."""

    def test_without_one_every_request_is_let_in(self):
        at = sandbox(tenant())

        assert [0] * 100 == [at.wait_for_turn() for _ in range(100)]

    def test_the_requests_beyond_it_are_told_to_wait(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))

        assert [0, 0, 10, 10] == [at.wait_for_turn() for _ in range(4)]

    @pytest.mark.parametrize(("seconds", "expected"), [(0, 10), (1, 9), (9.5, 1), (10, 0), (100, 0)])
    def test_they_are_told_how_long(self, seconds, expected):
        at = sandbox(tenant())
        at.set_throttle(Throttle(1, 10))
        at.wait_for_turn()
        wait(at, seconds=seconds)

        assert expected == at.wait_for_turn()

    def test_a_new_window_lets_as_many_in(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(2, 10))
        first = [at.wait_for_turn() for _ in range(3)]
        wait(at, seconds=10)

        assert [0, 0, 10] * 2 == first + [at.wait_for_turn() for _ in range(3)]

    def test_it_can_be_taken_away(self):
        at = sandbox(tenant())
        at.set_throttle(Throttle(0, 10))
        refused = at.wait_for_turn()
        at.set_throttle(None)

        assert (10, 0) == (refused, at.wait_for_turn())


def mixed(at, number):
    """What one of many callers does: its own choice of commands, and how often each was carried out."""
    random, done, keys = Random(number), Counter(), []
    for _ in range(60):
        kind, command = random.choice(
            [
                ("group", create_group("")),
                ("connector", install("")),
                ("application", create_application("")),
                ("refused", delete_group("default")),
                ("move", move("shared", random.choice(["default", "paris", "lyon"]))),
                ("assign", assign("wiki", random.choice(["default", "paris", "lyon"]))),
                ("publish", publish("wiki", isHttpOnlyCookieEnabled=random.random() < 0.5)),
                ("uninstall", Delete("connector", keys[-1] if keys else "nobody", AT)),
            ]
        )
        try:
            _, (carried_out,) = at.dispatch(command)
        except GraphError:
            done["refused"] += 1
            continue
        done[kind] += 1
        if kind == "connector":
            keys.append(carried_out.id)
        elif kind == "uninstall":
            keys.pop()
    return done


CALLERS = 16


@pytest.fixture(scope="module")
def played():
    """A sandbox that sixteen callers have used at once, and what they did to it."""
    parts = (group("paris"), group("lyon"), connector("shared"), application("wiki", "paris"))
    at, interval = sandbox(tenant(*parts)), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(CALLERS) as callers:
            done = list(callers.map(lambda number: mixed(at, number), range(CALLERS)))
    finally:
        sys.setswitchinterval(interval)
    return at, sum(done, Counter())


class TestThreads:
    def test_every_command_was_carried_out_or_refused(self, played):
        _, done = played

        assert CALLERS * 60 == done.total()

    def test_nothing_that_was_created_is_lost(self, played):
        at, done = played

        assert (3 + done["group"], 1 + done["application"], 1 + done["connector"] - done["uninstall"]) == tuple(
            len(at.tenant.all(name)) for name in ("connectorGroup", "application", "connector")
        )

    def test_no_id_was_given_twice(self, played):
        at, done = played

        assert done["group"] + done["application"] + done["connector"] == at.state.drawn

    def test_every_connector_is_in_exactly_one_group(self, played):
        """R2."""
        at, _ = played
        listed = [key for each in at.tenant.all("connectorGroup") for key in members(at.tenant, each)]

        assert sorted(at.tenant.all("connector")) == sorted(listed)

    def test_the_index_is_what_the_entities_give(self, played):
        at, _ = played

        assert links_of(at.tenant) == pointing(at.tenant)


def test_what_one_sandbox_does_another_does_not_see():
    first = tenant()
    one, other = sandbox(first), sandbox(first)
    created(one, 3)

    assert first is other.tenant


class TestWorld:
    WORLD = World(State(tenant(), Clock(frozen=NOW)))

    def test_there_is_always_a_default_sandbox(self):
        assert "default" == self.WORLD.sandbox("default").name

    def test_it_knows_its_sandboxes(self):
        assert (1, ["default"]) == (len(self.WORLD), [each.name for each in self.WORLD])

    @pytest.mark.parametrize("name", ["other", "", "Default"])
    def test_no_sandbox_is_made_by_accident(self, name):
        with pytest.raises(UnknownSandbox, match=f"'{name}'"):
            self.WORLD.sandbox(name)

    def test_a_sandbox_is_the_same_whenever_it_is_asked_for(self):
        assert isinstance(self.WORLD.sandbox("default"), Sandbox)
        assert self.WORLD.sandbox("default") is self.WORLD.sandbox("default")
