"""Advanced queries: what the directory asks its header for, and what the other lists do without."""

from __future__ import annotations

import pytest
from tenants import tenant

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
from mockserver.model import MODEL
from mockserver.odata.advanced import admitted, operators_of
from mockserver.odata.path import parse_path
from mockserver.odata.query import encode_skiptoken, parse_query
from mockserver.odata.syntax import parse_filter

STRICT, LENIENT = tenant(), tenant(U16="allowed")
SEARCH = '$search="displayName:a"'
MORE = f"$skiptoken={encode_skiptoken(1)}"
PROXY_LIST = "onPremisesPublishingProfiles/applicationProxy/connectorGroups/g/applications"


def admit(path, text, level="", at=STRICT, **options):
    """The query as it is carried out."""
    resource = parse_path(path, MODEL)
    return admitted(parse_query(text, resource.type, MODEL, collection=True), resource, at, level, **options)


def outcome(*arguments, **options):
    """The kind of refusal, or None."""
    try:
        admit(*arguments, **options)
    except GraphError as refused:
        return type(refused)
    return None


DEFAULT = [
    "",
    "$top=5&$skip=1&$select=id",
    "$orderby=displayName",
    # what tools send without the header (graph_reference 4.4)
    "$filter=appId eq '7'",
    "$filter=tags/any(t:t eq 'X')&$top=5",
    "$filter=startswith(displayName,'x')",
    "$filter=tags/Any(x: x eq 'a') or tags/Any(x: x eq 'b')",
    # aad-advanced-queries.md: `in` goes wherever `eq` does
    "$filter=displayName in ('a','b') and id ge '1'",
    "$filter=displayName eq 'not ne endswith(contains)'",
]
"""Queries that need no header."""

ADVANCED = [
    # aad-advanced-queries.md, the table of scenarios
    ("$filter=displayName ne null", FilterOperatorUnsupported),
    ("$filter=NOT startsWith(displayName, 'Conf')", AdvancedOnly),
    ("$filter=endsWith(displayName,'x')", OperatorNeedsParameters),
    ("$filter=tags/$count eq 0", AdvancedOnly),
    ("$filter=tags/any(p:endsWith(p,'x'))", OperatorNeedsParameters),
    ("$filter=startswith(displayName,'Box')&$orderby=displayName", SortingUnsupported),
    # and wherever they stand
    ("$filter=id eq '1' and (id eq '2' or id ne '3')", FilterOperatorUnsupported),
    ("$filter=startswith(tolower(displayName),'a') eq (id ne 'x')", FilterOperatorUnsupported),
    ("$filter=not (id in ('a','b'))", AdvancedOnly),
]
"""Queries that need the header and a count."""


class TestOperators:
    @pytest.mark.parametrize(
        ("text", "operators"),
        [
            ("a eq 1", {"eq", ""}),
            ("not (a ne -b)", {"not", "ne", "-", ""}),
            ("x/any(y:y eq 'a') or EndsWith(a,'b')", {"or", "any", "eq", "endswith", ""}),
            ("x/any()", {"any"}),
            ("x/$count gt 1 add 2", {"gt", "add", "$count", ""}),
            ("a in ('ne')", {"in", ""}),
            ("@p", {""}),
        ],
    )
    def test_an_expression_uses(self, text, operators):
        assert operators == operators_of(parse_filter(text))


class TestLists:
    @pytest.mark.parametrize("text", DEFAULT)
    @pytest.mark.parametrize("level", ["", "session", "eventual"])
    def test_usual_queries_need_no_header(self, text, level):
        assert outcome("applications", text, level) is None

    @pytest.mark.parametrize(("text", "refusal"), ADVANCED)
    @pytest.mark.parametrize(
        ("level", "count"),
        [("", ""), ("", "&$count=true"), ("eventual", ""), ("eventual", "&$count=false"), ("session", "&$count=true")],
    )
    def test_advanced_queries_need_the_header_and_a_count(self, text, refusal, level, count):
        assert outcome("applications", text + count, level) is refusal

    @pytest.mark.parametrize("text", [text for text, _ in ADVANCED])
    @pytest.mark.parametrize("level", ["eventual", "Eventual", " eventual "])
    def test_with_both_they_are_carried_out(self, text, level):
        assert outcome("applications", f"{text}&$count=true", level) is None

    @pytest.mark.parametrize("text", [text for text, _ in ADVANCED])
    def test_a_search_is_an_advanced_query_by_itself(self, text):
        assert outcome("applications", f"{text}&{SEARCH}", "eventual") is None

    @pytest.mark.parametrize(
        ("level", "refusal"), [("", SearchNeedsHeader), ("x", SearchNeedsHeader), ("eventual", None)]
    )
    def test_a_search_needs_the_header_alone(self, level, refusal):
        assert outcome("users", SEARCH, level) is refusal

    @pytest.mark.parametrize(
        "text", ["contains(displayName,'a')", "tags/any(t:CONTAINS(t,'a'))", "not contains(id,'a')"]
    )
    @pytest.mark.parametrize("level", ["", "eventual"])
    def test_contains_is_not_supported_at_all(self, text, level):
        """microsoft-graph-docs issues 14451, 15837, 22317."""
        assert outcome("applications", f"$filter={text}&$count=true", level) is FilterOperatorUnsupported

    @pytest.mark.parametrize(
        ("text", "level", "count"),
        [
            ("$count=true", "", False),
            ("$count=true", "eventual", True),
            ("$count=false", "eventual", False),
            (f"$count=true&{MORE}", "eventual", False),
            (f"$count=true&{MORE}", "", False),
        ],
    )
    def test_the_directory_counts_with_the_header_on_the_first_page(self, text, level, count):
        """aad-advanced-queries.md, query-parameters.md."""
        assert admit("groups", text, level).count is count

    def test_a_query_that_stays_as_it_is_stays_the_same(self):
        query = parse_query("$top=5", MODEL.type("user"), MODEL, collection=True)

        assert admitted(query, parse_path("users", MODEL), STRICT, "") is query


class TestCounts:
    @pytest.mark.parametrize("path", ["users", "groups/g/members", "servicePrincipals/s/appRoleAssignedTo"])
    def test_counting_needs_the_header(self, path):
        assert outcome(path, "", counting=True) is CountUnsupported
        assert outcome(path, "", "eventual", counting=True) is None

    @pytest.mark.parametrize("text", [text for text, _ in ADVANCED])
    def test_counting_is_an_advanced_query_by_itself(self, text):
        assert outcome("applications", text, "eventual", counting=True) is None


class TestWhoseRules:
    @pytest.mark.parametrize("path", ["users", "groups", "applications", "servicePrincipals", "users/u/memberOf"])
    def test_they_are_those_of_the_directory(self, path):
        assert outcome(path, "$filter=id ne 'x'") is FilterOperatorUnsupported

    @pytest.mark.parametrize("path", [PROXY_LIST, "applicationTemplates"])
    @pytest.mark.parametrize("text", ["$filter=contains(id,'x')", "$filter=id ne 'x'&$orderby=id&$count=true"])
    def test_neither_the_proxy_nor_the_gallery_has_them(self, path, text):
        """U-16; applicationtemplate-list.md: `$filter=contains(displayName, 'salesf')`."""
        assert admit(path, text).count is ("$count" in text)
        assert outcome(path, text, counting=True) is None

    def test_the_proxy_searches_nothing(self):
        assert outcome(PROXY_LIST, SEARCH, "eventual") is NotImplementedByMock


class TestLeniency:
    """U16 = allowed."""

    @pytest.mark.parametrize("text", [SEARCH, "$filter=contains(id,'x')", *(text for text, _ in ADVANCED)])
    def test_nothing_needs_a_header(self, text):
        assert outcome("applications", text, at=LENIENT) is None

    @pytest.mark.parametrize(("text", "count"), [("$count=true", True), (f"$count=true&{MORE}", False)])
    def test_counting_needs_none_either(self, text, count):
        assert outcome("users", "", at=LENIENT, counting=True) is None
        assert admit("users", text, at=LENIENT).count is count
