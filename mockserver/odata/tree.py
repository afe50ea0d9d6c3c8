"""The tree of `$filter` and `$orderby`: what was written, before anybody asks what it means.

Frozen and hashable, so that a test can say what a text reads as. Operators are in lower case, names as they were
written. `unparse` gives a text that reads as the same tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.odata.literals import EnumLiteral, Literal, write


@dataclass(frozen=True)
class Path:
    """`machineName`, `onPremisesPublishing/externalUrl`, and with a lambda's variable in front `m/status`."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """`members/$count`."""

    path: Path


@dataclass(frozen=True)
class Lambda:
    """`members/any(m:m/status eq 'inactive')`; without a body `members/any()`."""

    path: Path
    quantifier: str
    variable: str = ""
    body: Expression | None = None


@dataclass(frozen=True)
class Alias:
    """`@p`: what the query option of that name says."""

    name: str


@dataclass(frozen=True)
class Call:
    """`startswith(name,'P')`."""

    name: str
    arguments: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Unary:
    """`not`, or `-`."""

    operator: str
    operand: Expression


@dataclass(frozen=True)
class Binary:
    """A comparison, `has`, or arithmetic."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Connective:
    """`and` or `or` between two or more: flat, so that a thousand of them are not a thousand levels deep."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True)
class In:
    """`region in ('eur','nam')`."""

    operand: Expression
    items: tuple[Literal | EnumLiteral, ...]


Expression = Literal | EnumLiteral | Path | Count | Lambda | Alias | Call | Unary | Binary | Connective | In


@dataclass(frozen=True)
class Ordering:
    """One item of `$orderby`."""

    expression: Expression
    descending: bool = False


def unparse(tree: Expression) -> str:
    """The text that reads as this tree."""
    return _WRITERS[type(tree)](tree)


def _operand(tree: Expression) -> str:
    return f"({unparse(tree)})" if isinstance(tree, Unary | Binary | Connective | In) else unparse(tree)


def _connective(tree: Connective) -> str:
    written = (f"({unparse(each)})" if isinstance(each, Connective) else unparse(each) for each in tree.operands)
    return f" {tree.operator} ".join(written)


def _lambda(tree: Lambda) -> str:
    body = "" if tree.body is None else f"{tree.variable}:{unparse(tree.body)}"
    return f"{unparse(tree.path)}/{tree.quantifier}({body})"


def _unary(tree: Unary) -> str:
    # The sign of a number belongs to the number: -5 is a literal, -(5) the negative of one.
    return f"not {_operand(tree.operand)}" if tree.operator == "not" else f"-({unparse(tree.operand)})"


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    Literal: write,
    EnumLiteral: write,
    Path: lambda tree: "/".join(tree.names),
    Count: lambda tree: f"{unparse(tree.path)}/$count",
    Lambda: _lambda,
    Alias: lambda tree: f"@{tree.name}",
    Call: lambda tree: f"{tree.name}({','.join(map(unparse, tree.arguments))})",
    Unary: _unary,
    Binary: lambda tree: f"{_operand(tree.left)} {tree.operator} {_operand(tree.right)}",
    Connective: _connective,
    In: lambda tree: f"{_operand(tree.operand)} in ({','.join(map(write, tree.items))})",
}
