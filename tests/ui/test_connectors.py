"""Connectors on the page: installed, stopped and started, moved, uninstalled."""

from __future__ import annotations

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser

IDLE = "par-conn-05.corp.contoso.com"


def test_an_installed_connector_lands_in_the_default_group(desk):
    desk.button("Install connector").click()
    desk.fill_in(Machine_name="new-01.contoso.com", IP_address="203.0.113.77")
    desk.pane().get_by_role("button", name="Install").click()

    expect(desk.row("new-01.contoso.com", "Default")).to_contain_text("203.0.113.77")
    expect(desk.note("new-01.contoso.com is installed.")).to_be_visible()


def test_a_stopped_connector_sends_no_heartbeat_until_it_is_started(desk):
    desk.command(f"connector {IDLE}", "Stop")
    expect(desk.row(IDLE)).to_contain_text("Silent")

    desk.command(f"connector {IDLE}", "Start")
    expect(desk.row(IDLE)).to_contain_text("Heartbeat now")


def test_a_connector_is_dragged_to_another_group(desk):
    desk.row(IDLE).drag_to(desk.lane("Paris Headquarters"))

    expect(desk.row(IDLE, "Paris Headquarters")).to_be_visible()
    assert IDLE in desk.members("Paris Headquarters")


def test_a_connector_is_moved_with_the_keyboard_alone(desk):
    desk.page.get_by_role("button", name=f"Commands for connector {IDLE}").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        desk.page.keyboard.press(key)
    desk.pane().wait_for()
    desk.page.keyboard.type("Vendor")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")

    expect(desk.row(IDLE, "Vendor Network")).to_be_visible()


def test_escape_closes_the_menu_and_the_focus_goes_back_to_its_button(desk):
    button = desk.page.get_by_role("button", name=f"Commands for connector {IDLE}")
    button.click()
    desk.page.keyboard.press("Escape")

    expect(desk.page.get_by_role("menu")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_move_that_the_service_refuses_changes_nothing_and_says_why(desk):
    desk.command("connector chi-conn-01.chi.contoso.com", "Move to")
    desk.pane().get_by_label("Connector group").select_option(label="Singapore Office")
    desk.pane().get_by_role("button", name="Move").click()

    expect(desk.note("region")).to_be_visible()
    expect(desk.row("chi-conn-01.chi.contoso.com", "Chicago Plant")).to_be_visible()


def test_an_uninstalled_connector_is_gone(desk):
    desk.command(f"connector {IDLE}", "Uninstall")
    desk.pane().get_by_role("button", name="Uninstall").click()

    expect(desk.row(IDLE)).to_have_count(0)
    assert IDLE not in desk.connectors()


def test_details_follow_what_happens(desk):
    desk.button(IDLE).click()
    expect(desk.pane()).to_contain_text("Heartbeat now")

    desk.tool.post(f"/_mock/connectors/{desk.connectors()[IDLE]}/stop").raise_for_status()

    expect(desk.pane()).to_contain_text("No heartbeat for")


def test_the_list_has_the_columns_of_the_admin_center_and_is_searched(desk):
    desk.go("Private network connectors")

    headings = desk.page.get_by_role("columnheader").all_inner_texts()
    assert [each.rstrip(" ↑↓\n") for each in headings][:6] == [
        "Group", "Connector", "IP address", "Status", "Version", "Country/Region",
    ]  # fmt: skip

    desk.page.get_by_role("searchbox").fill("inactive")
    expect(desk.page.get_by_role("table").locator("tbody tr")).to_have_count(4)


def test_the_list_is_ordered_by_the_heading_that_is_chosen(desk):
    desk.go("Private network connectors")
    desk.page.get_by_role("button", name="Version").click()

    expect(desk.page.get_by_role("columnheader", name="Version")).to_have_attribute("aria-sort", "ascending")
    expect(desk.page.get_by_role("table").locator("tbody tr").first).to_contain_text("1.5.1526.0")
