"""Scenarios, snapshots and sandboxes, chosen on the page."""

from __future__ import annotations

import re

import httpx
import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser


def test_a_scenario_takes_the_place_of_the_tenant(desk):
    desk.go("Scenarios and sandboxes")
    desk.button("Switch to recommended").click()
    desk.pane().get_by_role("button", name="Switch").click()
    expect(desk.note("shows recommended")).to_be_visible()

    desk.go("Overview")
    expect(desk.lane("DC-A")).to_be_visible()
    assert "DC-A" in desk.groups()


def test_a_reset_brings_the_first_tenant_back(desk):
    desk.move("par-conn-05.corp.contoso.com", "Vendor Network")
    desk.go("Scenarios and sandboxes")
    desk.button("Reset").click()
    desk.pane().get_by_role("button", name="Reset").click()
    desk.go("Overview")

    expect(desk.row("par-conn-05.corp.contoso.com", "Default")).to_be_visible()


def test_a_snapshot_is_saved_restored_and_deleted(desk):
    desk.go("Scenarios and sandboxes")
    desk.button("Save snapshot").click()
    desk.fill_in(Name="before")
    desk.pane().get_by_role("button", name="Save").click()
    desk.button("Restore before").wait_for()

    desk.move("par-conn-05.corp.contoso.com", "Vendor Network")
    desk.button("Restore before").click()
    expect(desk.note("Back at snapshot before.")).to_be_visible()
    assert "par-conn-05.corp.contoso.com" in desk.members("Default")

    desk.button("Delete before").click()
    expect(desk.page.get_by_text("No snapshot")).to_be_visible()


def test_a_fork_goes_its_own_way(desk, contoso):
    desk.page.get_by_label("Sandbox", exact=True).select_option(label="Fork this sandbox…")
    desk.fill_in(Name="my-fork")
    desk.pane().get_by_role("button", name="Fork").click()
    desk.page.wait_for_url(re.compile("/sandboxes/my-fork/"))
    desk.page.locator(".lane").first.wait_for()
    desk.command("connector par-conn-05.corp.contoso.com", "Uninstall")
    desk.pane().get_by_role("button", name="Uninstall").click()
    expect(desk.row("par-conn-05.corp.contoso.com")).to_have_count(0)

    assert "par-conn-05.corp.contoso.com" in desk.connectors()
    httpx.delete(f"{contoso.http}/_mock/sandboxes/my-fork", trust_env=False).raise_for_status()


def test_another_sandbox_is_switched_to(desk, contoso):
    desk.page.get_by_label("Sandbox", exact=True).select_option(label="default")

    desk.page.wait_for_url(re.compile(f"^{contoso.http}/#overview"))
    expect(desk.page.get_by_label("Sandbox", exact=True)).to_have_value("default")


def test_a_scenario_gets_a_sandbox_of_its_own_which_is_deleted_again(desk, contoso):
    desk.go("Scenarios and sandboxes")
    desk.button("In a new sandbox for dr-separate").click()
    desk.page.wait_for_url(re.compile(r"/sandboxes/sandbox-\d+/"))
    desk.page.locator(".lane").first.wait_for()
    name = desk.page.url.split("/")[4]

    desk.page.goto(f"{desk.url}/#sandboxes")
    desk.button(f"Delete {name}").click()
    expect(desk.note(f"Sandbox {name} is deleted.")).to_be_visible()
