"""The control API, /_mock: what the real service has no API for."""

from __future__ import annotations

import pytest
from web.asking import (
    APPLICATIONS,
    CONNECTORS,
    DEFAULT,
    DOCUMENT,
    LYON,
    NEW,
    NOBODY,
    NOW,
    PARIS,
    PARIS_1,
    PARIS_2,
    WIKI,
    Mock,
    P,
    refusal,
    to_group,
)

from mockserver import __version__
from mockserver.web.control import ROUTES

OTHER = {
    "tenant": {"displayName": "Fabrikam", "defaultDomain": "fabrikam.onmicrosoft.com", "region": "nam"},
    "connectorGroups": [{"id": DEFAULT, "name": "Default", "region": "nam", "isDefault": True}],
}
WRONG = {
    "connectorGroups": [{"name": "Default", "isDefault": True}, {"name": "Two", "isDefault": True}],
    "connectors": [{"machineName": "m", "memberOf": "nowhere"}],
    "bogus": 1,
}
INSTALLED = {
    "machineName": "new-2",
    "externalIp": "198.51.100.7",
    "version": "1.5.3829.0",
    "status": "active",
    "memberOf": DEFAULT,
    "lastHeartbeat": "2031-05-06T07:08:09Z",
    "stopped": False,
}
UNSAFE = [
    ("POST", "/_mock/reset"),
    ("PUT", "/_mock/tenant"),
    ("POST", "/_mock/connectors"),
    ("POST", f"/_mock/connectors/{PARIS_1}/stop"),
    ("POST", f"/_mock/connectors/{PARIS_2}/start"),
    ("DELETE", f"/_mock/connectors/{PARIS_1}"),
]


def status_of(mock: Mock, key: str) -> str:
    return mock.get(f"{P}/connectors/{key}").json()["status"]


class TestAbout:
    def test_health_says_that_it_is_there(self, mock):
        answer = mock.get("/_mock/health").json()

        assert answer.pop("uptimeSeconds") >= 0
        assert answer == {"status": "ok", "version": __version__, "sandboxes": 1}

    def test_health_answers_head_too(self, mock):
        """interface.md 3."""
        assert mock.ask("HEAD", "/_mock/health").status == 200

    def test_ready_says_that_it_is_seeded(self, mock):
        assert mock.get("/_mock/ready").json() == {"status": "ready", "sandboxes": ["default"]}

    def test_settings_are_those_it_was_made_with(self):
        shown = Mock("strict", seed=7, control_token="s3cret").get("/_mock/settings", x_mock_token="s3cret").json()

        assert [shown[name] for name in ("behaviour", "seed", "port")] == ["strict", 7, 8365]

    def test_settings_say_that_nothing_listens_in_process(self, mock):
        shown = mock.get("/_mock/settings").json()

        assert (shown["addresses"], shown["caCertificate"]) == (None, None)

    def test_settings_do_not_give_the_token_away(self):
        answer = Mock(control_token="s3cret").get("/_mock/settings", x_mock_token="s3cret")

        assert answer.json()["control_token"] is True
        assert b"s3cret" not in answer.body


class TestReset:
    def test_it_brings_the_very_tenant_back(self, mock):
        before = mock.tenant
        mock.move(NEW, PARIS)
        mock.delete(f"{P}/connectorGroups/{LYON}")
        answer = mock.post("/_mock/reset")

        assert (answer.status, answer.body) == (204, b"")
        assert mock.tenant is before

    def test_after_it_the_same_ids_are_drawn_again(self, mock):
        once = mock.post(f"{P}/connectorGroups", {"name": "Berlin"}).json()["id"]
        mock.post("/_mock/reset")

        assert mock.post(f"{P}/connectorGroups", {"name": "Berlin"}).json()["id"] == once

    def test_it_undoes_a_replaced_tenant_too(self, mock):
        before = mock.tenant
        mock.put("/_mock/tenant", OTHER)
        mock.post("/_mock/reset")

        assert mock.tenant is before


class TestTenant:
    def test_it_is_a_fixture_document(self, mock):
        document = mock.get("/_mock/tenant").json()

        assert document["tenant"]["displayName"] == "Contoso"
        assert [row["id"] for row in document["connectors"]] == CONNECTORS
        assert [row["id"] for row in document["applications"]] == APPLICATIONS
        assert document["connectors"][1]["memberOf"] == "Paris"

    def test_what_was_read_can_be_put_back(self, mock):
        document = mock.get("/_mock/tenant").json()
        answer = mock.put("/_mock/tenant", document)

        assert (answer.status, answer.json()) == (200, document)

    def test_what_was_changed_can_be_read_and_put_back_elsewhere(self, mock):
        mock.move(NEW, PARIS)
        mock.post(f"{P}/connectorGroups", {"name": "Paris", "region": "japan"})
        mock.post("/_mock/connectors", {"machineName": "m"})
        mock.post("/beta/applications", {"displayName": "Maps"})
        document = mock.get("/_mock/tenant").json()
        other = Mock(document=OTHER)
        other.put("/_mock/tenant", document)

        assert other.get("/_mock/tenant").json() == document
        assert {*other.members(PARIS)} == {*mock.members(PARIS)} == {PARIS_1, PARIS_2, NEW}

    def test_another_takes_its_place(self, mock):
        answer = mock.put("/_mock/tenant", OTHER)

        assert (answer.status, answer.json()["tenant"]["displayName"]) == (200, "Fabrikam")
        assert mock.get(f"{P}/connectorGroups").ids == [DEFAULT]
        assert mock.get(f"{P}/connectors").ids == []

    def test_another_keeps_the_behaviour(self):
        mock = Mock("strict")
        mock.put("/_mock/tenant", DOCUMENT)

        assert mock.post(f"{P}/connectorGroups", {"name": "paris"}).status == 400

    def test_one_with_problems_is_refused_whole_and_every_problem_named(self, mock):
        before = mock.tenant
        answer = mock.put("/_mock/tenant", WRONG)

        assert refusal(answer) == (400, "invalidFixture")
        assert {each["target"] for each in answer.json()["error"]["details"]} == {
            "bogus",
            "connectorGroups[1].isDefault",
            "connectors[0].memberOf",
        }
        assert mock.tenant is before

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"\xff", b"[]", b"null", b'"x"', b"5", b'{"connectors": 1}', b"[" * 10_000]
    )
    def test_what_is_no_document_is_refused(self, mock, body):
        before = mock.tenant

        assert refusal(mock.put("/_mock/tenant", body))[0] == 400
        assert mock.tenant is before


class TestConnectors:
    def test_one_is_installed_as_its_setup_program_would(self, mock):
        """R3: it lands in the default group and is heard of at once."""
        answer = mock.post(
            "/_mock/connectors", {"machineName": "new-2", "externalIp": "198.51.100.7", "version": "1.5.3829.0"}
        )
        made = answer.json()
        key = made.pop("id")

        assert (answer.status, made) == (201, INSTALLED)
        assert mock.members(DEFAULT) == [NEW, key]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"machineName": None},
            {"machineName": 5},
            {"machineName": "m", "bogus": 1},
            {"machineName": "m", "memberOf": PARIS},
            [],
            b"{",
        ],
        ids=str,
    )
    def test_one_that_says_nonsense_is_not_installed(self, mock, body):
        before = mock.tenant

        assert refusal(mock.post("/_mock/connectors", body))[0] == 400
        assert mock.tenant is before

    @pytest.mark.parametrize("said", [{"machineName": " "}, {"version": "abc"}, {"externalIp": "abc"}], ids=str)
    def test_one_that_no_fixture_could_describe_is_not_installed(self, mock, said):
        """ZT reads versions as numbers; and what the control API makes, `GET /_mock/tenant` must be able to say."""
        mock.post("/_mock/connectors", {"machineName": "m"} | said)

        assert mock.put("/_mock/tenant", mock.get("/_mock/tenant").json()).status == 200

    def test_a_stopped_one_is_active_until_five_minutes_have_passed(self, mock):
        """R37."""
        answer = mock.post(f"/_mock/connectors/{PARIS_1}/stop")

        assert (answer.status, answer.json()["stopped"]) == (200, True)
        assert status_of(mock, PARIS_1) == "active"

    def test_a_started_one_is_active_in_its_group(self, mock):
        """R37."""
        answer = mock.post(f"/_mock/connectors/{PARIS_2}/start")

        assert answer.json()["lastHeartbeat"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert status_of(mock, PARIS_2) == "active"
        assert mock.members(PARIS) == [PARIS_1, PARIS_2]

    def test_an_uninstalled_one_is_gone_everywhere(self, mock):
        """R38: its group stays."""
        answer = mock.delete(f"/_mock/connectors/{PARIS_1}")

        assert (answer.status, answer.body) == (204, b"")
        assert mock.members(PARIS) == [PARIS_2]
        assert refusal(mock.get(f"{P}/connectors/{PARIS_1}")) == (404, "Connector_NotFound")

    @pytest.mark.parametrize("key", [NOBODY, "x", "%FF", PARIS])
    @pytest.mark.parametrize(("method", "path"), [("POST", "/stop"), ("POST", "/start"), ("DELETE", "")])
    def test_one_that_does_not_exist_is_not_found(self, mock, key, method, path):
        assert refusal(mock.ask(method, f"/_mock/connectors/{key}{path}")) == (404, "Connector_NotFound")


class TestToken:
    @pytest.fixture
    def guarded(self) -> Mock:
        return Mock(control_token="s3cret")

    @pytest.mark.parametrize(
        "headers",
        [{"Authorization": "Bearer s3cret"}, {"Authorization": "bearer s3cret"}, {"x-mock-token": "s3cret"}],
        ids=str,
    )
    def test_who_has_it_is_let_in(self, guarded, headers):
        assert guarded.get("/_mock/tenant", **headers).status == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Authorization": "Bearer nope"},
            {"x-mock-token": ""},
            {"x-mock-token": "\xff"},
            {"x-mock-token": "s3cre"},
        ],
        ids=str,
    )
    @pytest.mark.parametrize(("method", "path"), [*UNSAFE, ("GET", "/_mock/tenant"), ("GET", "/_mock/settings")])
    def test_who_has_it_not_is_not(self, guarded, headers, method, path):
        before = guarded.tenant

        assert refusal(guarded.ask(method, path, {}, **headers)) == (401, "InvalidAuthenticationToken")
        assert guarded.tenant is before

    @pytest.mark.parametrize(
        ("method", "path"), [(method, path) for method, path, view in ROUTES if view.__name__ != "health"]
    )
    @pytest.mark.parametrize("where", ["", "/sandboxes/default"])
    def test_every_route_but_health_asks_for_it(self, guarded, where, method, path):
        asked = f"{where}/_mock{path.replace('<', '').replace('>', '')}"
        before = guarded.sandbox.state

        assert refusal(guarded.ask(method, asked, {})) == (401, "InvalidAuthenticationToken")
        assert guarded.sandbox.state is before

    def test_health_does_not_ask_for_it(self, guarded):
        assert guarded.get("/_mock/health").status == 200

    def test_the_graph_does_not_ask_for_it(self, guarded):
        assert guarded.move(NEW, PARIS).status == 204


class TestOrigins:
    @pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in ROUTES if method != "GET"])
    def test_every_route_that_changes_something_refuses_a_page_of_another_origin(self, mock, method, path):
        before = mock.sandbox.state
        asked = f"/_mock{path.replace('<', '').replace('>', '')}"

        assert refusal(mock.ask(method, asked, {}, Origin="https://page.example")) == (403, "accessDenied")
        assert mock.sandbox.state is before

    @pytest.mark.parametrize("origin", ["https://page.example", "http://localhost:1", "null", "https://localhost:8365"])
    @pytest.mark.parametrize(("method", "path"), UNSAFE)
    def test_a_page_of_another_origin_changes_nothing(self, mock, origin, method, path):
        before = mock.tenant

        assert refusal(mock.ask(method, path, {}, Origin=origin)) == (403, "accessDenied")
        assert mock.tenant is before

    @pytest.mark.parametrize(
        "host", ["localhost:8365", "127.0.0.1", "mock_server:8365", "[::1]:8365", "xn--bcher-kva.example"]
    )
    def test_a_page_of_its_own_may(self, mock, host):
        assert mock.post("/_mock/reset", Origin=f"http://{host}", Host=host).status == 204

    def test_a_host_that_is_none_does_no_harm(self, mock):
        assert mock.post("/_mock/reset", Origin="http://xn--a", Host="xn--a").status == 204

    def test_the_graph_may_be_changed_from_any_origin(self, mock):
        answer = mock.ask("POST", f"{P}/connectors/{NEW}/memberOf/$ref", to_group(PARIS), Origin="https://page.example")

        assert answer.status == 204


class TestSilence:
    def test_a_connector_is_inactive_at_once(self, mock):
        """R39: for tests that do not care for the minutes until then."""
        answer = mock.post(f"/_mock/connectors/{PARIS_1}/silence").json()

        assert (answer["status"], answer["stopped"]) == ("inactive", True)
        assert status_of(mock, PARIS_1) == "inactive"

    def test_it_is_active_again_once_it_is_started(self, mock):
        mock.post(f"/_mock/connectors/{PARIS_1}/silence")
        mock.post(f"/_mock/connectors/{PARIS_1}/start")

        assert status_of(mock, PARIS_1) == "active"

    def test_one_that_does_not_exist_is_not_found(self, mock):
        assert refusal(mock.post(f"/_mock/connectors/{NOBODY}/silence")) == (404, "Connector_NotFound")


class TestUpdates:
    """R41: one connector at a time for each group."""

    def test_they_are_planned_one_after_the_other(self, mock):
        mock.post(f"/_mock/connectors/{PARIS_2}/start")
        mock.move(NEW, PARIS)
        answer = mock.post("/_mock/updates", {"version": "1.6.0.0", "takes": "PT5M"}).json()["value"]
        turns = {each["connectorId"]: each["updateFrom"] for each in answer}

        assert len(turns) == 4
        assert sorted(turns[key] for key in (NEW, PARIS_1, PARIS_2)) == [
            "2031-05-06T07:08:09Z",
            "2031-05-06T07:13:09Z",
            "2031-05-06T07:18:09Z",
        ]

    def test_time_carries_them_out(self, mock):
        mock.post("/_mock/updates", {"version": "1.6.0.0", "takes": "PT5M", "connectors": [PARIS_1]})
        mock.post("/_mock/clock/advance", {"by": "PT5M"})

        assert mock.get(f"{P}/connectors/{PARIS_1}").json()["version"] == "1.6.0.0"

    def test_whoever_is_being_updated_serves_nobody(self, mock):
        """behaviour.md 1.5: downtime where the group has no other."""
        before = mock.post("/_mock/traffic", {"applicationId": WIKI, "requests": 10}).json()["status"]
        mock.post("/_mock/updates", {"version": "1.6.0.0", "takes": "PT5M", "connectors": [PARIS_1]})
        mock.post("/_mock/clock/advance", {"by": "PT1S"})

        assert before == {"200": 10, "504": 0}
        assert mock.post("/_mock/traffic", {"applicationId": WIKI, "requests": 10}).json()["status"]["504"] == 10

    @pytest.mark.parametrize(
        ("body", "status"),
        [({"version": "x"}, 400), ({"takes": "P2D"}, 400), ({"connectors": [NOBODY]}, 404), ({"connectors": "x"}, 400)],
        ids=str,
    )
    def test_what_makes_no_sense_plans_nothing(self, mock, body, status):
        before = mock.tenant

        assert mock.post("/_mock/updates", body).status == status
        assert mock.tenant is before


class TestTraffic:
    def test_it_is_spread_over_the_active_connectors_of_the_group(self, mock):
        mock.post(f"/_mock/connectors/{PARIS_2}/start")
        answer = mock.post("/_mock/traffic", {"applicationId": WIKI, "requests": 1_000}).json()

        assert (answer["served"], answer["failed"], answer["status"]) == (1_000, 0, {"200": 1_000, "504": 0})
        assert [each["connectorId"] for each in answer["byConnector"]] == [PARIS_1, PARIS_2]
        assert sum(each["requests"] for each in answer["byConnector"]) == 1_000

    def test_the_same_seed_spreads_it_the_same_way(self, mock):
        mock.post(f"/_mock/connectors/{PARIS_2}/start")
        answers = [mock.post("/_mock/traffic", {"applicationId": WIKI, "seed": seed}).json() for seed in (1, 1, 2)]

        assert answers[0] == answers[1] != answers[2]

    def test_it_changes_nothing(self, mock):
        before = mock.tenant
        mock.post("/_mock/traffic", {"applicationId": WIKI})

        assert mock.tenant is before

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({}, 400),
            ({"applicationId": NOBODY}, 404),
            ({"applicationId": WIKI, "requests": -1}, 400),
            ({"applicationId": WIKI, "requests": 10**8}, 400),
            ({"applicationId": WIKI, "bogus": 1}, 400),
        ],
        ids=str,
    )
    def test_what_makes_no_sense_is_refused(self, mock, body, status):
        assert mock.post("/_mock/traffic", body).status == status


def test_the_report_tells_of_every_group_what_an_administrator_should_know(mock):
    groups = {each["connectorGroupId"]: each for each in mock.get("/_mock/report").json()["connectorGroups"]}
    warned = {key: {each["code"] for each in group["warnings"]} for key, group in groups.items()}

    assert [each["connectorId"] for each in groups[PARIS]["inactiveConnectors"]] == [PARIS_2]
    assert "singlePointOfFailure" in warned[PARIS]
    assert "applicationsOnDefault" in warned[DEFAULT]
