"""The audits of Zero Trust Assessment and Maester, replayed with Microsoft's SDK: they find what was planted."""

from __future__ import annotations

import pytest
from e2e.stories import asking

LATEST = (1, 5, 4522, 0)
PRIVATE_ACCESS = "tags/any(x: x eq 'PrivateAccessNonWebApplication')"
QUICK_ACCESS = "tags/any(x: x eq 'NetworkAccessQuickAccessApplication')"


def inactive_connectors(admin):
    """ZT 25391: every connector is active."""
    return sorted(each.machine_name for each in admin.connectors() if each.status.value != "active")


def outdated_connectors(admin):
    """ZT 25392: every connector has the latest version; the text is read as four numbers."""
    versions = {each.machine_name: tuple(map(int, each.version.split("."))) for each in admin.connectors()}

    assert all(len(version) == 4 for version in versions.values())

    return sorted(machine for machine, version in versions.items() if version < LATEST)


def active_connectors_behind_applications(admin):
    """ZT 25393: by appId, the group that serves an application, and how many of its connectors are active."""
    found = {}
    for group in proxy_groups(admin):
        active = len(admin.active(group.name))
        found |= {each.app_id: (group.name, active) for each in admin.applications_of(group.id)}
    return found


def groups_without_high_availability(admin):
    """ZT 25466: every group of the proxy has two active connectors; a null region is displayed as Default."""
    active = {(each.name, each.region.value if each.region else "Default"): admin.active(each.name) for each in
              proxy_groups(admin)}  # fmt: skip
    return {place: len(machines) for place, machines in active.items() if len(machines) < 2}


def private_access_on_default(admin):
    """Maester MT.1190: no Private Access application is served by the default group."""
    found = []
    for application in applications(admin, PRIVATE_ACCESS):
        (row,) = applications(admin, f"appId eq '{application.app_id}'")
        group = admin.sdk.run(lambda graph, key=row.id: graph.applications.by_application_id(key).connector_group.get())
        found += [row.display_name] if group.is_default else []
    return found


def proxy_groups(admin):
    """What is left of the list when groups of other types are filtered out, as the comment in ZT 25466 says."""
    return [each for each in admin.groups() if each.connector_group_type is not None]


def applications(admin, condition):
    async def read(graph):
        options = {"filter": condition, "select": ["id", "appId", "displayName", "tags"], "count": True}
        return await graph.applications.get(asking(graph.applications, **options))

    return admin.sdk.run(read).value


@pytest.mark.tenant("ha-violations")
class TestViolations:
    def test_inactive_connectors_are_found(self, admin):
        assert inactive_connectors(admin) == [
            f"{name}.lab.fabrikam.com" for name in ("dark-01", "dark-02", "single-02")
        ]

    def test_the_outdated_connector_is_found(self, admin):
        assert outdated_connectors(admin) == ["single-01.lab.fabrikam.com"]

    def test_the_active_connectors_behind_each_application_are_counted(self, admin):
        assert sorted(active_connectors_behind_applications(admin).values()) == [
            ("Default", 2),
            ("No Connectors", 0),
            ("None Active", 0),
            ("One Active One Inactive", 1),
            ("Two Active", 2),
        ]

    def test_groups_without_high_availability_are_found(self, admin):
        assert groups_without_high_availability(admin) == {
            ("No Connectors", "nam"): 0,
            ("One Active One Inactive", "nam"): 1,
            ("None Active", "nam"): 0,
        }

    def test_a_null_region_is_read_as_none(self, admin):
        assert admin.group("Two Active").region is None

    def test_the_private_access_application_on_default_is_found(self, admin):
        assert private_access_on_default(admin) == ["Lab Hosts"]

    def test_what_is_repaired_is_no_longer_found(self, admin):
        admin.assign("Lab Hosts", "Two Active")
        for name in ("default-01", "default-02"):
            admin.move(f"{name}.lab.fabrikam.com", "No Connectors")
        for name in ("single-02", "dark-01", "dark-02"):
            admin.start(f"{name}.lab.fabrikam.com")

        assert private_access_on_default(admin) == []
        assert inactive_connectors(admin) == []
        assert groups_without_high_availability(admin) == {("Default", "nam"): 0}


@pytest.mark.tenant("mixed-types")
class TestQuickAccess:
    def test_the_active_connectors_behind_quick_access_are_counted(self, admin):
        """ZT 25393, with groups of other types in its way."""
        (quick_access,) = applications(admin, QUICK_ACCESS)

        assert active_connectors_behind_applications(admin)[quick_access.app_id] == ("Head Office", 2)


@pytest.mark.tenant("recommended")
class TestRecommended:
    def test_the_recommended_configuration_passes_but_for_what_is_idle(self, admin):
        assert private_access_on_default(admin) == []
        assert groups_without_high_availability(admin) == {("Default", "eur"): 1}
        assert inactive_connectors(admin) == ["dc-b-03.northwindtraders.com"]
