"""The rules of connector groups, R1 and R8 to R22."""

from __future__ import annotations

import pytest
from tenants import (
    application,
    applications,
    connector,
    create_group,
    delete_group,
    entity,
    group,
    members,
    refusal,
    refused,
    tenant,
    update_group,
)

from mockserver.core.commands import apply
from mockserver.core.errors import (
    ConnectorGroupNotFound,
    DefaultGroupStays,
    GroupNotEmpty,
    MissingProperty,
    NameTaken,
    RegionIsFixed,
)
from mockserver.core.tenant import Tenant
from mockserver.model.connector_group import default_group, default_region, existing_group, takes_connectors

PUBLISHED = ["nam", "eur", "aus", "asia", "ind", "japan"]


def created(at, **properties):
    return apply(at, create_group("new", **properties)).get("connectorGroup", "new")


def updated(at, key, **properties):
    return apply(at, update_group(key, **properties)).get("connectorGroup", key)


class TestDefaultGroup:
    def test_the_default_group_is_the_one_that_is_default(self):
        """R1: whatever its name and its place among the groups."""
        at = tenant(group("a", name="Default"), group("default", name="Spare", isDefault=True))

        assert "default" == default_group(at)["id"]

    def test_a_default_group_of_another_type_is_not_the_default_group(self):
        """R1, R23: it is the one of type applicationProxy."""
        other = group("other", isDefault=True, connectorGroupType="adfs")
        at = tenant(other, group("default", isDefault=True))

        assert "default" == default_group(at)["id"]

    def test_a_tenant_without_one_is_a_mistake_of_whoever_made_it(self):
        """R1: no seed and no command makes such a tenant."""
        blank = tenant()
        broken = Tenant.of(blank.model, (), behaviour=blank.behaviour, about={}, policy={})
        with pytest.raises(LookupError, match="without a default connector group"):
            default_group(broken)

    def test_a_created_group_is_not_the_default_one(self):
        """R1: there is exactly one."""
        assert created(tenant())["isDefault"] is False

    def test_a_renamed_default_group_is_still_the_default_one(self):
        """R21: isDefault does not depend on the name."""
        after = apply(tenant(), update_group("default", name="Spare"))

        assert ("default", "Spare") == (default_group(after)["id"], default_group(after)["name"])

    def test_a_group_named_default_is_not_the_default_one(self):
        """R21: isDefault does not depend on the name."""
        after = apply(tenant(), create_group("new", name="Default"))

        assert "default" == default_group(after)["id"]


class TestMembers:
    def test_a_group_may_hold_many_connectors_and_many_applications(self):
        """R8: no maximum is published for either."""
        many = range(2000)
        at = tenant(*(connector(f"c{n}") for n in many), *(application(f"a{n}", "default") for n in many))

        assert (2000, 2000) == (len(members(at, "default")), len(applications(at, "default")))

    def test_a_group_may_be_empty(self):
        """R8: such as one just created."""
        after = apply(tenant(), create_group("new"))

        assert ([], []) == (members(after, "new"), applications(after, "new"))

    def test_a_group_has_its_own_connectors_and_applications_only(self):
        """R9: groups are isolated from each other."""
        at = tenant(
            group("paris"),
            group("lyon"),
            connector("a", "paris"),
            connector("b", "lyon"),
            application("wiki", "lyon"),
        )

        assert (["a"], []) == (members(at, "paris"), applications(at, "paris"))


class TestCreate:
    def test_a_created_group_is_of_the_application_proxy(self):
        """R10: TF saw it returned."""
        assert "applicationProxy" == created(tenant())["connectorGroupType"]

    def test_a_created_group_has_the_name_it_was_given(self):
        """R10: and keeps its letters and its blanks."""
        assert " Paris HQ " == created(tenant(), name=" Paris HQ ")["name"]

    @pytest.mark.parametrize("name", ["", " ", "\t\n"])
    def test_a_group_needs_a_name(self, name):
        """R10: the name is the one thing that a create must bring."""
        assert MissingProperty == refused(tenant(), create_group("new", name=name))

    @pytest.mark.parametrize("region", ["eur", "nam"])
    def test_without_a_region_it_has_that_of_the_tenant(self, region):
        """R15: Q6 = tenant, the default."""
        assert region == created(tenant(region=region))["region"]

    def test_without_a_region_it_has_none_where_that_is_chosen(self):
        """R15: Q6 = null."""
        assert created(tenant(Q6="null"))["region"] is None

    def test_under_strict_it_has_no_region_unless_one_is_said(self):
        """R15: Q6 is null under strict."""
        assert created(tenant(behaviour="strict"))["region"] is None

    @pytest.mark.parametrize("choice", ["tenant", "null"])
    @pytest.mark.parametrize("region", PUBLISHED)
    def test_it_has_the_region_that_was_said(self, region, choice):
        """R16: the published ones and japan, whatever Q6 says."""
        assert region == created(tenant(Q6=choice), region=region)["region"]

    def test_null_said_is_no_region(self):
        """R15: what was said, even null, is not completed."""
        assert created(tenant(), region=None)["region"] is None

    def test_in_a_tenant_without_region_it_has_none(self):
        """R15: there is nothing to complete it with."""
        assert created(tenant(region=None))["region"] is None


class TestUpdate:
    def test_a_group_can_be_renamed(self):
        """R13: and keeps everything else."""
        assert ("Paris", "nam") == tuple(
            updated(tenant(group("paris", region="nam")), "paris", name="Paris")[name] for name in ("name", "region")
        )

    def test_a_group_can_be_renamed_while_in_use(self):
        """R13: only its region is fixed then."""
        at = tenant(group("paris"), connector("a", "paris"), application("wiki", "paris"))

        assert "Paris" == updated(at, "paris", name="Paris")["name"]

    def test_name_and_region_can_change_together(self):
        """R13: as TF saw."""
        after = updated(tenant(group("paris")), "paris", name="Tokyo", region="japan")

        assert ("Tokyo", "japan") == (after["name"], after["region"])

    @pytest.mark.parametrize("name", ["", "  "])
    def test_a_group_cannot_lose_its_name(self, name):
        """R13: as it could not be created without one."""
        assert MissingProperty == refused(tenant(group("paris")), update_group("paris", name=name))

    def test_the_default_group_can_be_renamed(self):
        """R21: nothing that was read forbids it."""
        assert "Spare" == updated(tenant(), "default", name="Spare")["name"]

    def test_the_default_group_keeps_its_name_under_strict(self):
        """R21: refused under strict."""
        assert DefaultGroupStays == refused(tenant(behaviour="strict"), update_group("default", name="Spare"))

    def test_the_default_group_may_be_told_its_own_name_under_strict(self):
        """R21: that changes nothing."""
        assert "Default" == updated(tenant(behaviour="strict"), "default", name="Default")["name"]

    def test_another_group_can_be_renamed_under_strict(self):
        """R21: it is about the default group alone."""
        assert "Paris" == updated(tenant(group("a"), behaviour="strict"), "a", name="Paris")["name"]

    def test_the_default_group_can_have_another_region_under_strict(self):
        """R21: it is about the name alone."""
        assert "nam" == updated(tenant(behaviour="strict"), "default", region="nam")["region"]


HOLDERS = {
    "connector": (connector("a", "paris"),),
    "inactive connector": (connector("a", "paris", status="inactive", stopped=True),),
    "application": (application("wiki", "paris"),),
    "both": (connector("a", "paris"), application("wiki", "paris")),
}


class TestRegion:
    @pytest.mark.parametrize("region", ["nam", "japan", None])
    @pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
    def test_the_region_of_a_group_in_use_is_fixed(self, held, region):
        """R17: while it holds any connector or any application."""
        assert RegionIsFixed == refused(tenant(group("paris"), *held), update_group("paris", region=region))

    @pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
    def test_setting_the_region_it_already_has_passes(self, held):
        """R17: and changes nothing."""
        at = tenant(group("paris"), *held)

        assert at is apply(at, update_group("paris", region="eur"))

    @pytest.mark.parametrize("region", ["nam", "japan", None])
    def test_the_region_of_an_empty_group_changes(self, region):
        """R17: whatever other groups hold."""
        at = tenant(group("paris"), connector("a"), application("wiki", "default"))

        assert region == updated(at, "paris", region=region)["region"]

    def test_a_refused_region_takes_the_new_name_with_it(self):
        """R17: all of an update or nothing."""
        at = tenant(group("paris"), connector("a", "paris"))

        assert RegionIsFixed == refused(at, update_group("paris", name="Tokyo", region="japan"))

    def test_the_region_of_the_default_group_is_fixed_as_well(self):
        """R17: it is a group as any other."""
        assert RegionIsFixed == refused(tenant(connector("a")), update_group("default", region="nam"))


HOLDING = pytest.mark.parametrize(
    ("held", "what"),
    [
        ((connector("a", "paris"),), "1 connectors"),
        ((application("wiki", "paris"),), "1 applications"),
        (
            (connector("a", "paris"), connector("b", "paris"), application("x", "paris")),
            "2 connectors and 1 applications",
        ),
    ],
    ids=["connector", "application", "both"],
)


class TestDelete:
    def test_an_empty_group_goes(self):
        """R18: and leaves the others."""
        after = apply(tenant(group("paris"), group("lyon"), connector("a")), delete_group("paris"))

        assert ["default", "lyon"] == list(after.all("connectorGroup"))

    def test_a_group_that_is_gone_is_not_found(self):
        """R18: ConnectorGroup_NotFound from then on."""
        after = apply(tenant(group("paris")), delete_group("paris"))

        assert ConnectorGroupNotFound == refused(after, delete_group("paris"))

    @HOLDING
    def test_a_group_that_holds_something_stays(self, held, what):
        """R19: and nothing changes."""
        assert GroupNotEmpty == refused(tenant(group("paris"), *held), delete_group("paris"))

    @HOLDING
    def test_the_refusal_says_what_a_group_holds(self, held, what):
        """R19: so that one knows what to move."""
        assert f"still holds {what}. " in refusal(tenant(group("paris"), *held), delete_group("paris")).message

    @pytest.mark.parametrize("held", [(), (connector("a"),)], ids=["empty", "in use"])
    def test_the_default_group_stays(self, held):
        """R20: even when it is empty."""
        assert DefaultGroupStays == refused(tenant(*held), delete_group("default"))

    def test_a_group_named_default_goes(self):
        """R20, R21: it is isDefault that counts."""
        after = apply(tenant(group("other", name="Default")), delete_group("other"))

        assert ["default"] == list(after.all("connectorGroup"))

    def test_a_renamed_default_group_stays(self):
        """R20, R21: it is isDefault that counts."""
        at = apply(tenant(), update_group("default", name="Spare"))

        assert DefaultGroupStays == refused(at, delete_group("default"))


class TestNames:
    def test_two_groups_of_one_name_are_two_groups(self):
        """R22: duplicates are allowed, and never merged."""
        after = apply(apply(tenant(), create_group("a", name="Paris")), create_group("b", name="Paris"))

        assert ["Default", "Paris", "Paris"] == [each["name"] for each in after.all("connectorGroup").values()]

    @pytest.mark.parametrize("choice", [{"Q8": "refused"}, {"behaviour": "strict"}], ids=["Q8", "strict"])
    @pytest.mark.parametrize("name", ["Paris", "paris", "PARIS"])
    def test_a_second_group_of_a_name_is_refused_where_that_is_chosen(self, name, choice):
        """R22: Q8 = refused, in any letter case."""
        assert NameTaken == refused(tenant(group("a", name="Paris"), **choice), create_group("b", name=name))

    def test_renaming_to_the_name_of_another_group_is_allowed(self):
        """R22: as creating one is."""
        at = tenant(group("a", name="Paris"), group("b", name="Lyon"))

        assert "Paris" == updated(at, "b", name="Paris")["name"]

    def test_renaming_to_the_name_of_another_group_is_refused_where_that_is_chosen(self):
        """R22: Q8 = refused."""
        at = tenant(group("a", name="Paris"), group("b", name="Lyon"), Q8="refused")

        assert NameTaken == refused(at, update_group("b", name="paris"))

    def test_the_name_of_the_default_group_is_taken_as_well(self):
        """R22: Q8 = refused."""
        assert NameTaken == refused(tenant(Q8="refused"), create_group("b", name="default"))

    def test_a_name_that_no_group_has_any_more_is_free(self):
        """R22: Q8 = refused."""
        at = apply(tenant(group("a", name="Paris"), Q8="refused"), delete_group("a"))

        assert "Paris" == created(at, name="Paris")["name"]

    def test_a_group_may_be_told_its_own_name(self):
        """R22: Q8 = refused, but it is not a second group."""
        assert "Paris" == updated(tenant(group("a", name="Paris"), Q8="refused"), "a", name="Paris")["name"]

    def test_a_group_may_write_its_own_name_in_other_letters(self):
        """R22: Q8 = refused, but it is not a second group."""
        assert "PARIS" == updated(tenant(group("a", name="Paris"), Q8="refused"), "a", name="PARIS")["name"]


class TestExistingGroup:
    def test_a_group_of_the_application_proxy_takes_connectors(self):
        """R23: the others stand in the list and hold nothing."""
        assert takes_connectors(tenant(), group("paris"))

    @pytest.mark.parametrize("kind", ["syncFabric", "passthroughAuthentication", "exchangeOnline", "adfs"])
    def test_a_group_of_another_type_takes_none(self, kind):
        """R23: the others stand in the list and hold nothing."""
        assert not takes_connectors(tenant(), group("other", connectorGroupType=kind))

    def test_a_group_that_exists_is_found(self):
        """R36: by its id."""
        at = tenant(group("paris"))

        assert at.get("connectorGroup", "paris") is existing_group(at, "paris")

    @pytest.mark.parametrize("key", ["nowhere", "other", "", "PARIS"])
    def test_any_other_is_not_found(self, key):
        """R23, R36: nor is one of another type."""
        at = tenant(group("paris"), group("other", connectorGroupType="adfs"))
        with pytest.raises(ConnectorGroupNotFound, match=f"'{key}'"):
            existing_group(at, key)


@pytest.mark.parametrize("region", ["eur", None])
def test_the_default_region_is_that_of_the_tenant(region):
    assert region == default_region(tenant(region=region))


def test_a_group_is_created_with_every_declared_property():
    """R10: the body of the answer has them all."""
    assert {"id", "name", "region", "connectorGroupType", "isDefault"} == {
        each.name for each in entity("connectorGroup", id="x").type.visible
    }


class TestRegionDelay:
    """Q21: a changed region takes its time, as the multi-geo documentation says (1.6)."""

    AT = tenant(group("paris"), Q21="PT30M")

    def test_until_then_the_old_one_is_shown(self):
        assert "eur" == updated(self.AT, "paris", region="japan")["region"]

    def test_the_new_one_is_known_to_come(self):
        after = updated(self.AT, "paris", region="japan")

        assert ("japan", "2031-05-06T07:38:09Z") == (after["nextRegion"], after["regionDue"])

    def test_a_new_group_has_its_region_at_once(self):
        assert "japan" == created(self.AT, region="japan")["region"]

    @pytest.mark.parametrize("name", ["nextRegion", "regionDue"])
    def test_clients_see_nothing_of_it(self, name):
        assert self.AT.get("connectorGroup", "paris").type.property(name) is None

    @pytest.mark.parametrize("region", ["nam", "japan"])
    @pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
    def test_the_region_of_a_group_in_use_is_fixed_here_too(self, held, region):
        """R17: at the moment at which the change is asked for."""
        at = tenant(group("paris"), *held, Q21="PT30M")

        assert RegionIsFixed == refused(at, update_group("paris", region=region))

    @pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
    def test_it_is_fixed_also_where_it_would_be_taken_away(self, held):
        """R17: null is a change as any other."""
        assert RegionIsFixed == refused(tenant(group("paris"), *held, Q21="PT30M"), update_group("paris", region=None))

    def test_a_second_change_takes_its_time_as_well(self):
        at = apply(self.AT, update_group("paris", region="japan"))

        assert "eur" == updated(at, "paris", region="nam")["region"]
