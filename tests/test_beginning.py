"""What a mock begins with, by its settings: its sandboxes, those of a state file among them; and what cannot be."""

from __future__ import annotations

import pytest

from mockserver.beginning import begun
from mockserver.seed.problems import FixtureError
from mockserver.settings import Settings

OWN = "tenant: {displayName: Own, defaultDomain: own.example}\n"


def world_of(settings):
    return begun(settings)[1]


@pytest.fixture
def init(tmp_path):
    for name in ("default", "one", "two"):
        (tmp_path / f"{name}.yaml").write_text(OWN, encoding="utf-8")
    return tmp_path


def called(world):
    return {each.name: each.tenant.about["displayName"] for each in world}


def test_a_folder_of_fixtures_makes_sandboxes(init):
    assert called(world_of(Settings(init=str(init)))) == {"default": "Own", "one": "Own", "two": "Own"}


def test_no_two_of_them_have_one_tenant_id(init):
    assert len({each.tenant_id for each in world_of(Settings(init=str(init)))}) == 3


def test_the_default_sandbox_is_the_usual_one_where_the_folder_has_none(init):
    (init / "default.yaml").unlink()

    assert called(world_of(Settings(init=str(init), tenant="recommended")))["default"] == "Northwind Traders"


def test_they_are_as_the_other_settings_say_and_are_reset_to_how_they_started(init):
    world = world_of(Settings(init=str(init), clock="frozen", behaviour="strict"))
    sandbox = world.sandbox("one")
    before = sandbox.tenant
    sandbox.reset()

    assert (sandbox.state.clock.mode, str(sandbox.tenant.behaviour)) == ("frozen", "strict")
    assert sandbox.tenant is before


def test_a_default_tenant_said_twice_is_refused(init):
    with pytest.raises(ValueError, match="--tenant and a file of --init"):
        world_of(Settings(init=str(init), tenant="recommended"))


def test_too_many_are_refused(init):
    with pytest.raises(ValueError, match="--sandboxes 1 is too few: 2 are made"):
        world_of(Settings(init=str(init), sandboxes=1))


def test_one_broken_file_is_enough_to_make_none(init):
    (init / "broken.yaml").write_text("users: 5", encoding="utf-8")

    with pytest.raises(FixtureError, match=r"broken\.yaml:1: users"):
        world_of(Settings(init=str(init)))


def test_a_folder_and_the_story_go_together(init):
    world = world_of(Settings(init=str(init), story=True))

    assert list(called(world))[:4] == ["default", "one", "two", "default-only"]


class TestStateFile:
    @pytest.fixture
    def settings(self, init, tmp_path_factory):
        return Settings(init=str(init), story=True, state=str(tmp_path_factory.mktemp("kept") / "state.db"))

    def test_the_next_start_has_the_same_sandboxes(self, settings):
        first = world_of(settings)
        ids = {each.name: each.tenant_id for each in first}
        first.close()
        after, second = begun(settings)
        second.close()

        assert {each.name: each.tenant_id for each in second} == ids
        assert after.is_restored
        assert [chapter.sandbox for chapter in second.story] == [chapter.sandbox for chapter in first.story]

    def test_what_was_kept_is_not_seeded_again(self, settings, init):
        world_of(settings).close()
        (init / "one.yaml").write_text(OWN.replace("Own", "Other"), encoding="utf-8")
        second = world_of(settings)
        seen = called(second)
        second.close()

        assert seen["one"] == "Own"

    def test_a_file_that_came_to_the_folder_since_is_a_sandbox_from_then_on(self, settings, init):
        world_of(settings).close()
        (init / "three.yaml").write_text(OWN.replace("Own", "Other"), encoding="utf-8")
        second = world_of(settings)
        seen = called(second)
        second.close()

        assert seen["three"] == "Other"
