"""Connector groups and the applications assigned to them, on the page."""

from __future__ import annotations

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser


def test_a_group_is_created_in_a_region(desk):
    desk.button("New connector group").click()
    desk.fill_in(Name="Sydney Office")
    desk.pane().get_by_label("Country/Region").select_option(label="Australia")
    desk.pane().get_by_role("button", name="Create").click()

    expect(desk.lane("Sydney Office")).to_contain_text("Australia")
    expect(desk.lane("Sydney Office")).to_contain_text("No connector")
    assert "Sydney Office" in desk.groups()


def test_a_group_is_renamed(desk):
    desk.command("connector group Vendor Network", "Rename")
    desk.fill_in(Name="Litware Network")
    desk.pane().get_by_role("button", name="Save").click()

    expect(desk.lane("Litware Network")).to_be_visible()
    expect(desk.lane("Vendor Network")).to_have_count(0)


def test_an_empty_group_is_deleted(desk):
    desk.tool.post(
        "/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups", json={"name": "Short-lived"}
    ).raise_for_status()
    desk.command("connector group Short-lived", "Delete")
    desk.pane().get_by_role("button", name="Delete").click()

    expect(desk.lane("Short-lived")).to_have_count(0)
    assert "Short-lived" not in desk.groups()


def test_the_default_group_stays_and_the_page_says_why(desk):
    desk.command("connector group Default", "Delete")
    desk.pane().get_by_role("button", name="Delete").click()

    expect(desk.note("cannot be deleted")).to_be_visible()
    assert "Default" in desk.groups()


def test_a_name_is_shown_as_it_is_written(desk):
    name = '<img src=x onerror=alert(1)> & "Co"'
    desk.button("New connector group").click()
    desk.fill_in(Name=name)
    desk.pane().get_by_role("button", name="Create").click()

    expect(desk.lane(name).get_by_role("heading", level=3)).to_have_text(name)


# Tall enough to need no scrolling, which would put another row under the pointer in the middle of the drag.
@pytest.mark.parametrize("desk", [{"viewport": {"width": 1440, "height": 2000}}], indirect=True, ids=["tall"])
def test_an_application_is_dragged_to_another_group(desk):
    desk.row("Press Room").drag_to(desk.lane("Frankfurt Datacenter"))

    expect(desk.note("Press Room is assigned to Frankfurt Datacenter.")).to_be_visible()
    expect(desk.row("Press Room", "Paris Headquarters")).to_have_count(0)


def test_an_application_is_assigned_from_its_list(desk):
    desk.go("Enterprise applications")
    desk.command("application Press Room", "Assign to connector group")
    desk.pane().get_by_label("Connector group").select_option(label="Dublin Disaster Recovery")
    desk.pane().get_by_role("button", name="Save").click()

    expect(desk.page.get_by_role("row").filter(has_text="Press Room")).to_contain_text("Dublin Disaster Recovery")
