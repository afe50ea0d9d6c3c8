"""Query options: what a query string asks for, and what it is refused for."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.core.errors import InvalidQuery, NotImplementedByMock
from mockserver.odata.query import Query, encode_skiptoken, parse_query
from mockserver.odata.tree import Call, Ordering, Path

SINGLE = (
    "The requested resource is not a collection. "
    "Query options $filter, $orderby, $count, $skip, and $top can be applied only on collections."
)
NOT_A_NUMBER = (
    "Invalid value '{}' for {} query option found. The {} query option requires a non-negative integer value."
)
UNKNOWN = "Could not find a property named '{}' on type 'microsoft.graph.connectorGroup'."
NOT_A_NAVIGATION = (
    "Property 'name' on type 'microsoft.graph.connectorGroup' is not a navigation property or complex property. "
    "Only navigation properties can be expanded."
)
TERM = "Term '{}' is not valid in a $select or $expand expression."
NO_OPTIONS = (
    "Missing expand option on navigation property 'members'. If a parenthesis expression follows an expanded "
    "navigation property, then at least one expand option must be provided."
)
LIMIT = "The limit of '3' for Expand query has been exceeded. The value from the incoming request is '4'."
IN_SELECT = "Parsing OData Select and Expand failed: "
OTHER_PATH = (
    "Found a path with multiple navigation properties or a bad complex property path in a select clause. Please reword "
    "your query such that each level of select or expand only contains either TypeSegments or Properties."
)


@pytest.fixture
def parse(model, types):
    """The query for a list of connector groups, or of what `type_name` says."""

    def parsed(text, type_name="connectorGroup", *, collection=True, **options):
        return parse_query(text, types[type_name], model, collection=collection, **options)

    return parsed


@pytest.fixture
def refusal(parse):
    """What is said of a query that is refused."""

    def message(text, *arguments, **options):
        with pytest.raises(InvalidQuery) as refused:
            parse(text, *arguments, **options)
        return refused.value.message

    return message


# R25, R26, graph_reference 0.1 and 5.8; clients.md: Kiota writes %24, EntraPS $Filter.
@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("&&", Query()),
        ("$top=2&$skip=10", Query(top=2, skip=10)),
        ("$Top=100000", Query(top=100_000)),
        ("%24top=2&%24SKIP=3", Query(top=2, skip=3)),
        ("top=2&count=TRUE", Query(top=2, count=True)),
        ("$top=0", Query(top=0)),
        ("$top=" + "9" * 5_000, Query(top=sys.maxsize)),
        ("$skip=1000000000000000000000000000000", Query(skip=sys.maxsize)),
        ("$count=False", Query()),
        ("$format=json", Query()),
        ("$format=application/json;odata.metadata=minimal", Query()),
        ("$select=Name,id,name", Query(select=(("name",), ("id",)))),
        ("$select=*", Query(select=(("*",),))),
        ("$select= name , members ", Query(select=(("name",), ("members",)))),
        (f"$skiptoken={encode_skiptoken(40)}", Query(skiptoken=40)),
        ("api-version=1&X=a%26b+c&X=2", Query(custom=(("api-version", "1"), ("X", "a&b c"), ("X", "2")))),
        ("%40id=https://h/beta/x", Query(custom=(("@id", "https://h/beta/x"),))),
        ("$ID=https://h/beta/x", Query(custom=(("$id", "https://h/beta/x"),))),
        ("id=1", Query(custom=(("id", "1"),))),
        ("flag", Query(custom=(("flag", ""),))),
    ],
)
def test_a_query_string_asks_for(parse, text, query):
    assert query == parse(text)


def test_a_filter_keeps_its_tree_and_can_be_asked(parse, tenant):
    found = parse("$Filter=startswith(name,'Plant+O%27%27H')").filter

    assert found.expression.name == "startswith"
    assert [each["id"] for each in tenant.all("connectorGroup").values() if found.matches(each, tenant)] == ["g2"]


def test_an_order_keeps_its_items_and_can_sort(parse, tenant):
    found = parse("$orderby=length(name)%20desc").orderby

    assert (Ordering(Call("length", (Path(("name",)),)), descending=True),) == found.orderings
    assert [each["id"] for each in found.sort(tenant.all("connectorGroup").values(), tenant)] == ["g2", "g1", "g3"]


def test_an_alias_is_put_into_the_filter_and_stays_with_the_request(parse, tenant):
    query = parse("$filter=name eq @n&@n='empty'")

    assert query.custom == (("@n", "'empty'"),)
    assert [each["id"] for each in tenant.all("connectorGroup").values() if query.filter.matches(each, tenant)] == [
        "g3"
    ]


def test_a_query_is_remembered(parse):
    assert parse("$filter=isDefault") is parse("$filter=isDefault")


def test_what_is_open_may_be_selected_by_any_name(parse):
    assert parse("$select=displayname,onpremisespublishing/externalurl,extension_1", "application").select == (
        ("displayName",),
        ("onPremisesPublishing", "externalUrl"),
        ("extension_1",),
    )


NESTED = (
    "$expand=members($select=id;$filter=any eq 'a;b,c)''(';$orderby=id desc;$top=1;$skip=2;$count=true),applications"
)


def test_options_in_parentheses_belong_to_the_navigation(parse):
    members, applications = parse(NESTED).expand

    assert [members.navigation.name, applications.navigation.name] == ["members", "applications"]
    assert members.query.filter.expression.right.value == "a;b,c)'("
    assert (
        members.query.select,
        members.query.top,
        members.query.skip,
        members.query.count,
    ) == ((("id",),), 1, 2, True)
    assert Query() == applications.query


def test_expansions_may_be_nested(parse):
    (members,) = parse("expand=members(expand=memberof($Expand=applications(select=appId)))").expand
    (member_of,) = members.query.expand
    (applications,) = member_of.query.expand

    assert applications.query.select == (("appId",),)


def test_a_star_expands_every_navigation(parse):
    assert [each.navigation.name for each in parse("$expand=*").expand] == ["members", "applications"]


def test_one_entity_may_be_shaped(parse):
    query = parse("$select=id&$expand=members($top=1)", collection=False)

    assert (query.select, query.expand[0].query.top) == ((("id",),), 1)


# graph_reference 5.3 and 5.4; the rest by the libraries' resource file, as `texts` says.
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("$top=-1", NOT_A_NUMBER.format("-1", "$top", "$top")),
        ("$top=abc", NOT_A_NUMBER.format("abc", "$top", "$top")),
        ("top=1.5", NOT_A_NUMBER.format("1.5", "$top", "$top")),
        ("$top=%D9%A3", NOT_A_NUMBER.format("٣", "$top", "$top")),
        ("$skip=+1", NOT_A_NUMBER.format(" 1", "$skip", "$skip")),
        ("$count=yes", "'yes' is not a valid count option."),
        ("$filter=", "The value for OData query '$filter' cannot be empty."),
        ("$select=+", "The value for OData query '$select' cannot be empty."),
        ("$count", "The value for OData query '$count' cannot be empty."),
        ("$foo=1", "Custom query option '$foo' that starts with '$' is not supported."),
        ("$filter =true", "Custom query option '$filter ' that starts with '$' is not supported."),
        ("$top=1&top=2", "Query option '$top' was specified more than once, but it must be specified at most once."),
        ("@a=1&@a=2", "Query option '@a' was specified more than once, but it must be specified at most once."),
        ("$format=xml", "None of the supported media types, application/json among them, matches 'xml' in $format."),
        ("$top=%FF", "The query option '$top' is not percent-encoded UTF-8."),
        ("$filter=nope eq 1", UNKNOWN.format("nope")),
        ("$filter=name eq", "Invalid filter clause: Syntax error at position 7 in 'name eq'."),
        ("$orderby=nope", UNKNOWN.format("nope")),
        (
            "$skiptoken=abc",
            "Unable to parse the skiptoken value 'abc'. Skiptoken value should always be server generated.",
        ),
    ],
)
def test_an_option_that_cannot_be_understood_is_refused(refusal, text, message):
    assert message == refusal(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("$select=nope", UNKNOWN.format("nope")),
        ("$select=secret", UNKNOWN.format("secret")),
        ("$select=name,", TERM.format("")),
        ("$select=name eq", TERM.format("name eq")),
        ("$select=(name", TERM.format("(name")),
        ("$select=name)", TERM.format("name)")),
        ("$select='name", TERM.format("'name")),
        ("$select=members/id", OTHER_PATH),
        ("$select=name/x", OTHER_PATH),
        ("$expand=nope", UNKNOWN.format("nope")),
        ("$expand=name", NOT_A_NAVIGATION),
        ("$expand=members,Members", "The navigation property 'members' is expanded more than once."),
        ("$expand=members(", TERM.format("members(")),
        ("$expand=members(x=1)", TERM.format("x")),
        ("$expand=members(@c=1)", TERM.format("@c")),
        ("$expand=members x", TERM.format("members x")),
        ("$expand=members( )", NO_OPTIONS),
    ],
)
def test_a_selection_that_cannot_be_understood_is_refused(refusal, text, message):
    assert refusal(text) == IN_SELECT + message


def test_an_unknown_name_in_a_complex_value_is_refused_although_the_entity_is_open(refusal):
    message = "Could not find a property named 'nope' on type 'microsoft.graph.onPremisesPublishing'."

    assert refusal("$select=onPremisesPublishing/nope", "application") == IN_SELECT + message


def test_expansions_nested_too_deep_are_refused(refusal):
    text = "$expand=members($expand=memberOf($expand=members($expand=memberOf)))"

    assert refusal(text) == LIMIT


@pytest.mark.parametrize("piece", ["members($expand=", "(", "members(", "'", "members,"])
@pytest.mark.parametrize("option", ["$expand", "$select"])
def test_no_query_is_too_long_to_be_refused(refusal, option, piece):
    assert refusal(f"{option}={piece * 10_001}")


@pytest.mark.parametrize("option", ["$filter=true", "$orderby=id", "$count=true", "$skip=1", "$top=1", "$skiptoken=x"])
def test_options_of_collections_are_refused_for_one_entity(refusal, option):
    assert refusal(option, collection=False) == SINGLE


def test_options_of_collections_are_refused_for_a_navigation_to_one(refusal):
    assert refusal("$expand=connectorGroup($top=1)", "application") == SINGLE


@pytest.mark.parametrize(
    "text",
    [
        "$search=x",
        "search=x",
        "$apply=x",
        "$Compute=x",
        "$schemaversion=1",
        "$deltatoken=x",
        "$index=1",
        "$levels=2",
        "$expand=members($levels=2)",
        "$expand=members($search=x)",
        "$expand=members/$ref",
        "$expand=members/$count",
        "$expand=*/$ref",
        "$expand=*($levels=2)",
        "$expand=members/x.y",
        "$filter=$it/name eq 'x'",
    ],
)
def test_what_the_service_knows_and_the_mock_does_not_is_said_to_be_missing(parse, text):
    with pytest.raises(NotImplementedByMock):
        parse(text)


@pytest.mark.parametrize("text", ["$Top=1", "$select=Name", "$expand=Members", "$filter=Name eq 'x'", "$count=TRUE"])
def test_sloppy_spelling_is_refused_where_letter_case_counts(refusal, text):
    assert refusal(text, exact=True)


def test_without_a_dollar_a_name_is_the_callers_own_where_the_dollar_is_needed(parse):
    assert Query(custom=(("top", "1"), ("top", "2"))) == parse("top=1&top=2", dollarless=False)


ODD = ("$filter", "filter", "$select", "$expand", "$top", "=", "&", "(", ")", ";", ",", "'", "%27", "%", "+", "/", "*")
NAMES = (
    "members",
    "name",
    "id",
    "eq",
    " ",
    "memberOf",
    "$levels",
    "$orderby=",
    "$count=true",
    "$skiptoken=",
    "@a",
    "0",
)


@settings(max_examples=300)
@given(text=st.one_of(st.text(), st.lists(st.sampled_from(ODD + NAMES), max_size=12).map("".join)))
def test_any_query_string_is_understood_or_refused(model, types, text):
    for collection in (True, False):
        with suppress(InvalidQuery, NotImplementedByMock):
            parse_query(text, types["connectorGroup"], model, collection=collection)
