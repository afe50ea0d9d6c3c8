"""The grammar of `$filter` and `$orderby`: text -> tree.

    orderby    = item { "," item }
    item       = expression [ "asc" | "desc" ]
    expression = both { "or" both }
    both       = equal { "and" equal }
    equal      = order { ( "eq" | "ne" ) order }
    order      = sum { ( "gt" | "ge" | "lt" | "le" ) sum }
    sum        = product { ( "add" | "sub" ) product }
    product    = unary { ( "mul" | "div" | "divby" | "mod" ) unary }
    unary      = "not" unary | "-" unary | member
    member     = primary [ "in" list | "has" primary ]
    list       = "(" [ literal { "," literal } ] ")"
    primary    = "(" expression ")" | literal | alias | call | path
    alias      = "@" name
    call       = name "(" [ expression { "," expression } ] ")"
    path       = name { "/" name } [ "/$count" | "/" lambda ]
    lambda     = "any" "(" ")" | ( "any" | "all" ) "(" name ":" expression ")"
    name       = letter { letter | digit } { "." name }          for literal see `literals`

White space may stand anywhere but inside names and around "/"; it must stand behind an operator that is a word, unless
"(" follows. Keywords may be written in any letter case (R24) unless `exact` (Q9). No name is reserved: what stands
where a value is expected is a value, so a property may be called `any` or `in`; only `not`, `null`, `true` and `false`
could not be told from what they mean. An empty list is allowed (OData 4.01's later grammar) and fits nothing.

A recursive descent of its own, because odata-query refuses `a in ('x')`, `not(...)`, spaces at either end and
`members/$count`, and gives trees that cannot be hashed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from mockserver.core.errors import NotImplementedByMock
from mockserver.odata import texts
from mockserver.odata.literals import EnumLiteral, Literal, read
from mockserver.odata.scanning import Scanner
from mockserver.odata.tree import Alias, Binary, Call, Connective, Count, Expression, In, Lambda, Ordering, Path, Unary

MAX_DEPTH = 100
"""How deep expressions may be nested; each level costs some frames of Python's stack, which has about 1,000."""

_CONNECTIVES = ("or", "and")
_LEVELS = (
    *((word,) for word in _CONNECTIVES),
    ("eq", "ne"),
    ("gt", "ge", "lt", "le"),
    ("add", "sub"),
    ("mul", "div", "divby", "mod"),
)
_STRENGTH = {word: level for level, words in enumerate(_LEVELS) for word in words}
_QUANTIFIERS = ("any", "all")
_DIRECTIONS = ("asc", "desc")

_DIRECTION = re.compile(r"\s+(asc|desc)(?=\s*(?:,|$))", re.IGNORECASE)
_VARIABLE = re.compile(r"\s*([^\W\d]\w*)(?=\s*:)")
_ALIAS = re.compile(r"@([^\W\d]\w*)(?![\w.])")
_COUNT = re.compile(r"\$count(?!\w)", re.IGNORECASE)

T = TypeVar("T")


def parse_filter(text: str, *, exact: bool = False) -> Expression:
    """The tree of a `$filter`. Raises InvalidQuery."""
    parser = _Parser(text, exact=exact, clause=texts.IN_FILTER)
    return parser.whole(parser.expression)


def parse_orderby(text: str, *, exact: bool = False) -> tuple[Ordering, ...]:
    """The items of an `$orderby`. Raises InvalidQuery."""
    parser = _Parser(text, exact=exact)
    return parser.whole(lambda: parser.items(parser.ordering))


class _Parser(Scanner):
    """Each method reads what the grammar calls so."""

    depth = 0

    def whole(self, rule: Callable[[], T]) -> T:
        """What `rule` reads, if nothing follows."""
        found = rule()
        if not self.at_end():
            self.stop()
        return found

    def items(self, rule: Callable[[], T]) -> tuple[T, ...]:
        found = [rule()]
        while self.takes(","):
            found.append(rule())
        return tuple(found)

    def ordering(self) -> Ordering:
        expression = self.expression()
        found = self.found(_DIRECTION)
        if found and self.folded(found[1]) not in _DIRECTIONS:
            self.at = found.start()
            self.stop()
        return Ordering(expression, found is not None and found[1].lower() == "desc")

    def expression(self, weakest: int = 0) -> Expression:
        """An expression of operators that bind at least as strongly as those of level `weakest`."""
        left = self._unary()
        links = self.depth
        while _STRENGTH.get(word := self.operator(), -1) >= weakest:
            if word in _CONNECTIVES:
                left = self._connective(word, left)
                continue
            self.takes(word)
            links += 1
            self._not_beyond(links)
            left = Binary(word, left, self.expression(_STRENGTH[word] + 1))
        return left

    def _connective(self, word: str, first: Expression) -> Connective:
        operands = [first]
        while self.operator() == word:
            self.takes(word)
            operands.append(self.expression(_STRENGTH[word] + 1))
        return Connective(word, tuple(operands))

    def _unary(self) -> Expression:
        self.depth += 1
        self._not_beyond(self.depth)
        found = self._signed() or self._member()
        self.depth -= 1
        return found

    def _signed(self) -> Unary | None:
        if self.operator() == "not":
            self.takes("not")
            return Unary("not", self._unary())
        start = self.ahead()
        if not self.text.startswith("-", start) or read(self.text, start):
            return None
        self.at = start + 1
        return Unary("-", self._unary())

    def _member(self) -> Expression:
        operand = self._primary()
        word = self.operator()
        if word == "has":
            self.takes(word)
            return Binary(word, operand, self._primary())
        if word == "in":
            self.takes(word)
            return In(operand, self._list())
        return operand

    def _list(self) -> tuple[Literal | EnumLiteral, ...]:
        self.expect("(")
        if self.takes(")"):
            return ()
        found = self.items(lambda: self.literal() or self.stop())
        self.expect(")")
        return found

    def _primary(self) -> Expression:
        if self.takes("("):
            inner = self.expression()
            self.expect(")")
            return inner
        literal = self.literal()
        if literal is not None:
            return literal
        alias = self.found(_ALIAS)
        if alias:
            return Alias(alias[1])
        name = self.name()
        return self._call(name) if self.touches("(") else self._path(name)

    def _call(self, name: str) -> Call:
        if self.folded(name) in _QUANTIFIERS:
            raise texts.refusal(texts.NOT_A_COLLECTION, self.clause)
        self.expect("(")
        if self.takes(")"):
            return Call(name)
        arguments = self.items(self.expression)
        self.expect(")")
        return Call(name, arguments)

    def _path(self, first: str) -> Path | Count | Lambda:
        names = [first]
        while self.touches("/"):
            self.at += 1
            if self.found(_COUNT):
                return self._count(Path(tuple(names)))
            name = self.name()
            if self.touches("("):
                return self._lambda(Path(tuple(names)), name)
            names.append(name)
        return Path(tuple(names))

    def _count(self, path: Path) -> Count:
        if self.touches("("):
            raise NotImplementedByMock(message="The mock does not implement options of $count in an expression.")
        return Count(path)

    def _lambda(self, path: Path, name: str) -> Lambda:
        quantifier = self.folded(name)
        if quantifier not in _QUANTIFIERS:
            raise texts.refusal(texts.UNKNOWN_FUNCTION, self.clause, name=name)
        self.expect("(")
        if quantifier == "any" and self.takes(")"):
            return Lambda(path, quantifier)
        variable = (self.found(_VARIABLE) or self.stop())[1]
        self.expect(":")
        body = self.expression()
        self.expect(")")
        return Lambda(path, quantifier, variable, body)

    def _not_beyond(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise texts.refusal(texts.TOO_DEEP, self.clause)
