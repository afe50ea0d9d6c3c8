"""`$search`: how it reads, what it finds, and what it is refused for."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenants import entity

from mockserver.core.errors import GraphError, InvalidQuery, NotImplementedByMock
from mockserver.model import MODEL
from mockserver.odata.query import parse_query
from mockserver.odata.search import Clause, Joined, compile_search, parse_search, tokens_of

A, B, C = (Clause("displayName", letter) for letter in "abc")
NOT_SEARCHABLE = (
    "The property 'accountEnabled' of type 'microsoft.graph.user' cannot be searched: it is not a single Edm.String."
)


def text_of(tree):
    """The text that reads as this tree."""
    if isinstance(tree, Clause):
        escaped = f"{tree.property}:{tree.text}".replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f" {tree.operator} ".join(f"({text_of(each)})" for each in tree.parts)


def finds(text, type_name="user", **values):
    """Whether an entity of these values fits the search."""
    matches = compile_search(parse_search(text), MODEL.type(type_name))
    return matches(entity(type_name, id="x", **values), None)


def refusal(text, type_name="user"):
    """What is said of a search that is refused."""
    with pytest.raises(InvalidQuery) as refused:
        compile_search(parse_search(text), MODEL.type(type_name))
    return refused.value.message


INDEXED = {name for name, kind in MODEL.entity_types.items() if kind.searchable}


class TestReading:
    @pytest.mark.parametrize(
        ("text", "tree"),
        [
            ('"displayName:a"', A),
            ('  "displayName:a"  ', A),
            ('("displayName:a")', A),
            ('(( "displayName:a" ))', A),
            ('"displayName:a" AND "displayName:b"', Joined("AND", (A, B))),
            ('"displayName:a" OR "displayName:b" OR "displayName:c"', Joined("OR", (A, B, C))),
            ('"displayName:a"OR("displayName:b")', Joined("OR", (A, B))),
            ('"displayName:a" OR "displayName:b" AND "displayName:c"', Joined("OR", (A, Joined("AND", (B, C))))),
            ('("displayName:a" OR "displayName:b") AND "displayName:c"', Joined("AND", (Joined("OR", (A, B)), C))),
            # msgraph-metadata issue 185: `-Search "Id: <id>"`
            ('"Id: 7"', Clause("Id", "7")),
            ('"mail:a:b"', Clause("mail", "a:b")),
            # search-query-parameter.md: double quotes and backslashes are escaped with a backslash
            (r'"displayName:\"a\" \\ b"', Clause("displayName", r'"a" \ b')),
            ('"displayName:AND (OR)"', Clause("displayName", "AND (OR)")),
        ],
    )
    def test_a_text_reads_as(self, text, tree):
        assert tree == parse_search(text)

    @given(
        st.recursive(
            st.builds(
                Clause, st.sampled_from(("displayName", "mail")), st.text(min_size=1).filter(lambda t: t.strip() == t)
            ),
            lambda inner: st.builds(
                Joined, st.sampled_from(("AND", "OR")), st.lists(inner, min_size=2, max_size=3).map(tuple)
            ),
            max_leaves=8,
        )
    )
    def test_what_is_written_reads_as_the_same_tree(self, tree):
        assert tree == parse_search(text_of(tree))

    def test_a_tree_is_a_value(self):
        text = '("displayName:a" OR "displayName:b") AND "displayName:c"'

        assert len({parse_search(text), parse_search(text)}) == 1

    def test_a_thousand_clauses_are_not_a_thousand_levels_deep(self):
        assert finds(" AND ".join(['"displayName:a"'] * 1000), displayName="Ada")

    def test_a_hundred_levels_deep_is_carried_out(self):
        text = '"displayName:a"'
        for operator in ("AND", "OR") * 50:
            text = f'("displayName:a" {operator} {text})'

        assert finds(text, displayName="Ada")
        assert hash(parse_search(text))


class TestWords:
    @pytest.mark.parametrize(
        ("value", "tokens"),
        [
            # search-query-parameter.md
            ("hello world", {"hello", "world"}),
            ("HelloWorld", {"hello", "world"}),
            ("helloWORLD", {"hello", "world"}),
            ("hello.world", {"hello", ".", "world", "helloworld"}),
            ("hello123world", {"hello", "123", "world"}),
            ("HELLOworld", {"helloworld"}),
            ("HelloWORld", {"hello", "world"}),
            # and by the same rules
            ("", set()),
            ("--", {"-"}),
            ("a_b", {"a", "_", "b", "ab"}),
            ("El-Amin, Fatima", {"el", "-", "amin", "elamin", ",", "fatima"}),
            ("Zoë", {"zoë"}),
        ],
    )
    def test_a_value_is_found_by(self, value, tokens):
        assert tokens == tokens_of(value)

    @given(st.text())
    def test_no_value_is_found_by_nothing(self, value):
        assert "" not in tokens_of(value)

    @given(st.text(min_size=1).filter(lambda text: text.strip() == text))
    def test_every_value_is_found_by_itself(self, value):
        assert finds(text_of(Clause("displayName", value)), displayName=value)


class TestFinding:
    @pytest.mark.parametrize("text", ["李四(David Li)", "李四", "David", "Li", "David)", "(李四", "Li 李"])
    def test_words_are_found_in_any_order(self, text):
        """search-query-parameter.md: what `李四(David Li)` is found by."""
        assert finds(f'"displayName:{text}"', displayName="李四(David Li)")

    @pytest.mark.parametrize(
        ("text", "value", "found"),
        [
            # search-query-parameter.md
            ("Guthr", "Ben Guthrie", True),
            ("OneVideo", "Video Number One", True),
            ("OneVideo", "One Drive", False),
            ("helloworld", "hello-world", True),
            ("helloworld", "hello.world", True),
            # microsoft-graph-docs issue 10338: no "contains"
            ("rya", "Ryan Weaver", True),
            ("yan", "Ryan Weaver", False),
            ("WEAVER", "ryan weaver", True),
            ("ryan", None, False),
        ],
    )
    @pytest.mark.parametrize("name", ["displayName", "description"])
    def test_words_begin_with_what_is_searched(self, text, value, found, name):
        assert found == finds(f'"{name}:{text}"', "group", **{name: value})

    @pytest.mark.parametrize(
        ("text", "value", "found"),
        [
            ("onevideo", "OneVideo@contoso.com", True),
            ("video", "one video", False),
            ("one v", "One Video", True),
            ("one", None, False),
        ],
    )
    def test_any_other_string_begins_with_what_is_searched(self, text, value, found):
        """search-query-parameter.md: other fields default to `startswith`."""
        assert found == finds(f'"mail:{text}"', mail=value)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ('"displayName:ada" AND "mail:x"', False),
            ('"displayName:ada" OR "mail:x"', True),
            ('"displayName:ada" AND ("mail:x" OR "mail:ada")', True),
            ('"mail:x" AND "mail:x" OR "displayName:ada"', True),
            ('"mail:x" AND ("mail:x" OR "displayName:ada")', False),
        ],
    )
    def test_clauses_are_joined(self, text, found):
        assert found == finds(text, displayName="Ada", mail="ada@contoso.com")

    def test_a_property_is_named_in_any_letter_case(self):
        assert finds('"DISPLAYNAME:ada"', displayName="Ada")

    def test_a_property_is_named_exactly_where_names_are_exact(self):
        with pytest.raises(InvalidQuery):
            compile_search(parse_search('"displayname:ada"'), MODEL.type("user"), exact=True)


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            # msgraph-sdk-javascript issue 525, msgraph-sdk-powershell issue 402
            ("displayName:aname", "Syntax error: character ':' is not valid at position 11 in 'displayName:aname'."),
            ("Backup Config 0", "Syntax error: character '0' is not valid at position 14 in 'Backup Config 0'."),
            ("ada", "Syntax error at position 0 in 'ada'."),
            ("()", "Syntax error at position 1 in '()'."),
            ('"mail:a" and "mail:b"', 'Syntax error at position 9 in \'"mail:a" and "mail:b"\'.'),
            ('"mail:a" "mail:b"', 'Syntax error at position 9 in \'"mail:a" "mail:b"\'.'),
            ('"mail:a" AND', "Syntax error at position 12 in '\"mail:a\" AND'."),
            ('NOT "mail:a"', "Syntax error at position 0 in 'NOT \"mail:a\"'."),
            ('("mail:a"', "Syntax error at position 9 in '(\"mail:a\"'."),
            ('"mail:a")', "Syntax error at position 8 in '\"mail:a\")'."),
            ('"mail:a', "There is an unterminated string literal at position 7 in '\"mail:a'."),
            ('"ada"', "A clause of $search is written \"property:text\"; 'ada' is not."),
            ('"mail:"', "A clause of $search is written \"property:text\"; 'mail:' is not."),
            ('":ada"', "A clause of $search is written \"property:text\"; ':ada' is not."),
            ('"a/b:c"', "A clause of $search is written \"property:text\"; 'a/b:c' is not."),
            ("(" * 101 + '"mail:a"' + ")" * 101, "Recursion depth exceeded allowed limit."),
            ('"x:a"', "Could not find a property named 'x' on type 'microsoft.graph.user'."),
            ('"accountEnabled:true"', NOT_SEARCHABLE),
        ],
    )
    def test_a_search_is_refused_with(self, text, message):
        assert message == refusal(text)

    def test_a_collection_cannot_be_searched(self):
        assert "'tags'" in refusal('"tags:a"', "application")


class TestQueries:
    @pytest.mark.parametrize("type_name", sorted(INDEXED))
    @pytest.mark.parametrize("written", ["$search", "$SEARCH", "search"])
    def test_objects_of_the_directory_are_searched(self, type_name, written):
        query = parse_query(f'{written}="id:a"', MODEL.type(type_name), MODEL, collection=True)

        assert query.search.tree == Clause("id", "a")
        assert hash(query)

    @pytest.mark.parametrize("type_name", sorted(set(MODEL.entity_types) - INDEXED))
    @pytest.mark.parametrize("text", ['$search="id:a"', "$search=", "$search"])
    def test_nothing_else_is(self, type_name, text):
        with pytest.raises(NotImplementedByMock):
            parse_query(text, MODEL.type(type_name), MODEL, collection=True)

    @pytest.mark.parametrize("path", ["memberOf", "appRoleAssignments"])
    def test_nothing_is_searched_inside_an_expand(self, path):
        with pytest.raises(NotImplementedByMock):
            parse_query(f'$expand={path}($search="id:a")', MODEL.type("user"), MODEL, collection=True)

    @pytest.mark.parametrize(("text", "collection"), [("$search=", True), ('$search="id:a"', False)])
    def test_it_is_refused_as_any_option_is(self, text, collection):
        with pytest.raises(InvalidQuery):
            parse_query(text, MODEL.type("user"), MODEL, collection=collection)

    @given(
        st.one_of(
            st.text(),
            st.lists(
                st.sampled_from(['"', "\\", "(", ")", " AND ", " OR ", "displayName", ":", '"mail:a"', "a", "$it", "'"])
            ).map("".join),
        )
    )
    def test_whatever_is_searched_nothing_but_a_refusal_is_raised(self, text):
        with suppress(GraphError):
            query = parse_query(f"$search={quote(text)}", MODEL.type("user"), MODEL, collection=True)
            query.search.matches(entity("user", id="x", displayName="Ada", mail=None), None)
