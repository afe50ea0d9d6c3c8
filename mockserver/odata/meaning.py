"""What an expression means: tree + entity type -> a checked function of an entity and its tenant.

Names and types are checked here, once, before any entity is looked at: whether a query is refused never depends on what
is stored. Every kind of node has one function below, which checks it and makes a closure; a closure that compares a
property with a literal, by far the most frequent kind, reads the one and has the other at hand.

Logic has three values, as in OData: `not startswith(name,'a')` is null where the name is, and null selects nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from mockserver.core import edm
from mockserver.core.errors import NotImplementedByMock
from mockserver.odata import arithmetic, texts
from mockserver.odata.comparing import KINDS, compared, has, one_of
from mockserver.odata.enums import constant, enums_of
from mockserver.odata.functions import FUNCTIONS, REFUSED, Function
from mockserver.odata.literals import NULL, EnumLiteral, Literal, read
from mockserver.odata.terms import Around, Run, Scope, Term, Variable, fixed, path
from mockserver.odata.tree import Alias, Binary, Call, Connective, Count, Expression, In, Lambda, Path, Unary

MAX_LAMBDAS = 3
"""How deep `any` and `all` may be nested: each level looks at every entity that the level above looks at."""


def meaning(tree: Expression, scope: Scope) -> Term:
    """The checked expression. Raises InvalidQuery, or NotImplementedByMock for what the mock does not know."""
    return _MEANINGS[type(tree)](tree, scope)


def _literal(tree: Literal, _: Scope) -> Term:
    if isinstance(tree.value, Decimal):
        whole = tree.value == tree.value.to_integral_value()
        return fixed(int(tree.value) if whole else float(tree.value), tree.type)
    return fixed(tree.value, tree.type)


def _enum_literal(tree: EnumLiteral, scope: Scope) -> Term:
    kind = enums_of(scope.model).get(tree.type_name.lower())
    if kind is None or (scope.exact and kind.qualified_name != tree.type_name):
        raise texts.refusal(texts.UNKNOWN_TYPE, scope.clause, name=tree.type_name)
    return fixed(constant(kind, tree.value, exact=scope.exact), kind)


def _path(tree: Path, scope: Scope) -> Term:
    return path(tree.names, scope)


def _alias(tree: Alias, scope: Scope) -> Term:
    """The literal the alias stands for; null where the query does not say (OData 5.3).

    Only literals, because expressions that name aliases that name aliases can grow beyond all bounds.
    """
    text = scope.aliases.get(tree.name, "null").strip()
    found = read(text, exact=scope.exact)
    if found is None or found[1] < len(text):
        raise NotImplementedByMock(message=f"The mock does not implement '@{tree.name}' as anything but a literal.")
    return meaning(found[0], scope)


def _count(tree: Count, scope: Scope) -> Term:
    counted = path(tree.path.names, scope)
    if not counted.collection:
        raise texts.refusal(texts.NOT_COUNTABLE, scope.clause)
    run = counted.run
    return Term(edm.INT64, lambda it, around: sum(1 for _ in run(it, around) or ()))


def _lambda(tree: Lambda, scope: Scope) -> Term:
    items = path(tree.path.names, scope)
    if not items.collection:
        raise texts.refusal(texts.NOT_A_COLLECTION, scope.clause)
    if tree.body is None:
        return Term(edm.BOOLEAN, lambda it, around: any(True for _ in items.run(it, around) or ()))
    body = meaning(tree.body, _inside(tree, items, scope))
    if body.type is not edm.BOOLEAN or body.collection:
        raise texts.refusal(texts.BODY_NOT_BOOLEAN, scope.clause)
    return Term(edm.BOOLEAN, _quantified(any if tree.quantifier == "any" else all, items.run, body.run))


def _inside(tree: Lambda, items: Term, scope: Scope) -> Scope:
    if any(variable.name == tree.variable for variable in scope.variables):
        raise texts.refusal(texts.VARIABLE_TWICE, scope.clause, name=tree.variable)
    if len(scope.variables) > MAX_LAMBDAS:
        words = {"limit": MAX_LAMBDAS, "option": "Any/All", "value": len(scope.variables)}
        raise texts.refusal(texts.LIMIT, scope.clause, **words)
    return replace(scope, variables=(*scope.variables, Variable(tree.variable, items.type)))


def _quantified(quantifier: Callable[[Any], bool], items: Run, body: Run) -> Run:
    def holds(it: Any, around: Around) -> bool:
        outside = (*around, it)
        return quantifier(body(item, outside) for item in items(it, around) or ())

    return holds


def _call(tree: Call, scope: Scope) -> Term:
    name = scope.folded(tree.name)
    function = FUNCTIONS.get(name)
    if function is None:
        if name.lower() in REFUSED:
            raise NotImplementedByMock(message=f"The mock does not implement the function '{tree.name}'.")
        raise texts.refusal(texts.UNKNOWN_FUNCTION, scope.clause, name=tree.name)
    arguments = tuple(meaning(each, scope) for each in tree.arguments)
    types = tuple(None if each.collection else each.type for each in arguments)
    if not function.takes(types):
        raise texts.refusal(texts.NO_SIGNATURE, scope.clause, name=name, signatures=function.written(name))
    return Term(function.result, _applied(function, arguments, exact=scope.exact))


def _applied(function: Function, arguments: tuple[Term, ...], *, exact: bool) -> Run:
    fold: Callable[[str], str] = str.lower if function.folds and not exact else str
    if len(arguments) == 2 and arguments[0].name and arguments[1].value is not None and function.folds:
        return _property_applied(function, arguments[0].name, fold, fold(arguments[1].value))
    apply, runs = function.apply, tuple(each.run for each in arguments)

    def call(it: Any, around: Around) -> Any:
        values = [run(it, around) for run in runs]
        if None in values:
            return None
        return apply(*map(fold, values)) if function.folds else apply(*values)

    return call


def _property_applied(function: Function, name: str, fold: Callable[[str], str], text: str) -> Run:
    apply = function.apply

    def call(it: Any, _: Around) -> Any:
        value = it.get(name)
        return None if value is None else apply(fold(value), text)

    return call


def _unary(tree: Unary, scope: Scope) -> Term:
    operand = meaning(tree.operand, scope)
    if tree.operator == "-":
        return arithmetic.negative(operand, scope)
    if not _is_boolean(operand):
        raise texts.refusal(texts.OPERAND, scope.clause, type=operand.type_name, kind="Not")
    run = operand.run

    def negated(it: Any, around: Around) -> bool | None:
        value = run(it, around)
        return None if value is None else not value

    return Term(edm.BOOLEAN, negated)


def _binary(tree: Binary, scope: Scope) -> Term:
    left, right = meaning(tree.left, scope), meaning(tree.right, scope)
    make = has if tree.operator == "has" else compared if tree.operator in KINDS else arithmetic.calculated
    return make(tree.operator, left, right, scope)


def _in(tree: In, scope: Scope) -> Term:
    return one_of(meaning(tree.operand, scope), tuple(meaning(item, scope) for item in tree.items), scope)


def _connective(tree: Connective, scope: Scope) -> Term:
    operands = [meaning(each, scope) for each in tree.operands]
    for left, right in pairwise(operands):
        if not (_is_boolean(left) and _is_boolean(right)):
            words = {"left": left.type_name, "right": right.type_name, "kind": tree.operator.title()}
            raise texts.refusal(texts.OPERANDS, scope.clause, **words)
    return Term(edm.BOOLEAN, _joined(_both if tree.operator == "and" else _either, [each.run for each in operands]))


def _is_boolean(term: Term) -> bool:
    return (term.type is edm.BOOLEAN or term.type is NULL) and not term.collection


def _joined(join: Callable[[Run, Run], Run], runs: list[Run]) -> Run:
    """Pairs of pairs, so that a thousand are ten calls deep."""
    if len(runs) == 1:
        return runs[0]
    middle = len(runs) // 2
    return join(_joined(join, runs[:middle]), _joined(join, runs[middle:]))


def _both(left: Run, right: Run) -> Run:
    def both(it: Any, around: Around) -> Any:
        first = left(it, around)
        if first:
            return right(it, around)
        return False if first is None and right(it, around) is False else first

    return both


def _either(left: Run, right: Run) -> Run:
    def either(it: Any, around: Around) -> Any:
        first = left(it, around)
        if first:
            return True
        second = right(it, around)
        return second if second or first is False else None

    return either


_MEANINGS: Mapping[type, Callable[[Any, Scope], Term]] = {
    Literal: _literal,
    EnumLiteral: _enum_literal,
    Path: _path,
    Alias: _alias,
    Count: _count,
    Lambda: _lambda,
    Call: _call,
    Unary: _unary,
    Binary: _binary,
    In: _in,
    Connective: _connective,
}
