"""The model as a whole: what can be said of every declaration."""

from __future__ import annotations

import inspect
import re

import pytest
from every import for_every

from mockserver.core.edm import BOOLEAN, STRING, ComplexType, EnumType
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


@for_every(FUNCTIONS.values())
def test_every_rule_says_how_it_is_known(function):
    assert inspect.getdoc(function)


@for_every(FUNCTIONS.values())
def test_every_rule_is_named_as_a_sentence(function):
    assert len(function.__name__.split("_")) >= 3


@for_every(TYPES)
class TestEveryEntityType:
    def test_it_has_an_id_that_only_the_service_sets(self, kind):
        key = kind.property_by_name["id"]

        assert (STRING, False, False) == (key.type, key.nullable, key.writable)

    def test_it_declares_the_error_that_says_it_is_missing(self, kind):
        assert issubclass(kind.missing, GraphError)

    def test_its_actions_are_named_in_camel_case(self, kind):
        assert all(re.fullmatch(r"[a-z][A-Za-z]*", each.name) for each in kind.actions)

    def test_its_alternate_keys_are_properties_of_it(self, kind):
        assert all(kind.property(name) for name in kind.alternate_keys)

    def test_its_names_are_microsofts_camel_case(self, kind):
        assert all(re.fullmatch(r"[a-z][A-Za-z]*", name) for name in (*kind.property_by_name, *kind.navigation_by_name))


@for_every(structures())
class TestEveryDefault:
    def test_it_fits_a_property_that_cannot_be_null(self, structure):
        """Unless a create must bring one, or the service makes one."""
        unset = [each for each in structure.properties if not each.nullable and each.default is None]

        assert all(each.required or each.name in ("id", "publishingType") for each in unset)

    def test_it_is_a_member_of_its_enumeration(self, structure):
        chosen = [each for each in structure.properties if isinstance(each.type, EnumType) and each.default]

        assert all(each.default in each.type.members for each in chosen)

    def test_it_is_a_tuple_where_there_may_be_many(self, structure):
        assert all(isinstance(each.default, tuple) for each in structure.properties if each.collection)


DOCUMENTED = {
    "connectorGroup": {
        "id": (STRING, False, False),
        "name": (STRING, False, True),
        "region": ("connectorGroupRegion", True, True),
        "connectorGroupType": ("connectorGroupType", False, False),
        "isDefault": (BOOLEAN, False, False),
    },
    "connector": {
        "id": (STRING, False, False),
        "machineName": (STRING, False, True),
        "externalIp": (STRING, False, True),
        "status": ("connectorStatus", False, False),
        "version": (STRING, False, True),
    },
    "onPremisesPublishingProfile": {
        "id": (STRING, False, False),
        "hybridAgentUpdaterConfiguration": ("hybridAgentUpdaterConfiguration", True, True),
        "isDefaultAccessEnabled": (BOOLEAN, True, True),
        "isEnabled": (BOOLEAN, True, True),
    },
    "onPremisesAgent": {
        "id": (STRING, False, False),
        "machineName": (STRING, False, True),
        "externalIp": (STRING, False, True),
        "status": ("agentStatus", False, False),
        "supportedPublishingTypes": ("onPremisesPublishingType", False, True),
    },
    "onPremisesAgentGroup": {
        "id": (STRING, False, False),
        "displayName": (STRING, False, True),
        "publishingType": ("onPremisesPublishingType", False, False),
        "isDefault": (BOOLEAN, False, False),
    },
    "publishedResource": {
        "id": (STRING, False, False),
        "displayName": (STRING, True, True),
        "publishingType": ("onPremisesPublishingType", False, False),
        "resourceName": (STRING, True, True),
    },
    "privateAccessSensor": {
        "id": (STRING, False, False),
        "externalIp": (STRING, False, True),
        "isAuditMode": (BOOLEAN, True, True),
        "isBreakglassEnabled": (BOOLEAN, False, True),
        "machineName": (STRING, False, True),
        "status": ("sensorStatus", False, False),
        "version": (STRING, False, True),
    },
}
"""graph_reference 2.1 to 2.5: type, whether it may be null, whether a client may set it (on the admin side, 2.2)."""


@pytest.mark.parametrize(
    ("structure", "name", "expected"),
    [(structure, name, expected) for structure, table in DOCUMENTED.items() for name, expected in table.items()],
)
def test_a_property_is_declared_as_it_is_documented(structure, name, expected):
    found = MODEL.type(structure).property_by_name[name]
    kind = found.type.name if isinstance(found.type, EnumType | ComplexType) else found.type

    assert expected == (kind, found.nullable, found.writable)


@pytest.mark.parametrize("structure", DOCUMENTED)
def test_the_documented_properties_are_all_there_are(structure):
    """R10, R30, R63."""
    assert list(DOCUMENTED[structure]) == [each.name for each in MODEL.type(structure).visible]


@pytest.mark.parametrize(
    ("structure", "name", "members", "observed"),
    [
        ("connectorGroup", "region", "nam eur aus asia ind unknownFutureValue", "japan"),
        (
            "connectorGroup",
            "connectorGroupType",
            "applicationProxy",
            "syncFabric passthroughAuthentication exchangeOnline adfs",
        ),
        ("connector", "status", "active inactive", ""),
    ],
)
def test_an_enumeration_has_the_documented_members_and_the_observed_ones(structure, name, members, observed):
    """graph_reference 2.8, R16, R23."""
    kind = MODEL.type(structure).property_by_name[name].type

    assert (members, observed) == (" ".join(kind.members), " ".join(kind.observed))


def test_under_v1_there_are_applications_and_no_profiles():
    """R54: connector groups exist under /beta only."""
    assert {"applications", "applicationTemplates", "groups", "servicePrincipals", "users"} == set(MODELS["v1.0"].sets)


@pytest.mark.parametrize("name", ["onPremisesPublishingProfile", "connectorGroup", "connector", "ipApplicationSegment"])
def test_under_v1_there_are_no_types_of_the_proxys(name):
    """R54: connector groups exist under /beta only."""
    assert name not in MODELS["v1.0"].entity_types


def test_under_v1_an_application_has_no_connector_group():
    """R54, graph_reference 4.3 rule 4."""
    kind = MODELS["v1.0"].type("application")

    assert (None, None) == (kind.property("onPremisesPublishing"), kind.navigation("connectorGroup"))


def test_under_beta_it_has_both():
    kind = MODELS["beta"].type("application")

    assert kind.property("onPremisesPublishing")
    assert kind.navigation("connectorGroup")
