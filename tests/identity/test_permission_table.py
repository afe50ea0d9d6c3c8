"""The rows: what callers of each operation need, with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from every import for_every

from mockserver.core.edm import CREATE, DELETE, GET, LINK, LINK_BY_PUT, LIST, UNLINK, UPDATE, Navigation
from mockserver.derive.operations import operations
from mockserver.identity.permission_table import ROWS, any_of
from mockserver.identity.permissions import (
    ALL_APPLICATION,
    ALL_DELEGATED,
    DIRECTORY_ROLES,
    REQUIREMENTS,
    requirement,
)
from mockserver.model import MODEL, MODELS

PROFILE = "/onPremisesPublishingProfiles/{id}"
GROUPS, CONNECTORS = f"{PROFILE}/connectorGroups", f"{PROFILE}/connectors"
APPLICATION = "/applications/{id}"
PUBLISHED = f"{APPLICATION}/onPremisesPublishing"
SEGMENTS = f"{PUBLISHED}/segmentsConfiguration/microsoft.graph.ipSegmentConfiguration/applicationSegments"

DIRECTORY = ("Directory.ReadWrite.All",)
HYBRID = ("Policy.ReadWrite.HybridAuthentication", *DIRECTORY)
HYBRID_READ = ("Policy.Read.HybridAuthentication", *HYBRID)
PUBLISHING = ("OnPremisesPublishingProfiles.ReadWrite.All",)
APP = ("Application.ReadWrite.All",)
APP_READ = ("Application.Read.All", *APP)
OWN = ("Application.ReadWrite.OwnedBy", *APP)
OWN_READ = ("Application.Read.All", *OWN)
GRANT = (
    "AppRoleAssignment.ReadWrite.All+Application.Read.All",
    "AppRoleAssignment.ReadWrite.All+Directory.Read.All",
    "AppRoleAssignment.ReadWrite.All+Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All+Directory.ReadWrite.All",
)

MATRIX = [
    # methods, path, delegated from least to most, application (empty: "not supported")
    ("GET", GROUPS, DIRECTORY, ()),
    ("POST", GROUPS, DIRECTORY, DIRECTORY),
    ("GET PATCH DELETE", f"{GROUPS}/{{id}}", DIRECTORY, ()),
    ("GET POST", f"{GROUPS}/{{id}}/members", DIRECTORY, ()),
    ("GET", f"{GROUPS}/{{id}}/applications", DIRECTORY, ()),
    ("GET", CONNECTORS, DIRECTORY, ()),
    ("GET", f"{CONNECTORS}/{{id}}", DIRECTORY, ()),
    ("GET POST", f"{CONNECTORS}/{{id}}/memberOf", DIRECTORY, ()),
    ("PUT", f"{APPLICATION}/connectorGroup", DIRECTORY, ()),
    ("GET", PROFILE, HYBRID_READ, ()),
    ("GET", f"{PROFILE}/agents", HYBRID_READ, ()),
    ("GET", f"{PROFILE}/agents/{{id}}", HYBRID_READ, ()),
    ("POST", f"{PROFILE}/agents/{{id}}/agentGroups", HYBRID, ()),
    ("DELETE", f"{PROFILE}/agents/{{id}}/agentGroups/{{id}}", HYBRID, ()),
    ("GET", f"{PROFILE}/agentGroups", HYBRID_READ, ()),
    # The source has PATCH one segment short.
    ("PATCH", f"{PROFILE}/agentGroups/{{id}}", HYBRID, ()),
    ("GET", f"{PROFILE}/agentGroups/{{id}}", HYBRID_READ, ()),
    ("DELETE", f"{PROFILE}/agentGroups/{{id}}", HYBRID, ()),
    ("POST", f"{PROFILE}/agentGroups/{{id}}/agents", HYBRID, ()),
    ("PATCH", f"{PROFILE}/hybridAgentUpdaterConfiguration", DIRECTORY, ()),
    ("GET POST", f"{PROFILE}/publishedResources", PUBLISHING, ()),
    ("GET PATCH", f"{PROFILE}/publishedResources/{{id}}", PUBLISHING, ()),
    ("POST", f"{PROFILE}/publishedResources/{{id}}/agentGroups", PUBLISHING, ()),
    ("DELETE", f"{PROFILE}/publishedResources/{{id}}/agentGroups/{{id}}", PUBLISHING, ()),
    ("GET", f"{PROFILE}/sensors", PUBLISHING, ()),
    ("GET", f"{PROFILE}/sensors/{{id}}", PUBLISHING, ()),
    ("GET", f"{PROFILE}/applicationSegments", PUBLISHING, PUBLISHING),
    ("GET", PUBLISHED, APP_READ, OWN_READ),
    ("PATCH DELETE", PUBLISHED, APP, OWN),
    ("GET", SEGMENTS, APP_READ, OWN_READ),
    ("GET", f"{SEGMENTS}/{{id}}", APP_READ, OWN_READ),
    ("POST", SEGMENTS, APP, OWN),
    ("PATCH DELETE", f"{SEGMENTS}/{{id}}", APP, OWN),
    ("PATCH DELETE", APPLICATION, APP, OWN),
    ("POST", "/applications", ("AppRegistration.Create", *APP), ("AppRegistration.Create", *OWN)),
    ("POST", "/applicationTemplates/{id}/instantiate", (*APP, *DIRECTORY), (*OWN, *DIRECTORY)),
    ("POST", "/servicePrincipals/{id}/appRoleAssignments", GRANT, GRANT),
]
"""graph_reference 3.0, behaviour.md 2.12. An entry for a relationship is for its `$ref` as well."""

NEEDED = {
    (each.method, each.path): requirement(each.method, each.way, each.shape)
    for model in MODELS.values()
    for each in operations(model)
}


@pytest.mark.parametrize(
    ("method", "path", "delegated", "application"),
    [(method, *row) for methods, *row in MATRIX for method in methods.split()],
)
def test_the_permissions_are_those_of_the_documentation(method, path, delegated, application):
    found = [
        needed
        for (called, template), needed in NEEDED.items()
        if called == method and re.sub(r"\{[^}]*\}", "{id}", template).removesuffix("/$ref") == path
    ]
    assert found
    for each in found:
        assert (each.delegated, each.application) == (any_of(*delegated), any_of(*application))
        assert each.verified


@for_every(NEEDED)
def test_every_operation_has_a_requirement_with_a_source(called):
    found = NEEDED[called]
    assert found.source
    assert found.delegated
    assert found.alternatives(app_only=True, app_only_allowed=True)


@pytest.mark.parametrize(("place", "verb"), REQUIREMENTS)
def test_every_row_is_used_by_an_operation(place, verb):
    assert any(each is REQUIREMENTS[place, verb] for each in NEEDED.values())


def test_no_row_says_what_another_has_said():
    said = [(row.place, verb) for row in ROWS for verb in row.verbs.split()]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.verbs} {row.place}")
def test_every_row_names_its_source_and_roles_that_exist(row):
    assert re.match("PERM|LEARN|like ", row.source)
    assert row.roles <= DIRECTORY_ROLES.keys()
    assert REQUIREMENTS[row.place, row.verbs.split()[0]].verified is not row.source.startswith("like ")


OF_MANY = {
    LIST: "GET collection, GET count",
    CREATE: "POST collection",
    GET: "GET entity, GET value",
    UPDATE: "PATCH entity, PATCH value, DELETE value",
    DELETE: "DELETE entity",
    LINK: "GET references, POST references",
    LINK_BY_PUT: "PUT references",
    UNLINK: "DELETE references, DELETE keyed reference",
}
OF_ONE = {GET: "GET single, GET value, GET reference", LINK: "PUT reference", UNLINK: "DELETE reference"}


def ways(way: tuple[str, ...], holder: str, depth: int = 5) -> Iterator[tuple[tuple[str, ...], Navigation]]:
    """All ways on from there through navigations, and the navigation each ends with."""
    for each, navigation in MODEL.navigations():
        if each.name == holder and depth:
            further = (*way, *filter(None, MODEL.inside(navigation).split("/")), navigation.name)
            yield further, navigation
            yield from ways(further, navigation.target, depth - 1)


@pytest.mark.parametrize("name", [each.name for each in MODEL.sets.values() if each.allows])
def test_paths_deeper_than_the_list_of_operations_have_requirements_too(name):
    for way, navigation in ways((name,), MODEL.sets[name].type.name):
        calls = OF_MANY if navigation.collection else OF_ONE
        for call in (each for offered in navigation.allows for each in calls[offered].split(", ")):
            method, _, shape = call.partition(" ")
            assert requirement(method, (*way, "displayName") if shape == "value" else way, shape).delegated


def test_roles_have_the_template_ids_of_entra():
    assert len(set(DIRECTORY_ROLES.values())) == len(DIRECTORY_ROLES) == 4
    for key in DIRECTORY_ROLES.values():
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key)


def test_all_permissions_that_open_something_are_known():
    for needed in NEEDED.values():
        assert set().union(*needed.delegated) <= ALL_DELEGATED
        assert set().union(*needed.application, *needed.app_only_observed) <= ALL_APPLICATION
    # PERM: only programs that call for themselves can have these.
    assert not {"Application.ReadWrite.OwnedBy", "Group.Create"} & ALL_DELEGATED
