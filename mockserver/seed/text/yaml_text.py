"""YAML with lines, read from the parser's events.

Why not `yaml.safe_load`? It takes the last of two equal keys, `no` for false and 12:30 for 750, forgets the lines, lets
a few aliases unfold into gigabytes, and its C half ends the process on deep nesting. Here a plain word is text unless
YAML 1.2 calls it a number, a boolean or null, so the file means what an editor with the JSON Schema shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

from mockserver.seed.problems import Finding, Place, refusal, shown
from mockserver.seed.text.reading import Read

_DEEPEST = 100
_MOST_UNFOLDED = 1_000_000
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})

# A part of what `yaml.safe_dump` takes for something else than text, so what it writes is always read as it was.
_PLAIN: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"~|null|Null|NULL|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?(0|[1-9][0-9]{0,17})"), int),
    (re.compile(r"[-+]?[0-9]+\.[0-9]*([eE][-+][0-9]+)?"), float),
)


class _UnreadableError(Exception):
    """There is no sense in reading on."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def read(text: str, file: str) -> Read:
    """The value of a YAML text and what is odd about it. Raises FixtureError where it cannot be read to its end."""
    reader = _Reader(yaml.parse(text, Loader=_PARSER))
    try:
        value = reader.document()
    except _UnreadableError as stop:
        raise refusal(file, [*reader.findings, stop.finding]) from None
    except (yaml.YAMLError, UnicodeEncodeError) as broken:
        raise refusal(file, [*reader.findings, _syntax(text, broken)]) from None
    return Read(value, reader.findings, lambda _: reader.lines)


def _syntax(text: str, broken: Exception) -> Finding:
    mark = getattr(broken, "problem_mark", None) or getattr(broken, "context_mark", None)
    if mark is None:
        position = getattr(broken, "position", None)
        line = None if position is None else text.count("\n", 0, position) + 1
        return Finding((), f"is not YAML: {getattr(broken, 'reason', broken)}", line)
    lines = text.splitlines()
    tab = mark.line < len(lines) and lines[mark.line].lstrip(" ").startswith("\t")
    hint = "; a tab stands where YAML takes spaces only" if tab else ""
    return Finding((), f"is not YAML: {getattr(broken, 'problem', broken)}{hint}", mark.line + 1)


class _Reader:
    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self.findings: list[Finding] = []
        self.lines: dict[Place, int] = {}
        self._events = events
        self._anchors: dict[str, tuple[Any, int]] = {}
        """The value of each anchor and of how many values it is made."""
        self._read = self._unfolded = 0

    def document(self) -> Any:
        """The value of the one document."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _UnreadableError(Finding((), "is empty"))
        value = self._value(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _UnreadableError(Finding((), "a second document starts here; a file holds one tenant", _line(after)))
        return value

    def _value(self, event: Any, place: Place) -> Any:
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.AliasEvent):
            return self._unfold(event, place)
        self._check(event, place)
        before = self._read + self._unfolded
        self._read += 1
        value = self._made(event, place)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, self._read + self._unfolded - before
        return value

    def _check(self, event: Any, place: Place) -> None:
        if len(place) > _DEEPEST:
            raise _UnreadableError(Finding((), f"is nested more than {_DEEPEST} levels deep", _line(event)))
        if event.tag not in _TAGS:
            self.findings.append(Finding(place, f"the tag {shown(event.tag)} is not known here", _line(event)))
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)

    def _made(self, event: Any, place: Place) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        return self._list(place) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(place)

    def _unfold(self, event: Any, place: Place) -> Any:
        if event.anchor not in self._anchors:
            message = f"the alias *{event.anchor} has no anchor before it, or contains itself"
            raise _UnreadableError(Finding(place, message, _line(event)))
        value, size = self._anchors[event.anchor]
        self._unfolded += size
        if self._unfolded > _MOST_UNFOLDED:
            message = f"the aliases unfold into more than {_MOST_UNFOLDED:,} values"
            raise _UnreadableError(Finding(place, message, _line(event)))
        return value

    def _list(self, place: Place) -> list[Any]:
        values: list[Any] = []
        for event in self._until(yaml.SequenceEndEvent):
            values.append(self._value(event, (*place, len(values))))
        return values

    def _mapping(self, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            name, line = self._name(event, place), _line(event)
            below = (*place, str(name))
            if name in values:
                self.findings.append(Finding(below, f"is here twice, first in line {self.lines[below]}", line))
            self.lines.setdefault(below, line)
            value = self._value(next(self._events), below)
            if _is_merge(event):
                merged = self._merged(value, below) | merged
            elif name is not None:
                values[name] = value
        return merged | values if merged else values

    def _name(self, event: Any, place: Place) -> str | None:
        """The name that a key is, or None after a finding."""
        name = self._value(event, (*place, "?"))
        if isinstance(name, str):
            return name
        self.findings.append(Finding(place, f"{shown(name)} is not a key; keys are text", _line(event)))
        return None

    def _merged(self, value: Any, place: Place) -> dict[str, Any]:
        """The keys that `<<` brings; of several mappings the first counts."""
        merged: dict[str, Any] = {}
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                merged = {**each, **merged}
            else:
                self.findings.append(Finding(place, f"{shown(each)} is not a mapping, which << needs"))
        return merged

    def _until(self, end: type[yaml.Event]) -> Iterator[Any]:
        while not isinstance(event := next(self._events), end):
            yield event


def _is_merge(event: Any) -> bool:
    """`<<` brings the keys of other mappings; in quotes it is a key like any other."""
    return isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]


def _scalar(event: yaml.ScalarEvent) -> Any:
    if event.implicit[0]:
        for pattern, convert in _PLAIN:
            if pattern.fullmatch(event.value):
                return convert(event.value)
    return event.value


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1
