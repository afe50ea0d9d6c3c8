"""The published JSON Schema says what the check says."""

from __future__ import annotations

import re

import pytest
import yaml
from jsonschema import Draft202012Validator
from tenants import NOW

from mockserver.seed import catalogue
from mockserver.seed.document import to_document
from mockserver.seed.format.json_schema import schema, text

VALIDATOR = Draft202012Validator(schema())
WRONG = [
    "[]",
    "users: {}",
    "conectors: []",
    "connectors: [{}]",
    "connectors: [{machineName: a, status: active}]",
    "connectors: [{machineName: a, version: '1.5'}]",
    "connectors: [{machineName: a, lastHeartbeat: 3 hours}]",
    "connectors: [{machineName: '  '}]",
    "connectors: [{machineName: 5}]",
    "connectors: [{machineName: a, stopped: 'yes'}]",
    "connectorGroups: [{name: a, region: Eur}]",
    "connectorGroups: [{name: a, id: 5}]",
    "rules: {pageSize: 1000}",
    "rules: {defaultGroupServesApplications: never}",
    "tenant: {displayName: A}",
    "tenant: {displayName: A, defaultDomain: a.b, clients: [{secret: a}]}",
    "tenant: {displayName: A, defaultDomain: a.b, clients: [{clientId: demo}]}",
    "users: [{userPrincipalName: amy}]",
    f"users: [{{userPrincipalName: a@b, directoryRoles: [{'x' * 101}]}}]",
    "applications: [{displayName: a, onPremisesPublishing: {isStateSessionEnabled: 'false'}}]",
    "applications: [{displayName: a, onPremisesPublishing: {trafficRoutingMethod: unknownFutureValue}}]",
]


def test_the_published_schema_is_the_one_that_the_code_makes():
    published = (catalogue.folder() / "schema.json").read_text(encoding="utf-8")

    assert published == text(), "run: python -m mockserver.seed.format.json_schema > fixtures/schema.json"


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", catalogue.names())
def test_every_ready_made_tenant_is_valid(loaded, name):
    VALIDATOR.validate(yaml.safe_load(catalogue.path(name).read_text(encoding="utf-8")))
    VALIDATOR.validate(to_document(loaded(catalogue.path(name)), NOW))


@pytest.mark.parametrize("document", WRONG)
def test_what_the_check_refuses_the_schema_refuses(problems_of, document):
    assert problems_of(document)
    assert not VALIDATOR.is_valid(yaml.safe_load(document))


def test_every_key_of_a_section_is_described_in_words():
    sections = ("tenant", "client", "rules", "connector", "connectorGroup")
    undescribed = [
        f"{name}.{key}"
        for name in sections
        for key, value in schema()["$defs"][name]["properties"].items()
        if "description" not in value
    ]

    assert undescribed == ["connectorGroup.connectorGroupType"]


def test_patterns_are_anchored():
    patterns = re.findall(r'"pattern": "(.*)"', text())

    assert all(each.startswith("^") and each.endswith("$") for each in patterns if each != r"\\S")
