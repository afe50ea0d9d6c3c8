"""The container of everything the proxy has."""

from __future__ import annotations

import pytest
from tenants import AT, PROXY, group, tenant

from mockserver.core.commands import Update, apply
from mockserver.core.edm import CREATE, DELETE, GET, LIST, UPDATE
from mockserver.model import MODEL
from mockserver.model.publishing_profile import PROFILE_IDS, groups_of_other_types

PROFILE = MODEL.type("onPremisesPublishingProfile")


def test_a_profile_has_three_properties():
    """R63: M365DSC reads and changes two of them."""
    assert ["id", "isDefaultAccessEnabled", "isEnabled"] == [each.name for each in PROFILE.visible]


@pytest.mark.parametrize("name", ["isEnabled", "isDefaultAccessEnabled"])
@pytest.mark.parametrize("value", [True, False])
def test_a_profile_can_be_switched(name, value):
    """R63: and says so afterwards."""
    after = apply(tenant(), Update(PROFILE.name, PROXY, AT, {name: value}))

    assert value is after.get(PROFILE.name, PROXY)[name]


@pytest.mark.parametrize(
    ("operation", "expected"), [(LIST, True), (GET, True), (UPDATE, True), (CREATE, False), (DELETE, False)]
)
def test_profiles_are_read_and_switched_but_neither_made_nor_deleted(operation, expected):
    assert expected is (operation in MODEL.sets["onPremisesPublishingProfiles"].allows)


def test_the_ids_of_profiles_are_words():
    """R53: in any letter case."""
    assert (PROXY,) == PROFILE_IDS == PROFILE.words


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
