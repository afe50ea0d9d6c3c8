"""The request log, and the console for the Graph."""

from __future__ import annotations

import json
import subprocess

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser

PROXY = "/beta/onPremisesPublishingProfiles/applicationProxy"


def entries(desk):
    return desk.page.get_by_role("table", name="Requests").locator("tbody tr")


def write(desk, text):
    field = desk.page.get_by_label("Path and query")
    field.fill(text)
    return field


def run_query(desk):
    desk.button("Run query").click()
    return desk.page.get_by_role("region", name="Answer", exact=True)


def test_requests_of_tools_appear_as_they_come_newest_first(desk):
    desk.go("Request log")
    desk.tool.get("/beta/users?$top=1")
    desk.tool.get(f"{PROXY}/connectors")

    expect(entries(desk).first).to_contain_text("/connectors")
    expect(entries(desk).nth(1)).to_contain_text("/beta/users?$top=1")


def test_filters_leave_what_fits(desk):
    desk.tool.get("/beta/users")
    desk.tool.delete(f"{PROXY}/connectorGroups/{desk.groups()['Default']}")
    desk.go("Request log")
    desk.page.get_by_label("Method").select_option("DELETE")

    expect(entries(desk)).to_have_count(1)
    expect(entries(desk)).to_contain_text("400")

    desk.page.get_by_label("Status").select_option(label="Success")
    expect(desk.page.get_by_text("No request fits the filters")).to_be_visible()


def test_an_entry_shows_the_request_the_answer_and_the_rule_that_refused_it(desk):
    desk.tool.patch(f"{PROXY}/connectorGroups/{desk.groups()['Paris Headquarters']}", json={"region": "nam"})
    desk.go("Request log")
    desk.page.get_by_role("button", name="PATCH").click()

    expect(desk.pane()).to_contain_text("Refused because")
    expect(desk.pane()).to_contain_text("region is fixed")
    expect(desk.pane().get_by_label("Request body")).to_contain_text('"region": "nam"')
    expect(desk.pane().get_by_label("Answer")).to_contain_text("innerError")


def test_the_curl_of_an_entry_repeats_it(desk):
    desk.tool.post(f"{PROXY}/connectorGroups", json={"name": "It's new"})
    desk.go("Request log")
    desk.page.get_by_role("button", name="POST").click()
    command = desk.pane().get_by_label("curl command").inner_text()
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=True)

    assert json.loads(done.stdout)["name"] == "It's new"


def test_an_entry_is_taken_to_the_console(desk):
    desk.tool.get("/beta/users?$select=displayName&$top=2")
    desk.go("Request log")
    desk.page.get_by_role("button", name="GET").first.click()
    desk.pane().get_by_role("button", name="Open in console").click()

    assert desk.page.get_by_label("Path and query").input_value().startswith("/beta/users?$select=displayName")
    expect(run_query(desk)).to_contain_text("nextLink")


def test_the_log_is_cleared(desk):
    desk.tool.get("/beta/users")
    desk.go("Request log")
    desk.button("Clear").click()

    expect(desk.page.get_by_text("No request yet")).to_be_visible()


def test_an_example_is_asked_of_the_graph(desk):
    desk.go("Graph console")
    desk.button("GET Find the default group").or_(desk.button("GETFind the default group")).click()

    expect(desk.page.get_by_label("Answer body")).to_contain_text('"isDefault": true')


def test_a_change_made_in_the_console_shows_in_the_picture(desk):
    desk.go("Graph console")
    desk.page.get_by_role("button", name="Create a connector group").click()
    run_query(desk).wait_for()
    desk.go("Overview")

    expect(desk.lane("Madrid Office")).to_be_visible()


def test_paths_and_keys_are_completed_from_the_model(desk):
    desk.go("Graph console")
    field = write(desk, "/beta/onPremisesPublishingProfiles/applicationProxy/connectorG")
    offers = desk.page.get_by_role("listbox", name="Completions")
    expect(offers.get_by_role("option").first).to_contain_text("connectorGroups")

    write(desk, f"{PROXY}/connectorGroups/Vendor")
    expect(offers.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == f"{PROXY}/connectorGroups/{desk.groups()['Vendor Network']}"


def test_values_of_an_enumeration_are_completed_in_a_filter(desk):
    desk.go("Graph console")
    field = write(desk, f"{PROXY}/connectors?$filter=status eq ")
    desk.page.get_by_role("option", name="'inactive'").wait_for()
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Tab")

    expect(field).to_have_value(f"{PROXY}/connectors?$filter=status eq 'inactive'")
    expect(run_query(desk)).to_contain_text("chi-conn-04")


def test_every_example_is_answered_as_it_says(desk):
    desk.go("Graph console")
    desk.page.locator(".examples details").evaluate_all("all => all.forEach(each => each.open = true)")
    for example in desk.page.locator(".examples li button").all():
        text = example.inner_text()
        example.click()
        status = run_query(desk).get_by_role("status")
        expect(status).to_contain_text("ms")
        assert (status.inner_text()[0] == "2") == ("(refused)" not in text), text
