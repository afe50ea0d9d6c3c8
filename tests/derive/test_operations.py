"""Every method and path that follows from a model."""

from __future__ import annotations

import re

import pytest

from mockserver.derive.operations import operations
from mockserver.model import MODEL, MODELS
from mockserver.odata.path import All, Count, Keyed, References, Related, Value, parse_path

PROFILE = "/onPremisesPublishingProfiles/{onPremisesPublishingProfile-id}"
GROUPS, CONNECTORS = f"{PROFILE}/connectorGroups", f"{PROFILE}/connectors"
GROUP, CONNECTOR = f"{GROUPS}/{{connectorGroup-id}}", f"{CONNECTORS}/{{connector-id}}"
APPLICATION = "/applications/{application-id}"

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
    ],
)
def test_what_clients_use_is_offered(method, path):
    """behaviour.md section 2."""
    assert (method, path) in FOUND


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/onPremisesPublishingProfiles"),
        ("DELETE", PROFILE),
        ("POST", f"{GROUP}/applications"),
        ("POST", f"{GROUP}/members"),
        ("PATCH", f"{CONNECTOR}/memberOf"),
        ("PATCH", f"{APPLICATION}/connectorGroup"),
        ("POST", f"{APPLICATION}/connectorGroup/$ref"),
        ("GET", "/connectorGroups"),
        ("GET", "/users"),
    ],
)
def test_what_the_service_does_not_offer_is_not_there(method, path):
    assert (method, path) not in FOUND


def test_no_operation_stands_there_twice():
    assert len(ALL) == len(FOUND)


@pytest.mark.parametrize("operation", ALL, ids=lambda each: f"{each.method} {each.path}")
class TestEveryOperation:
    def test_its_path_leads_somewhere(self, operation):
        assert isinstance(
            parse_path(re.sub(r"\{.*?\}", "x", operation.path), MODEL),
            All | Count | Keyed | References | Related | Value,
        )

    def test_the_resource_allows_it(self, operation):
        of = parse_path(re.sub(r"\{.*?\}", "x", operation.path), MODEL)
        while not isinstance(of, All | Related):
            of = of.owner if isinstance(of, Value) else of.of

        assert operation.name in of.allows

    def test_it_is_of_the_type_that_the_path_leads_to(self, operation):
        of = parse_path(re.sub(r"\{.*?\}", "x", operation.path), MODEL)
        while not hasattr(of, "type"):
            of = of.owner if isinstance(of, Value) else of.of

        assert operation.type is of.type


def test_under_v1_there_is_nothing_about_connector_groups():
    """R54: they exist under /beta only."""
    assert [] == [each.path for each in operations(MODELS["v1.0"]) if "onnector" in each.path]


def test_under_v1_there_are_applications():
    assert ("GET", "/applications") in {(each.method, each.path) for each in operations(MODELS["v1.0"])}


def test_a_set_comes_before_its_members():
    paths = [each.path for each in ALL]

    assert paths.index(GROUPS) < paths.index(GROUP) < paths.index(f"{GROUP}/members")
