"""A folder of fixtures: a sandbox for each file, or nothing and every problem."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.seed.folder import tenants_of
from mockserver.seed.problems import FixtureError
from mockserver.world import is_name

FINE = "tenant: {displayName: Fine, defaultDomain: fine.example}\n"
BROKEN = "tenant: {displayName: Broken, region: moon}\nusers: 5\n"


@pytest.fixture
def folder(tmp_path):
    def written(**files):
        for name, text in files.items():
            (tmp_path / name.replace("__", ".")).write_text(text, encoding="utf-8")
        return tmp_path

    return written


def read(folder):
    return tenants_of(folder, is_name, behaviour=Behaviour(QUIRKS, "observed"), now=datetime.now(UTC))


def problems(folder):
    with pytest.raises(FixtureError) as refused:
        read(folder)
    return [str(each).removeprefix(f"{folder}/") for each in refused.value.problems]


def test_every_file_is_a_tenant_by_its_name(folder):
    at = folder(two__yml=FINE, one__yaml=FINE, three__json="{}")

    assert {name: tenant.about["displayName"] for name, tenant in read(at).items()} == {
        "one": "Fine",
        "three": "Contoso",
        "two": "Fine",
    }


def test_names_may_have_dots(folder):
    assert list(read(folder(dr__main__yaml=FINE))) == ["dr.main"]


def test_an_empty_folder_is_no_problem(tmp_path):
    assert read(tmp_path) == {}


def test_what_is_hidden_is_passed_over(folder):
    """Kubernetes mounts a config map with `..data` beside its files."""
    at = folder(one__yaml=FINE, __hidden=BROKEN)
    (at / "..data").mkdir()

    assert list(read(at)) == ["one"]


def test_the_problems_of_all_files_are_listed_together(folder):
    at = folder(one__yaml=FINE, b__yaml=BROKEN, a__yaml="users: 5\n", readme__txt="")
    (at / "no name.yaml").write_text(FINE, encoding="utf-8")
    found = problems(at)

    assert [each.partition(": ")[0] for each in found] == [
        "no name.yaml", "readme.txt", "a.yaml:1", "b.yaml:1", "b.yaml:1", "b.yaml:2",
    ]  # fmt: skip


def test_two_files_of_one_name_are_a_problem(folder):
    assert problems(folder(one__yaml=FINE, one__json="{}")) == ["one.yaml: one.json is the sandbox 'one' already"]


def test_a_folder_below_is_a_problem(tmp_path):
    (tmp_path / "more.yaml").mkdir()
    (tmp_path / "other").mkdir()

    assert [each.partition(": ")[0] for each in problems(tmp_path)] == ["other", "more.yaml"]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(FixtureError, match=r"nowhere: cannot be read: No such file"):
        read(tmp_path / "nowhere")
