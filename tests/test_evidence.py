"""Every rule of the evidence has a test that names it, or a line in the README that says why not yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mockserver.core.errors import all_errors
from mockserver.model.behaviours import QUIRKS

ROOT = Path(__file__).parents[1]
RULES = [f"R{number}" for number in range(1, 66)]


def named(text: str) -> set[str]:
    """The rules a text names: alone, or in a range such as R37 to R41 or R53-R55."""
    found = set(re.findall(r"\bR\d+\b", text))
    for first, last in re.findall(r"\bR(\d+)(?: to |-)R(\d+)\b", text):
        found |= {f"R{number}" for number in range(int(first), int(last) + 1)}
    return found


TESTS = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py") if path != Path(__file__)]
IN_TESTS = set().union(*(named(text) for text in TESTS))
README = (ROOT / "README.md").read_text(encoding="utf-8")
DIFFERENCES = named(README.partition("### Differences")[2].partition("\n## ")[0])


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_tested_or_explained(rule):
    assert rule in IN_TESTS | DIFFERENCES


@pytest.mark.parametrize("quirk", QUIRKS, ids=lambda quirk: quirk.name)
def test_every_quirk_is_tested(quirk):
    assert any(re.search(rf"\b{quirk.name}\b", text) for text in TESTS)


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.__name__)
def test_every_refusal_that_is_raised_says_how_it_is_known(error):
    assert error.source or error.__subclasses__()
