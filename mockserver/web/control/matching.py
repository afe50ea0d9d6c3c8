"""Which entries of the journal are meant by what is said of them, in filters and for `verify` (`bodies.REQUESTED`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import orjson

from mockserver.sandbox import Entry, fits
from mockserver.web.control.entries import body_shown, caller_of, moment_of, operation_of, path_of, plain

Numbered = tuple[int, Entry]


class Criterion(NamedTuple):
    """What it looks at, and whether that fits."""

    actual: Callable[[Numbered], Any]
    fits: Callable[[Any, Numbered], bool]


def _is_since(wanted: int | datetime, found: Numbered) -> bool:
    number, entry = found
    return number > wanted if isinstance(wanted, int) else entry.at >= wanted.timestamp()


def _is_status(wanted: str, found: Numbered) -> bool:
    actual = str(found[1].status)
    return actual == wanted or (wanted.endswith("xx") and actual[0] == wanted[0])


def _globbed(actual: Callable[[Entry], str | None]) -> Criterion:
    """A text in which `*` stands for any."""
    return Criterion(lambda found: actual(found[1]), lambda wanted, found: fits(wanted, actual(found[1]) or ""))


def _callers(entry: Entry) -> list[str]:
    return list(caller_of(entry).values())


def _holds(wanted: Any, actual: Any) -> bool:
    """Whether the value is as wanted: an object may have more members than that, a list more entries may not."""
    if isinstance(wanted, Mapping):
        return isinstance(actual, Mapping) and all(
            name in actual and _holds(each, actual[name]) for name, each in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(actual, list) and len(wanted) == len(actual) and all(map(_holds, wanted, actual))
    return type(wanted) is type(actual) and bool(wanted == actual)


def _is_body(wanted: Any, found: Numbered) -> bool:
    try:
        return _holds(wanted, plain(orjson.loads(found[1].asked)))
    except ValueError:
        return False


_CRITERIA: Mapping[str, Criterion] = {
    "method": _globbed(lambda entry: entry.method),
    "path": _globbed(path_of),
    "operation": _globbed(operation_of),
    "status": Criterion(lambda found: found[1].status, _is_status),
    "since": Criterion(lambda found: moment_of(found[1]), _is_since),
    "query": _globbed(lambda entry: entry.query),
    "code": _globbed(lambda entry: entry.code if entry.error else None),
    "caller": Criterion(
        lambda found: _callers(found[1]),
        lambda wanted, found: any(fits(wanted, each) for each in _callers(found[1])),
    ),
    "body": Criterion(lambda found: body_shown(found[1].asked, found[1].asked_length), _is_body),
}


def misses(wanted: Mapping[str, Any], found: Numbered) -> list[dict[str, Any]]:
    """What of that is not so: each with what was expected and what there was."""
    return [
        {"field": name, "expected": _written(each), "actual": _CRITERIA[name].actual(found)}
        for name, each in wanted.items()
        if not _CRITERIA[name].fits(each, found)
    ]


def closest(wanted: Mapping[str, Any], entries: Iterable[Numbered], most: int) -> list[tuple[Numbered, Any]]:
    """Those that miss the least, with what they miss: first by how much, then by their path, then the newest."""
    missed = [(found, lacking) for found in entries if (lacking := misses(wanted, found))]
    path = str(wanted.get("path", "")).lower()

    def distance(each: tuple[Numbered, Any]) -> tuple[int, float, int]:
        (number, entry), lacking = each
        alike = SequenceMatcher(None, path, path_of(entry).lower()).ratio() if path else 0.0
        return len(lacking), -alike, -number

    return sorted(missed, key=distance)[:most]


def _written(wanted: Any) -> Any:
    return wanted.isoformat().replace("+00:00", "Z") if isinstance(wanted, datetime) else wanted
