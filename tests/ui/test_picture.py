"""The tenant as a picture."""

from __future__ import annotations

import re

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser


def test_every_group_stands_in_its_region_with_its_connectors_and_applications(desk):
    regions = desk.page.locator(".region > h2").all_inner_texts()

    assert regions == ["Idle pool", "Europe", "North America", "Asia"]
    expect(desk.lane("Singapore Office").get_by_role("heading", level=3)).to_have_text("Singapore Office")
    expect(desk.row("sin-conn-01.sin.contoso.com", "Singapore Office")).to_contain_text("Active")
    expect(desk.row("sin-conn-01.sin.contoso.com", "Singapore Office")).to_contain_text("1.5.3437.0")
    expect(desk.row("Supplier Portal APAC", "Singapore Office")).to_be_visible()


def test_a_silent_connector_says_since_when_and_when_it_goes(desk):
    expect(desk.row("chi-conn-04.chi.contoso.com")).to_contain_text("Inactive")
    expect(desk.row("chi-conn-04.chi.contoso.com")).to_contain_text("Silent 6 d, gone in 3 d")


def test_warnings_stand_at_the_group_that_they_are_about_and_open(desk):
    desk.lane("Singapore Office").get_by_role("button", name="Single point of failure").click()

    expect(desk.pane()).to_contain_text("Connector group Singapore Office has a single active connector")
    expect(desk.pane()).to_contain_text("sin-conn-01.sin.contoso.com")


def test_only_groups_with_warnings_are_shown_where_asked(desk):
    desk.button("Show where").click()

    expect(desk.lane("Frankfurt Datacenter")).to_have_count(0)
    expect(desk.lane("Singapore Office")).to_be_visible()


def test_what_a_tool_changes_appears_at_once(desk):
    assert desk.move("par-conn-05.corp.contoso.com", "Frankfurt Datacenter").is_success

    expect(desk.row("par-conn-05.corp.contoso.com", "Frankfurt Datacenter")).to_be_visible()
    expect(desk.row("par-conn-05.corp.contoso.com", "Default")).to_have_count(0)


def test_a_search_leaves_what_fits(desk):
    desk.page.get_by_role("searchbox").fill("fiori")

    expect(desk.page.get_by_role("article")).to_have_count(1)
    expect(desk.row("SAP Fiori Launchpad", "Frankfurt Datacenter")).to_be_visible()


def test_a_search_that_nothing_fits_says_so(desk):
    desk.page.get_by_role("searchbox").fill("no such thing")

    expect(desk.page.get_by_text("Nothing fits the search.")).to_be_visible()


def test_a_user_group_shows_what_it_is_assigned_to(desk):
    desk.button("Legal").hover()
    expect(desk.row("Legal Archive")).to_have_class(re.compile(r"\blit\b"))

    desk.button("Legal").click()
    expect(desk.pane()).to_contain_text("Legal Archive through Paris Headquarters")


@pytest.mark.tenant("default-only")
def test_a_tenant_without_groups_of_its_own_has_all_on_the_default_one(desk):
    expect(desk.page.get_by_role("article")).to_have_count(1)
    expect(desk.lane("Default").get_by_role("button", name="Applications on Default")).to_be_visible()
