"""Arithmetic on numbers. What has no result, such as a division by 0, is null: an error must not depend on a value."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from mockserver.core.edm import DOUBLE, INT64
from mockserver.odata import texts
from mockserver.odata.functions import INTEGERS, NUMBERS
from mockserver.odata.literals import NULL
from mockserver.odata.terms import Around, Scope, Term


def _quotient(left: float, right: float) -> float:
    """Of integers without the fraction, towards 0."""
    if isinstance(left, int) and isinstance(right, int):
        whole = abs(left) // abs(right)
        return whole if (left < 0) == (right < 0) else -whole
    return left / right


def _remainder(left: float, right: float) -> float:
    """With the sign of the left operand."""
    if isinstance(left, int) and isinstance(right, int):
        return left - right * _quotient(left, right)
    return math.fmod(left, right)


OPERATORS: Mapping[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "add": ("Add", operator.add),
    "sub": ("Subtract", operator.sub),
    "mul": ("Multiply", operator.mul),
    "div": ("Divide", _quotient),
    "divby": ("Divide", operator.truediv),
    "mod": ("Modulo", _remainder),
}


def calculated(word: str, left: Term, right: Term, scope: Scope) -> Term:
    """`left word right`. Raises InvalidQuery for what are no numbers."""
    kind, apply = OPERATORS[word]
    if not (_is_number(left) and _is_number(right)):
        words = {"left": left.type_name, "right": right.type_name, "kind": kind}
        raise texts.refusal(texts.OPERANDS, scope.clause, **words)
    whole = word != "divby" and left.type in INTEGERS and right.type in INTEGERS
    first, second = left.run, right.run

    def calculate(it: Any, around: Around) -> Any:
        one, other = first(it, around), second(it, around)
        if one is None or other is None:
            return None
        try:
            return apply(one, other)
        except (ArithmeticError, ValueError):
            return None

    return Term(INT64 if whole else DOUBLE, calculate)


def negative(operand: Term, scope: Scope) -> Term:
    if not _is_number(operand):
        raise texts.refusal(texts.OPERAND, scope.clause, type=operand.type_name, kind="Negate")
    run = operand.run

    def negate(it: Any, around: Around) -> Any:
        value = run(it, around)
        return None if value is None else -value

    return Term(operand.type, negate)


def _is_number(term: Term) -> bool:
    return (term.type in NUMBERS or term.type is NULL) and not term.collection
