"""`$filter` and `$orderby`, from text to function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from mockserver.core import edm
from mockserver.core.edm import EntityType, EnumType, Model, PrimitiveType
from mockserver.core.entity import Entity
from mockserver.core.tenant import Tenant
from mockserver.odata import texts
from mockserver.odata.comparing import key_of
from mockserver.odata.literals import NULL
from mockserver.odata.meaning import meaning
from mockserver.odata.terms import Scope, Term, Variable
from mockserver.odata.tree import Expression, Ordering

Condition = Callable[[Entity, Tenant], bool]
Sorting = Callable[[Iterable[Entity], Tenant], list[Entity]]

_NO_ALIASES: Mapping[str, str] = {}


def compile_filter(
    expression: Expression,
    entity_type: EntityType,
    model: Model,
    *,
    exact: bool = False,
    aliases: Mapping[str, str] = _NO_ALIASES,
) -> Condition:
    """The condition it sets for entities of that type, checked. Raises InvalidQuery."""
    scope = Scope(model, (Variable("", entity_type),), exact, texts.IN_FILTER, aliases)
    term = meaning(expression, scope)
    if term.type is not edm.BOOLEAN or term.collection:
        raise texts.refusal(texts.NOT_BOOLEAN)
    run = term.run
    return lambda entity, tenant: run(entity, (tenant,)) is True


def compile_orderby(
    orderings: tuple[Ordering, ...],
    entity_type: EntityType,
    model: Model,
    *,
    exact: bool = False,
    aliases: Mapping[str, str] = _NO_ALIASES,
) -> Sorting:
    """The order it sets, checked. Raises InvalidQuery.

    What is equal stays in the order it came; null is the smallest value.
    """
    scope = Scope(model, (Variable("", entity_type),), exact, aliases=aliases)
    keys = [(_sort_key(meaning(each.expression, scope), exact), each.descending) for each in orderings]

    def sort(entities: Iterable[Entity], tenant: Tenant) -> list[Entity]:
        found = list(entities)
        for key, descending in reversed(keys):
            found.sort(key=partial(key, tenant), reverse=descending)
        return found

    return sort


def _sort_key(term: Term, exact: bool) -> Callable[[Tenant, Entity], tuple[str, Any]]:
    sortable = isinstance(term.type, PrimitiveType | EnumType) and term.type not in (edm.STREAM, NULL)
    if not sortable or term.collection:
        raise texts.refusal(texts.NOT_SORTABLE)
    run, key = term.run, key_of(term.type, exact, ordered=True)

    def sort_key(tenant: Tenant, entity: Entity) -> tuple[str, Any]:
        value = run(entity, (tenant,))
        if value is None:
            return _NULL
        value = value if key is None else key(value)
        return _KINDS.get(type(value), _NUMBER), value

    return sort_key


# Values of different kinds cannot be compared in Python, so the kind comes first; null is before everything.
_NULL = ("", None)
_NUMBER = "number"
_KINDS: Mapping[type, str] = {str: "text", bytes: "octets"}
