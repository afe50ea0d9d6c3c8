"""The container of everything the proxy has."""

from __future__ import annotations

import pytest
from tenants import AT, PROXY, entity, group, tenant

from mockserver.core.commands import Update, apply
from mockserver.core.edm import CREATE, DELETE, GET, LIST, UPDATE
from mockserver.model import MODEL
from mockserver.model.publishing_profile import PROFILE_IDS, groups_of_other_types

PROFILE = MODEL.type("onPremisesPublishingProfile")


@pytest.mark.parametrize("name", ["isEnabled", "isDefaultAccessEnabled"])
@pytest.mark.parametrize("value", [True, False])
def test_a_profile_can_be_switched(name, value):
    """R63: and says so afterwards."""
    after = apply(tenant(), Update(PROFILE.name, PROXY, AT, {name: value}))

    assert value is after.get(PROFILE.name, PROXY)[name]


def offered(operation, at):
    """Whether profiles offer the operation in that tenant."""
    profiles = MODEL.sets["onPremisesPublishingProfiles"]
    guards = [each for each in profiles.guards if operation in each.operations]
    return operation in profiles.allows and all(at.behaviour[each.quirk] in each.choices for each in guards)


@pytest.mark.parametrize(
    ("operation", "expected"), [(LIST, True), (GET, True), (UPDATE, True), (CREATE, False), (DELETE, False)]
)
@pytest.mark.parametrize("profile", ["observed", "documented", "strict"])
def test_profiles_are_read_and_switched_but_neither_made_nor_deleted(operation, expected, profile):
    assert expected is offered(operation, tenant(behaviour=profile))


@pytest.mark.parametrize("operation", [CREATE, DELETE])
def test_profiles_are_made_and_deleted_where_that_is_chosen(operation):
    """Q22 = allowed: the metadata declares it."""
    assert offered(operation, tenant(Q22="allowed"))


def test_the_ids_of_profiles_are_words():
    """R53: in any letter case."""
    assert PROXY in PROFILE_IDS == PROFILE.words


CHILDREN = {
    "connectorGroups": {"applicationProxy"},
    "connectors": {"applicationProxy"},
    "applicationSegments": {"applicationProxy", "privateAccess"},
    "sensors": {"privateAccess"},
    "agents": set(PROFILE_IDS) - {"applicationProxy", "privateAccess"},
    "agentGroups": set(PROFILE_IDS) - {"applicationProxy", "privateAccess"},
    "publishedResources": set(PROFILE_IDS) - {"applicationProxy", "privateAccess"},
}
"""graph_reference 2.3: which profiles have which children."""


@pytest.mark.parametrize("name", CHILDREN)
class TestChildren:
    def test_a_profile_has_only_the_children_of_its_kind(self, name):
        """R55: U29 = refused."""
        serves = PROFILE.navigation(name).serves

        assert CHILDREN[name] == {
            key for key in PROFILE_IDS if serves(tenant(), entity("onPremisesPublishingProfile", id=key))
        }

    def test_a_profile_has_all_of_them_where_that_is_chosen(self, name):
        """U29 = empty: Microsoft's SDKs declare every child for every profile."""
        serves = PROFILE.navigation(name).serves
        at = tenant(behaviour="documented")

        assert all(serves(at, entity("onPremisesPublishingProfile", id=key)) for key in PROFILE_IDS)

    def test_the_refusal_of_any_other_has_an_empty_code(self, name):
        """R55: it names the profile and the child."""
        error = PROFILE.navigation(name).unserved(id="exchangeOnline")

        assert ("", True) == (error.code, f"('exchangeOnline')/{name}'" in error.message)


def test_the_children_are_those_that_are_declared():
    assert set(CHILDREN) == set(PROFILE.navigation_by_name)


def test_the_other_name_of_the_deferral_is_understood():
    """U-18: a documented example writes `deferUpdate`."""
    kind = PROFILE.property("hybridAgentUpdaterConfiguration").type

    assert "deferUpdateDateTime" == kind.property("deferUpdate").name


@pytest.mark.parametrize("kind", ["passthroughAuthentication", "exchangeOnline", "adfs", "syncFabric"])
class TestGroupsOfOtherTypes:
    def test_they_are_listed(self, kind):
        """R23: Q7 = listed, as ZT and CAM saw them; nothing is left out."""
        assert groups_of_other_types(tenant()) is None

    @pytest.mark.parametrize("choice", [{"Q7": "hidden"}, {"behaviour": "documented"}, {"behaviour": "strict"}])
    def test_they_are_left_out_where_that_is_chosen(self, kind, choice):
        """R23: Q7 = hidden."""
        assert groups_of_other_types(tenant(**choice))(group("other", connectorGroupType=kind))


def test_groups_of_the_proxy_are_never_left_out():
    """R23: neither Default nor any other."""
    assert not groups_of_other_types(tenant(Q7="hidden"))(group("paris"))
