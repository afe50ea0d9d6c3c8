"""The model as a whole: what can be said of every declaration."""

from __future__ import annotations

import inspect
import re

import pytest

from mockserver.core.edm import ComplexType, EnumType
from mockserver.core.errors import GraphError
from mockserver.model import MODEL, MODELS

TYPES = list(MODEL.entity_types.values())
FUNCTIONS = {
    function.__name__: function
    for each in TYPES
    for table in (each.rules, each.consequences)
    for functions in table.values()
    for function in functions
}
"""Every rule and every consequence that a type declares."""


def structures():
    """Every structured type that is reached from an entity type."""
    waiting, found = list(TYPES), []
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.append(each)
            waiting += [inner.type for inner in each.properties if isinstance(inner.type, ComplexType)]
    return found


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_every_rule_says_how_it_is_known(function):
    assert inspect.getdoc(function)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_every_rule_is_named_as_a_sentence(function):
    assert len(function.__name__.split("_")) >= 3


@pytest.mark.parametrize("kind", TYPES, ids=lambda each: each.name)
class TestEveryEntityType:
    def test_its_first_property_is_an_id_that_only_the_service_sets(self, kind):
        first = kind.properties[0]

        assert ("id", False, False) == (first.name, first.nullable, first.writable)

    def test_it_declares_the_error_that_says_it_is_missing(self, kind):
        assert issubclass(kind.missing, GraphError)

    def test_its_alternate_keys_are_properties_of_it(self, kind):
        assert all(kind.property(name) for name in kind.alternate_keys)

    def test_its_names_are_microsofts_camel_case(self, kind):
        assert all(re.fullmatch(r"[a-z][A-Za-z]*", name) for name in (*kind.property_by_name, *kind.navigation_by_name))


@pytest.mark.parametrize("structure", structures(), ids=lambda each: each.name)
class TestEveryDefault:
    def test_it_fits_a_property_that_cannot_be_null(self, structure):
        unset = [each.name for each in structure.properties if not each.nullable and each.default is None]

        assert set(unset) <= {"id", "name", "machineName"}

    def test_it_is_a_member_of_its_enumeration(self, structure):
        chosen = [each for each in structure.properties if isinstance(each.type, EnumType) and each.default]

        assert all(each.default in each.type.members for each in chosen)

    def test_it_is_a_tuple_where_there_may_be_many(self, structure):
        assert all(isinstance(each.default, tuple) for each in structure.properties if each.collection)


def test_under_v1_there_are_applications_and_no_profiles():
    """R54: connector groups exist under /beta only."""
    assert ["applications"] == list(MODELS["v1.0"].sets)


def test_under_v1_an_application_has_no_connector_group():
    """R54, graph_reference 4.3 rule 4."""
    kind = MODELS["v1.0"].type("application")

    assert (None, None) == (kind.property("onPremisesPublishing"), kind.navigation("connectorGroup"))


def test_under_beta_it_has_both():
    kind = MODELS["beta"].type("application")

    assert kind.property("onPremisesPublishing")
    assert kind.navigation("connectorGroup")
