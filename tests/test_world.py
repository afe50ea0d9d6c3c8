"""The registry of sandboxes."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sandbox.entries import entry
from tenants import NOW, create_group, group, tenant

from mockserver.core.errors import (
    DefaultSandboxStays,
    GraphError,
    InvalidName,
    SandboxNameTaken,
    TooManySandboxes,
    UnknownSandbox,
)
from mockserver.sandbox import Clock, Journal, Sandbox, State, identified
from mockserver.world import World

HOME, OTHER = "1c6d57d9-c2d3-511e-ac2d-1a9a1f8e89ac", "2c6d57d9-c2d3-511e-ac2d-1a9a1f8e89ac"


def tenant_with(key):
    return identified(tenant(), key)


def world(**known):
    return World(State(tenant_with(HOME), Clock(frozen=NOW), 7, journal=Journal(3)), **known)


def bearer(**claims):
    """A token that nobody signed."""
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))
    return "Bearer " + ".".join(parts)


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


class TestForks:
    def test_a_fork_is_known_by_its_name(self):
        at = world()
        made = at.fork("a", at.first)

        assert (made, ["default", "a"]) == (at.sandbox("a"), [each.name for each in at])

    def test_it_starts_from_the_other_as_it_is(self):
        at = world()
        at.sandbox("default").dispatch(create_group("paris"))

        assert "paris" in at.fork("a", at.sandbox("default").state).tenant.all("connectorGroup")

    def test_neither_sees_what_the_other_does(self):
        at = world()
        made = at.fork("a", at.sandbox("default").state)
        made.dispatch(create_group("paris"))
        at.sandbox("default").dispatch(create_group("lyon"))

        assert [["default", "lyon"], ["default", "paris"]] == [list(each.tenant.all("connectorGroup")) for each in at]

    def test_a_reset_brings_it_back_to_where_it_started(self):
        at = world()
        at.sandbox("default").dispatch(create_group("paris"))
        made = at.fork("a", at.sandbox("default").state)
        made.dispatch(create_group("lyon"))
        made.reset()

        assert ["default", "paris"] == list(made.tenant.all("connectorGroup"))

    def test_its_tenant_has_an_id_of_its_own(self):
        at = world()
        made = at.fork("a", at.first)

        assert 5 == UUID(made.tenant_id).version
        assert [made, at.sandbox("default")] == [at.sandbox_of_tenant(each) for each in (made.tenant_id, HOME)]

    def test_the_id_follows_from_the_name_and_the_others_id(self):
        """So it is the same in every run."""
        one, two = world(), world()
        ids = [each.fork(name, each.first).tenant_id for each in (one, two) for name in ("a", "b")]

        assert ids[:2] == ids[2:]
        assert len(set(ids)) == 2

    def test_a_fork_of_a_fork_is_another_tenant_too(self):
        at = world()
        first = at.fork("a", at.first)
        second = at.fork("b", first.state)

        assert 3 == len({each.tenant_id for each in at})
        assert second.tenant_id != world().fork("b", world().first).tenant_id

    def test_one_without_a_name_is_given_one(self):
        at = world()
        at.fork("sandbox-2", at.first)

        assert ["sandbox-1", "sandbox-3"] == [at.fork(None, at.first).name for _ in range(2)]

    def test_it_has_a_journal_of_its_own(self):
        at = world()
        at.sandbox("default").record(entry())

        assert [] == at.fork("a", at.sandbox("default").state).state.journal.entries()


class TestMaking:
    def test_a_tenant_keeps_its_id(self):
        at = world()
        made = at.make("a", tenant_with(OTHER))

        assert (OTHER, made) == (made.tenant_id, at.sandbox_of_tenant(OTHER))

    def test_unless_another_sandbox_has_it(self):
        at = world()
        made = at.make("a", tenant_with(HOME))

        assert HOME != made.tenant_id
        assert at.sandbox("default") is at.sandbox_of_tenant(HOME)

    def test_clock_seed_and_journal_are_what_the_default_one_started_with(self):
        at = world()
        at.sandbox("default").set_clock(lambda clock: Clock())
        state = at.make("a", tenant(group("paris"))).state

        assert (Clock(frozen=NOW), 7, Journal(3)) == (state.clock, state.seed, state.journal)


class TestNames:
    @pytest.mark.parametrize("name", ["a", "A.b_c-9", "x" * 64, ".", "-"])
    def test_it_is_one_to_64_of_these(self, name):
        at = world()

        assert name == at.fork(name, at.first).name

    @pytest.mark.parametrize("name", ["", "x" * 65, "a b", "a/b", "é", "a@b", "a\n", "%41"])
    def test_nothing_else_is(self, name):
        at = world()
        with pytest.raises(InvalidName):
            at.fork(name, at.first)

        assert 1 == len(at)

    @pytest.mark.parametrize("name", ["default", "a"])
    def test_a_taken_one_is_refused(self, name):
        at = world()
        at.fork("a", at.first)
        for act in (lambda: at.fork(name, at.first), lambda: at.make(name, tenant())):
            with pytest.raises(SandboxNameTaken):
                act()

        assert 2 == len(at)


class TestDropping:
    def test_it_is_there_no_longer(self):
        at = world()
        made = at.fork("a", at.first)
        at.drop("a")

        assert (1, None) == (len(at), at.sandbox_of_tenant(made.tenant_id))
        with pytest.raises(UnknownSandbox):
            at.sandbox("a")

    def test_its_name_and_its_tenant_id_are_free_again(self):
        at = world()
        first = at.fork("a", at.first).tenant_id
        at.drop("a")

        assert first == at.fork("a", at.first).tenant_id

    def test_the_default_one_stays(self):
        at = world()
        with pytest.raises(DefaultSandboxStays):
            at.drop("default")

        assert 1 == len(at)

    def test_what_is_not_there_cannot_go(self):
        with pytest.raises(UnknownSandbox):
            world().drop("a")


def test_there_are_so_many_and_no_more():
    at = world(most=2)
    for name in ("a", "b"):
        at.fork(name, at.first)
    with pytest.raises(TooManySandboxes, match="2 sandboxes"):
        at.fork("c", at.first)
    at.drop("a")

    assert "c" == at.fork("c", at.first).name


class TestOfATenant:
    def test_a_tenant_that_was_replaced_is_found_by_its_new_id(self):
        at = world()
        at.sandbox("default").adopt(tenant_with(OTHER))

        assert [None, at.sandbox("default")] == [at.sandbox_of_tenant(each) for each in (HOME, OTHER)]

    def test_a_reset_brings_the_old_id_back(self):
        at = world()
        at.sandbox("default").adopt(tenant_with(OTHER))
        at.sandbox("default").reset()

        assert [at.sandbox("default"), None] == [at.sandbox_of_tenant(each) for each in (HOME, OTHER)]

    def test_a_snapshot_too(self):
        at = world()
        at.sandbox("default").save("then")
        at.sandbox("default").adopt(tenant_with(OTHER))
        at.sandbox("default").restore("then")

        assert at.sandbox("default") is at.sandbox_of_tenant(HOME)

    def test_of_two_with_the_same_id_the_older_is_meant(self):
        at = world()
        at.make("a", tenant_with(OTHER))
        at.sandbox("a").adopt(tenant_with(HOME))

        assert at.sandbox("default") is at.sandbox_of_tenant(HOME)

    def test_and_when_that_goes_the_other(self):
        at = world()
        for name in ("a", "b"):
            at.fork(name, at.first)
            at.sandbox(name).adopt(tenant_with(OTHER))
        at.drop("a")

        assert at.sandbox("b") is at.sandbox_of_tenant(OTHER)

    def test_the_letter_case_does_not_matter(self):
        assert world().sandbox_of_tenant(HOME.upper()).name == "default"


class TestOfARequest:
    """interface.md 2: named by prefix or header, else by the token's tenant, else the default one."""

    @pytest.fixture
    def at(self):
        found = world()
        found.make("a", tenant_with(OTHER))
        found.fork("b", found.first)
        return found

    @pytest.mark.parametrize(
        ("name", "authorization", "expected"),
        [
            (None, "", "default"),
            ("b", "", "b"),
            ("b", bearer(tid=OTHER), "b"),
            (None, bearer(tid=OTHER), "a"),
            (None, bearer(tid=HOME), "default"),
            (None, bearer(tid="f0000000-0000-4000-8000-000000000000"), "default"),
            (None, bearer(), "default"),
            (None, bearer(tid=5), "default"),
            (None, bearer(tid=["x"]), "default"),
            (None, "Bearer x", "default"),
            (None, "Basic YQ==", "default"),
        ],
    )
    def test_it_belongs_to_one(self, at, name, authorization, expected):
        assert expected == at.sandbox_of(name, authorization).name

    @pytest.mark.parametrize("name", ["nope", ""])
    def test_an_unknown_one_is_refused(self, at, name):
        with pytest.raises(UnknownSandbox):
            at.sandbox_of(name, bearer(tid=OTHER))


def test_many_may_make_and_drop_at_once():
    at = world()

    def play(number):
        made = 0
        for turn in range(50):
            try:
                at.fork(None if turn % 2 else "shared", at.sandbox("default").state)
                made += 1
                if not turn % 2:
                    at.drop("shared")
                    made -= 1
            except GraphError:
                pass
        return made

    with ThreadPoolExecutor(16) as callers:
        made = sum(callers.map(play, range(16)))

    assert 1 + made == len(at)
    assert all(each is at.sandbox_of_tenant(each.tenant_id) for each in at)
