"""`GET /_mock/permissions`: the least that the calls so far needed."""

from __future__ import annotations

import pytest
from web.asking import LYON, PARIS_1, Mock, P, to_group

NOTHING = {"delegated": [], "directoryRoles": [], "application": [], "notForApplications": []}


def needed(mock):
    return mock.get("/_mock/permissions").json()


def test_who_has_asked_for_nothing_needs_nothing(mock):
    mock.get("/beta/nothing")
    mock.get("/_mock/tenant")

    assert needed(mock) == NOTHING


def test_a_reader_of_applications_needs_no_more_than_that(mock):
    mock.get("/beta/applications")

    assert needed(mock) == {**NOTHING, "delegated": ["Application.Read.All"], "application": ["Application.Read.All"]}


def test_what_allows_more_replaces_what_allows_less(mock):
    mock.get("/beta/applications")
    mock.post("/beta/applications", {"displayName": "New"})

    assert needed(mock)["delegated"] == ["Application.ReadWrite.All"]


def test_roles_are_those_of_which_one_will_do_for_everything(mock):
    mock.get(f"{P}/connectorGroups")
    assert "Global Secure Access Administrator" in needed(mock)["directoryRoles"]

    mock.post(f"{P}/connectorGroups", {"name": "New"})
    assert needed(mock)["directoryRoles"] == ["Application Administrator", "Global Administrator"]


@pytest.mark.parametrize(("behaviour", "refused"), [("observed", 0), ("documented", 1)])
def test_what_programs_may_not_do_is_named(behaviour, refused):
    mock = Mock(behaviour)
    mock.post(f"{P}/connectors/{PARIS_1}/memberOf/$ref", to_group(LYON))

    assert len(needed(mock)["notForApplications"]) == refused


def test_a_refused_call_counts_and_one_that_nothing_offers_does_not(mock):
    mock.get("/beta/applications/f0000000-0000-4000-8000-000000000000")
    mock.ask("PUT", f"{P}/connectorGroups", {})

    assert needed(mock)["delegated"] == ["Application.Read.All"]


def test_a_reset_forgets_it(mock):
    mock.get("/beta/applications")
    mock.post("/_mock/reset")

    assert needed(mock) == NOTHING


def test_the_least_set_is_enough_and_no_permission_of_it_can_be_left_out():
    calls = [("GET", f"{P}/connectorGroups", None), ("GET", "/beta/applications", None),
             ("POST", f"{P}/connectorGroups", {"name": "New"}), ("GET", "/beta/users", None)]  # fmt: skip
    mock = Mock(auth="strict")
    for method, target, body in calls:
        mock.ask(method, target, body, Authorization=bearer(mock, user="admin@contoso.onmicrosoft.com"))
    least = needed(mock)

    def all_pass(permissions):
        may = {"user": "amy@x.example", "permissions": permissions, "directoryRoles": least["directoryRoles"][:1]}
        token = bearer(mock, **may)
        return all(mock.ask(*call, Authorization=token).status < 400 for call in calls)

    assert all_pass(least["delegated"])
    for each in least["delegated"]:
        assert not all_pass([other for other in least["delegated"] if other != each])


def bearer(mock, **wish):
    return mock.post("/_mock/tokens", wish).json()["authorization"]
