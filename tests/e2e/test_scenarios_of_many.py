"""The scenarios of the seed, played with Microsoft's SDK against a served mock: many clouds, forests and companies."""

from __future__ import annotations

import pytest
from e2e.stories import proxy, refusal_of

REGION_RULE = (400, "ConnectorGroupRegion_BadRequest")


@pytest.mark.tenant("multi-cloud-iaas")
class TestManyClouds:
    """ "Connectors are installed on every cloud datacenter and serve only applications that reside in that
    network." """

    def test_every_cloud_has_several_connectors_and_its_own_applications(self, admin):
        clouds = {name: (len(admin.members(name)), admin.applications(name)) for name in self.clouds(admin)}

        assert clouds == {
            "Azure East US": (3, ["Safety Certificates", "Toy Designer"]),
            "AWS Ireland": (2, ["European Web Shop Administration"]),
            "GCP Singapore": (2, ["Demand Forecast", "Linux Hosts"]),
        }

    def test_a_connector_does_not_go_straight_from_one_region_to_another(self, admin):
        """R34."""
        assert refusal_of(lambda: admin.move("EC2AMAZ-7Q2KD4N", "GCP Singapore")) == REGION_RULE
        assert admin.groups_of("EC2AMAZ-7Q2KD4N") == ["AWS Ireland"]

    @pytest.mark.parametrize("between", ["Default", "Azure East US"])
    def test_it_goes_by_way_of_a_group_of_the_tenants_own_region(self, admin, between):
        """R34."""
        admin.move("EC2AMAZ-7Q2KD4N", between)
        admin.move("EC2AMAZ-7Q2KD4N", "GCP Singapore")

        assert admin.groups_of("EC2AMAZ-7Q2KD4N") == ["GCP Singapore"]
        assert admin.members("AWS Ireland") == ["EC2AMAZ-M0V81TB"]

    def test_a_cloud_in_use_does_not_change_its_region(self, admin):
        """R17."""
        from msgraph_beta.generated.models.connector_group_region import ConnectorGroupRegion

        refused = refusal_of(lambda: admin.change_group("AWS Ireland", region=ConnectorGroupRegion.Aus))

        assert refused == REGION_RULE
        assert admin.group("AWS Ireland").region.value == "eur"

    def test_a_cloud_that_was_emptied_does(self, admin):
        """R17."""
        from msgraph_beta.generated.models.connector_group_region import ConnectorGroupRegion

        for machine in admin.members("AWS Ireland"):
            admin.move(machine, "Default")
        admin.assign("European Web Shop Administration", "Azure East US")
        admin.change_group("AWS Ireland", region=ConnectorGroupRegion.Aus)

        assert admin.group("AWS Ireland").region.value == "aus"

    def test_a_new_cloud_takes_connectors_from_default(self, admin):
        from msgraph_beta.generated.models.connector_group_region import ConnectorGroupRegion

        admin.create_group("Azure Australia East", region=ConnectorGroupRegion.Aus)
        admin.install("vmss-aue-000000")
        admin.move("vmss-aue-000000", "Azure Australia East")

        assert admin.members("Azure Australia East") == ["vmss-aue-000000"]

    def clouds(self, admin):
        return [group.name for group in admin.groups() if not group.is_default]


@pytest.mark.tenant("multi-forest")
class TestManyForests:
    """ "Specific connectors are deployed per forest, and set to serve applications that are published to serve only the
    users of that specific forest." """

    FORESTS = ("woodgrovebank.com", "litwareinc.com", "fabrikam.com")

    def test_every_connector_of_a_group_is_joined_to_its_forest(self, admin):
        machines = {forest: admin.members(f"Forest {forest}") for forest in self.FORESTS}

        assert machines == {forest: [f"kcd-01.{forest}", f"kcd-02.{forest}"] for forest in self.FORESTS}

    def test_every_application_of_a_group_signs_on_in_its_forest(self, admin):
        for forest in self.FORESTS:
            for name in admin.applications(f"Forest {forest}"):
                sign_on = admin.published(name).on_premises_publishing.single_sign_on_settings

                assert sign_on.single_sign_on_mode.value == "onPremisesKerberos"
                assert sign_on.kerberos_sign_on_settings.kerberos_service_principal_name.endswith(f".{forest}")

    def test_a_new_connector_serves_no_forest_until_it_is_put_into_its_own(self, admin):
        admin.install("kcd-03.fabrikam.com")
        before = admin.groups_of("kcd-03.fabrikam.com")
        admin.move("kcd-03.fabrikam.com", "Forest fabrikam.com")

        assert (before, admin.applications("Default")) == (["Default"], [])
        assert admin.members("Forest fabrikam.com") == [f"kcd-0{n}.fabrikam.com" for n in (1, 2, 3)]

    def test_an_outage_of_one_forest_is_not_felt_in_another(self, admin):
        admin.silence("kcd-01.litwareinc.com", "kcd-02.litwareinc.com")

        assert [len(admin.active(f"Forest {forest}")) for forest in self.FORESTS] == [2, 0, 2]


@pytest.mark.tenant("multi-company")
class TestManyCompanies:
    """ "Connector groups help you segregate the connectors and applications into different groups." """

    COMPANIES = ("Fabrikam", "Northwind Traders", "Tailspin Toys")

    def test_each_company_has_a_group_of_its_own(self, admin):
        companies = {name: (admin.members(name), admin.applications(name)) for name in self.COMPANIES}

        assert companies == {
            "Fabrikam": (["proxy-01.fabrikam.com", "proxy-02.fabrikam.com"], ["Fabrikam Files", "Workshop Planner"]),
            "Northwind Traders": (
                ["proxy-01.northwindtraders.com", "proxy-02.northwindtraders.com"],
                ["Import Licences", "Northwind Files"],
            ),
            "Tailspin Toys": (["proxy-01.tailspintoys.com", "proxy-02.tailspintoys.com"], ["Model Shop"]),
        }

    def test_a_company_that_joins_touches_no_other(self, admin):
        before = self.others(admin)
        admin.create_group("Wingtip Toys")
        admin.install("proxy-01.wingtiptoys.com")
        admin.move("proxy-01.wingtiptoys.com", "Wingtip Toys")
        admin.publish("Wingtip Files", "https://files.corp.wingtiptoys.com/")
        admin.assign("Wingtip Files", "Wingtip Toys")

        assert admin.members("Wingtip Toys") == ["proxy-01.wingtiptoys.com"]
        assert admin.applications("Wingtip Toys") == ["Wingtip Files"]
        assert self.others(admin) == before

    def test_a_company_leaves_in_the_order_that_the_service_wants(self, admin):
        too_early = [refusal_of(lambda: admin.delete_group("Tailspin Toys"))]
        admin.delete_application("Model Shop")
        too_early.append(refusal_of(lambda: admin.delete_group("Tailspin Toys")))
        for machine in admin.members("Tailspin Toys"):
            admin.uninstall(machine)
        admin.delete_group("Tailspin Toys")

        assert too_early == [(400, "ConnectorGroupNotEmpty_BadRequest")] * 2
        assert [group.name for group in admin.groups()] == ["Default", "Fabrikam", "Northwind Traders"]

    def test_no_companys_application_is_left_on_the_common_default(self, admin):
        assert refusal_of(lambda: admin.unassign("Model Shop")) == (400, "DefaultConnectorGroupIsIdle_BadRequest")
        assert admin.applications("Default") == []

    def others(self, admin):
        return [(admin.members(name), admin.applications(name)) for name in self.COMPANIES]


@pytest.mark.tenant("mixed-types")
class TestMixedTypes:
    """What other agents leave in the list (R23), met by EntraExporter on its walk."""

    OTHERS = ("Provisioning Agents", "Pass-through Authentication Agents", "Exchange Hybrid Agents", "AD FS Agents")

    def walk(self, admin, group):
        """Applications and members of a group, or the codes with which they are refused."""

        async def members(graph):
            return await proxy(graph).connector_groups.by_connector_group_id(group.id).members.get()

        async def applications(graph):
            return await proxy(graph).connector_groups.by_connector_group_id(group.id).applications.get()

        return [self.found(admin, what) for what in (applications, members)]

    def found(self, admin, what):
        from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError

        try:
            return len(admin.sdk.run(what).value)
        except ODataError as refused:
            return refused.response_status_code, refused.error.code

    def test_groups_of_other_types_stand_in_the_list(self, admin):
        assert [group.name for group in admin.groups()] == [
            "Default",
            "Provisioning Agents",
            "Pass-through Authentication Agents",
            "Head Office",
            "Exchange Hybrid Agents",
            "AD FS Agents",
        ]

    def test_the_sdk_does_not_know_their_types(self, admin):
        """clients.md: an unknown member of an enumeration becomes None."""
        types = {group.name: group.connector_group_type for group in admin.groups()}

        assert [name for name, kind in types.items() if kind is not None] == ["Default", "Head Office"]

    def test_entra_exporters_walk_meets_the_codes_it_swallows(self, admin):
        walked = {group.name: self.walk(admin, group) for group in admin.groups()}
        swallowed = [(404, "ApplicationsForGroup_NotFound"), (404, "ConnectorGroup_NotFound")]

        assert walked == {"Default": [0, 1], "Head Office": [2, 2], **dict.fromkeys(self.OTHERS, swallowed)}

    @pytest.mark.parametrize("name", OTHERS)
    def test_nothing_can_be_put_into_them(self, admin, name):
        refused = [
            refusal_of(lambda: admin.move("new-01.adatum.com", name)),
            refusal_of(lambda: admin.assign("Intranet", name)),
        ]

        assert refused == [(404, "ConnectorGroup_NotFound")] * 2
        assert (admin.groups_of("new-01.adatum.com"), admin.group_of("Intranet")) == (["Default"], "Head Office")
