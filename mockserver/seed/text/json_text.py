"""JSON with lines: read fast, and searched for places only when there is something to say of them.

Why not orjson? It silently takes the last of two equal keys. To look for them afterwards costs more than the 50 ms it
is faster than the standard library on 100,000 connectors, whose hook sees every pair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from mockserver.seed.problems import Finding, Place, refusal
from mockserver.seed.text.reading import Read

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+')


def read(text: str, file: str) -> Read:
    """The value of a JSON text, and its keys that come twice. Raises FixtureError where it is not JSON."""
    twice: list[str] = []
    if not text.strip():
        raise refusal(file, [Finding((), "is empty")])
    try:
        value = json.loads(text, object_pairs_hook=_counting(twice), parse_constant=_no_number)
    except json.JSONDecodeError as broken:
        raise refusal(file, [Finding((), f"is not JSON: {broken.msg}", broken.lineno)]) from None
    except RecursionError:
        raise refusal(file, [Finding((), "is nested too deeply")]) from None
    except ValueError as broken:
        raise refusal(file, [Finding((), f"is not JSON: {broken}")]) from None
    return Read(value, list(_repeated(text)) if twice else [], lambda places: _lines(text, places))


def _counting(twice: list[str]) -> Any:
    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            twice.append("")
        return made

    return mapping


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number there")


def _repeated(text: str) -> Iterator[Finding]:
    first: dict[Place, int] = {}
    twice: set[Place] = set()
    for place, line in _places(text):
        if place not in first:
            first[place] = line
        elif not any(place[:end] in twice for end in range(len(place))):
            twice.add(place)
            yield Finding(place, f"is here twice, first in line {first[place]}", line)


def _lines(text: str, places: Iterable[Place]) -> Mapping[Place, int]:
    wanted = frozenset(places)
    lines: dict[Place, int] = {}
    for place, line in _places(text):
        if place in wanted:
            lines.setdefault(place, line)
    return lines


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Every place of a text that is JSON, with its line, in the order of the text."""
    steps: list[Any] = []  # how far each open mapping (None: before a key) and list (the position) has come
    line, end = 1, 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        line, end = line + text.count("\n", end, match.start()), match.start()
        if token in ("}", "]"):
            steps.pop()
        elif token == ",":
            steps[-1] = steps[-1] + 1 if isinstance(steps[-1], int) else None
        elif token != ":":
            if _is_a_place(steps, token):
                yield tuple(steps), line
            if token in ("{", "["):
                steps.append(None if token == "{" else 0)


def _is_a_place(steps: list[Any], token: str) -> bool:
    """Whether a key, which is then noted, or an element of a list begins here; else it is the value of a key."""
    if steps and steps[-1] is None:
        steps[-1] = json.loads(token)
        return True
    return not steps or isinstance(steps[-1], int)
