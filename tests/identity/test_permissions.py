"""What callers need, who lacks what (R59, R60, U-13; Q15), and the least permissions that open several operations."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from every import for_every
from hypothesis import given
from hypothesis import strategies as st

from mockserver.derive.operations import operations
from mockserver.identity.permission_table import READERS, WRITERS
from mockserver.identity.permissions import (
    ALL_APPLICATION,
    ALL_DELEGATED,
    APP_ONLY,
    DIRECTORY_ROLES,
    ROLE,
    SCOPE,
    Requirement,
    least,
    missing,
    requirement,
)
from mockserver.model import MODEL, MODELS
from mockserver.odata.path import parse_path
from mockserver.odata.place import way_and_shape

NEEDED = {
    (each.method, each.path): requirement(each.method, each.way, each.shape)
    for model in MODELS.values()
    for each in operations(model)
}
PROTECTED = [called for called, needed in NEEDED.items() if needed.directory_roles]


def at(method: str, path: str) -> Requirement:
    """Of that method and path, which needs no operation in the list."""
    return requirement(method, *way_and_shape(parse_path(path, MODEL)))


def lack(needed: Requirement, *permissions: str, roles: str = "", app_only: bool = False, allowed: bool = True):
    """What a caller lacks who has these permissions, and roles by name with commas between them."""
    has = frozenset(DIRECTORY_ROLES[each] for each in filter(None, roles.split(", ")))
    return missing(needed, app_only=app_only, permissions=frozenset(permissions), roles=has, app_only_allowed=allowed)


def kind(*args, **kwargs) -> str | None:
    found = lack(*args, **kwargs)
    return None if found is None else found.kind


P = "onPremisesPublishingProfiles/applicationProxy"
IP_SEGMENTS = "segmentsConfiguration/microsoft.graph.ipSegmentConfiguration/applicationSegments"


@pytest.mark.parametrize(
    ("method", "deep", "plain"),
    [
        ("GET", f"{P}/connectorGroups/g/applications/a/connectorGroup", "applications/a/connectorGroup"),
        ("PUT", f"{P}/connectorGroups/g/applications/a/connectorGroup/$ref", "applications/a/connectorGroup/$ref"),
        ("GET", f"{P}/connectors/c/memberOf/g/members/$ref", f"{P}/connectorGroups/g/members/$ref"),
        ("GET", "users/u/memberOf/g/members", "groups/g/members"),
        ("GET", "groups/g/members/u/memberOf", "users/u/memberOf"),
        ("GET", f"{P}/connectorGroups/g/members/c/memberOf", f"{P}/connectors/c/memberOf"),
        ("PATCH", f"{P}/connectorGroups/g/applications/a/onPremisesPublishing", "applications/a/onPremisesPublishing"),
    ],
)
def test_how_one_got_to_an_entity_does_not_matter(method, deep, plain):
    assert at(method, deep) is at(method, plain)


@pytest.mark.parametrize(
    ("method", "part", "of", "whole"),
    [
        ("GET", "applications/a/web", "GET", "applications/a"),
        ("PATCH", "applications/a/web", "PATCH", "applications/a"),
        ("DELETE", "users/u/department", "PATCH", "users/u"),
        ("GET", "applications/a/displayName/$value", "GET", "applications/a"),
        ("GET", "applications/a/onPremisesPublishing/externalUrl", "GET", "applications/a/onPremisesPublishing"),
        ("DELETE", "applications/a/onPremisesPublishing/externalUrl", "PATCH", "applications/a/onPremisesPublishing"),
        ("PATCH", f"{P}/hybridAgentUpdaterConfiguration/updateWindow", "PATCH", f"{P}/hybridAgentUpdaterConfiguration"),
        ("GET", f"{P}/connectorGroups/g/name", "GET", f"{P}/connectorGroups/g"),
    ],
)
def test_a_value_is_read_and_changed_with_what_holds_it(method, part, of, whole):
    found, expected = at(method, part), at(of, whole)
    assert (found.delegated, found.application) == (expected.delegated, expected.application)
    assert found.directory_roles == expected.directory_roles
    assert found.source.startswith(f"like {of} of ")
    assert not found.verified
    assert found is at(method, part)


def test_head_needs_what_get_needs():
    assert at("HEAD", f"{P}/connectorGroups") is at("GET", f"{P}/connectorGroups")


@pytest.mark.parametrize(
    ("method", "way", "shape"),
    [
        # PERM has it, the model has not: only applications change their segments.
        ("PATCH", ("onPremisesPublishingProfiles", "applicationSegments"), "entity"),
        ("POST", ("applicationTemplates",), "collection"),
        ("GET", ("nowhere",), "collection"),
    ],
)
def test_what_is_not_offered_has_no_requirement(method, way, shape):
    with pytest.raises(LookupError):
        requirement(method, way, shape)


LIST_GROUPS, CHANGE_GROUP = at("GET", f"{P}/connectorGroups"), at("PATCH", f"{P}/connectorGroups/g")
ASSIGN = at("PUT", "applications/a/connectorGroup/$ref")
CHANGE_PUBLISHING = at("PATCH", "applications/a/onPremisesPublishing")
ADMIN, CLOUD = "Application Administrator", "Cloud Application Administrator"


@for_every(PROTECTED)
def test_a_cloud_application_administrator_is_refused_where_an_application_administrator_is_let_in(called):
    needed = NEEDED[called]
    everything = tuple(ALL_DELEGATED)
    assert kind(needed, *everything, roles=CLOUD) == ROLE
    assert kind(needed, *everything, roles=ADMIN) is None
    assert kind(needed, *everything, roles="Global Administrator") is None
    assert kind(needed, *everything, roles=f"{CLOUD}, {ADMIN}") is None


@for_every(PROTECTED)
def test_a_global_secure_access_administrator_reads_and_changes_nothing(called):
    needed, reads = NEEDED[called], called[0] == "GET"
    assert needed.directory_roles == (READERS if reads else WRITERS)
    found = kind(needed, *ALL_DELEGATED, roles="Global Secure Access Administrator")
    assert found == (None if reads else ROLE)


OF_THE_PROXY = (
    r"/onPremisesPublishingProfiles(/\{[^/]*\})?(/\$count)?$"
    r"|/(connectorGroups?|connectors|sensors|applicationSegments|onPremisesPublishing)(/|$)(?!.*/logo$)"
)


@for_every(NEEDED)
def test_the_proxy_asks_for_roles_and_the_rest_does_not(called):
    assert bool(NEEDED[called].directory_roles) is bool(re.search(OF_THE_PROXY, called[1]))


def test_a_user_lacks_a_permission_first_and_a_role_then():
    assert kind(LIST_GROUPS) == SCOPE
    assert kind(LIST_GROUPS, "Directory.Read.All", roles=ADMIN) == SCOPE
    assert kind(LIST_GROUPS, "Directory.ReadWrite.All") == ROLE
    assert kind(LIST_GROUPS, "Directory.ReadWrite.All", roles=ADMIN) is None


def test_any_token_reads_templates():
    assert kind(at("GET", "applicationTemplates")) is None
    assert kind(at("GET", "applicationTemplates/t"), app_only=True, allowed=False) is None


def test_permissions_needed_together_are_needed_together():
    grant = at("POST", "servicePrincipals/s/appRoleAssignments")
    assert kind(grant, "Application.Read.All") == SCOPE
    found = lack(grant, "AppRoleAssignment.ReadWrite.All")
    assert found.kind == SCOPE
    assert found.explanation.startswith("missing delegated permission Application.Read.All; ")
    assert kind(grant, "AppRoleAssignment.ReadWrite.All", "Application.Read.All") is None
    assert kind(grant, "AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All", app_only=True) is None


def test_by_the_documentation_programs_do_not_do_it_for_themselves():
    """R60, Q15 refused."""
    for needed in (LIST_GROUPS, CHANGE_GROUP, ASSIGN):
        assert kind(needed, *ALL_APPLICATION, app_only=True, allowed=False) == APP_ONLY
    create = at("POST", f"{P}/connectorGroups")
    assert kind(create, "Directory.ReadWrite.All", app_only=True, allowed=False) is None
    assert kind(CHANGE_PUBLISHING, "Application.ReadWrite.OwnedBy", app_only=True, allowed=False) is None


def test_programs_do_for_themselves_what_they_were_seen_to_do():
    """R60, Q15 allowed: M365DSC."""
    assert kind(LIST_GROUPS, "Directory.Read.All", app_only=True) is None
    assert kind(CHANGE_GROUP, "Directory.Read.All", app_only=True) == SCOPE
    assert kind(CHANGE_GROUP, "Directory.ReadWrite.All", app_only=True) is None
    assert kind(at("PATCH", P), "Directory.ReadWrite.All", app_only=True) is None


def test_a_pipeline_publishes_with_the_permission_of_publishing_profiles():
    """behaviour.md 2.10: GITOPS, whose Application.ReadWrite.All did not do for onPremisesPublishing."""
    pipeline = ("Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "Directory.Read.All")
    assert kind(CHANGE_PUBLISHING, *pipeline, app_only=True) == SCOPE
    steps = (
        LIST_GROUPS,
        at("POST", "applicationTemplates/t/instantiate"),
        CHANGE_PUBLISHING,
        ASSIGN,
        at("POST", f"applications/a/onPremisesPublishing/{IP_SEGMENTS}"),
        at("POST", "servicePrincipals/s/appRoleAssignedTo"),
    )
    for step in steps:
        assert kind(step, *pipeline, "OnPremisesPublishingProfiles.ReadWrite.All", app_only=True) is None


def test_where_no_program_was_seen_it_needs_what_a_user_needs():
    agents = at("GET", f"{P}/agents")
    assert kind(agents, "Directory.Read.All", app_only=True) == SCOPE
    assert kind(agents, "Policy.Read.HybridAuthentication", app_only=True) is None


def test_the_role_of_a_program_is_not_asked_for():
    assert kind(CHANGE_GROUP, "Directory.ReadWrite.All", app_only=True, roles="") is None


@pytest.mark.parametrize("app_only", [False, True])
@pytest.mark.parametrize("allowed", [False, True])
@pytest.mark.parametrize("permissions", [(), tuple(ALL_DELEGATED)], ids=["none", "all"])
def test_an_explanation_is_one_line_of_ascii_that_says_what_would_pass(app_only, allowed, permissions):
    sent = "évil\r\nx-header: 1"
    for needed in {*NEEDED.values()}:
        found = missing(
            needed,
            app_only=app_only,
            permissions=frozenset({*permissions, sent}),
            roles=frozenset({sent}),
            app_only_allowed=allowed,
        )
        if found is not None:
            assert re.fullmatch(r"[ -~]{40,1000}", found.explanation)
            assert found.explanation.startswith("missing ")
            assert "; what would pass: " in found.explanation
            assert ("inferred" in found.explanation) is not needed.verified


def test_an_explanation_reads_like_this():
    assert lack(LIST_GROUPS).explanation == (
        "missing delegated permission Directory.ReadWrite.All; what would pass: Directory.ReadWrite.All"
    )
    assert lack(CHANGE_GROUP, *ALL_DELEGATED, roles=CLOUD).explanation == (
        "missing directory role: the user has Cloud Application Administrator; "
        "what would pass: Application Administrator, or Global Administrator"
    )
    assert lack(CHANGE_GROUP, app_only=True, allowed=False).explanation == (
        "missing user: programs call this for themselves only under Q15=allowed; "
        "what would pass: Directory.ReadWrite.All"
    )


def test_the_least_permissions_of_a_tour():
    tour = [LIST_GROUPS, at("GET", "applications"), ASSIGN]
    assert least(tour) == ("Directory.ReadWrite.All",)
    assert least([*tour, CHANGE_PUBLISHING]) == ("Application.ReadWrite.All", "Directory.ReadWrite.All")
    assert least([*tour, CHANGE_PUBLISHING], app_only=True) == (
        "Directory.Read.All",
        "OnPremisesPublishingProfiles.ReadWrite.All",
    )
    assert least(tour, app_only=True, app_only_allowed=False) == ("Application.Read.All",)
    assert least([at("GET", "applications"), at("GET", "servicePrincipals")]) == ("Application.Read.All",)
    assert least([at("POST", "servicePrincipals/s/appRoleAssignments")]) == (
        "AppRoleAssignment.ReadWrite.All",
        "Application.Read.All",
    )
    assert least([]) == least([at("GET", "applicationTemplates")]) == ()


def test_the_least_permissions_of_everything_are_found():
    everything = [*NEEDED.values()]
    for app_only in (False, True):
        found = frozenset(least(everything, app_only=app_only))
        for needed in everything:
            assert any(each <= found for each in needed.alternatives(app_only=app_only, app_only_allowed=True))


NAMES = "ABCDEFG"
alternatives = st.lists(st.frozensets(st.sampled_from(NAMES), max_size=3), min_size=1, max_size=4, unique=True)
requirements = st.builds(
    lambda found: Requirement(tuple(found), (), frozenset(), (), "invented", verified=False), alternatives
)


def meets(permissions: frozenset[str], needs: list[Requirement]) -> bool:
    return all(any(each <= permissions for each in need.delegated) for need in needs)


def places(permissions: frozenset[str], needs: list[Requirement]) -> int:
    """How far down the lists of the different requirements what is there stands."""
    return sum(
        min(place for place, each in enumerate(found) if each <= permissions)
        for found in {need.delegated for need in needs}
    )


@given(st.lists(requirements, max_size=6))
def test_the_least_permissions_meet_all_and_no_fewer_do(needs):
    found = frozenset(least(needs))
    assert meets(found, needs)
    same = [frozenset(each) for each in combinations(NAMES, len(found))]
    fewer = [frozenset(each) for size in range(len(found)) for each in combinations(NAMES, size)]
    assert not any(meets(each, needs) for each in fewer)
    assert places(found, needs) == min(places(each, needs) for each in same if meets(each, needs))


@given(st.lists(requirements, max_size=6), st.randoms(use_true_random=False))
def test_the_least_permissions_do_not_depend_on_the_order_of_calls(needs, random):
    shuffled = [*needs, *needs]
    random.shuffle(shuffled)
    assert least(shuffled) == least(needs)
