"""The scenarios of the seed, played with Microsoft's SDK against a served mock: one site, two sites, and a disaster."""

from __future__ import annotations

import pytest
from e2e.stories import refusal_of

MAIN = ["main-01.tailspintoys.com", "main-02.tailspintoys.com"]
DR = ["dr-01.tailspintoys.com", "dr-02.tailspintoys.com"]


@pytest.mark.tenant("default-only")
class TestDefaultOnly:
    """ "If you don't create groups, then all your connectors are in a default group." """

    def test_everything_is_in_the_one_group(self, admin):
        assert [(group.name, group.is_default) for group in admin.groups()] == [("Default", True)]
        assert admin.members("Default") == ["connector-01.adatum.com", "connector-02.adatum.com"]
        assert admin.applications("Default") == ["Bookkeeping", "Intranet", "Timesheets"]

    def test_a_first_group_takes_what_is_moved_there_and_nothing_else(self, admin):
        made = admin.create_group("Branch")
        admin.move("connector-01.adatum.com", "Branch")
        admin.assign("Bookkeeping", "Branch")

        assert (made.is_default, made.region.value) == (False, "nam")
        assert (admin.members("Branch"), admin.applications("Branch")) == (["connector-01.adatum.com"], ["Bookkeeping"])
        assert admin.members("Default") == ["connector-02.adatum.com"]
        assert admin.applications("Default") == ["Intranet", "Timesheets"]

    def test_a_group_goes_when_it_is_empty_again(self, admin):
        admin.create_group("Branch")
        admin.move("connector-01.adatum.com", "Branch")
        too_early = refusal_of(lambda: admin.delete_group("Branch"))
        admin.move("connector-01.adatum.com", "Default")
        admin.delete_group("Branch")

        assert too_early == (400, "ConnectorGroupNotEmpty_BadRequest")
        assert [group.name for group in admin.groups()] == ["Default"]

    def test_the_default_group_does_not_go(self, admin):
        assert refusal_of(lambda: admin.delete_group("Default")) == (400, "DefaultConnectorGroup_BadRequest")


@pytest.mark.tenant("default-plus-isolated")
class TestDefaultPlusIsolated:
    """ "Dedicated connectors on isolated networks to also isolate applications to the network." """

    def test_the_isolated_application_has_connectors_of_its_own(self, admin):
        assert admin.applications("Isolated Network") == ["Machine Telemetry"]
        assert admin.members("Isolated Network") == ["ISOLATED-01", "ISOLATED-02"]
        assert not {*admin.members("Isolated Network")} & {*admin.members("Default")}

    def test_an_application_published_there_waits_on_default_until_it_is_assigned(self, admin):
        admin.publish("Machine Settings", "https://settings.machines.fabrikam.com")
        waiting = admin.group_of("Machine Settings")
        admin.assign("Machine Settings", "Isolated Network")

        assert waiting == "Default"
        assert admin.applications("Isolated Network") == ["Machine Settings", "Machine Telemetry"]
        assert admin.applications("Default") == ["Intranet", "Order Desk", "Price List"]

    def test_an_application_taken_off_its_group_falls_back_to_default(self, admin):
        admin.unassign("Machine Telemetry")

        assert admin.group_of("Machine Telemetry") == "Default"
        assert admin.applications("Isolated Network") == []

    def test_an_outage_there_stays_there(self, admin):
        admin.silence("ISOLATED-01", "ISOLATED-02")

        assert admin.active("Isolated Network") == []
        assert admin.group_of("Machine Telemetry") == "Isolated Network"
        assert len(admin.active("Default")) == 3


@pytest.mark.tenant("recommended")
class TestRecommended:
    """ "The default connector group as a group that doesn't serve any applications and is used for idle or newly
    installed connectors." """

    def test_a_newly_installed_connector_lands_in_default_and_serves_nothing(self, admin):
        admin.install("dc-a-04.northwindtraders.com")

        assert admin.groups_of("dc-a-04.northwindtraders.com") == ["Default"]
        assert admin.applications("Default") == []

    def test_it_serves_once_it_is_moved_to_a_datacenter(self, admin):
        admin.install("dc-a-04.northwindtraders.com")
        admin.move("dc-a-04.northwindtraders.com", "DC-A")

        assert "dc-a-04.northwindtraders.com" in admin.members("DC-A")
        assert "dc-a-04.northwindtraders.com" not in admin.members("Default")
        assert admin.applications("DC-A") == ["Order Entry", "Product Catalogue"]

    def test_it_is_idle_again_once_it_is_moved_back(self, admin):
        admin.move("dc-a-01.northwindtraders.com", "Default")

        assert admin.groups_of("dc-a-01.northwindtraders.com") == ["Default"]
        assert admin.members("DC-A") == ["dc-a-02.northwindtraders.com"]
        assert admin.applications("Default") == []

    def test_a_connector_under_maintenance_comes_back_to_where_it_was(self, admin):
        admin.start("dc-b-03.northwindtraders.com")
        admin.move("dc-b-03.northwindtraders.com", "DC-B")

        assert admin.active("DC-B") == [f"dc-b-0{n}.northwindtraders.com" for n in (1, 2, 3)]

    def test_no_application_is_put_on_default(self, admin):
        refused = [
            refusal_of(lambda: admin.assign("Payroll", "Default")),
            refusal_of(lambda: admin.unassign("Payroll")),
        ]

        assert refused == [(400, "DefaultConnectorGroupIsIdle_BadRequest")] * 2
        assert admin.group_of("Payroll") == "DC-B"

    def test_each_datacenter_serves_its_own_applications(self, admin):
        assert admin.applications("DC-A") == ["Order Entry", "Product Catalogue"]
        assert admin.applications("DC-B") == ["Payroll", "Stock Reports"]


@pytest.mark.tenant("dr-active-active")
class TestDisasterRecoveryActiveActive:
    """ "You can create the connectors on the DR site in the same connector group as the main site." """

    def test_both_sites_are_one_group(self, admin):
        assert admin.active("Main and DR") == sorted(MAIN + DR)

    def test_a_connector_that_stops_stays_in_its_group(self, admin):
        admin.stop(MAIN[0])

        assert admin.members("Main and DR") == sorted(MAIN + DR)
        assert admin.groups_of(MAIN[0]) == ["Main and DR"]

    def test_when_the_main_site_is_gone_the_other_serves_and_nothing_has_to_be_moved(self, admin):
        admin.silence(*MAIN)

        assert admin.active("Main and DR") == DR
        assert admin.applications("Main and DR") == ["Dealer Portal", "Flight Simulator Library"]

    def test_when_the_main_site_is_back_both_serve(self, admin):
        admin.silence(*MAIN)
        for machine in MAIN:
            admin.start(machine)

        assert admin.active("Main and DR") == sorted(MAIN + DR)


@pytest.mark.tenant("dr-separate")
class TestDisasterRecoverySeparate:
    """ "You either have backup applications, or manually divert existing application to the DR connector group." """

    def divert(self, admin, applications, group):
        """As the script of Microsoft's documentation does: one PUT for each application."""
        for application in applications:
            admin.assign(application, group)

    def test_the_backup_application_waits_at_the_other_site(self, admin):
        assert admin.applications("DR Site") == ["Order Desk Standby"]

    def test_all_applications_of_the_main_site_can_be_diverted_by_hand(self, admin):
        diverted = admin.applications("Main Site")
        self.divert(admin, diverted, "DR Site")

        assert diverted == ["Customer Records", "Intranet", "Order Desk"]
        assert admin.applications("Main Site") == []
        assert admin.applications("DR Site") == sorted([*diverted, "Order Desk Standby"])

    def test_the_connectors_stay_where_they_are(self, admin):
        before = admin.members("Main Site"), admin.members("DR Site")
        self.divert(admin, admin.applications("Main Site"), "DR Site")

        assert (admin.members("Main Site"), admin.members("DR Site")) == before

    def test_the_way_back_is_the_same(self, admin):
        diverted = admin.applications("Main Site")
        self.divert(admin, diverted, "DR Site")
        self.divert(admin, diverted, "Main Site")

        assert admin.applications("Main Site") == diverted
        assert admin.applications("DR Site") == ["Order Desk Standby"]
