"""Are all values of a document of their kind? The rows of each section, and a finding for whatever is not.

marshmallow finds every problem of a row, at some 20 microseconds a row and 50 milliseconds to import it. Nearly all
rows have none, so a quick test made from the same declaration lets these pass as they stand; `row_schemas`, which is
imported when the first one fails it, sees only the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from mockserver.seed.format import DOCUMENT
from mockserver.seed.format.kinds import Kind
from mockserver.seed.format.shapes import Key, Shape
from mockserver.seed.problems import Finding, Place, shown, unknown_key

Row = Mapping[str, Any]
Rows = Mapping[str, list[Any]]
"""The rows of each section, in their order; `tenant` and `rules` have one. `order` is a list of texts."""

_LEFT_OUT = object()
"""Stands for a row of which nothing is right."""


def rows_of(document: Any, findings: list[Finding]) -> Rows:
    """What is right of every section; what is wrong is added to the findings."""
    if not isinstance(document, Mapping):
        findings.append(Finding((), f"{shown(document)} is not a mapping with keys such as tenant and connectors"))
        return {key.name: [] for key in DOCUMENT.keys}
    unknown = (str(name) for name in document if name not in DOCUMENT.by_name)
    findings.extend(unknown_key((name,), DOCUMENT.by_name) for name in unknown)
    return {key.name: _section(key, document.get(key.name), findings) for key in DOCUMENT.keys}


def _section(key: Key, value: Any, findings: list[Finding]) -> list[Any]:
    quick = takes(key.kind)
    if value is None:
        return []
    if not key.many:
        return [value if quick(value) else _right_of(key.kind, value, (key.name,), findings)]
    if isinstance(value, list | tuple):
        rows = [
            row if quick(row) else _right_of(key.kind, row, (key.name, at), findings) for at, row in enumerate(value)
        ]
        return [row for row in rows if row is not _LEFT_OUT]
    findings.append(Finding((key.name,), f"{shown(value)} is not a list"))
    return []


def _right_of(kind: Kind | Shape, row: Any, place: Place, findings: list[Finding]) -> Any:
    """What is right of one row that is not in order."""
    if isinstance(kind, Kind):
        findings.append(Finding(place, kind.refusal(row)))
        return _LEFT_OUT
    if not isinstance(row, Mapping):
        findings.append(Finding(place, f"{shown(row)} is not a mapping"))
        return {}
    from mockserver.seed.format.row_schemas import right_of

    return right_of(kind, row, place, findings)


@lru_cache
def takes(kind: Kind | Shape) -> Callable[[Any], bool]:
    """The quick test: true only where marshmallow would find nothing."""
    if isinstance(kind, Kind):
        return kind.takes
    tests = {key.name: _quick(key) for key in kind.keys}
    required, find = kind.required, tests.get

    def test(row: Any) -> bool:
        if type(row) is not dict:
            return False
        for name, value in row.items():
            accepted = find(name)
            if accepted is None or not accepted(value):
                return False
        return required <= row.keys()

    return test


def _quick(key: Key) -> Callable[[Any], bool]:
    one = takes(key.kind) if key.short is None else _either(key.short.takes, takes(key.kind))
    if key.many:
        return lambda value: (type(value) is list and all(map(one, value))) or (value is None and key.nullable)
    return (lambda value: value is None or one(value)) if key.nullable else one


def _either(first: Callable[[Any], bool], second: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: first(value) or second(value)
