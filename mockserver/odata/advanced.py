"""Advanced queries: what the directory answers only from its index, and only to those who accept it a little late.

aad-advanced-queries.md: the caller says so with the header `ConsistencyLevel: eventual` and, except for `$search` and
the segment `/$count`, with `$count=true`. What else it says is refused here, in the order of `_check`. `$expand` beside
an advanced query is not supported there either; what the service makes of it is not known, so the mock follows it.

The rules are the directory's: the applications of a connector group are listed by the proxy's back end and not subject
to them (U-16), and application templates come from the gallery, whose filters do know `contains`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from mockserver.core.errors import (
    AdvancedOnly,
    CountUnsupported,
    FilterOperatorUnsupported,
    GraphError,
    NotImplementedByMock,
    OperatorNeedsParameters,
    SearchNeedsHeader,
    SortingUnsupported,
)
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import ADVANCED_QUERIES
from mockserver.odata.path import All, One, Related
from mockserver.odata.query import Query
from mockserver.odata.search import is_indexed
from mockserver.odata.tree import Binary, Call, Connective, Count, Expression, In, Lambda, Unary

LARGEST_PAGE = 999
"""The most that `$top` gives on a collection of the directory (user-list.md); a greater one is served in such pages.

R26: samples of the documentation and EntraPS ask for 100000. paging.md leaves it to each API whether too great a size
is ignored, lowered or refused. steampipe-plugin-azuread saw users, applications and service principals refuse it:
`Request_UnsupportedQuery`, "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."
"""

_Refusal = Callable[[], GraphError]

_NEVER: Mapping[str, _Refusal] = {"contains": partial(FilterOperatorUnsupported, operator="Contains")}
"""What `$filter` knows on no object of the directory, header or not (microsoft-graph-docs issue 15837)."""

_ADVANCED: Mapping[str, _Refusal] = {
    "endswith": partial(OperatorNeedsParameters, operator="endsWith"),
    "ne": partial(FilterOperatorUnsupported, operator="NotEqualsMatch"),
    "not": AdvancedOnly,
    "$count": AdvancedOnly,
}
"""What `$filter` knows in advanced queries only."""


def admitted(query: Query, resource: All | Related, tenant: Tenant, level: str, *, counting: bool = False) -> Query:
    """What the directory makes of a query; `level` is the header, `counting` the segment `/$count`.

    The one place where an option is ignored in silence, because the service itself ignores it: without the header
    `?$count=true` gives no count. aad-advanced-queries.md: "silently ignores the $count query parameter", with an
    example. And where it counts, it does so on the first page only (query-parameters.md, on `$skiptoken`).

    Raises UnsupportedQuery and its kinds, CountUnsupported, or NotImplementedByMock.
    """
    if not _of_the_directory(resource):
        if query.search is not None:
            raise NotImplementedByMock(message="The mock implements '$search' on collections of the directory alone.")
        return query
    eventual = level.strip().lower() == "eventual"
    if tenant.behaviour[ADVANCED_QUERIES] == "refused":
        _check(query, eventual, counting)
    else:
        eventual = True
    count = query.count and eventual and query.skiptoken is None
    return query if count == query.count else replace(query, count=count)


def _of_the_directory(resource: All | Related) -> bool:
    if not is_indexed(resource.type):
        return False
    return isinstance(resource, All) or (isinstance(resource.owner, One) and resource.owner.type.directory)


def _check(query: Query, eventual: bool, counting: bool) -> None:
    if counting and not eventual:
        raise CountUnsupported()
    if query.search is not None and not eventual:
        raise SearchNeedsHeader()
    used = frozenset() if query.filter is None else operators_of(query.filter.expression)
    _check_operators(used, _NEVER)
    if eventual and (query.count or counting or query.search is not None):
        return
    _check_operators(used, _ADVANCED)
    if query.filter is not None and query.orderby is not None:
        raise SortingUnsupported()


def _check_operators(used: frozenset[str], refused: Mapping[str, _Refusal]) -> None:
    for operator, refusal in refused.items():
        if operator in used:
            raise refusal()


def operators_of(tree: Expression) -> frozenset[str]:
    """The operators and functions that stand anywhere in an expression, in lower case."""
    found, rest = set(), [tree]
    while rest:
        node = rest.pop()
        name, below = _NODES.get(type(node), _NOTHING)
        found.add(name(node))
        rest.extend(below(node))
    return frozenset(found)


_Node = tuple[Callable[[Any], str], Callable[[Any], tuple[Expression, ...]]]

_NOTHING: _Node = (lambda _: "", lambda _: ())
_NODES: Mapping[type, _Node] = {
    Binary: (lambda node: node.operator, lambda node: (node.left, node.right)),
    Call: (lambda node: node.name.lower(), lambda node: node.arguments),
    Connective: (lambda node: node.operator, lambda node: node.operands),
    Count: (lambda _: "$count", lambda _: ()),
    In: (lambda _: "in", lambda node: (node.operand,)),
    Lambda: (lambda node: node.quantifier, lambda node: () if node.body is None else (node.body,)),
    Unary: (lambda node: node.operator, lambda node: (node.operand,)),
}
