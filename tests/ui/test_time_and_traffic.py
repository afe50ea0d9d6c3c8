"""Time, traffic and faults, as they are moved, run and ordered on the page."""

from __future__ import annotations

import re

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser

PARIS = ("par-conn-01.corp.contoso.com", "par-conn-02.corp.contoso.com", "par-conn-03.corp.contoso.com")


def advance(desk, by):
    if not desk.page.get_by_role("region", name="Clock").is_visible():
        desk.button("Clock").click()
    desk.page.get_by_role("region", name="Clock").get_by_role("button", name=by).click()
    expect(desk.note("The clock shows").first).to_be_visible()


def run_traffic(desk, application):
    desk.command(f"application {application}", "Run traffic")
    return desk.page.get_by_role("region", name="Traffic")


def test_heartbeats_run_out_when_the_clock_is_advanced(desk):
    desk.command(f"connector {PARIS[0]}", "Stop")
    advance(desk, "5 minutes")

    expect(desk.row(PARIS[0])).to_contain_text("Inactive")
    expect(desk.page.get_by_label("What time has done")).to_contain_text(
        f"{PARIS[0]} in Paris Headquarters is inactive"
    )


def test_a_silence_is_as_long_as_it_is_however_late_the_clock_is_read(desk):
    desk.command(f"connector {PARIS[0]}", "Stop")
    expect(desk.row(PARIS[0])).to_contain_text("Silent")
    held = []
    desk.page.route("**/_mock/clock", lambda each: held.append(each))
    with desk.page.expect_response("**/_mock/report") as told:
        desk.tool.post("/_mock/clock/advance", json={"by": "P1D"}).raise_for_status()
    told.value.finished()
    desk.page.evaluate("new Promise(requestAnimationFrame)")
    for each in held:
        each.continue_()
    desk.page.unroute("**/_mock/clock")

    expect(desk.row(PARIS[0])).to_contain_text(re.compile(r"Silent 1 d\b"))


def test_a_connector_that_stays_silent_for_ten_days_is_removed(desk):
    advance(desk, "10 days")

    expect(desk.row("chi-conn-04.chi.contoso.com")).to_have_count(0)
    expect(desk.row("chi-conn-01.chi.contoso.com")).to_contain_text("Active")


def test_the_clock_is_advanced_to_a_moment(desk):
    desk.button("Clock").click()
    desk.page.get_by_label("To (UTC)").fill("2090-01-02T03:04:05")
    desk.button("Advance").click()

    expect(desk.page.locator(".clock time")).to_have_text(re.compile("^2090-01-02 03:04"))


def test_a_frozen_clock_stands_still(desk):
    desk.button("Clock").click()
    desk.button("Freeze").click()

    expect(desk.page.locator(".clock .mode")).to_have_text("frozen")
    assert desk.tool.get("/_mock/clock").json()["mode"] == "frozen"


def test_traffic_is_spread_over_the_active_connectors_of_the_group(desk):
    traffic = run_traffic(desk, "Intranet")

    expect(traffic.get_by_role("status")).to_contain_text("1,000 served through 3 connectors of Paris Headquarters")
    for connector in PARIS:
        expect(desk.row(connector).locator(".share b")).to_have_text(re.compile(r"^\d+$"))
    expect(desk.row("par-conn-04.corp.contoso.com").locator(".share")).to_have_count(0)


def test_traffic_that_keeps_running_fails_over_when_a_connector_stops(desk):
    traffic = run_traffic(desk, "Intranet")
    traffic.get_by_label("Keep running").check()
    desk.command(f"connector {PARIS[0]}", "Stop")

    expect(traffic.get_by_role("status")).to_contain_text("through 2 connectors")
    expect(desk.row(PARIS[0]).locator(".share")).to_have_count(0)


def test_traffic_to_a_group_without_an_active_connector_fails_with_504(desk):
    desk.command("connector sin-conn-01.sin.contoso.com", "Stop")
    advance(desk, "5 minutes")
    traffic = run_traffic(desk, "Supplier Portal APAC")

    expect(traffic.get_by_role("status")).to_contain_text("504 Gateway Timeout for 1,000 requests")
    expect(desk.lane("Singapore Office")).to_contain_text("504 for 1,000")
    expect(desk.lane("Singapore Office").get_by_role("button", name="No active connector")).to_be_visible()


def test_a_ready_made_fault_is_switched_on_and_off(desk):
    desk.go("Faults")
    desk.button("Switch on Service unavailable").click()
    expect(desk.page.get_by_text("matched 0, struck 0")).to_be_visible()
    assert desk.tool.get("/beta/applications").status_code == 503

    desk.button("All off").click()
    expect(desk.page.get_by_text("No fault is on.")).to_be_visible()
    assert desk.tool.get("/beta/applications").status_code == 200


def test_a_fault_is_ordered_for_the_requests_that_are_meant(desk):
    desk.go("Faults")
    desk.button("New fault").click()
    desk.fill_in(Path="*/connectorGroups", Status="429", Retry_after="7", How_often="1")
    desk.pane().get_by_role("button", name="Switch on").click()
    expect(desk.page.get_by_text("*/connectorGroups")).to_be_visible()

    struck = desk.tool.get("/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups")
    assert (struck.status_code, struck.headers["Retry-After"]) == (429, "7")
    expect(desk.page.get_by_text("matched 1, struck 1 of at most 1")).to_be_visible()


def test_a_fault_that_would_do_nothing_is_refused_with_the_reason(desk):
    desk.go("Faults")
    desk.button("New fault").click()
    desk.pane().get_by_role("button", name="Switch on").click()

    expect(desk.note("or it does nothing")).to_be_visible()
    expect(desk.pane()).to_be_visible()


def test_throttling_and_lag_are_set(desk):
    desk.go("Faults")
    desk.button("Throttling").click()
    desk.fill_in(Requests="1", Window="60")
    desk.pane().get_by_role("button", name="Save").click()
    expect(desk.note("Throttling is set.")).to_be_visible()

    assert [desk.tool.get("/beta/users").status_code for _ in range(2)] == [200, 429]
