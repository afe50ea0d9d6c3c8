"""One isolated tenant: stamping, all or none, resetting, time, and many callers at once."""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox.waiting import wait
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
    update_group,
)

from mockserver.core.commands import Delete, apply_all
from mockserver.core.errors import (
    ConnectorGroupNotFound,
    DefaultGroupStays,
    GraphError,
)


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


@pytest.mark.parametrize("times", [0, 1, 3])
def test_what_was_just_instantiated_stumbles_so_often(times):
    """Q14: M2G saw 500 on the first change of an application."""
    at = sandbox(tenant())

    assert [True] * times + [False] * 2 == [at.stumbles("wiki", times) for _ in range(times + 2)]


def test_each_application_stumbles_for_itself():
    at = sandbox(tenant())

    assert [True, True, False, False] == [at.stumbles(key, 1) for key in ("wiki", "files", "wiki", "files")]


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
