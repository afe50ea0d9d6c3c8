"""Literals: what they are read as, and that what is written is read again."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.core import edm
from mockserver.core.errors import InvalidQuery
from mockserver.odata.literals import NULL, EnumLiteral, Literal, read, write

# OData 4.01 ABNF, section 7, and clients.md section 4.
LITERALS = [
    ("null", None, NULL),
    ("True", True, edm.BOOLEAN),
    ("FALSE", False, edm.BOOLEAN),
    ("''", "", edm.STRING),
    ("'O''Neil'", "O'Neil", edm.STRING),
    ("'a,b;(c)'", "a,b;(c)", edm.STRING),
    ("0", 0, edm.INT32),
    ("-2147483648", -(2**31), edm.INT32),
    ("2147483648", 2**31, edm.INT64),
    ("9223372036854775808", Decimal(2**63), edm.DECIMAL),
    ("+42", 42, edm.INT32),
    ("3.14", Decimal("3.14"), edm.DECIMAL),
    ("-0.314e1", -3.14, edm.DOUBLE),
    ("1E2", 100.0, edm.DOUBLE),
    ("INF", math.inf, edm.DOUBLE),
    ("-INF", -math.inf, edm.DOUBLE),
    ("NaN", math.nan, edm.DOUBLE),
    ("01234567-89ab-CDEF-0123-456789abcdef", "01234567-89ab-CDEF-0123-456789abcdef", edm.GUID),
    ("2031-05-06", "2031-05-06", edm.DATE),
    ("-10000-04-01", "-10000-04-01", edm.DATE),
    ("2031-05-06T07:08Z", "2031-05-06T07:08Z", edm.DATE_TIME_OFFSET),
    ("2031-05-06t07:08:09.123456789012+02:00", "2031-05-06T07:08:09.123456789012+02:00", edm.DATE_TIME_OFFSET),
    ("1972-06-30T23:59:60Z", "1972-06-30T23:59:60Z", edm.DATE_TIME_OFFSET),
    ("07:08:09.5", "07:08:09.5", edm.TIME_OF_DAY),
    ("duration'P6DT23H59M59.9999S'", "P6DT23H59M59.9999S", edm.DURATION),
    ("Duration'-PT5M'", "-PT5M", edm.DURATION),
    ("binary'Zm8='", "Zm8=", edm.BINARY),
    ("binary''", "", edm.BINARY),
]

# Each has the form of a literal and no meaning as one.
MEANINGLESS = [
    ("2031-05-06T24:00Z", "Edm.DateTimeOffset"),
    ("2031-02-30T00:00Z", "Edm.DateTimeOffset"),
    ("2031-05-06T07:08:09.1234567890123Z", "Edm.DateTimeOffset"),
    ("2031-05-06T07:08+24:00", "Edm.DateTimeOffset"),
    ("2031-13-01", "Edm.Date"),
    ("24:00:00", "Edm.TimeOfDay"),
    ("duration'P1Y'", "Edm.Duration"),
    ("duration'P'", "Edm.Duration"),
    ("duration'+PT1S'", "Edm.Duration"),
    ("binary'Z'", "Edm.Binary"),
    ("binary'a b='", "Edm.Binary"),
]


@pytest.mark.parametrize(("text", "value", "kind"), LITERALS)
def test_a_literal_has_a_value_and_a_type(text, value, kind):
    literal, end = read(text)

    assert (repr(Literal(value, kind)), len(text)) == (repr(literal), end)  # of two NaN only the looks are the same


def test_an_enumeration_literal_names_its_type():
    text = "microsoft.graph.connectorStatus'active'"

    assert (EnumLiteral("microsoft.graph.connectorStatus", "active"), len(text)) == read(text)


@pytest.mark.parametrize(("text", "kind"), MEANINGLESS)
def test_what_looks_like_a_literal_and_means_nothing_is_refused(text, kind):
    with pytest.raises(InvalidQuery, match=f"^Cannot convert the literal '.*' to the expected type '{kind}'.$"):
        read(text)


@pytest.mark.parametrize("text", ["nullable", "true1", "name", ".1", "42.", "1e2e3", "'open", "", "01234g67", "5kg"])
def test_other_text_is_no_literal(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["True", "NULL", "fAlse"])
def test_constants_keep_their_letter_case_where_it_counts(text):
    assert read(text, exact=True) is None


@pytest.mark.parametrize(("text", "value", "kind"), LITERALS)
def test_what_is_written_is_read_again(text, value, kind):
    literal = Literal(value, kind)
    again, end = read(write(literal))

    assert (repr(literal), len(write(literal))) == (repr(again), end)


@given(st.floats(allow_nan=False))
def test_every_double_is_read_as_it_was_written(number):
    assert Literal(number, edm.DOUBLE) == read(write(Literal(number, edm.DOUBLE)))[0]


@given(st.text())
def test_every_string_is_read_as_it_was_written(text):
    assert Literal(text, edm.STRING) == read(write(Literal(text, edm.STRING)))[0]
