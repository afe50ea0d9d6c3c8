"""The story of the demo, played: every step does what it says, in a mock as it is started."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from mockserver import MockServer


def lacking(wanted, got, place="answer"):
    """Where the answer is not as told: members that are there, lists from first to last."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return [
            lack for name, each in wanted.items() for lack in lacking(each, got.get(name, "nothing"), f"{place}.{name}")
        ]
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        pairs = enumerate(zip(wanted, got, strict=True))
        return [lack for at, (each, there) in pairs for lack in lacking(each, there, f"{place}[{at}]")]
    return [] if wanted == got else [f"{place} is {got!r}, not {wanted!r}"]


def play(mock, chapter):
    """What was not as told."""
    client, root = mock.app.test_client(), urlsplit(chapter["url"]).path
    for step in chapter["steps"]:
        answer = client.open(root + step["path"], method=step["method"], json=step["body"])
        yield from lacking({"status": step["status"], "answer": step["answer"] or {}},
                           {"status": answer.status_code, "answer": answer.get_json(silent=True) or {}},
                           step["do"])  # fmt: skip


@pytest.fixture(scope="module")
def mock():
    return MockServer(story=True)


@pytest.mark.parametrize("behaviour", ["observed", "documented"])
@pytest.mark.parametrize("clock", ["live", "frozen"])
def test_every_step_of_every_chapter_does_what_it_says(behaviour, clock):
    mock = MockServer(story=True, behaviour=behaviour, clock=clock)
    chapters = mock.control("GET", "/story")["chapters"]

    assert [lack for chapter in chapters for lack in play(mock, chapter)] == []


def test_a_chapter_can_be_played_again_once_its_sandbox_is_reset(mock):
    chapter = mock.control("GET", "/story")["chapters"][2]
    before = [*play(mock, chapter)]
    again = [*play(mock, chapter)]
    mock.control("POST", "/reset", sandbox=chapter["sandbox"])

    assert (before, again != [], [*play(mock, chapter)]) == ([], True, [])


def test_what_is_told_would_be_missed_where_it_is_not_so():
    assert lacking({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}]}) == []
    assert lacking({"a": [{"b": 1}]}, {"a": []}) == ["answer.a is [], not [{'b': 1}]"]
    assert lacking({"a": 1}, {}) == ["answer.a is 'nothing', not 1"]


def test_each_chapter_has_a_sandbox_of_its_own_beside_the_default_one(mock):
    story = mock.control("GET", "/story")["chapters"]
    names = [each["name"] for each in mock.control("GET", "/sandboxes")["value"]]

    assert names == ["default", *(each["sandbox"] for each in story)]
    assert [each["url"] for each in story] == [f"https://localhost/sandboxes/{name}" for name in names[1:]]


def test_a_chapter_whose_sandbox_was_deleted_is_told_no_longer():
    mock = MockServer(story=True)
    first, second, *_ = (each["sandbox"] for each in mock.control("GET", "/story")["chapters"])
    mock.control("DELETE", f"/sandboxes/{first}")

    assert mock.control("GET", "/story")["chapters"][0]["sandbox"] == second


def test_where_no_demo_runs_there_is_no_story():
    mock = MockServer()

    assert mock.control("GET", "/story") == {"chapters": []}
    assert len(mock.world) == 1
