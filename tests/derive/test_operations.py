"""Every method and path that follows from a model."""

from __future__ import annotations

import re

import pytest
from every import for_every

from mockserver.core.edm import GET, STREAM
from mockserver.derive.operations import (
    ACTION,
    COLLECTION,
    CONTENT,
    COUNT,
    ENTITY,
    KEYED_REFERENCE,
    REFERENCE,
    REFERENCES,
    SINGLE,
    VALUE,
    operations,
)
from mockserver.model import MODEL, MODELS
from mockserver.odata.path import All, Count, Invoked, Keyed, References, Related, Value, parse_path
from mockserver.web.graph import _OPERATIONS as GRAPH

PROFILE = "/onPremisesPublishingProfiles/{onPremisesPublishingProfile-id}"
GROUPS, CONNECTORS = f"{PROFILE}/connectorGroups", f"{PROFILE}/connectors"
GROUP, CONNECTOR = f"{GROUPS}/{{connectorGroup-id}}", f"{CONNECTORS}/{{connector-id}}"
APPLICATION = "/applications/{application-id}"
CONFIGURATION = f"{APPLICATION}/onPremisesPublishing/segmentsConfiguration"
SEGMENTS = f"{CONFIGURATION}/microsoft.graph.ipSegmentConfiguration/applicationSegments"

ALL = list(operations(MODEL))
FOUND = {(each.method, each.path) for each in ALL}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/onPremisesPublishingProfiles"),
        ("GET", PROFILE),
        ("PATCH", PROFILE),
        ("GET", GROUPS),
        ("POST", GROUPS),
        ("GET", f"{GROUPS}/$count"),
        ("GET", GROUP),
        ("PATCH", GROUP),
        ("DELETE", GROUP),
        ("GET", f"{GROUP}/members"),
        ("POST", f"{GROUP}/members/$ref"),
        ("DELETE", f"{GROUP}/members/{{connector-id}}/$ref"),
        ("GET", f"{GROUP}/applications"),
        ("GET", CONNECTORS),
        ("GET", CONNECTOR),
        ("GET", f"{CONNECTOR}/memberOf"),
        ("POST", f"{CONNECTOR}/memberOf/$ref"),
        ("PUT", f"{CONNECTOR}/memberOf/$ref"),
        ("GET", "/applications"),
        ("POST", "/applications"),
        ("GET", APPLICATION),
        ("PATCH", APPLICATION),
        ("DELETE", APPLICATION),
        ("GET", "/applications(appId='{appId}')"),
        ("GET", f"{APPLICATION}/connectorGroup"),
        ("GET", f"{APPLICATION}/connectorGroup/$ref"),
        ("PUT", f"{APPLICATION}/connectorGroup/$ref"),
        ("DELETE", f"{APPLICATION}/connectorGroup/$ref"),
        ("GET", f"{APPLICATION}/onPremisesPublishing"),
        ("PATCH", f"{APPLICATION}/onPremisesPublishing"),
        ("DELETE", f"{APPLICATION}/onPremisesPublishing"),
        ("POST", "/applicationTemplates/{applicationTemplate-id}/instantiate"),
        ("GET", SEGMENTS),
        ("POST", SEGMENTS),
        ("PATCH", f"{SEGMENTS}/{{ipApplicationSegment-id}}"),
        ("DELETE", f"{SEGMENTS}/{{ipApplicationSegment-id}}"),
        ("GET", f"{PROFILE}/sensors"),
        ("POST", f"{PROFILE}/agents/{{onPremisesAgent-id}}/agentGroups/$ref"),
        ("PATCH", f"{PROFILE}/hybridAgentUpdaterConfiguration"),
        ("GET", "/users"),
        ("GET", "/servicePrincipals(appId='{appId}')"),
        ("POST", "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo"),
    ],
)
def test_what_clients_use_is_offered(method, path):
    """behaviour.md section 2."""
    assert (method, path) in FOUND


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{GROUP}/applications"),
        ("POST", f"{GROUP}/members"),
        ("PATCH", f"{CONNECTOR}/memberOf"),
        ("PATCH", f"{APPLICATION}/connectorGroup"),
        ("POST", f"{APPLICATION}/connectorGroup/$ref"),
        ("GET", "/connectorGroups"),
        ("GET", "/appRoleAssignments"),
        ("POST", "/applicationTemplates"),
        ("PATCH", f"{APPLICATION}/appId"),
    ],
)
def test_what_the_service_does_not_offer_is_not_there(method, path):
    assert (method, path) not in FOUND


def test_no_operation_stands_there_twice():
    assert len(ALL) == len(FOUND)


def resource_of(operation):
    return parse_path(re.sub(r"\{.*?\}", "x", operation.path), MODEL)


def shape_of(resource):
    if isinstance(resource, Related):
        return COLLECTION if resource.navigation.collection else SINGLE
    if isinstance(resource, References):
        if isinstance(resource.of, Keyed):
            return KEYED_REFERENCE
        return REFERENCES if resource.of.navigation.collection else REFERENCE
    if isinstance(resource, Value):
        return CONTENT if resource.kind is STREAM else VALUE
    return {All: COLLECTION, Count: COUNT, Keyed: ENTITY, Invoked: ACTION}[type(resource)]


@for_every(ALL)
class TestEveryOperation:
    def test_its_path_leads_to_what_it_says(self, operation):
        """Read by the path language, with any key in the place of every template."""
        assert operation.shape == shape_of(resource_of(operation))

    def test_what_it_leads_to_allows_it(self, operation):
        of = resource_of(operation)
        while not isinstance(of, All | Related):
            of = of.owner if isinstance(of, Value | Invoked) else of.of

        assert operation.name in of.allows

    def test_it_is_of_the_type_that_the_path_leads_to(self, operation):
        of = resource_of(operation)
        while not hasattr(of, "type"):
            of = of.owner if isinstance(of, Value | Invoked) else of.of

        assert operation.type is of.type

    def test_the_graph_carries_it_out(self, operation):
        name, _ = GRAPH[operation.shape, operation.method]

        assert operation.name in (name, GET)

    def test_its_way_is_the_names_in_its_path(self, operation):
        names = [each for each in re.sub(r"\(.*?\)", "", operation.path).split("/") if each]

        assert list(operation.way) == [each for each in names if not each.startswith(("{", "$"))]


def test_under_v1_there_is_nothing_about_connector_groups():
    """R54: they exist under /beta only."""
    assert [] == [each.path for each in operations(MODELS["v1.0"]) if "onnector" in each.path]


@pytest.mark.parametrize(
    ("method", "path", "guarded"),
    [
        ("GET", CONNECTOR, False),
        ("DELETE", CONNECTOR, True),
        ("POST", CONNECTORS, True),
        ("PUT", f"{CONNECTOR}/memberOf/$ref", True),
        ("POST", f"{CONNECTOR}/memberOf/$ref", False),
        ("POST", f"{GROUP}/members/$ref", True),
        ("DELETE", PROFILE, True),
        ("PATCH", PROFILE, False),
    ],
)
def test_an_operation_says_what_opens_it(method, path, guarded):
    """R31, R32: Q12 and Q22 decide."""
    (found,) = [each for each in ALL if (method, path) == (each.method, each.path)]

    assert guarded is bool(found.guards)


def test_under_v1_there_are_applications():
    assert ("GET", "/applications") in {(each.method, each.path) for each in operations(MODELS["v1.0"])}


def test_a_set_comes_before_its_members():
    paths = [each.path for each in ALL]

    assert paths.index(GROUPS) < paths.index(GROUP) < paths.index(f"{GROUP}/members")


def test_a_second_key_of_one_type_is_numbered():
    """As in Microsoft's own templates; twice the same name in one path would be one parameter."""
    agents = f"{PROFILE}/agentGroups/{{onPremisesAgentGroup-id}}/agents/{{onPremisesAgent-id}}"

    assert ("DELETE", f"{agents}/agentGroups/{{onPremisesAgentGroup-id1}}/$ref") in FOUND


@for_every(ALL)
def test_no_template_stands_twice_in_a_path(operation):
    templates = re.findall(r"\{.*?\}", operation.path)

    assert len(set(templates)) == len(templates)


def test_a_relationship_that_only_shows_entities_leads_no_further():
    """They have a place of their own, where the paths go on; what they contain as a stream is read there too."""
    behind = [each.path for each in ALL if each.path.startswith(f"{GROUP}/applications/{{application-id}}/")]

    assert {f"{GROUP}/applications/{{application-id}}/logo"} == set(behind)


def test_an_entity_named_by_another_key_says_so():
    assert {"appId", "uniqueName", "userPrincipalName"} == {each.key for each in ALL if each.key}


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PATCH", GROUP, "connectorGroup"),
        ("PATCH", f"{APPLICATION}/onPremisesPublishing", "onPremisesPublishing"),
        ("POST", "/applicationTemplates/{applicationTemplate-id}/instantiate", "instantiateParameters"),
    ],
)
def test_an_operation_knows_the_type_of_its_body(method, path, expected):
    (found,) = [each for each in ALL if (method, path) == (each.method, each.path)]

    assert expected == found.structure.name
