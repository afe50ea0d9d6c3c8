"""The order `$orderby` puts entities in."""

from __future__ import annotations

import pytest

from mockserver.core.entity import Entity
from mockserver.core.errors import InvalidQuery
from mockserver.odata.filter import compile_orderby
from mockserver.odata.syntax import parse_orderby


# Nulls are the smallest values: OData 4.01 part 1, 11.2.6.2.
@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [
        ("connector", "machineName", ["c3", "c1", "c2"]),
        ("connector", "machineName desc", ["c2", "c1", "c3"]),
        ("connector", "status", ["c1", "c3", "c2"]),
        ("connector", "status desc", ["c2", "c1", "c3"]),
        ("connector", "status,machineName", ["c3", "c1", "c2"]),
        ("connector", "status desc,id desc", ["c2", "c3", "c1"]),
        ("connector", "load", ["c3", "c2", "c1"]),
        ("connector", "created desc", ["c2", "c1", "c3"]),
        ("connector", "length(machineName) desc", ["c2", "c1", "c3"]),
        ("connector", "any", ["c2", "c3", "c1"]),
        ("connectorGroup", "members/$count desc", ["g1", "g2", "g3"]),
        ("connectorGroup", "region", ["g3", "g1", "g2"]),
        ("connectorGroup", "isDefault desc,name", ["g1", "g2", "g3"]),
        ("connectorGroup", "members/any()", ["g3", "g1", "g2"]),
        ("connectorGroup", "id desc", ["g3", "g2", "g1"]),
    ],
)
def test_entities_are_put_in_order(ordered_ids, type_name, text, expected):
    assert expected == ordered_ids(type_name, text)


def test_a_related_value_can_be_the_order(tenant, model, types):
    sort = compile_orderby(parse_orderby("connectorGroup/name desc"), types["application"], model)

    assert [each["displayName"] for each in sort(tenant.all("application").values(), tenant)] == ["Intranet", "Bare"]


@pytest.mark.parametrize(("exact", "expected"), [(False, ["a", "B", "c"]), (True, ["B", "a", "c"])])
def test_letter_case_orders_only_where_it_counts(tenant, model, types, exact, expected):
    connectors = [Entity(types["connector"], {"id": "", "machineName": name}) for name in ("c", "B", "a")]
    sort = compile_orderby(parse_orderby("machineName"), types["connector"], model, exact=exact)

    assert expected == [each["machineName"] for each in sort(connectors, tenant)]


def test_values_of_other_kinds_than_declared_are_put_in_some_order(tenant, model, types):
    odd = [Entity(types["connector"], {"id": str(i), "load": load}) for i, load in enumerate(["x", 1, None, True, 0.5])]
    sort = compile_orderby(parse_orderby("load"), types["connector"], model)

    assert [each["load"] for each in sort(odd, tenant)] == [None, 0.5, 1, True, "x"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing", "Could not find a property named 'nothing' on type 'microsoft.graph.connector'."),
        ("memberOf", "The $orderby expression must evaluate to a single value of primitive type."),
        ("log", "The $orderby expression must evaluate to a single value of primitive type."),
        ("null", "The $orderby expression must evaluate to a single value of primitive type."),
        ("status eq 'x'", "The string 'x' is not a valid enumeration type constant."),
    ],
)
def test_an_order_without_a_meaning_is_refused(model, types, text, message):
    with pytest.raises(InvalidQuery) as refused:
        compile_orderby(parse_orderby(text), types["connector"], model)

    assert message == refused.value.message
