"""The OData 4.01 ABNF test cases of OASIS, as far as they are about what the mock understands.

The file is not part of this repository. It is looked for where `MOCKSERVER_SHARED` says, else beside the repository.
The cases are about grammar, so those of expressions are held against the grammar alone; those of whole options are
checked against a model, too. What is left out stands in the tables below, with the reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from mockserver.core import edm
from mockserver.core.edm import ComplexType, EntitySet, EntityType, EnumType, Model, Navigation, Property
from mockserver.core.errors import GraphError, InvalidQuery
from mockserver.odata import tree
from mockserver.odata.literals import EnumLiteral, read
from mockserver.odata.query import parse_query
from mockserver.odata.syntax import parse_filter

SHARED = Path(os.environ.get("MOCKSERVER_SHARED", Path(__file__).parents[2].parent / "shared"))
FILE = SHARED / "data" / "odata_abnf_testcases.yaml"

PATTERN = EnumType("Pattern", ("Solid", "Yellow"), flags=True, values=(1, 2))
ADDRESS = ComplexType("Address", (Property("Street"), Property("City"), Property("Country")))
THING = EntityType(
    "Thing",
    (
        *(Property(name) for name in ("Name", "Title", "CompanyName")),
        *(Property(name, edm.INT32) for name in ("Rating", "Quantity")),
        *(Property(name, edm.DOUBLE) for name in ("Price", "Cost", "Revenue")),
        Property("Completed", edm.BOOLEAN),
        Property("ReleaseDate", edm.DATE_TIME_OFFSET),
        Property("style", PATTERN),
        Property("Address", ADDRESS),
        Property("Addresses", ADDRESS, collection=True),
        Property("Sizes", collection=True),
    ),
    (
        *(Navigation(name, "Thing", contained=True) for name in ("Items", "Products")),
        *(Navigation(name, "Thing", collection=False, stored=True) for name in ("Customer", "Product", "Category")),
    ),
)
MODEL = Model(sets=[EntitySet("Things", THING)], types=[THING])


def whole(*kinds, exact=False):
    """The text is one literal of one of these types."""

    def check(text):
        found = read(text, exact=exact)
        if found is None or found[1] != len(text) or getattr(found[0], "type", EnumLiteral) not in kinds:
            raise InvalidQuery(message="not such a literal")

    return check


def decoded(check):
    return lambda text: check(unquote(text))


def an_identifier(text):
    if parse_filter(text) != tree.Path((text,)) or "." in text:
        raise InvalidQuery(message="not an identifier")


def an_expression(text):
    parse_filter(unquote(text))


def options(text):
    # The model has one namespace, and it is not this one.
    parse_query(text.replace("Sales.Pattern", "microsoft.graph.Pattern"), THING, MODEL, collection=True)


INTEGERS, NUMBERS = (edm.INT32, edm.INT64), (edm.INT32, edm.INT64, edm.DECIMAL, edm.DOUBLE)
RULES: dict[str, Callable[[str], object]] = {
    "anyExpr": lambda text: an_expression(f"Products/{text}"),
    "binaryLiteral": whole(edm.BINARY),
    "boolCommonExpr": an_expression,
    "boolcommonExpr": an_expression,
    "boolean": whole(edm.BOOLEAN),
    "booleanValue": whole(edm.BOOLEAN, exact=True),
    "byteValue": whole(*INTEGERS),
    "commonExpr": an_expression,
    "customQueryOption": options,
    "date": whole(edm.DATE),
    "dateTimeOffsetLiteral": decoded(whole(edm.DATE_TIME_OFFSET)),
    "dateTimeOffsetValue": whole(edm.DATE_TIME_OFFSET),
    "dateTimeOffsetValueInUrl": decoded(whole(edm.DATE_TIME_OFFSET)),
    "dateValue": whole(edm.DATE),
    "decimalLiteral": decoded(whole(*NUMBERS)),
    "decimalValue": whole(*NUMBERS),
    "doubleLiteral": decoded(whole(*NUMBERS)),
    "doubleValue": whole(*NUMBERS),
    "durationLiteral": decoded(whole(edm.DURATION, edm.STRING)),
    "durationValue": lambda text: whole(edm.DURATION)(f"duration'{text}'"),
    "enumLiteral": decoded(whole(EnumLiteral, edm.STRING)),
    "expand": options,
    "filter": options,
    "firstMemberExpr": an_expression,
    "guid": whole(edm.GUID),
    "int16Literal": decoded(whole(*INTEGERS)),
    "int16Value": whole(*INTEGERS),
    "int32Literal": decoded(whole(*INTEGERS)),
    "int32Value": whole(*INTEGERS),
    "int64Literal": decoded(whole(*INTEGERS)),
    "int64Value": whole(*INTEGERS),
    "isofExpr": an_expression,
    "notExpr": an_expression,
    "null": an_expression,
    "odataIdentifier": an_identifier,
    "orderBy": options,
    "orderby": options,
    "primitiveLiteral": an_expression,
    "propertyPathExpr": an_expression,
    "queryOptions": options,
    "sbyteLiteral": decoded(whole(*INTEGERS)),
    "sbyteValue": whole(*INTEGERS),
    "select": options,
    "singleLiteral": decoded(whole(*NUMBERS)),
    "singleValue": whole(*NUMBERS),
    "skiptoken": options,
    "stringLiteral": decoded(whole(edm.STRING)),
    "systemQueryOption": options,
    "timeOfDayLiteral": decoded(whole(edm.TIME_OF_DAY)),
    "timeOfDayValue": whole(edm.TIME_OF_DAY),
}

PATHS = "paths have a parser and tests of their own"
HEADERS = "headers are not part of the query language"
GEO = "Graph's connector groups have no positions"
PAYLOAD = "the form of values in bodies, which `derive` checks"
LEFT_OUT = {
    "compute": "$compute is refused by name",
    "context": "context URLs are written, never read",
    "deltatoken": "$deltatoken is refused by name",
    "entitySetName": PATHS,
    "enumValue": PAYLOAD,
    "functionParameter": "the model has no functions with parameters",
    "header": HEADERS,
    "includeAnnotationsPreference": HEADERS,
    "maxpagesizePreference": HEADERS,
    "odataRelativeUri": PATHS,
    "odataUri": PATHS,
    "prefer": HEADERS,
    "preference": HEADERS,
    "primitiveValue": PAYLOAD,
    "request-id": HEADERS,
    "resourcePath": PATHS,
    "search": "$search is refused by name",
    "searchExpr": "$search is refused by name",
    "stringInUrl": "strings in double quotes belong to JSON in expressions, which is refused",
    **dict.fromkeys(
        (
            f"geo{kind}{shape}"
            for kind in ("graphy", "metry")
            for shape in (
                "Collection",
                "LineString",
                "MultiLineString",
                "MultiPoint",
                "MultiPolygon",
                "Point",
                "Polygon",
            )
        ),
        GEO,
    ),
}
"""Rules none of whose cases are tried."""

REFUSED = {
    r"\$(it|this|root)\b": "refused by name",
    r"\[|\{|%5B|%7B": "JSON in expressions is refused",
    r"[=/]@[A-Z]": "annotations are refused: the mock has none",
    r"\$filter\(|^filter .*\$count\(": "collections filtered within a path are refused by name",
    r"geometry'": "geo functions are refused by name",
    r"/(Model\.)?[A-Z]\w+\(": "the model has no functions bound to what a path leads to",
    r"\((Word|Word1|Number|complex)=": "the model has no functions with named parameters",
    r"in \(FirstName\)$": "only a list of literals may stand behind `in`",
    r"^expand .*(/\$ref|/\$count|levels=)": "refused by name",
    r"^expand .*Address(es)?/": "navigations of complex values are refused by name: the model has none",
    r"^expand .*@c=": "aliases belong to the whole query",
    r"^expand .*\$value": "no entity is a stream",
    r"^select .*Address\(": "options within $select are refused; Graph's clients use paths",
    r"^select .*(\w\.\w|AddressWithLocation|PreferredSupplier)": "type casts are refused: no type has another below it",
    r"^select .*ActionName": "operations cannot be selected",
    r"(search|index|compute|schemaversion)=": "the option is refused by name",
    r"format=.*(text/html|xml)": "the mock speaks JSON alone",
    r"^skiptoken ": "the tokens are the mock's own",
}
"""Cases that OData allows and the mock refuses, by what their rule and text contain."""

ALLOWED = {
    "$filter= true": "white space at either end is welcome: Graph's clients send it",
    "Model.Available": "reads as a type cast, which is refused when names are looked up",
}
"""Cases that OData refuses and this grammar allows."""


def _cases():
    if not FILE.exists():
        return []
    # One case has a tab where YAML forbids it.
    found = yaml.load(FILE.read_text().replace("\t", " "), Loader=yaml.BaseLoader)["TestCases"]
    return [(case["Rule"], case["Input"], "FailAt" not in case) for case in found]


def _reason(rule, text, legal):
    if not legal:
        return ALLOWED.get(text)
    return next((reason for pattern, reason in REFUSED.items() if re.search(pattern, f"{rule} {text}")), None)


CASES = _cases()
TRIED = [case for case in CASES if case[0] in RULES]

pytestmark = pytest.mark.skipif(not CASES, reason=f"the ABNF test cases of OASIS are not at {FILE.name}")


@pytest.mark.parametrize(("rule", "text"), [case[:2] for case in TRIED if case[2] and not _reason(*case)])
def test_what_odata_allows_is_understood(rule, text):
    RULES[rule](text)


@pytest.mark.parametrize(("rule", "text"), [case[:2] for case in TRIED if not case[2] and not _reason(*case)])
def test_what_odata_refuses_is_refused(rule, text):
    with pytest.raises(GraphError):
        RULES[rule](text)


@pytest.mark.parametrize(("rule", "text"), [case[:2] for case in TRIED if case[2] and _reason(*case)])
def test_what_is_listed_as_refused_is_refused(rule, text):
    with pytest.raises(GraphError):
        RULES[rule](text)


@pytest.mark.parametrize(("rule", "text"), [case[:2] for case in TRIED if not case[2] and _reason(*case)])
def test_what_is_listed_as_allowed_is_understood(rule, text):
    RULES[rule](text)


def test_every_rule_is_tried_or_left_out_for_a_reason():
    assert {case[0] for case in CASES} == {*RULES, *LEFT_OUT}


def test_no_reason_is_out_of_date():
    used = {_reason(*case) for case in TRIED} - {None}

    assert used == {*REFUSED.values(), *ALLOWED.values()}
