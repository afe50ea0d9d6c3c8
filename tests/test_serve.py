"""What settings make of a world: its sandboxes, and what is said of those that cannot be."""

from __future__ import annotations

import pytest

from mockserver.seed.problems import FixtureError
from mockserver.serve import page_of, world_of
from mockserver.settings import Addresses, Settings

OWN = "tenant: {displayName: Own, defaultDomain: own.example}\n"


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


@pytest.mark.parametrize(
    ("external", "page"),
    [
        ("", "http://127.0.0.1:1/sandboxes/default-only/"),
        ("https://x.example", "https://x.example/sandboxes/default-only/"),
    ],
)
def test_the_page_of_the_story_is_that_of_its_first_chapter(external, page):
    assert page_of(Settings(external_url=external, addresses=Addresses("http://127.0.0.1:1"))) == page
