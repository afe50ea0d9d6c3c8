"""The story of the demo as it is written: whole, in order, and about what is there. Its steps are played over HTTP."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.seed import catalogue
from mockserver.seed.story import FIRST, told

CHAPTERS = [chapter for chapter, _ in told(Behaviour(QUIRKS, "observed"), datetime.now(UTC))]
SEED = ["default-only", "default-plus-isolated", "recommended"]
"""The article's "Sample configurations", in its order; its use cases follow."""


def test_it_begins_with_the_sample_configurations_in_the_order_of_the_seed():
    assert [each.sandbox for each in CHAPTERS][:3] == SEED
    assert CHAPTERS[0].sandbox == FIRST


def test_every_scenario_of_the_seed_is_a_chapter():
    """behaviour.md 5.7; the others are for audits and for tests."""
    assert {each.sandbox for each in CHAPTERS} == {*catalogue.names()} - {"contoso", "ha-violations", "mixed-types"}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda each: each.sandbox)
def test_every_chapter_says_what_it_is_about_and_what_to_do(chapter):
    sentences = [chapter.text, *(each.do for each in chapter.steps), *(each.see for each in chapter.steps)]

    assert chapter.title
    assert [each for each in sentences if not re.fullmatch(r"[A-Z].*\.", each)] == []
    assert len(chapter.steps) >= 3


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda each: each.sandbox)
def test_nothing_in_braces_is_left(chapter):
    assert (
        re.findall(r"\{\w+(?::[^}]*)?\}", repr([(each.path, each.body, each.answer) for each in chapter.steps])) == []
    )
