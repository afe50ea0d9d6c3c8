"""What is kept of a sandbox: everything there is after a restart is what there was before."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from sandbox.entries import entry
from sandbox.test_state import COVERED, PARTS
from storage.restarts import in_order, told, told_of
from tenants import NOW, assign, connector, create_group, group, install, members, move, take_out, tenant

from mockserver.core.commands import Delete
from mockserver.core.errors import ConnectorNotFound, StateNotKept
from mockserver.core.tenant import Tenant
from mockserver.model.lifecycle import stop
from mockserver.sandbox import Clock, Lag, State, Throttle, identified
from mockserver.storage import parts

MANY = tenant(group("paris"), group("lyon"), *(connector(f"c{n}") for n in range(500)))


def rows(kept, table):
    with sqlite3.connect(kept.killed(kept.path.parent / "copy")) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return count


class TestEveryField:
    def test_of_the_state_is_kept_or_named_as_not_kept(self):
        named = [name for part in parts.PARTS.values() for name in part.fields]

        assert sorted([*named, *parts.NOT_KEPT]) == sorted(each.name for each in fields(State))

    def test_of_a_tenant_is_kept_or_follows_from_the_entities(self):
        assert {each.name for each in fields(Tenant)} == {
            *("about", "policy", "behaviour"),  # parts.py
            "entities",  # layers.py
            *("model", "pointing"),  # the declaration, and an index whose order is kept
        }

    @pytest.mark.parametrize("name", sorted(COVERED.keys() - {"journal"}))
    def test_is_there_again_after_a_restart(self, kept, name):
        at = kept(tenant(*PARTS), seed=7)
        COVERED[name].disturb(at.sandbox)
        before = told(at.sandbox.state)
        at.restart()

        assert before == told(at.sandbox.state)

    def test_of_the_journal_starts_anew(self, kept):
        at = kept()
        at.sandbox.record(entry())
        at.restart()

        assert at.sandbox.state.journal.entries() == []

    def test_that_counts_for_the_throttle_or_the_lag_starts_anew(self, kept):
        at = kept(tenant(*PARTS))
        at.sandbox.set_throttle(Throttle(1, 60))
        at.sandbox.set_lag(Lag(reads=5))
        at.sandbox.dispatch(assign("wiki", "default"))
        assert [at.sandbox.wait_for_turn("a").wait > 0 for _ in range(2)] == [False, True]
        at.restart()

        assert at.sandbox.wait_for_turn("a").wait == 0
        assert at.sandbox.read() is at.sandbox.tenant


class TestRestart:
    def test_a_reset_after_it_goes_back_to_how_it_was_seeded(self, kept):
        at = kept(tenant(group("paris")))
        before = told(at.sandbox.state)
        at.sandbox.dispatch(create_group(""))
        at.restart()
        at.sandbox.reset()

        assert before == told(at.sandbox.state)

    def test_new_ids_go_on_where_they_were(self, kept):
        at, one = kept(seed=3), State(tenant(), Clock(frozen=NOW), seed=3)
        made = []
        for _ in range(3):
            made.append(at.sandbox.dispatch(create_group(""))[1][0].id)
            at.restart()

        assert one.seed == 3
        assert len(set(made)) == 3

    def test_sandboxes_and_snapshots_come_in_their_old_order(self, kept):
        at = kept()
        for name in ("b", "a"):
            at.world.fork(name, at.sandbox.state)
        for name in ("two", "one", "two"):
            at.sandbox.save(name)
        at.restart()

        assert in_order(at.world) == [("default", ["one", "two"]), ("b", []), ("a", [])]

    def test_a_sandbox_is_found_by_its_tenant_again(self, kept):
        at = kept(identified(tenant(), "1c6d57d9-c2d3-511e-ac2d-1a9a1f8e89ac"))
        key = at.world.fork("a", at.sandbox.state).tenant_id
        at.restart()

        assert at.world.sandbox_of_tenant(key) is at.world.sandbox("a")

    def test_what_is_dropped_or_forgotten_stays_away(self, kept):
        at = kept()
        at.world.fork("a", at.sandbox.state)
        at.world.drop("a")
        at.sandbox.save("then")
        at.sandbox.forget("then")
        at.restart()

        assert in_order(at.world) == [("default", [])]

    def test_members_are_listed_in_the_order_in_which_they_came(self, kept):
        at = kept(tenant(group("paris"), group("lyon"), *(connector(f"c{n}") for n in range(4))))
        at.sandbox.dispatch(*(move(key, "paris") for key in ("c2", "c0", "c3")))
        at.sandbox.dispatch(move("c2", "lyon"), move("c2", "paris"))
        at.restart()

        assert members(at.sandbox.tenant, "paris") == ["c0", "c3", "c2"]

    def test_what_time_has_done_is_done(self, kept):
        at = kept(tenant(connector("c")))
        at.sandbox.dispatch(stop("c"))
        at.sandbox.set_clock(lambda clock: clock.advanced(timedelta(minutes=6)))
        at.restart()

        assert at.sandbox.tenant.get("connector", "c")["status"] == "inactive"

    def test_what_time_does_meanwhile_is_done_after_it(self, kept):
        """The clock of a mock goes on while it does not run; here it does so without a look at what is due."""
        at = kept(tenant(connector("c")))
        at.sandbox.dispatch(stop("c"))
        at.sandbox.change(lambda state: (replace(state, clock=Clock(frozen=NOW + timedelta(days=11))), None))
        at.restart()

        assert at.sandbox.tenant.get("connector", "c") is None


class TestSharing:
    """What is shared in memory is shared on disk, so nothing costs more in a large tenant."""

    def test_a_fork_and_a_snapshot_write_no_entities(self, kept):
        at = kept(MANY)
        before = rows(at, "entity")
        at.world.fork("a", at.sandbox.state)
        at.sandbox.save("then")

        assert rows(at, "entity") == before

    def test_a_change_writes_what_it_changes(self, kept):
        at = kept(MANY)
        before = rows(at, "entity")
        at.sandbox.dispatch(move("c7", "paris"))
        at.world.fork("a", at.sandbox.state).dispatch(move("c8", "paris"))

        assert rows(at, "entity") == before + 2

    def test_going_back_writes_no_entities_and_leaves_none(self, kept):
        at = kept(MANY)
        before = rows(at, "entity")
        at.sandbox.save("then")
        for _ in range(3):
            at.sandbox.dispatch(move("c7", "paris"))
            at.sandbox.restore("then")
        at.sandbox.dispatch(move("c7", "paris"))
        at.sandbox.reset()

        assert rows(at, "entity") == before

    def test_what_nobody_needs_is_gone(self, kept):
        at = kept(MANY)
        before = [rows(at, each) for each in ("entity", "pointing", "layer", "state", "part", "sandbox")]
        made = at.world.fork("a", at.sandbox.state)
        made.dispatch(move("c7", "paris"))
        made.save("then")
        made.dispatch(move("c8", "paris"))
        at.world.drop("a")

        assert before == [rows(at, each) for each in ("entity", "pointing", "layer", "state", "part", "sandbox")]

    def test_a_tenant_that_replaces_another_shares_what_is_the_same(self, kept):
        at = kept(MANY)
        at.sandbox.save("then")
        before = rows(at, "entity")
        same = tenant(*(each for name in MANY.entities for each in MANY.all(name).values() if each["id"] != "default"))
        at.sandbox.adopt(same)

        assert rows(at, "entity") == before

    def test_layers_are_merged_at_the_next_start_where_nobody_needs_them_apart(self, kept):
        at = kept(MANY)
        for number in range(20):
            at.sandbox.save("then")
            at.sandbox.dispatch(move(f"c{number % 3}", ("paris", "lyon")[number % 2]), install(""))
            if number % 5 == 4:
                at.sandbox.dispatch(Delete("connector", f"c{number}", ""))
        before = told_of(at.world)
        assert rows(at, "layer") == 21
        at.restart()

        assert rows(at, "layer") == 3  # the first one, what has a name, the present
        assert before == told_of(at.world)
        at.restart()
        assert before == told_of(at.world)

    def test_forks_share_memory_after_a_restart(self, kept):
        at = kept(MANY)
        at.world.fork("a", at.sandbox.state)
        at.restart()

        assert at.world.sandbox("a").tenant.entities is at.sandbox.tenant.entities

    def test_a_fork_of_a_past_state_has_that_state(self, kept):
        """Another caller may have changed the sandbox between the look at it and the fork."""
        at = kept(MANY)
        past = at.sandbox.state
        at.sandbox.dispatch(move("c7", "paris"))
        past = at.sandbox.state
        at.sandbox.dispatch(move("c7", "lyon"))
        at.world.fork("a", past)
        before = told_of(at.world)
        at.restart()

        assert before == told_of(at.world)
        assert members(at.world.sandbox("a").tenant, "paris") == ["c7"]


class TestRefusals:
    def test_a_refused_command_writes_nothing(self, kept):
        at = kept()
        before = told_of(at.world)
        with pytest.raises(ConnectorNotFound):
            at.sandbox.dispatch(create_group(""), move("c", "nowhere"))
        at.restart()

        assert before == told_of(at.world)

    def test_what_cannot_be_written_has_not_happened(self, kept):
        at = kept()
        before = told_of(at.world)
        connection = at.storage._connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StateNotKept, match="full"):
            at.sandbox.adopt(MANY)
        with pytest.raises(StateNotKept, match="full"):
            [at.world.fork(f"a{number}", at.sandbox.state) for number in range(1000)]
        made = len(at.world)
        connection.execute("PRAGMA max_page_count = 1000000")

        assert before["default"] == told_of(at.world)["default"]
        at.sandbox.dispatch(create_group("paris"))
        before = told_of(at.world)
        at.restart()
        assert before == told_of(at.world)
        assert len(at.world) == made > 1

    def test_after_the_end_nothing_changes(self, kept):
        at = kept()
        before = at.sandbox.state
        at.close()
        for act in (
            lambda: at.sandbox.dispatch(create_group("")),
            lambda: at.sandbox.save("then"),
            lambda: at.world.fork("a", before),
        ):
            with pytest.raises(StateNotKept, match="closed"):
                act()

        assert (at.sandbox.state, in_order(at.world)) == (before, [("default", [])])

    def test_what_goes_on_in_a_dropped_sandbox_is_not_kept(self, kept):
        """Another of its name may be there by then."""
        at = kept(MANY)
        old = at.world.fork("a", at.sandbox.state)
        at.world.drop("a")
        at.world.fork("a", at.sandbox.state)
        old.dispatch(move("c7", "paris"))
        old.save("then")
        old.forget("then")
        before = told_of(at.world)
        at.restart()

        assert before == told_of(at.world)


def test_many_threads_at_once_lose_nothing(kept):
    at = kept(MANY)

    def work(number):
        name = f"f{number}"
        for step in range(8):
            at.sandbox.dispatch(move(f"c{number * 20 + step}", "paris"))
            made = at.world.fork(f"{name}-{step}", at.sandbox.state)
            made.dispatch(move(f"c{400 + step}", "lyon"), take_out(f"c{400 + step}", "lyon"))
            at.sandbox.save(f"s{step % 3}")
            if step % 3:
                at.world.drop(made.name)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    before = told_of(at.world)
    at.restart()

    assert before == told_of(at.world)
    assert len(members(at.sandbox.tenant, "paris")) == 64


class TestNothingChanged:
    """Layers that say nothing, as what was done has been undone: what is read from them is one tenant."""

    @pytest.fixture
    def undone(self, kept):
        at = kept(MANY)
        at.sandbox.save("before")
        made = at.sandbox.dispatch(create_group(""))[1][0]
        at.sandbox.dispatch(Delete("connectorGroup", made.id, ""))
        at.restart()
        return at

    @pytest.mark.parametrize(
        "then", [lambda sandbox: sandbox.reset(), lambda sandbox: sandbox.restore("before"), lambda sandbox: None]
    )
    def test_sandboxes_go_on_from_there(self, undone, then):
        then(undone.sandbox)
        undone.sandbox.dispatch(move("c0", "paris"))
        undone.sandbox.reset()
        undone.sandbox.dispatch(move("c1", "lyon"))
        undone.sandbox.forget("before")
        before = told_of(undone.world)
        undone.restart()

        assert before == told_of(undone.world)

    def test_one_of_another_order_is_another(self, kept):
        """Who left and came back is the last member, though every entity is what it was."""
        at = kept(tenant(group("paris"), *(connector(f"c{n}", "paris") for n in range(3))))
        at.sandbox.dispatch(take_out("c0", "paris"), move("c0", "paris"))
        at.restart()
        orders = [members(at.sandbox.tenant, "paris")]
        at.sandbox.reset()
        at.restart()
        orders.append(members(at.sandbox.tenant, "paris"))

        assert orders == [["c1", "c2", "c0"], ["c0", "c1", "c2"]]
