"""Whom the page serves: with a screen reader, at any width, in any colours, behind a token, a prefix, a login."""

from __future__ import annotations

import httpx
import pytest
from e2e.conftest import serving
from ui.desk import Desk

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser

PLACES = (
    "Overview",
    "Private network connectors",
    "Enterprise applications",
    "Request log",
    "Graph console",
    "Faults",
    "Scenarios and sandboxes",
)
HARD = ("serious", "critical")
NARROW = {"viewport": {"width": 360, "height": 780}}


def findings(page):
    """What axe finds that is serious: the rule, and where."""
    found = axe.Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found if each["impact"] in HARD]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "desk", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
def test_axe_finds_nothing_serious(desk, place):
    desk.tool.get("/beta/users")
    desk.tool.delete("/beta/users/nobody")
    desk.go(place) if place != "Overview" else desk
    desk.page.locator(".lane, tbody tr, .cards, .console").first.wait_for()

    assert findings(desk.page) == []


@pytest.mark.parametrize(
    "desk", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
def test_axe_finds_nothing_serious_in_panes_menus_and_strips(desk):
    desk.command("application Intranet", "Run traffic")
    desk.button("Clock").click()
    desk.page.get_by_role("region", name="Clock").get_by_role("button", name="1 day").click()
    desk.page.get_by_label("What time has done").or_(desk.note("The clock shows")).first.wait_for()
    desk.page.get_by_role("button", name="Commands for application Intranet").click()
    assert findings(desk.page) == []

    desk.page.keyboard.press("Escape")
    desk.button("par-conn-04.corp.contoso.com").click()
    assert findings(desk.page) == []

    desk.page.keyboard.press("Escape")
    desk.button("New connector group").click()
    desk.pane().wait_for()
    assert findings(desk.page) == []


@pytest.mark.parametrize("desk", [NARROW], indirect=True, ids=["360px"])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_wider_than_a_narrow_screen(desk, place):
    desk.tool.get("/beta/users?$select=" + "displayName," * 20 + "id")
    if place != "Overview":
        desk.button("Navigation").click()
        desk.go(place)
    desk.page.locator(".lane, tbody tr, .cards, .console").first.wait_for()

    assert desk.page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_first_tab_leads_past_the_navigation(desk):
    desk.page.keyboard.press("Tab")
    expect(desk.page.get_by_role("link", name="Skip to content")).to_be_focused()

    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", level=1)).to_be_focused()


def test_a_pane_keeps_the_focus_and_gives_it_back(desk):
    desk.button("Install connector").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.pane().get_by_label("Machine name")).to_be_focused()

    desk.page.keyboard.press("Escape")
    expect(desk.button("Install connector")).to_be_focused()


def test_another_place_is_said_to_a_screen_reader(desk):
    desk.go("Faults")

    expect(desk.page.get_by_role("heading", level=1, name="Faults")).to_be_focused()
    expect(desk.page).to_have_title("Faults · Contoso · mockserver")


def test_colours_are_chosen_and_kept(desk):
    desk.button("Dark colours").click()
    desk.page.reload()

    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_page_asks_for_the_control_token_once_and_keeps_it(page_of):
    with serving("--control-token", "open sesame") as served:
        page = page_of(served.http)
        page.goto(served.http)
        page.get_by_label("Token", exact=True).fill("open sesame")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("article", name="Paris Headquarters").wait_for()
        page.get_by_text("Live", exact=True).wait_for()

        page.reload()
        page.get_by_role("article", name="Paris Headquarters").wait_for()
        assert page.get_by_label("Token", exact=True).count() == 0


def test_a_wrong_control_token_is_asked_for_again(page_of):
    with serving("--control-token", "open sesame") as served:
        page = page_of(served.http)
        page.goto(served.http)
        page.get_by_label("Token", exact=True).fill("wrong")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_label("Token", exact=True)).to_have_value("")
        page.get_by_label("Token", exact=True).fill("open sesame")
        page.get_by_role("button", name="Continue").click()

        page.get_by_role("article", name="Paris Headquarters").wait_for()


def test_the_page_works_where_every_call_needs_a_login_and_explains_what_is_missing(page_of):
    with serving("--auth", "strict") as served, httpx.Client(base_url=served.http, trust_env=False) as tool:
        desk = Desk(page_of(served.http), tool, served.http).opened()
        desk.row("par-conn-05.corp.contoso.com").drag_to(desk.lane("Paris Headquarters"))
        expect(desk.row("par-conn-05.corp.contoso.com", "Paris Headquarters")).to_be_visible()

        desk.go("Graph console")
        desk.page.get_by_label("Call as").select_option(label="Administrator with these permissions only")
        desk.page.get_by_label("Permissions", exact=True).fill("User.Read")
        desk.button("Run query").click()
        answer = desk.page.get_by_role("region", name="Answer", exact=True)
        expect(answer.get_by_role("status")).to_contain_text("403")
        expect(answer.get_by_role("status")).to_contain_text("Directory.ReadWrite.All")

        desk.go("Request log")
        desk.page.get_by_role("button", name="connectorGroups").first.click()
        expect(desk.pane()).to_contain_text("permission missing")
        expect(desk.pane()).to_contain_text("Directory.ReadWrite.All")


def test_a_page_whose_mock_is_gone_says_so_and_comes_back(desk):
    desk.page.context.set_offline(True)
    desk.button("Refresh").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("No answer")

    desk.page.context.set_offline(False)
    desk.button("Refresh").click()
    expect(desk.page.get_by_role("alert")).to_have_count(0)
