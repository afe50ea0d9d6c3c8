"""`$search` on objects of the directory: text -> tree -> meaning.

    search = both { "OR" both }
    both   = part { "AND" part }
    part   = "(" search ")" | clause
    clause = '"' name ":" text '"'          a backslash stands before a quote or a backslash that is part of it

As search-query-parameter.md documents it: every clause names its property and stands in double quotes, the operators
outside of them in capitals. `displayName` and `description` are searched by words: each word of the text has to begin
a word of the value, in any order and any letter case. Any other String behaves as `startswith` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NoReturn

from mockserver.core.edm import STRING, EntityType
from mockserver.core.entity import Entity
from mockserver.odata import texts
from mockserver.odata.filter import Condition
from mockserver.odata.syntax import MAX_DEPTH

_BY_WORDS = frozenset({"displayName", "description"})
_OPERATORS = ("OR", "AND")
"""The weaker first, as in OData 5.1.1.8; Graph documents the parentheses, not which binds stronger without them."""

_CLAUSE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_NAME = re.compile(r"[^\W\d]\w*")
_UNQUOTED = re.compile(r"(?:[^\W\d_]|\s)*")
_SPACE = re.compile(r"\s*")
_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")

Fits = Callable[[Entity], bool]


@dataclass(frozen=True)
class Clause:
    """`"displayName:Wiki"`."""

    property: str
    text: str


@dataclass(frozen=True)
class Joined:
    """`AND` or `OR` between two or more."""

    operator: str
    parts: tuple[Tree, ...]


Tree = Clause | Joined


def is_indexed(entity_type: EntityType) -> bool:
    return entity_type.searchable


def parse_search(text: str) -> Tree:
    """The tree of a `$search`. Raises InvalidQuery."""
    parser = _Parser(text)
    tree = parser.joined()
    if parser.ahead() < len(text):
        parser.stop()
    return tree


class _Parser:
    """A text, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0

    def ahead(self) -> int:
        """Where the white space that stands here ends; it is read."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def takes(self, token: str) -> bool:
        taken = self.text.startswith(token, self.ahead())
        self.at += len(token) if taken else 0
        return taken

    def joined(self, level: int = 0) -> Tree:
        if level == len(_OPERATORS):
            return self.part()
        parts = [self.joined(level + 1)]
        while self.takes(_OPERATORS[level]):
            parts.append(self.joined(level + 1))
        return parts[0] if len(parts) == 1 else Joined(_OPERATORS[level], tuple(parts))

    def part(self) -> Tree:
        if not self.takes("("):
            return self.clause()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise texts.refusal(texts.TOO_DEEP)
        inner = self.joined()
        if not self.takes(")"):
            self.stop()
        self.depth -= 1
        return inner

    def clause(self) -> Clause:
        found = _CLAUSE.match(self.text, self.ahead()) or self.stop()
        self.at = found.end()
        written = _ESCAPED.sub(r"\1", found[1])
        name, _, text = (part.strip() for part in written.partition(":"))
        if not text or not _NAME.fullmatch(name):
            raise texts.refusal(texts.SEARCH_CLAUSE, clause=written)
        return Clause(name, text)

    def stop(self) -> NoReturn:
        """Says what is wrong here; where the quotes are forgotten, as the service does.

        msgraph-sdk-javascript issue 525, msgraph-sdk-powershell issue 402: what no unquoted word may contain is named.
        """
        start = self.ahead()
        if self.text.startswith('"', start) and not _CLAUSE.match(self.text, start):
            raise texts.refusal(texts.UNTERMINATED, position=len(self.text), text=self.text)
        unquoted = _UNQUOTED.match(self.text, start)
        end = unquoted.end() if unquoted else start
        character = self.text[end : end + 1]
        if character and character not in '"()':
            raise texts.refusal(texts.CHARACTER, character=character, position=end, text=self.text)
        raise texts.refusal(texts.SYNTAX, position=start, text=self.text)


def compile_search(tree: Tree, entity_type: EntityType, *, exact: bool = False) -> Condition:
    """The condition it sets for entities of that type, checked. Raises InvalidQuery."""
    fits = _meaning(tree, entity_type, exact)
    return lambda entity, _: fits(entity)


def _meaning(tree: Tree, entity_type: EntityType, exact: bool) -> Fits:
    return _MEANINGS[type(tree)](tree, entity_type, exact)


def _joined(tree: Joined, entity_type: EntityType, exact: bool) -> Fits:
    quantifier = all if tree.operator == "AND" else any
    parts = [_meaning(each, entity_type, exact) for each in tree.parts]
    return lambda entity: quantifier(fits(entity) for fits in parts)


def _clause(tree: Clause, entity_type: EntityType, exact: bool) -> Fits:
    words = {"name": tree.property, "type": entity_type.qualified_name}
    declared = entity_type.property(tree.property, ignore_case=not exact)
    if declared is None:
        raise texts.refusal(texts.UNKNOWN_PROPERTY, **words)
    if declared.type is not STRING or declared.collection:
        raise texts.refusal(texts.NOT_SEARCHABLE, **words)
    return (_by_words if declared.name in _BY_WORDS else _by_beginning)(declared.name, tree.text)


def _by_words(name: str, text: str) -> Fits:
    wanted = [f"\n{part}" for part in _parts(text)]

    def fits(entity: Entity) -> bool:
        lines = _lines_of(entity.get(name) or "")
        return all(beginning in lines for beginning in wanted)

    return fits


def _by_beginning(name: str, text: str) -> Fits:
    wanted = text.lower()
    return lambda entity: (entity.get(name) or "").lower().startswith(wanted)


_MEANINGS: Mapping[type, Callable[[Any, EntityType, bool], Fits]] = {Clause: _clause, Joined: _joined}


@lru_cache(maxsize=16_384)
def _lines_of(value: str) -> str:
    """The tokens in one text, so that one look finds what begins with a word: no token has a line break in it."""
    return "".join(f"\n{token}" for token in tokens_of(value))


def tokens_of(value: str) -> frozenset[str]:
    """What a value is found by: its parts, and what is parted by symbols alone also in one piece.

    search-query-parameter.md: `hello.world` gives `hello`, `.`, `world`, `helloworld`.
    """
    symbols_in = (chunk for chunk in value.split() if not chunk.isalnum())
    whole = ("".join(filter(str.isalnum, chunk)).lower() for chunk in symbols_in)
    return frozenset((*_parts(value), *filter(None, whole)))


def _parts(text: str) -> Iterator[str]:
    """search-query-parameter.md: parted at spaces, symbols and numbers, and where a small letter meets a capital."""
    for piece in _PIECE.findall(text):
        start = 0
        for at, (before, after) in enumerate(pairwise(piece), 1):
            if before.islower() and after.isupper():
                yield piece[start:at].lower()
                start = at
        yield piece[start:].lower()
