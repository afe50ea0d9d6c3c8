"""What identifies an operation, read off the path of a request."""

from __future__ import annotations

import re

import pytest
from every import for_every

from mockserver.derive.operations import operations
from mockserver.model import MODEL, MODELS
from mockserver.odata.path import parse_path
from mockserver.odata.place import shape_of, way_and_shape

EVERY = [(model, each) for model in MODELS.values() for each in operations(model)]


def place(path, model=MODEL):
    return way_and_shape(parse_path(path, model))


@for_every(EVERY)
def test_every_operation_is_found_again_by_its_path(each):
    model, operation = each
    for key in ("11111111-1111-4111-8111-111111111111", "x"):
        path = re.sub(r"\{.*?\}", key, operation.path)

        assert (operation.way, operation.shape) == place(path, model)


@for_every(EVERY)
def test_a_shape_is_told_without_the_way_too(each):
    model, operation = each
    path = re.sub(r"\{.*?\}", "x", operation.path)

    assert operation.shape == shape_of(parse_path(path, model))


@pytest.mark.parametrize("version", MODELS)
def test_way_shape_and_method_name_one_operation(version):
    """But for the alternate keys, which are other ways to name the same entity."""
    found = [(each.way, each.shape, each.method) for each in operations(MODELS[version]) if not each.key]

    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("path", "way", "shape"),
    [
        ("/APPLICATIONS/", ("applications",), "collection"),
        ("applications('a')", ("applications",), "entity"),
        ("applications(appId='a')", ("applications",), "entity"),
        ("applications/a/connectorgroup/$REF", ("applications", "connectorGroup"), "reference"),
        ("applications/a/displayName/$value", ("applications", "displayName"), "value"),
        ("applications/a/logo/$value", ("applications", "logo"), "content"),
        (
            "applications/a/onPremisesPublishing/segmentsConfiguration",
            ("applications", "onPremisesPublishing", "segmentsConfiguration"),
            "value",
        ),
        (
            "applicationTemplates/t/microsoft.graph.instantiate",
            ("applicationTemplates", "instantiate"),
            "action",
        ),
        (
            "onPremisesPublishingProfiles/applicationproxy/connectorGroups('g')/Members/c/$ref",
            ("onPremisesPublishingProfiles", "connectorGroups", "members"),
            "keyed reference",
        ),
    ],
)
def test_the_spelling_of_a_path_does_not_matter(path, way, shape):
    """R53."""
    assert (way, shape) == place(path)
