"""Comparisons: which operands go together, and functions that compare them fast.

Strings are compared without regard to letter case, as the directory's are in practice, unless `exact`; that the back
end of connector groups does so too is not verified (R24 says nothing of values). Null equals null and nothing else, and
no order contains it (OData 5.1.1.1). A string stands for a constant, a GUID or a duration where the other side is one,
and a GUID for a string: object ids are strings in some types and GUIDs in others.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mockserver.core import edm
from mockserver.core.edm import EnumType, StructuredType
from mockserver.core.errors import InvalidQuery
from mockserver.odata import texts
from mockserver.odata.enums import bits, constant, rank
from mockserver.odata.functions import NUMBERS
from mockserver.odata.literals import NULL, typed
from mockserver.odata.terms import Around, Run, Scope, Term, Type, fixed
from mockserver.odata.values import KEYS, Key

_FAMILIES: Mapping[object, str] = {
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys((edm.DATE, edm.DATE_TIME_OFFSET), "moment"),
}
_ORDERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_MIRRORED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
KINDS = {
    "eq": "Equal",
    "ne": "NotEqual",
    "gt": "GreaterThan",
    "ge": "GreaterThanOrEqual",
    "lt": "LessThan",
    "le": "LessThanOrEqual",
    "has": "Has",
}


def compared(word: str, left: Term, right: Term, scope: Scope) -> Term:
    """`left word right`. Raises InvalidQuery where the two do not go together."""
    left, right = _matched(left, right, scope)
    if not _go_together(left, right, ordered=word in _ORDERS):
        raise _incompatible(word, left, right, scope)
    kind = right.type if left.type is NULL else left.type
    if word in _ORDERS:
        return Term(edm.BOOLEAN, _ordered(word, left, right, key_of(kind, scope.exact, ordered=True)))
    equal = _equal(left, right, key_of(kind, scope.exact))
    return Term(edm.BOOLEAN, equal if word == "eq" else lambda it, around: not equal(it, around))


def has(word: str, left: Term, right: Term, scope: Scope) -> Term:
    """Whether all flags of the right side are set in the left."""
    left, right = _matched(left, right, scope)
    kind = left.type
    if not isinstance(kind, EnumType) or left.collection or right.type is not kind or right.collection:
        raise _incompatible(word, left, right, scope)

    def contains(it: Any, around: Around) -> bool | None:
        value, flags = left.run(it, around), right.run(it, around)
        if value is None or flags is None:
            return None
        return bits(kind, value) & bits(kind, flags) == bits(kind, flags)

    return Term(edm.BOOLEAN, contains)


def one_of(operand: Term, items: tuple[Term, ...], scope: Scope) -> Term:
    """Whether the operand equals one of the literals."""
    pairs = [_matched(operand, item, scope) for item in items]
    for left, right in pairs:
        if not _go_together(left, right):
            raise texts.refusal(texts.ITEMS, scope.clause, left=left.type_name, right=right.type_name)
    key = _nullable(key_of(operand.type, scope.exact))
    wanted = frozenset(key(right.value) for _, right in pairs)
    return Term(edm.BOOLEAN, lambda it, around: key(operand.run(it, around)) in wanted)


def key_of(kind: Type, exact: bool, *, ordered: bool = False) -> Key | None:
    """What makes values of that type comparable, if they are not as they are."""
    if kind is edm.STRING:
        return None if exact else str.lower
    if isinstance(kind, EnumType):
        return partial(bits, kind) if kind.flags else partial(rank, kind) if ordered else None
    return KEYS.get(kind)


def _incompatible(word: str, left: Term, right: Term, scope: Scope) -> InvalidQuery:
    words = {"left": left.type_name, "right": right.type_name, "kind": KINDS[word]}
    return texts.refusal(texts.OPERANDS, scope.clause, **words)


def _matched(left: Term, right: Term, scope: Scope) -> tuple[Term, Term]:
    left = _read_as(right.type, left, scope)
    return left, _read_as(left.type, right, scope)


def _read_as(kind: Type, term: Term, scope: Scope) -> Term:
    """A literal as the other side's type, where it can stand for one."""
    if not term.fixed:
        return term
    if isinstance(kind, EnumType) and term.type is edm.STRING:
        return fixed(constant(kind, term.value, exact=scope.exact), kind)
    if kind is edm.DURATION and term.type is edm.STRING:
        return fixed(typed(term.value.upper(), edm.DURATION).value, kind)
    if {kind, term.type} == {edm.GUID, edm.STRING} and not scope.exact:
        return fixed(term.value, kind)
    return term


def _go_together(left: Term, right: Term, *, ordered: bool = False) -> bool:
    kinds = (left.type, right.type)
    if left.collection or right.collection or edm.STREAM in kinds:
        return False
    if any(isinstance(kind, StructuredType) for kind in kinds):
        return NULL in kinds and not ordered
    return NULL in kinds or _family(left.type) == _family(right.type)


def _family(kind: Type) -> object:
    return _FAMILIES.get(kind, kind)


def _same(value: Any) -> Any:
    return value


def _nullable(key: Key | None) -> Key:
    if key is None:
        return _same
    return lambda value: None if value is None else key(value)


def _equal(left: Term, right: Term, key: Key | None) -> Run:
    if left.fixed:
        left, right = right, left
    if left.name and right.fixed:
        return _property_equals(left.name, right.value, key)
    first, second, keyed = left.run, right.run, key or _same

    def equal(it: Any, around: Around) -> bool:
        one, other = first(it, around), second(it, around)
        if one is None or other is None:
            return one is other
        return bool(keyed(one) == keyed(other))

    return equal


def _property_equals(name: str, wanted: Any, key: Key | None) -> Run:
    if wanted is None:
        return lambda it, _: it.get(name) is None
    if key is None:
        return lambda it, _: it.get(name) == wanted
    wanted = key(wanted)

    def equals(it: Any, _: Around) -> bool:
        value = it.get(name)
        return value is not None and key(value) == wanted

    return equals


def _ordered(word: str, left: Term, right: Term, key: Key | None) -> Run:
    if left.fixed:
        word, left, right = _MIRRORED[word], right, left
    fits, keyed = _ORDERS[word], key or _same
    if left.name and right.fixed and right.value is not None:
        return _property_fits(left.name, fits, keyed, keyed(right.value))
    first, second = left.run, right.run

    def ordered(it: Any, around: Around) -> bool:
        one, other = first(it, around), second(it, around)
        return one is not None and other is not None and fits(keyed(one), keyed(other))

    return ordered


def _property_fits(name: str, fits: Callable[[Any, Any], bool], key: Key, limit: Any) -> Run:
    def ordered(it: Any, _: Around) -> bool:
        value = it.get(name)
        return value is not None and fits(key(value), limit)

    return ordered
