"""What rules look for again and again: what is there twice, and references that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mockserver.seed.draft import Draft
from mockserver.seed.draft.references import References
from mockserver.seed.problems import Finding, Place, key_of, shown

Rule = Callable[[Draft], Iterator[Finding]]


def repeated(values: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """The position of every value that was there before, and where that was. None is no value."""
    said = [value for value in values if value is not None]
    if len(set(said)) == len(said):
        return
    first: dict[Any, int] = {}
    for at, value in enumerate(values):
        if value is not None and first.setdefault(value, at) != at:
            yield at, first[value]


def unique(rows: Place, key: Place, values: Iterable[str | None]) -> Iterator[Finding]:
    """A finding for every value under that key of the rows that comes again, in whatever letter case."""
    spelled = list(values)
    for at, before in repeated([value.lower() if value else None for value in spelled]):
        yield Finding((*rows, at, *key), f"{shown(spelled[at])} is that of {key_of((*rows, before))} already")


def found(references: References, reference: str) -> str | None:
    """The id of what is meant, if that is clear."""
    try:
        return references.find(reference)
    except LookupError:
        return None


def listed(references: References, said: Iterable[str], place: Place) -> Iterator[Finding]:
    """A finding for every entry of a list that leads nowhere, or where an entry before it does."""
    seen: set[str] = set()
    for position, reference in enumerate(said):
        try:
            key = references.find(reference)
        except LookupError as unclear:
            yield Finding((*place, position), str(unclear))
            continue
        if key in seen:
            yield Finding((*place, position), f"{shown(reference)} is here twice")
        seen.add(key)
