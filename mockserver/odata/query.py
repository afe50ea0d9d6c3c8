"""Query options: text -> a frozen, checked `Query`.

    query    = [ option { "&" option } ]        percent-encoded as a form is: "+" is a space
    option   = name [ "=" value ]
    $select  = path { "," path }                path = "*" | name { "/" name }
    $expand  = item { "," item }                item = "*" | name [ "(" option { ";" option } ")" ]

Option names may be written in any letter case (R25), and without `$` where `dollarless` (beta). Nothing is ignored in
silence (but one thing, as the service does: see `advanced`): an option that the service knows and the mock does not is
answered with 501, one that begins with `$` and is unknown to both with 400. Names without `$` that mean nothing to
OData are the caller's own (OData 5.2): `custom`.

A query is parsed once and remembered: it depends on the text and the model, never on a tenant.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from mockserver.core.edm import EntityType, Model, Navigation
from mockserver.core.errors import NotImplementedByMock
from mockserver.odata import texts
from mockserver.odata.filter import Condition, Sorting, compile_filter, compile_orderby
from mockserver.odata.search import Tree, compile_search, is_indexed, parse_search
from mockserver.odata.selection import Selected, cut, parse_expand, parse_select
from mockserver.odata.skiptoken import decode_skiptoken, encode_skiptoken
from mockserver.odata.syntax import parse_filter, parse_orderby
from mockserver.odata.tree import Expression, Ordering

__all__ = ["MAX_EXPAND_DEPTH", "Expansion", "Filter", "Orderby", "Query", "Search", "encode_skiptoken", "parse_query"]

MAX_EXPAND_DEPTH = 3


@dataclass(frozen=True)
class Filter:
    """A `$filter`: what it says, and whether an entity fits it."""

    expression: Expression
    matches: Condition = field(compare=False, repr=False)


@dataclass(frozen=True)
class Search:
    """A `$search`: what it says, and whether an entity fits it."""

    tree: Tree
    matches: Condition = field(compare=False, repr=False)


@dataclass(frozen=True)
class Orderby:
    """An `$orderby`: what it says, and how it sorts."""

    orderings: tuple[Ordering, ...]
    sort: Sorting = field(compare=False, repr=False)


@dataclass(frozen=True)
class Expansion:
    """A navigation to follow, and what to do with the entities there."""

    navigation: Navigation
    query: Query


@dataclass(frozen=True)
class Query:
    """What a request asks for. An option that was not given is None, or empty."""

    select: tuple[Selected, ...] = ()
    expand: tuple[Expansion, ...] = ()
    filter: Filter | None = None
    search: Search | None = None
    orderby: Orderby | None = None
    top: int | None = None
    skip: int = 0
    count: bool = False
    skiptoken: int | None = None
    """The offset the continuation begins at; it takes the place of `skip`."""
    custom: tuple[tuple[str, str], ...] = ()
    """The options that are not OData's, and `$id` and `@id`, decoded, in the order they came."""


@dataclass(frozen=True)
class _Context:
    """What options are read against: the type they are about, how strictly, and how deep inside `$expand`."""

    type: EntityType
    model: Model
    collection: bool
    exact: bool
    dollarless: bool
    aliases: Mapping[str, str]
    depth: int = 0


@lru_cache(maxsize=1024)
def parse_query(
    query_string: str,
    entity_type: EntityType,
    model: Model,
    *,
    exact: bool = False,
    dollarless: bool = True,
    collection: bool,
) -> Query:
    """The query of a request for entities of that type, or (without `collection`) for one of them.

    `exact` takes every name and keyword in its own letter case only (Q9). Raises InvalidQuery, or NotImplementedByMock
    for what the service knows and the mock does not.
    """
    pairs = tuple(_pairs(query_string))
    aliases = {name[1:]: value for name, value in pairs if name.startswith("@")}
    context = _Context(entity_type, model, collection, exact, dollarless, aliases)
    named = tuple(_once(pairs, context))
    known = {name: value for name, value in named if name in _OPTIONS}
    custom = tuple((name, value) for name, value in named if name not in _OPTIONS)
    return replace(_query(known, context), custom=custom)


def _pairs(query_string: str) -> Iterator[tuple[str, str]]:
    for piece in filter(None, query_string.split("&")):
        name, _, value = piece.replace("+", " ").partition("=")
        try:
            yield unquote_to_bytes(name).decode(), unquote_to_bytes(value).decode()
        except UnicodeError:
            raise texts.refusal(texts.ENCODING, option=name) from None


def _once(pairs: Iterable[tuple[str, str]], context: _Context) -> Iterator[tuple[str, str]]:
    """The pairs by the proper names of their options, of which none may come twice or be unknown."""
    seen = set()
    for written, value in pairs:
        name = _option(written, context)
        if name in _UNSUPPORTED or (name == "$search" and not _searchable(context)):
            raise NotImplementedByMock(message=f"The mock does not implement the query option '{name}'.")
        if name.startswith("$") and name not in _OPTIONS and name != _ID:
            raise texts.refusal(texts.CUSTOM, option=written)
        if name in seen and name.startswith(("$", "@")):
            raise texts.refusal(texts.TWICE, option=name)
        seen.add(name)
        yield name, value


def _searchable(context: _Context) -> bool:
    """Only objects of the directory are, and not inside `$expand` (aad-advanced-queries.md)."""
    return context.depth == 0 and is_indexed(context.type)


def _option(written: str, context: _Context) -> str:
    """The proper name of an option: in lower case and with its `$`, if it is not the caller's own."""
    name = written if context.exact else written.lower()
    if name in _DOLLARLESS and context.dollarless:
        return f"${name}"
    return name if name.startswith("$") else written


def _query(options: Mapping[str, str], context: _Context) -> Query:
    found = {}
    for name, text in options.items():
        if not context.collection and name in _FOR_COLLECTIONS:
            raise texts.refusal(texts.SINGLE)
        if not text.strip():
            raise texts.refusal(texts.EMPTY, option=name)
        found[name[1:]] = _OPTIONS[name](text, context)
    found.pop("format", None)
    return Query(**found)


def _select(text: str, context: _Context) -> tuple[Selected, ...]:
    return parse_select(text, context.type, exact=context.exact)


def _filter(text: str, context: _Context) -> Filter:
    tree = parse_filter(text, exact=context.exact)
    kind, model = context.type, context.model
    return Filter(tree, compile_filter(tree, kind, model, exact=context.exact, aliases=context.aliases))


def _search(text: str, context: _Context) -> Search:
    tree = parse_search(text)
    return Search(tree, compile_search(tree, context.type, exact=context.exact))


def _orderby(text: str, context: _Context) -> Orderby:
    trees = parse_orderby(text, exact=context.exact)
    kind, model = context.type, context.model
    return Orderby(trees, compile_orderby(trees, kind, model, exact=context.exact, aliases=context.aliases))


def _number(option: str) -> Callable[[str, _Context], int]:
    def read(text: str, _: _Context) -> int:
        if not re.fullmatch("[0-9]+", text):
            raise texts.refusal(texts.NUMBER, option=option, value=text)
        # Longer numbers are beyond any tenant, and Python refuses to read very long ones.
        return min(int(text), sys.maxsize) if len(text) < 30 else sys.maxsize

    return read


def _count(text: str, context: _Context) -> bool:
    word = text if context.exact else text.lower()
    if word not in ("true", "false"):
        raise texts.refusal(texts.COUNT, value=text)
    return word == "true"


def _skiptoken(text: str, _: _Context) -> int:
    return decode_skiptoken(text)


def _format(text: str, _: _Context) -> None:
    if text.partition(";")[0].strip().lower() not in ("json", "application/json"):
        raise texts.refusal(texts.FORMAT, value=text)


def _expand(text: str, context: _Context) -> tuple[Expansion, ...]:
    if context.depth == MAX_EXPAND_DEPTH:
        raise texts.refusal(texts.LIMIT, limit=MAX_EXPAND_DEPTH, option="Expand", value=context.depth + 1)
    return tuple(
        Expansion(navigation, Query() if options is None else _nested(options, navigation, context))
        for navigation, options in parse_expand(text, context.type, exact=context.exact)
    )


def _nested(text: str, navigation: Navigation, above: _Context) -> Query:
    """The options in the parentheses behind a navigation."""
    kind = above.model.type(navigation.target)
    context = replace(above, type=kind, collection=navigation.collection, depth=above.depth + 1)
    pieces = (piece.partition("=") for piece in cut(text, ";"))
    options = dict(_once(((name.strip(), value) for name, _, value in pieces), context))
    for name in options:
        if name not in _NESTED:
            raise texts.refusal(texts.TERM, texts.IN_SELECT, term=name)
    return _query(options, context)


_OPTIONS: Mapping[str, Callable[[str, _Context], Any]] = {
    "$select": _select,
    "$expand": _expand,
    "$filter": _filter,
    "$search": _search,
    "$orderby": _orderby,
    "$top": _number("$top"),
    "$skip": _number("$skip"),
    "$count": _count,
    "$skiptoken": _skiptoken,
    "$format": _format,
}
_FOR_COLLECTIONS = frozenset({"$filter", "$search", "$orderby", "$top", "$skip", "$count", "$skiptoken"})
_NESTED = frozenset(_OPTIONS) - {"$skiptoken", "$format"}
_UNSUPPORTED = frozenset({"$apply", "$compute", "$deltatoken", "$index", "$levels", "$schemaversion"})
_ID = "$id"
"""What `DELETE .../$ref?$id=` names. Without the `$` it is too likely to be the caller's own."""
_DOLLARLESS = frozenset(name[1:] for name in {*_OPTIONS, *_UNSUPPORTED})
