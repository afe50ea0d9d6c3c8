"""The rules of connectors, R2 to R5 and R30 to R36."""

from __future__ import annotations

import re

import pytest
from tenants import (
    AT,
    application,
    connector,
    contents,
    group,
    install,
    members,
    move,
    refused,
    take_out,
    tenant,
)

from mockserver.core.commands import Delete, Update, apply, apply_all
from mockserver.core.edm import CREATE, DELETE, LINK, LINK_BY_PUT, UPDATE
from mockserver.core.errors import (
    ConnectorGroupNotFound,
    ConnectorNotFound,
    ConnectorStaysOnDefault,
    MoveCrossesRegions,
)
from mockserver.model import MODEL

THREE = (group("paris"), group("lyon"), connector("a"), connector("b", "paris"), connector("c", "paris"))
GROUPS = ("default", "paris", "lyon")


def partition(at):
    return {key: members(at, key) for key in GROUPS}


def offered(type_name, name, operation, **choices):
    """Whether the navigation offers the operation in a tenant of that behaviour."""
    navigation = MODEL.type(type_name).navigation_by_name[name]
    guards = [each for each in navigation.guards if operation in each.operations]
    behaviour = tenant(**choices).behaviour
    return operation in navigation.allows and all(behaviour[each.quirk] in each.choices for each in guards)


class TestInstall:
    @pytest.mark.parametrize("groups", [(), (group("paris"), group("lyon"))], ids=["alone", "among others"])
    def test_a_new_connector_lands_in_the_default_group(self, groups):
        """R3: whatever groups exist."""
        assert ["new"] == members(apply(tenant(*groups), install("new")), "default")

    def test_a_new_connector_lands_in_the_group_that_is_default_whatever_its_name(self):
        """R3, R21: Default may have been renamed and its name given to another."""
        at = tenant(group("other", name="Default"), group("default", name="Spare", isDefault=True))

        assert ["new"] == members(apply(at, install("new")), "default")

    def test_a_connector_that_comes_from_elsewhere_keeps_its_group(self):
        """R3: a fixture may say where it is; a registration cannot."""
        assert ["new"] == members(apply(tenant(group("paris")), install("new", memberOf="paris")), "paris")

    def test_a_new_connector_is_active_from_its_first_sign_of_life(self):
        """R37: its registration is a heartbeat."""
        made = apply(tenant(), install("new")).get("connector", "new")

        assert ("active", AT, False) == (made["status"], made["lastHeartbeat"], made["stopped"])

    def test_a_connector_shows_five_properties(self):
        """R30: what the mock keeps besides is hidden."""
        assert ["id", "machineName", "externalIp", "status", "version"] == [
            each.name for each in MODEL.type("connector").visible
        ]

    def test_a_new_connector_has_a_version_of_four_whole_numbers(self):
        """R30: clients read it as a .NET version."""
        assert re.fullmatch(r"\d+(\.\d+){3}", apply(tenant(), install("new")).get("connector", "new")["version"])

    def test_a_status_is_active_or_inactive(self):
        """R30: the metadata lists these two."""
        assert ("active", "inactive") == MODEL.type("connector").property_by_name["status"].type.members


class TestMove:
    @pytest.mark.parametrize("origin", GROUPS)
    @pytest.mark.parametrize("target", GROUPS)
    def test_a_moved_connector_is_in_its_new_group_and_no_other(self, origin, target):
        """R2, R4: it vanishes from the old group at once."""
        after = apply(tenant(*THREE[:2], connector("a", origin)), move("a", target))

        assert {key: ["a"] if key == target else [] for key in GROUPS} == partition(after)

    def test_a_move_leaves_the_other_connectors_where_they_are(self):
        """R4: in both groups."""
        assert {"default": ["a", "b"], "paris": ["c"], "lyon": []} == partition(
            apply(tenant(*THREE), move("b", "default"))
        )

    def test_a_move_changes_nothing_about_the_connector_but_its_group(self):
        """R4: status, version and last heartbeat stay."""
        before = tenant(*THREE)
        after = apply(before, move("b", "lyon"))

        assert {**before.get("connector", "b"), "memberOf": "lyon"} == after.get("connector", "b")

    def test_a_move_leaves_applications_alone(self):
        """R9: those of a group stay when its last connector leaves."""
        at = tenant(group("paris"), connector("a", "paris"), application("wiki", "paris"))

        assert contents(at)["application"] == contents(apply(at, move("a", "default")))["application"]

    def test_the_default_group_is_a_target_as_any_other(self):
        """R5: moving there is how a connector is set aside for maintenance."""
        assert ["a", "b"] == members(apply(tenant(*THREE), move("b", "default")), "default")

    @pytest.mark.parametrize("key", ["a", "b"])
    def test_a_move_to_the_present_group_changes_nothing(self, key):
        """R35: boot scripts run again."""
        at = tenant(*THREE)

        assert at is apply(at, move(key, at.get("connector", key)["memberOf"]))

    @pytest.mark.parametrize("key", ["nowhere", "", "a"])
    def test_a_move_to_an_unknown_group_is_refused(self, key):
        """R36: ConnectorGroup_NotFound, and nothing changes."""
        assert ConnectorGroupNotFound == refused(tenant(*THREE), move("a", key))

    def test_a_move_to_a_group_of_another_type_is_refused(self):
        """R23, R36: it takes no connectors."""
        at = tenant(*THREE, group("other", connectorGroupType="adfs"))

        assert ConnectorGroupNotFound == refused(at, move("a", "other"))

    @pytest.mark.parametrize("key", ["nobody", "paris"])
    def test_a_move_of_an_unknown_connector_is_refused(self, key):
        """R36: Connector_NotFound, and nothing changes."""
        assert ConnectorNotFound == refused(tenant(*THREE), move(key, "paris"))

    def test_of_an_unknown_connector_and_an_unknown_group_the_connector_is_named(self):
        """R36: the address of the request comes before its body."""
        assert ConnectorNotFound == refused(tenant(), move("nobody", "nowhere"))


HOME, ABROAD, ALSO_ABROAD, NOWHERE = "eur", "nam", "asia", None


def of_regions(origin, **choices):
    """A connector in a group of one region, and a group of each region to move it to."""
    groups = (group(str(region), region=region) for region in (HOME, ABROAD, ALSO_ABROAD, NOWHERE))
    return tenant(*groups, group("origin", region=origin), connector("a", "origin"), **choices)


class TestRegions:
    @pytest.mark.parametrize(
        ("origin", "target"),
        [
            (HOME, ABROAD),
            (NOWHERE, ABROAD),
            (HOME, NOWHERE),
            (HOME, HOME),
            (NOWHERE, HOME),
            (ABROAD, HOME),
            (ABROAD, NOWHERE),
        ],
    )
    def test_from_or_to_the_default_region_a_connector_moves_freely(self, origin, target):
        """R34: null is the default region, too."""
        assert ["a"] == members(apply(of_regions(origin), move("a", str(target))), str(target))

    @pytest.mark.parametrize(("origin", "target"), [(ABROAD, ALSO_ABROAD), (ALSO_ABROAD, ABROAD), (ABROAD, ABROAD)])
    def test_from_one_region_abroad_to_another_it_does_not_move(self, origin, target):
        """R34: only from a group that uses the default region; Q20 = refused."""
        assert MoveCrossesRegions == refused(of_regions(origin), move("a", str(target)))

    def test_it_moves_there_in_two_hops(self):
        """R34: through a group of the default region."""
        after = apply_all(of_regions(ABROAD), (move("a", "eur"), move("a", "asia")))

        assert ["a"] == members(after, "asia")

    @pytest.mark.parametrize(("origin", "target"), [(ABROAD, ALSO_ABROAD), (ABROAD, ABROAD)])
    def test_it_moves_anywhere_where_that_is_chosen(self, origin, target):
        """R34: Q20 = allowed, for simple set-ups."""
        assert ["a"] == members(apply(of_regions(origin, Q20="allowed"), move("a", target)), target)

    @pytest.mark.parametrize("choice", ["refused", "allowed"])
    def test_staying_in_a_group_abroad_is_no_move(self, choice):
        """R34, R35: to the present group it always passes."""
        at = of_regions(ABROAD, Q20=choice)

        assert at is apply(at, move("a", "origin"))

    @pytest.mark.parametrize("profile", ["observed", "documented", "strict"])
    def test_every_profile_refuses_to_cross_regions(self, profile):
        """R34: on by default."""
        assert MoveCrossesRegions == refused(of_regions(ABROAD, behaviour=profile), move("a", "asia"))

    def test_in_a_tenant_without_region_every_group_with_one_is_abroad(self):
        """R34: so no connector moves from one to another."""
        at = tenant(group("nam", region="nam"), group("eur", region="eur"), connector("a", "nam"), region=None)

        assert MoveCrossesRegions == refused(at, move("a", "eur"))

    def test_in_a_tenant_without_region_groups_without_one_are_at_home(self):
        """R34: so a connector moves there from anywhere."""
        at = tenant(group("nam", region="nam"), connector("a", "nam"), region=None)

        assert ["a"] == members(apply(at, move("a", "default")), "default")


class TestTakeOut:
    def test_a_connector_taken_out_of_its_group_is_in_the_default_group(self):
        """R2: it is always in exactly one."""
        assert {"default": ["a", "b"], "paris": ["c"], "lyon": []} == partition(
            apply(tenant(*THREE), take_out("b", "paris"))
        )

    def test_a_connector_cannot_be_taken_out_of_the_default_group(self):
        """R2: there is nowhere to fall back to."""
        assert ConnectorStaysOnDefault == refused(tenant(*THREE), take_out("a", "default"))

    def test_a_connector_is_taken_home_from_any_region(self):
        """R5, R34: back home is always allowed."""
        assert ["a"] == members(apply(of_regions(ABROAD), take_out("a", "origin")), "default")


class TestRemoval:
    def test_a_removed_connector_is_in_no_group(self):
        """R38: and its group stays, even when empty."""
        at = tenant(group("paris"), connector("a", "paris"))
        after = apply(at, Delete("connector", "a", AT))

        assert (None, [], ["default", "paris"]) == (
            after.get("connector", "a"),
            members(after, "paris"),
            list(after.all("connectorGroup")),
        )

    def test_the_others_stay_where_they_are(self):
        """R38: it is removed alone."""
        assert {"default": ["a"], "paris": ["c"], "lyon": []} == partition(
            apply(tenant(*THREE), Delete("connector", "b", AT))
        )


class TestWhatIsOffered:
    @pytest.mark.parametrize("operation", [CREATE, UPDATE, DELETE])
    @pytest.mark.parametrize(("choice", "expected"), [("refused", False), ("allowed", True)])
    def test_connectors_are_written_only_where_that_is_chosen(self, operation, choice, expected):
        """R31: Q22; real connectors register themselves and go away by themselves."""
        assert expected is offered("onPremisesPublishingProfile", "connectors", operation, Q22=choice)

    @pytest.mark.parametrize("profile", ["observed", "documented", "strict"])
    @pytest.mark.parametrize("operation", [CREATE, UPDATE, DELETE])
    def test_no_profile_writes_connectors(self, operation, profile):
        """R31: every profile refuses."""
        assert not offered("onPremisesPublishingProfile", "connectors", operation, behaviour=profile)

    @pytest.mark.parametrize(
        ("profile", "expected"),
        [
            ("observed", (True, True, True)),
            ("documented", (True, False, True)),
            ("strict", (True, False, False)),
        ],
    )
    def test_the_ways_to_move_a_connector_depend_on_the_profile(self, profile, expected):
        """R32: Q12; POST and PUT to memberOf, POST to members."""
        assert expected == (
            offered("connector", "memberOf", LINK, behaviour=profile),
            offered("connector", "memberOf", LINK_BY_PUT, behaviour=profile),
            offered("connectorGroup", "members", LINK, behaviour=profile),
        )

    def test_the_group_of_a_connector_is_shown_as_a_collection(self):
        """R2: `memberOf` has a `value` array with exactly one element."""
        assert MODEL.type("connector").navigation_by_name["memberOf"].collection


def test_an_update_moves_no_connector():
    """R31: the group is no property of it."""
    at = tenant(*THREE)

    assert partition(at) == partition(apply(at, Update("connector", "b", AT, {"machineName": "other"})))
