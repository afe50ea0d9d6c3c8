"""The id of an operation, and the operation that a request is."""

from __future__ import annotations

import re

import pytest

from mockserver.derive.openapi_names import id_at, operation_id, operation_ids
from mockserver.derive.operations import operations
from mockserver.model import MODELS
from mockserver.odata.path import parse_path
from mockserver.odata.place import way_and_shape

P = "/onPremisesPublishingProfiles/applicationProxy"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", f"{P}/connectorGroups", "beta.onPremisesPublishingProfile_ListConnectorGroup"),
        ("HEAD", f"{P}/connectorGroups", "beta.onPremisesPublishingProfile_ListConnectorGroup"),
        ("GET", f"{P}/connectorGroups/$count", "beta.onPremisesPublishingProfile.connectorGroup_GetCount"),
        ("POST", f"{P}/connectors/c/memberOf/$ref", "beta.onPremisesPublishingProfile.connector_CreateMemberOfByRef"),
        ("GET", "/applications(appId='a')", "beta.application_GetApplication"),
        ("POST", "/applicationTemplates/t/instantiate", "beta.applicationTemplate_instantiate"),
        ("PUT", P + "/connectorGroups", None),
        ("GET", "/applications/a/displayName", None),
        ("FOO", "/applications", None),
    ],
)
def test_a_request_is_an_operation(method, path, expected):
    place = way_and_shape(parse_path(path, MODELS["beta"]))

    assert expected == id_at("beta", method, place)


@pytest.mark.parametrize("version", MODELS)
def test_every_operation_is_found_by_a_request_to_its_path(version):
    for each in operations(MODELS[version]):
        path = re.sub(r"\{.*?\}", "x", each.path)
        found = id_at(version, each.method, way_and_shape(parse_path(path, MODELS[version])))

        assert found == operation_id(each._replace(key=""), version)


@pytest.mark.parametrize("version", MODELS)
def test_no_two_operations_have_one_id(version):
    ids = list(operation_ids(version).values())

    assert len(ids) == len(set(ids))
