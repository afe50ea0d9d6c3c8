"""Large tenants and long names stay usable."""

from __future__ import annotations

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser

LONG = "A connector group whose name somebody has written as if it were its documentation " * 3


def tenant(connectors, groups=1, name="Datacenter"):
    named = [name if not at else f"{name} {at}" for at in range(groups)]
    return {
        "tenant": {"displayName": "Large", "defaultDomain": "large.onmicrosoft.com", "region": "eur"},
        "connectorGroups": [{"name": "Default", "isDefault": True}, *({"name": each} for each in named)],
        "connectors": [
            {"machineName": f"conn-{at:05}.large.example", "externalIp": "203.0.113.9", "memberOf": named[at % groups]}
            for at in range(connectors)
        ],
    }


def put(desk, document):
    desk.tool.put("/_mock/tenant", json=document, timeout=60).raise_for_status()
    desk.page.get_by_text("large.onmicrosoft.com").wait_for()


def test_a_group_of_a_hundred_connectors_shows_a_few_and_more_where_asked(desk):
    put(desk, tenant(100))
    rows = desk.lane("Datacenter").locator(".connector")
    expect(rows).to_have_count(8)

    desk.button("Show 50 more connectors of 92").click()
    expect(rows).to_have_count(58)
    desk.button("Show fewer").click()
    expect(rows).to_have_count(8)


def test_ten_thousand_connectors_are_paged_and_searched(desk):
    put(desk, tenant(10_000, groups=200))
    expect(desk.page.get_by_role("article")).to_have_count(20)
    assert desk.page.locator("*").count() < 6_000

    desk.page.get_by_role("searchbox").fill("conn-09999")
    expect(desk.row("conn-09999.large.example")).to_be_visible()

    desk.go("Private network connectors")
    expect(desk.page.get_by_text("Page 1 of 200")).to_be_visible()
    desk.button("Next").click()
    expect(desk.page.get_by_text("Page 2 of 200")).to_be_visible()


@pytest.mark.parametrize(
    "desk", [{"viewport": {"width": width, "height": 900}} for width in (360, 1024, 1920)], indirect=True
)
def test_a_long_name_stays_in_its_place(desk):
    put(desk, tenant(3, name=LONG.strip()[:240]))

    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    hub = desk.page.locator(".hub").nth(1).bounding_box()
    assert hub["height"] < 260


@pytest.mark.parametrize(
    "desk",
    [{"viewport": {"width": width, "height": 1000}} for width in (360, 800, 1024, 1280, 1600, 1920)],
    indirect=True,
    ids=lambda look: str(look["viewport"]["width"]),
)
def test_nothing_sticks_out_of_its_row_while_traffic_is_shown(desk):
    desk.command("application Intranet", "Run traffic")
    desk.page.locator(".share").first.wait_for()

    assert desk.page.evaluate(STICKING_OUT) == []


STICKING_OUT = """[...document.querySelectorAll('.row, .hub, .lane')].flatMap(row => [...row.children]
    .filter(part => part.getBoundingClientRect().right > row.getBoundingClientRect().right + 1)
    .map(part => part.outerHTML))"""
