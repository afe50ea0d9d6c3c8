"""What `$filter` selects, and what it refuses before any entity is looked at."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.core.errors import InvalidQuery, NotImplementedByMock
from mockserver.odata.arithmetic import OPERATORS
from mockserver.odata.comparing import KINDS
from mockserver.odata.filter import compile_filter, compile_orderby
from mockserver.odata.syntax import parse_filter
from mockserver.odata.tree import Binary, Call, Connective, In, Lambda, Ordering, Path, Unary

# The tenant is in conftest. Null semantics: OData 4.01 part 2, 5.1.1.1; letter case: R24 and `comparing`.
CONNECTORS = [
    # equality
    ("machineName eq 'dc-01.contoso.com'", ["c1"]),
    ("MachineName eq 'DC-01.contoso.com'", ["c1"]),
    ("'dc-01.contoso.com' eq machineName", ["c1"]),
    ("machineName ne 'dc-01.contoso.com'", ["c2", "c3"]),
    ("machineName eq null", ["c3"]),
    ("null eq machineName", ["c3"]),
    ("machineName ne null", ["c1", "c2"]),
    ("null eq null", ["c1", "c2", "c3"]),
    ("any eq 'x'", ["c1"]),
    ("in eq 1", ["c1"]),
    ("true", ["c1", "c2", "c3"]),
    ("false", []),
    ("id eq machineName", []),
    ("machineName eq tolower(machineName)", ["c1", "c2", "c3"]),
    ("load eq null and in eq null", ["c3"]),
    ("any eq desc", ["c2", "c3"]),
    # order
    ("load gt 0", ["c1"]),
    ("0 lt load", ["c1"]),
    ("load le -7", ["c2"]),
    ("load ge null", []),
    ("load lt memory", ["c2"]),
    ("memory gt 0.5", ["c1"]),
    ("memory ge 5e-1", ["c1", "c2"]),
    ("memory lt INF", ["c1", "c2"]),
    ("memory ne NaN", ["c1", "c2", "c3"]),
    ("load lt 99999999999999999999999999", ["c1", "c2"]),
    ("machineName gt 'E'", ["c2"]),
    ("machineName lt 'E'", ["c1"]),
    # moments
    ("created eq 2031-05-06T09:08:09+02:00", ["c1"]),
    ("created gt 2031-05-06T08:00:00Z", []),
    ("created ge 2031-05-06T08:00:00Z", ["c2"]),
    ("created gt 2031-05-06", ["c1", "c2"]),
    ("date(created) eq 2031-05-06", ["c1", "c2"]),
    ("time(created) lt 08:00", ["c1"]),
    ("time(created) eq start", ["c3"]),
    ("start eq 08:00", ["c1"]),
    ("year(created) eq 2031 and month(created) eq 5 and day(created) eq 6", ["c1", "c2"]),
    ("hour(created) eq 10 and minute(created) eq 0 and second(created) eq 0", ["c2"]),
    ("hour(start) eq 8", ["c1"]),
    # other primitive types
    ("key eq binary'-_8'", ["c1"]),
    # enumerations
    ("status eq 'active'", ["c1", "c3"]),
    ("status eq 'ACTIVE'", ["c1", "c3"]),
    ("status eq microsoft.graph.connectorStatus'inactive'", ["c2"]),
    ("status eq '1'", ["c2"]),
    ("status gt 'active'", ["c2"]),
    ("status in ('inactive')", ["c2"]),
    ("status eq null", []),
    # lists
    ("machineName in ('x','WEB-01.contoso.com')", ["c2"]),
    ("machineName in (null)", ["c3"]),
    ("load in (7,7.5,null)", ["c1", "c3"]),
    ("load in ()", []),
    ("created in (2031-05-06T08:00:00Z)", ["c2"]),
    ("not (load in (7))", ["c2", "c3"]),
    # functions
    ("startswith(machineName,'dc-')", ["c1"]),
    ("StartsWith(machineName,'DC-')", ["c1"]),
    ("endswith(machineName,'.CONTOSO.com')", ["c1", "c2"]),
    ("contains(machineName,'-01.')", ["c1", "c2"]),
    ("startswith(machineName,'dc-') eq true", ["c1"]),
    ("startswith(machineName,'dc-') eq false", ["c2"]),
    ("startswith('dc-01.contoso.com and more',machineName)", ["c1"]),
    ("contains(machineName,null)", []),
    ("length(machineName) eq 17", ["c1"]),
    ("indexof(machineName,'CONTOSO') eq 6", ["c1"]),
    ("indexof(machineName,'nowhere') eq -1", ["c1", "c2"]),
    ("substring(machineName,3,2) eq '01'", ["c1"]),
    ("substring(machineName,-5) eq machineName", ["c1", "c2", "c3"]),
    ("substring(machineName,3,-1) eq ''", ["c1", "c2"]),
    ("toupper(id) eq 'C1'", ["c1"]),
    ("trim(' c1 ') eq id", ["c1"]),
    ("concat(concat(id,'-'),id) eq 'c2-c2'", ["c2"]),
    ("round(memory) eq 1", ["c2"]),
    ("floor(memory) eq 0 or ceiling(memory) eq 2", ["c1", "c2"]),
    ("floor(INF) eq INF", ["c1", "c2", "c3"]),
    # arithmetic
    ("load add 1 eq 8", ["c1"]),
    ("load sub 7 eq 0", ["c1"]),
    ("load mul load eq 49", ["c1", "c2"]),
    ("load div 2 eq 3", ["c1"]),
    ("load div 2 eq -3", ["c2"]),
    ("load divby 2 eq 3.5", ["c1"]),
    ("load mod 4 eq -3", ["c2"]),
    ("memory div 0.5 eq 3 or memory mod 1 eq 0.5", ["c1", "c2"]),
    ("-load eq 7", ["c2"]),
    ("load div 0 eq null", ["c1", "c2", "c3"]),
    ("memory mul 1e308 mul 1e308 eq INF", ["c1", "c2"]),
    ("INF mod load eq null", ["c1", "c2", "c3"]),
    # logic with three values
    ("startswith(machineName,'dc-') and status eq 'active'", ["c1"]),
    ("startswith(machineName,'dc-') or status eq 'inactive'", ["c1", "c2"]),
    ("not startswith(machineName,'dc-')", ["c2"]),
    ("not (startswith(machineName,'dc-') and status eq 'inactive')", ["c1", "c2", "c3"]),
    ("not (startswith(machineName,'dc-') or status eq 'inactive')", []),
    ("not (status eq 'inactive' or startswith(machineName,'dc-'))", []),
    ("not (status eq 'inactive' and startswith(machineName,'dc-'))", ["c1", "c2", "c3"]),
    ("startswith(machineName,'web') or null or status eq 'active' and load gt 0", ["c1", "c2"]),
    ("not null", []),
    ("load gt 0 or load lt 0 or load eq null or false", ["c1", "c2", "c3"]),
    # lambdas
    ("memberOf/any()", ["c1", "c2", "c3"]),
    ("memberOf/any(g: g/name eq 'default')", ["c1", "c2"]),
    ("memberOf/all(g:g/isDefault)", ["c1", "c2"]),
    ("not memberOf/any(g:g/isDefault)", ["c3"]),
    ("memberOf/any(g:g/members/any(m:m/status eq 'inactive'))", ["c1", "c2"]),
    ("memberOf/any(g:g/members/any(m:m/load eq load))", ["c1", "c2", "c3"]),
    ("memberOf/any(g:g/members/any(m:m/load gt load and g/isDefault))", ["c2"]),
    ("memberOf/any(g:startswith(g/name,'plant') and startswith(id,'c'))", ["c3"]),
]
GROUPS = [
    ("members/any(m:m/status eq 'inactive')", ["g1"]),
    ("members/all(m:m/status eq 'active')", ["g2", "g3"]),
    ("members/any()", ["g1", "g2"]),
    ("members/$count eq 0", ["g3"]),
    ("members/$Count gt applications/$count", ["g1"]),
    ("applications/any(a:a/tags/any(t:t eq 'hr'))", ["g2"]),
    ("name eq 'plant o''hara'", ["g2"]),
    ("region eq 'JAPAN'", ["g2"]),
    ("region in ('japan','nam')", ["g1", "g2"]),
    ("region ge 'nam'", ["g1", "g2"]),
    ("region eq null", ["g3"]),
    ("isDefault", ["g1"]),
    ("isDefault eq true", ["g1"]),
    ("isDefault ne true", ["g2", "g3"]),
    ("not isDefault", ["g2"]),
]
APPLICATIONS = [
    ("connectorGroup/name eq 'Plant O''Hara'", ["0A"]),
    ("connectorGroup eq null", ["22"]),
    ("connectorGroup/members/any(m:m/status eq 'active')", ["0A"]),
    ("onPremisesPublishing/externalUrl eq 'https://intranet.contoso.com/'", ["0A"]),
    ("OnPremisesPublishing/ExternalUrl eq null", ["22"]),
    ("onPremisesPublishing ne null", ["0A"]),
    ("onPremisesPublishing/timeout eq duration'PT90S'", ["0A"]),
    ("onPremisesPublishing/timeout eq 'PT90S'", ["0A"]),
    ("onPremisesPublishing/timeout gt duration'PT2M'", []),
    ("onPremisesPublishing/certificate/expires gt 2031-12-31", ["0A"]),
    ("onPremisesPublishing/certificates/any(c:c/expires gt 2031-12-31)", ["0A"]),
    ("onPremisesPublishing/certificates/$count eq 1", ["0A"]),
    ("onPremisesPublishing/protocol has 'udp'", ["0A"]),
    ("onPremisesPublishing/protocol has microsoft.graph.privateNetworkProtocol'tcp,udp'", ["0A"]),
    ("onPremisesPublishing/protocol has '2'", ["0A"]),
    ("onPremisesPublishing/protocol has 'icmp'", []),
    ("onPremisesPublishing/protocol eq 'udp,tcp'", ["0A"]),
    ("onPremisesPublishing/protocol in ('3')", ["0A"]),
    ("tags/any(t:t eq 'web')", ["0A"]),
    ("tags/any(t:startswith(t,'h'))", ["0A"]),
    ("tags/all(t:t eq 'web')", ["22"]),
    ("tags/$count gt 1", ["0A"]),
    ("tags/any(t:t eq displayName)", []),
    ("id eq 0abc4567-89AB-cdef-0123-456789abcdef", ["0A"]),
    ("id eq '0abc4567-89AB-cdef-0123-456789abcdef'", ["0A"]),
    ("id in ('0abc4567-89ab-cdef-0123-456789abcdef')", ["0A"]),
    ("appId eq 11111111-1111-1111-1111-111111111111", ["0A"]),
]
TABLE = [
    *(("connector", *row) for row in CONNECTORS),
    *(("connectorGroup", *row) for row in GROUPS),
    *(("application", *row) for row in APPLICATIONS),
]

BINARY = (
    "Invalid filter clause: A binary operator with incompatible types was detected. "
    "Found operand types '{}' and '{}' for operator kind '{}'."
)
UNARY = (
    "Invalid filter clause: A unary operator with an incompatible type was detected. "
    "Found operand type '{}' for operator kind '{}'."
)

# graph_reference 5.3 and 5.4; the others from the libraries' resource file, as `texts` says.
REFUSALS = [
    ("nothing eq 1", "Could not find a property named 'nothing' on type 'microsoft.graph.connector'."),
    ("@odata eq 1 or nothing", "Could not find a property named 'nothing' on type 'microsoft.graph.connector'."),
    ("memberOf/any(g:g/x)", "Could not find a property named 'x' on type 'microsoft.graph.connectorGroup'."),
    ("memberOf/any(g:name eq 'x')", "Could not find a property named 'name' on type 'microsoft.graph.connector'."),
    ("memberOf/any(g:g/secret eq 'x')", "Could not find a property named 'secret' on type 'microsoft.graph."),
    ("machineName/length eq 1", "Could not find a property named 'length' on type 'Edm.String'."),
    ("memberOf/name eq 'x'", "Invalid filter clause: The parent value for a property access of a property 'name' is "),
    ("machineName eq 5", BINARY.format("Edm.String", "Edm.Int32", "Equal")),
    ("load eq '5'", BINARY.format("Edm.Int32", "Edm.String", "Equal")),
    ("load ge true", BINARY.format("Edm.Int32", "Edm.Boolean", "GreaterThanOrEqual")),
    ("created gt '2031-05-06'", BINARY.format("Edm.DateTimeOffset", "Edm.String", "GreaterThan")),
    ("memberOf eq null", BINARY.format("Collection(microsoft.graph.connectorGroup)", "<null>", "Equal")),
    ("log eq null", BINARY.format("Edm.Stream", "<null>", "Equal")),
    ("status eq machineName", BINARY.format("microsoft.graph.connectorStatus", "Edm.String", "Equal")),
    (
        "status eq microsoft.graph.connectorGroupRegion'nam'",
        BINARY.format("microsoft.graph.connectorStatus", "microsoft.graph.connectorGroupRegion", "Equal"),
    ),
    ("machineName has 'x'", BINARY.format("Edm.String", "Edm.String", "Has")),
    ("status has 1", BINARY.format("microsoft.graph.connectorStatus", "Edm.Int32", "Has")),
    ("machineName add 1 eq 2", BINARY.format("Edm.String", "Edm.Int32", "Add")),
    ("machineName and true", BINARY.format("Edm.String", "Edm.Boolean", "And")),
    ("true or load", BINARY.format("Edm.Boolean", "Edm.Int32", "Or")),
    ("not machineName eq 'x'", UNARY.format("Edm.String", "Not")),
    ("-machineName eq 'x'", UNARY.format("Edm.String", "Negate")),
    ("status eq 'broken'", "The string 'broken' is not a valid enumeration type constant."),
    ("status in ('active','broken')", "The string 'broken' is not a valid enumeration type constant."),
    ("status eq '7'", "The string '7' is not a valid enumeration type constant."),
    ("status eq some.type'x'", "Invalid filter clause: A type named 'some.type' could not be resolved by the model."),
    ("machineName in ('x',1)", "Invalid filter clause: An instance of InNode can only be created where the item types"),
    ("machineName", "The $filter expression must evaluate to a single boolean value."),
    ("null", "The $filter expression must evaluate to a single boolean value."),
    ("memberOf", "The $filter expression must evaluate to a single boolean value."),
    ("load add 1", "The $filter expression must evaluate to a single boolean value."),
    ("frobnicate(load)", "Invalid filter clause: An unknown function with name 'frobnicate' was found."),
    (
        "length(load) eq 1",
        (
            "Invalid filter clause: No function signature for the function with name 'length' matches the specified "
            "arguments. The function signatures considered are: length(Edm.String Nullable=true)."
        ),
    ),
    (
        "Substring(machineName,1.5) eq 'x'",
        (
            "Invalid filter clause: No function signature for the function with name 'substring' matches the specified "
            "arguments. The function signatures considered are: substring(Edm.String Nullable=true, Edm.Int32 Nullable="
            "true); substring(Edm.String Nullable=true, Edm.Int32 Nullable=true, Edm.Int32 Nullable=true)."
        ),
    ),
    ("contains(status,'act')", "Invalid filter clause: No function signature for the function with name 'contains'"),
    ("contains(machineName)", "Invalid filter clause: No function signature for the function with name 'contains'"),
    ("machineName/any()", "Invalid filter clause: Any/All may only be used following a collection."),
    ("machineName/$count eq 1", "Invalid filter clause: The next token in a CountSegmentNode must be a collection."),
    ("memberOf/any(g:g/name)", "Invalid filter clause: The Any/All query expression must evaluate to a single"),
    (
        "memberOf/any(g:g/members/any(g:g/status eq 'active'))",
        "Invalid filter clause: The range variable 'g' has already been declared.",
    ),
    (
        "memberOf/any(a:a/members/any(b:b/memberOf/any(c:c/members/any(d:d/status eq 'active'))))",
        (
            "Invalid filter clause: The limit of '3' for Any/All query has been exceeded. The value from the incoming "
            "request is '4'."
        ),
    ),
]


@pytest.mark.parametrize(("type_name", "text", "expected"), TABLE)
def test_a_filter_selects(ids, type_name, text, expected):
    assert expected == ids(type_name, text)


@pytest.mark.parametrize(("text", "message"), REFUSALS)
def test_what_has_no_meaning_is_refused_without_looking_at_an_entity(model, types, text, message):
    with pytest.raises(InvalidQuery) as refused:
        compile_filter(parse_filter(text), types["connector"], model)

    assert refused.value.message.startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "now() gt created",
        "cast(load,Edm.String) eq '1'",
        "isof(microsoft.graph.connector)",
        "geo.length(load) gt 1",
        "matchesPattern(machineName,'x')",
        "microsoft.graph.connector/load eq 1",
    ],
)
def test_what_odata_knows_and_the_mock_does_not_is_said_to_be_missing(model, types, text):
    with pytest.raises(NotImplementedByMock, match="The mock does not implement"):
        compile_filter(parse_filter(text), types["connector"], model)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("machineName eq 'DC-01.contoso.com'", ["c1"]),
        ("machineName eq 'dc-01.contoso.com'", []),
        ("startswith(machineName,'DC')", ["c1"]),
        ("startswith(machineName,'dc')", []),
        ("machineName in ('WEB-01.contoso.com')", []),
        ("status eq microsoft.graph.connectorStatus'inactive'", ["c2"]),
        ("machineName gt 'a'", ["c2"]),
    ],
)
def test_letter_case_counts_where_it_is_to(ids, text, expected):
    assert expected == ids("connector", text, exact=True)


@pytest.mark.parametrize(
    "text",
    [
        "MachineName eq 'x'",
        "startsWith(machineName,'x')",
        "status eq 'Active'",
        "Memberof/any()",
        "id eq " + "1" * 8,
        "id eq 11111111-1111-1111-1111-111111111111",
        "status eq Microsoft.graph.connectorStatus'active'",
    ],
)
def test_sloppy_spelling_is_refused_where_letter_case_counts(ids, text):
    with pytest.raises(InvalidQuery):
        ids("connector", text, exact=True)


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ({"p": "'web-01.contoso.com'"}, ["c2"]),
        ({"p": " null "}, ["c3"]),
        ({}, ["c3"]),
    ],
)
def test_an_alias_stands_for_its_literal_and_is_null_without_one(ids, aliases, expected):
    assert expected == ids("connector", "machineName eq @p", aliases=aliases)


@pytest.mark.parametrize("text", ["machineName", "@p", "'x'y", "", "concat(id,id)"])
def test_an_alias_that_is_no_literal_is_refused(ids, text):
    with pytest.raises(NotImplementedByMock):
        ids("connector", "machineName eq @p", aliases={"p": text})


def test_thousands_of_alternatives_are_tried(ids):
    text = " or ".join([*(f"id eq 'c{i}'" for i in range(3_000, 6_000)), "id eq 'c2'"])

    assert ids("connector", text) == ["c2"]


def test_a_nested_filter_as_deep_as_allowed_is_evaluated(ids):
    assert ids("connector", "not(" * 48 + "true" + ")" * 48) == ["c1", "c2", "c3"]


def _read(*written):
    return st.sampled_from([parse_filter(text) for text in written])


def _call(names, *arguments):
    return st.builds(Call, st.sampled_from(names), st.tuples(*arguments))


# Well typed for the most part, so that they get past the check and are evaluated.
texts = st.deferred(
    lambda: st.one_of(
        _read("machineName", "any", "desc", "''", "'DC-01.contoso.com'", "null"),
        _call(["tolower", "toupper", "trim"], texts),
        _call(["concat"], texts, texts),
        _call(["substring"], texts, _read("load", "-1", "in", "length(machineName)")),
    )
)
numbers = st.deferred(
    lambda: st.one_of(
        _read("load", "memory", "in", "0", "-7", "0.5", "1e308", "INF", "NaN", "9223372036854775807", "null"),
        _read("memberOf/$count", "year(created)", "second(start)"),
        _call(["round", "floor", "ceiling"], numbers),
        _call(["length"], texts),
        _call(["indexof"], texts, texts),
        st.builds(Unary, st.just("-"), numbers),
        st.builds(Binary, st.sampled_from([*OPERATORS]), numbers, numbers),
    )
)
moments = _read("created", "2031-05-06", "2031-05-06T08:00Z", "date(created)", "null")
constants = _read("status", "'active'", "microsoft.graph.connectorStatus'inactive'", "null")
comparisons = st.sampled_from([word for word in KINDS if word != "has"])
conditions = st.deferred(
    lambda: st.one_of(
        *(st.builds(Binary, comparisons, kind, kind) for kind in (texts, numbers, moments, constants, conditions)),
        st.builds(In, texts, _read("'x'", "null").map(lambda item: (item,))),
        st.builds(Binary, st.just("has"), _read("status"), constants),
        _call(["startswith", "endswith", "contains"], texts, texts),
        st.builds(Connective, st.sampled_from(["and", "or"]), st.tuples(conditions, conditions, conditions)),
        st.builds(Unary, st.just("not"), conditions),
        st.builds(Lambda, st.just(Path(("memberOf",))), st.sampled_from(["any", "all"]), st.just("g"), conditions),
    )
)


@settings(max_examples=300)
@given(expression=conditions)
def test_a_condition_that_is_accepted_never_fails(model, types, tenant, expression):
    with suppress(InvalidQuery):
        matches = compile_filter(expression, types["connector"], model)
        assert {matches(each, tenant) for each in tenant.all("connector").values()} <= {True, False}


@given(expression=st.one_of(texts, numbers, moments, constants, conditions))
def test_an_order_that_is_accepted_never_fails(model, types, tenant, expression):
    with suppress(InvalidQuery):
        sort = compile_orderby((Ordering(expression),), types["connector"], model)
        ordered = sort(tenant.all("connector").values(), tenant)
        assert sorted(each["id"] for each in ordered) == ["c1", "c2", "c3"]
