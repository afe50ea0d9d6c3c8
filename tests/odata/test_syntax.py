"""The grammar of expressions: which text gives which tree, and which gives none."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.core import edm
from mockserver.core.errors import InvalidQuery, NotImplementedByMock
from mockserver.odata.literals import NULL, EnumLiteral, Literal
from mockserver.odata.syntax import parse_filter, parse_orderby
from mockserver.odata.tree import (
    Alias,
    Binary,
    Call,
    Connective,
    Count,
    In,
    Lambda,
    Ordering,
    Path,
    Unary,
    unparse,
)


def text(value):
    return Literal(value, edm.STRING)


def number(value):
    return Literal(value, edm.INT32)


A, B, C = Path(("a",)), Path(("b",)), Path(("c",))
OR_NE_IN = Binary("ne", Path(("or",)), Path(("in",)))

# R24, clients.md section 4, and the precedence of OData 4.01 part 2, section 5.1.1.16.
TREES = [
    ("a eq 'O''Neil'", Binary("eq", A, text("O'Neil"))),
    ("  a\teq\n1  ", Binary("eq", A, number(1))),
    ("a OR b Or c", Connective("or", (A, B, C))),
    ("a or b and c", Connective("or", (A, Connective("and", (B, C))))),
    ("(a or b)and(c)", Connective("and", (Connective("or", (A, B)), C))),
    ("(a or b) or c", Connective("or", (Connective("or", (A, B)), C))),
    ("not a and b", Connective("and", (Unary("not", A), B))),
    ("NOT(a and b)", Unary("not", Connective("and", (A, B)))),
    ("not not a", Unary("not", Unary("not", A))),
    ("a eq b ne c", Binary("ne", Binary("eq", A, B), C)),
    ("a gt b eq c", Binary("eq", Binary("gt", A, B), C)),
    ("a add b mul c", Binary("add", A, Binary("mul", B, C))),
    ("a sub b sub c", Binary("sub", Binary("sub", A, B), C)),
    ("(a add b) mul c", Binary("mul", Binary("add", A, B), C)),
    ("-a add -5", Binary("add", Unary("-", A), number(-5))),
    ("-(5)", Unary("-", number(5))),
    ("a in ('x')", In(A, (text("x"),))),
    ("a IN('x', 'y' ,null)", In(A, (text("x"), text("y"), Literal(None, NULL)))),
    ("a in ()", In(A, ())),
    ("not a in (1)", Unary("not", In(A, (number(1),)))),
    ("a has n.E'x,y'", Binary("has", A, EnumLiteral("n.E", "x,y"))),
    ("startsWith(a,'x')", Call("startsWith", (A, text("x")))),
    ("concat( concat(a , b) , c )", Call("concat", (Call("concat", (A, B)), C))),
    ("now()", Call("now")),
    ("a/b/c eq null", Binary("eq", Path(("a", "b", "c")), Literal(None, NULL))),
    ("a/$count gt 0", Binary("gt", Count(A), number(0))),
    ("a/b/any()", Lambda(Path(("a", "b")), "any")),
    ("a/Any( x : x/b eq c )", Lambda(A, "any", "x", Binary("eq", Path(("x", "b")), C))),
    ("a/all(x:x eq 1)", Lambda(A, "all", "x", Binary("eq", Path(("x",)), number(1)))),
    ("a eq @p", Binary("eq", A, Alias("p"))),
    ("a gt 2031-05-06", Binary("gt", A, Literal("2031-05-06", edm.DATE))),
    ("any eq 'x'", Binary("eq", Path(("any",)), text("x"))),
    ("in in (1)", In(Path(("in",)), (number(1),))),
    ("eq eq and and or ne in", Connective("and", (Binary("eq", Path(("eq",)), Path(("and",))), OR_NE_IN))),
    ("a/any eq a/in", Binary("eq", Path(("a", "any")), Path(("a", "in")))),
    ("größe eq 1", Binary("eq", Path(("größe",)), number(1))),
]

# graph_reference 5.4; positions are those of the first character that does not fit.
REFUSALS = [
    ("", "Invalid filter clause: Syntax error at position 0 in ''."),
    ("a eq", "Invalid filter clause: Syntax error at position 4 in 'a eq'."),
    ("a b", "Invalid filter clause: Syntax error at position 2 in 'a b'."),
    ("a eq 'x", "Invalid filter clause: There is an unterminated string literal at position 7 in 'a eq 'x'."),
    ("a eq 'O'Neil'", "Invalid filter clause: Syntax error at position 8 in 'a eq 'O'Neil''."),
    ("a eq [1]", "Invalid filter clause: Syntax error: character '[' is not valid at position 5 in 'a eq [1]'."),
    ('a eq "x"', "Invalid filter clause: Syntax error: character '\"' is not valid at position 5 in 'a eq \"x\"'."),
    ("(a", "Invalid filter clause: Syntax error at position 2 in '(a'."),
    ("a)", "Invalid filter clause: Syntax error at position 1 in 'a)'."),
    ("a in (b)", "Invalid filter clause: Syntax error at position 6 in 'a in (b)'."),
    ("a in 'x'", "Invalid filter clause: Syntax error at position 5 in 'a in 'x''."),
    ("a/all()", "Invalid filter clause: Syntax error at position 6 in 'a/all()'."),
    ("a/any(b)", "Invalid filter clause: Syntax error at position 6 in 'a/any(b)'."),
    ("a/ b", "Invalid filter clause: Syntax error at position 3 in 'a/ b'."),
    ("a eq 1 eq", "Invalid filter clause: Syntax error at position 9 in 'a eq 1 eq'."),
    ("any()", "Invalid filter clause: Any/All may only be used following a collection."),
    (
        "a/f()",
        (
            "Invalid filter clause: An unknown function with name 'f' was found. This may also be a function import "
            "or a key lookup on a navigation property, which is not allowed."
        ),
    ),
]


@pytest.mark.parametrize(("written", "tree"), TREES)
def test_a_text_reads_as_a_tree(written, tree):
    assert tree == parse_filter(written)


@pytest.mark.parametrize(("written", "message"), REFUSALS)
def test_a_text_that_is_no_expression_is_refused_with_its_place(written, message):
    with pytest.raises(InvalidQuery) as refused:
        parse_filter(written)

    assert message == refused.value.message


@pytest.mark.parametrize("name", ["$it", "$root/a", "$this", "a/$filter(b)", "a/@Core.Messages", "a/$count($filter=b)"])
def test_what_the_mock_does_not_know_is_said_to_be_missing(name):
    with pytest.raises(NotImplementedByMock):
        parse_filter(f"{name} eq 1")


@pytest.mark.parametrize("written", ["a EQ 1", "a AND b", "NOT a", "a/Any(x:x)", "a IN (1)", "a Has n.E'x'"])
def test_keywords_keep_their_letter_case_where_it_counts(written):
    parse_filter(written)

    with pytest.raises(InvalidQuery):
        parse_filter(written, exact=True)


def test_constants_in_another_letter_case_are_names_where_it_counts():
    assert Binary("eq", A, Path(("TRUE",))) == parse_filter("a eq TRUE", exact=True)


def test_directions_keep_their_letter_case_where_it_counts():
    with pytest.raises(InvalidQuery):
        parse_orderby("a DESC", exact=True)


@pytest.mark.parametrize("piece", ["(", "not ", "not(", "-", "a add ", "a eq ", "f(", "a/any(x:", "a eq (b or "])
def test_no_text_is_too_deep_to_be_refused(piece):
    with pytest.raises(InvalidQuery, match="Recursion depth exceeded allowed limit"):
        parse_filter(piece * 10_000)


def test_a_hundred_levels_are_not_too_deep():
    assert parse_filter("(" * 99 + "a" + ")" * 99) == A


def test_thousands_of_alternatives_are_one_level():
    assert len(parse_filter(" or ".join(["a eq 1"] * 5_000)).operands) == 5_000


@pytest.mark.parametrize(
    ("written", "orderings"),
    [
        ("a", (Ordering(A),)),
        (" a asc , b desc", (Ordering(A), Ordering(B, descending=True))),
        ("a DESC", (Ordering(A, descending=True),)),
        ("desc desc", (Ordering(Path(("desc",)), descending=True),)),
        ("length(a) desc,b/$count", (Ordering(Call("length", (A,)), descending=True), Ordering(Count(B)))),
        ("a ge b asc", (Ordering(Binary("ge", A, B)),)),
    ],
)
def test_an_order_is_a_list_of_expressions_with_directions(written, orderings):
    assert orderings == parse_orderby(written)


@pytest.mark.parametrize("written", ["", "a,", ",a", "a up", "a asc desc", "a desc b"])
def test_an_order_of_another_form_is_refused(written):
    with pytest.raises(InvalidQuery, match=r"^Syntax error at position \d+ in"):
        parse_orderby(written)


RESERVED = ("not", "null", "true", "false", "INF", "NaN")
names = st.from_regex(r"[A-Za-z_][A-Za-z_0-9]{0,8}", fullmatch=True).filter(
    lambda name: name.lower() not in map(str.lower, RESERVED)
)
paths = st.builds(Path, st.lists(names, min_size=1, max_size=3).map(tuple))
literals = st.one_of(
    st.sampled_from([Literal(None, NULL), Literal(True, edm.BOOLEAN), Literal(False, edm.BOOLEAN)]),
    st.builds(Literal, st.text(), st.just(edm.STRING)),
    st.builds(Literal, st.integers(-(2**31), 2**31 - 1), st.just(edm.INT32)),
    st.builds(Literal, st.integers(2**31, 2**63 - 1), st.just(edm.INT64)),
    st.builds(Literal, st.integers().map(lambda i: Decimal(i).scaleb(-2)), st.just(edm.DECIMAL)),
    st.builds(Literal, st.floats(allow_nan=False), st.just(edm.DOUBLE)),
    st.builds(Literal, st.uuids().map(str), st.just(edm.GUID)),
    st.builds(Literal, st.dates().map(str), st.just(edm.DATE)),
    st.builds(Literal, st.datetimes().map(lambda at: f"{at.isoformat()}Z"), st.just(edm.DATE_TIME_OFFSET)),
    st.builds(EnumLiteral, st.builds(".".join, st.lists(names, min_size=2, max_size=2)), st.text()),
)
OPERATORS = ("eq", "ne", "gt", "ge", "lt", "le", "has", "add", "sub", "mul", "div", "divby", "mod")
functions = names.filter(lambda name: name.lower() not in ("any", "all"))


def _larger(trees):
    return st.one_of(
        st.builds(Binary, st.sampled_from(OPERATORS), trees, trees),
        st.builds(Connective, st.sampled_from(["and", "or"]), st.lists(trees, min_size=2, max_size=4).map(tuple)),
        st.builds(Unary, st.sampled_from(["not", "-"]), trees),
        st.builds(In, trees, st.lists(literals, max_size=3).map(tuple)),
        st.builds(Call, functions, st.lists(trees, max_size=3).map(tuple)),
        st.builds(Lambda, paths, st.sampled_from(["any", "all"]), names, trees),
        st.builds(Lambda, paths, st.just("any")),
    )


trees = st.recursive(
    st.one_of(literals, paths, st.builds(Count, paths), st.builds(Alias, names)), _larger, max_leaves=12
)


@given(trees)
def test_a_tree_is_read_as_it_was_written(tree):
    assert tree == parse_filter(unparse(tree))
    assert isinstance(hash(tree), int)


FRAGMENTS = (
    *(
        "a",
        "b/c",
        "'x'",
        "'",
        "''",
        "1",
        "-",
        "1.5",
        "null",
        "true",
        "(",
        ")",
        ",",
        "/",
        ":",
        " ",
        "  ",
        "$count",
        "@p",
    ),
    *(" eq ", " and ", " or ", "not ", " in ", " has ", " add ", "any(", "all(", "contains(", "2031-05-06", "T07:08Z"),
    *("microsoft.graph.x'y'", "$it", "duration'", "é", "[", "\x00", "INF", "PT1S'", " desc"),
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)))
def test_any_text_is_read_or_refused(written):
    for parse in (parse_filter, parse_orderby):
        with suppress(InvalidQuery, NotImplementedByMock):
            parse(written)
