"""Everything that is wrong with a fixture, each problem with its place, raised together as one error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Place = tuple[str | int, ...]
"""Where in a document: the keys and positions that lead there."""

_LONGEST_ECHO = 60


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; a document that is no text has no file and no lines."""

    file: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        return ": ".join(part for part in (where, self.key, self.message) if part)


class FixtureError(ValueError):
    """A fixture that cannot be a tenant. `problems` are all of them, in the order of the text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Finding:
    """A problem before its line is known, unless whoever found it was reading the text."""

    place: Place
    message: str
    line: int | None = None


LinesOf = Callable[[Iterable[Place]], Mapping[Place, int]]
"""The lines of these places, as far as the text has them."""


def no_lines(_: Iterable[Place]) -> Mapping[Place, int]:
    """For a document that came as values."""
    return {}


def refusal(file: str, findings: Iterable[Finding], lines_of: LinesOf = no_lines) -> FixtureError:
    """The error that lists these findings, each with the line of its place or, where it has none, of what is around."""
    found = list(dict.fromkeys(findings))
    lines = lines_of({around for each in found if each.line is None for around in _around(each.place)})
    problems = [Problem(file, _line(each, lines), key_of(each.place), each.message) for each in found]
    return FixtureError(sorted(problems, key=lambda each: each.line or 0))


def key_of(place: Place) -> str:
    """`connectors[3].memberOf`"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def shown(value: Any) -> str:
    """The value as a message quotes it: short, and in the words of YAML and JSON."""
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST_ECHO else value[:_LONGEST_ECHO] + "...")
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return str(value)[:_LONGEST_ECHO]


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing."""
    return _closest(word, tuple(known))


def unknown_key(place: Place, known: Iterable[str]) -> Finding:
    """For a key that is none of the known ones."""
    names = tuple(known)
    hint = suggestion(str(place[-1]), names) or f"; known are {', '.join(names)}"
    return Finding(place, f"unknown key{hint}")


@lru_cache(maxsize=1024)
def _closest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only where something is wrong

    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(word.lower(), by_lower, n=1)
    return f"; did you mean {by_lower[close[0]]!r}?" if close else ""


def _line(finding: Finding, lines: Mapping[Place, int]) -> int | None:
    if finding.line is not None:
        return finding.line
    return next((lines[place] for place in _around(finding.place) if place in lines), None)


def _around(place: Place) -> Iterable[Place]:
    """The place and what contains it, from the inside out."""
    return (place[:end] for end in range(len(place), -1, -1))
