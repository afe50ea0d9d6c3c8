"""One sandbox in the hands of a test: the same in process and over a socket."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import requests
from azure.core.pipeline.transport import HttpRequest

from mockserver import ControlRefused
from mockserver.seed import catalogue
from mockserver.seed.problems import FixtureError

P = "/beta/onPremisesPublishingProfiles/applicationProxy"
GROUPS, CONNECTORS = f"{P}/connectorGroups", f"{P}/connectors"


def names(graph):
    return [each["name"] for each in graph.httpx_client().get(GROUPS).json()["value"]]


def contents(graph):
    return {each["machineName"]: each["status"] for each in graph.tenant.all("connector").values()}


class TestForking:
    def test_a_fork_starts_as_the_default_sandbox_is(self, mock, graph):
        with mock.fork() as other:
            assert names(graph) == names(other) != []

    def test_what_is_done_in_one_is_done_in_no_other(self, mock, graph):
        with mock.fork() as other:
            graph.httpx_client().post(GROUPS, json={"name": "Berlin"}).raise_for_status()

            assert ("Berlin" in names(graph), "Berlin" in names(other)) == (True, False)

    def test_a_fork_of_a_fork_starts_as_that_is(self, graph):
        graph.httpx_client().post(GROUPS, json={"name": "Berlin"}).raise_for_status()
        with graph.fork() as other:
            assert "Berlin" in names(other)

    def test_it_may_be_given_a_name(self, mock):
        with mock.fork("mine") as graph:
            assert graph.name == "mine"

    def test_a_name_that_is_taken_is_refused(self, mock):
        with mock.fork("mine"), pytest.raises(ControlRefused, match="mine") as refused:
            mock.fork("mine")

        assert refused.value.status == 409

    @pytest.mark.parametrize("name", ["", "a/b", "a b", "x" * 65])
    def test_a_name_that_is_none_is_refused(self, mock, name):
        with pytest.raises(ControlRefused) as refused:
            mock.fork(name)

        assert refused.value.status == 400

    def test_of_a_ready_made_tenant(self, mock):
        with mock.fork(tenant="dr-separate") as graph:
            assert graph.tenant.about["displayName"] == "Litware"

    def test_of_a_file(self, mock, tmp_path):
        file = tmp_path / "mine.yaml"
        file.write_text("connectorGroups: [{name: Only, isDefault: true}]")
        with mock.fork(tenant=file) as graph:
            assert names(graph) == ["Only"]

    def test_of_a_document(self, mock):
        with mock.fork(tenant={"connectorGroups": [{"name": "Only", "isDefault": True}]}) as graph:
            assert names(graph) == ["Only"]

    def test_a_wrong_file_is_refused_with_its_lines(self, mock, tmp_path):
        file = tmp_path / "mine.yaml"
        file.write_text("connectorGroups:\n  - nmae: Only\n")
        with pytest.raises(FixtureError, match=r"mine.yaml:2: connectorGroups\[0\].nmae"):
            mock.fork(tenant=file)

    def test_a_wrong_document_is_refused_with_its_keys(self, mock):
        with pytest.raises(ControlRefused, match=r"connectorGroups\[0\].nmae"):
            mock.fork(tenant={"connectorGroups": [{"nmae": "Only"}]})

    def test_what_is_neither_file_nor_ready_made_is_refused(self, mock):
        with pytest.raises(catalogue.UnknownTenantError):
            mock.fork(tenant="no-such")

    def test_of_another_behaviour(self, mock):
        with mock.fork(behaviour="strict,Q1=200") as graph:
            assert str(graph.tenant.behaviour) == "strict,Q1=200"
            assert graph.httpx_client().post(GROUPS, json={"name": "Berlin"}).status_code == 200

    def test_of_a_tenant_with_another_behaviour(self, mock):
        with mock.fork(tenant="dr-separate", behaviour="documented") as graph:
            assert str(graph.tenant.behaviour) == "documented"

    @pytest.mark.parametrize("mode", ["live", "frozen"])
    def test_whose_time_stands_still_or_does_not(self, mock, mode):
        with mock.fork(clock=mode) as graph:
            assert graph.control("GET", "/clock")["mode"] == mode

            graph.reset()

            assert graph.control("GET", "/clock")["mode"] == mode

    @pytest.mark.parametrize("tenant", [None, "dr-separate"])
    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"clock": "frosen"}, "clock is one of live, frozen, not 'frosen'"),
            ({"behaviour": "nice"}, "a behaviour is one of observed, documented, strict, not 'nice'"),
            ({"behaviour": "strict,Q1=7"}, "Q1 is one of 200, 201, not '7'"),
        ],
    )
    def test_what_is_no_choice_is_refused(self, mock, tenant, wrong, said):
        with pytest.raises(ValueError, match=said):
            mock.fork(tenant=tenant, **wrong)

    def test_one_that_is_closed_is_there_no_longer(self, mock):
        graph = mock.fork()
        graph.close()
        with pytest.raises(ControlRefused):
            graph.requests  # noqa: B018 (asking is the point)

    def test_closing_it_a_second_time_does_nothing(self, mock):
        with mock.fork("mine") as graph:
            graph.close()
            with mock.fork("mine") as other:
                graph.close()

                assert names(other)


class TestPlace:
    def test_the_tenant_is_a_photograph(self, graph):
        before = graph.tenant
        graph.httpx_client().post(GROUPS, json={"name": "Berlin"}).raise_for_status()

        assert len(graph.tenant.all("connectorGroup")) == len(before.all("connectorGroup")) + 1

    def test_the_tenant_is_the_one_that_is_served(self, graph):
        served = graph.httpx_client().get(CONNECTORS).json()["value"]

        assert contents(graph) == {each["machineName"]: each["status"] for each in served}


class TestTime:
    def test_a_stopped_connector_is_removed_in_ten_days(self, graph):
        key = graph.install("new-1.contoso.com")["id"]
        graph.stop_connector(key)

        events = [each["type"] for each in graph.advance("P10D") if each["connectorId"] == key]

        assert events == ["connectorInactive", "connectorRemoved"]
        assert "new-1.contoso.com" not in contents(graph)

    def test_one_that_is_started_again_is_active_again(self, graph):
        key = graph.install("new-1.contoso.com")["id"]
        graph.stop_connector(key)
        graph.advance("PT1H")

        assert contents(graph)["new-1.contoso.com"] == "inactive"

        graph.start_connector(key)

        assert contents(graph)["new-1.contoso.com"] == "active"

    def test_one_may_be_uninstalled(self, graph):
        graph.uninstall(graph.install("new-1.contoso.com")["id"])

        assert "new-1.contoso.com" not in contents(graph)

    def test_a_length_that_is_none_is_refused(self, graph):
        with pytest.raises(ControlRefused, match="by: '10 days' is not an ISO 8601 duration"):
            graph.advance("10 days")

    def test_a_snapshot_is_gone_back_to(self, graph):
        graph.snapshot()
        graph.install("new-1.contoso.com")
        graph.restore()

        assert "new-1.contoso.com" not in contents(graph)

    def test_there_are_snapshots_by_name(self, graph):
        graph.snapshot("before")
        graph.install("new-1.contoso.com")
        graph.snapshot("after")
        graph.restore("before")
        graph.restore("after")

        assert "new-1.contoso.com" in contents(graph)

    @pytest.mark.parametrize("name", ["nobody", "a b", "a/b", "\u00e4"])
    def test_what_is_not_there_is_refused_by_any_name(self, graph, name):
        for act in (graph.restore, graph.stop_connector, graph.start_connector, graph.uninstall):
            with pytest.raises(ControlRefused) as refused:
                act(name)

            assert refused.value.status == 404

    def test_a_reset_brings_back_how_it_was_forked(self, graph):
        graph.install("new-1.contoso.com")
        with graph.fork() as other:
            other.install("new-2.contoso.com")
            other.reset()

            assert {"new-1.contoso.com", "new-2.contoso.com"} & contents(other).keys() == {"new-1.contoso.com"}

    def test_known_properties_of_a_connector_are_taken(self, graph):
        made = graph.install("new-1.contoso.com", externalIp="203.0.113.99", version="1.5.4522.0")

        assert ("203.0.113.99", "1.5.4522.0") == (made["externalIp"], made["version"])


class TestTrouble:
    def test_a_fault_strikes_so_often(self, graph):
        made = graph.fault(status=503, code="serviceUnavailable", times=2, match={"method": "GET"}, retry_after=7)
        client = graph.httpx_client()
        answers = [client.get(GROUPS) for _ in range(3)]

        assert [503, 503, 200] == [each.status_code for each in answers]
        assert ("7", made["id"]) == (answers[0].headers["Retry-After"], answers[0].headers["x-mock-fault"])
        assert answers[0].json()["error"]["code"] == "serviceUnavailable"

    def test_faults_are_cleared(self, graph):
        graph.fault(status=500)
        graph.clear_faults()

        assert graph.httpx_client().get(GROUPS).status_code == 200

    def test_an_answer_is_held_back_beyond_patience(self, graph):
        graph.fault(delay="PT30S")
        with pytest.raises(httpx.ReadTimeout):
            graph.httpx_client().get(GROUPS, timeout=0.05)

    def test_a_connection_is_broken(self, graph):
        graph.fault(drop=True)
        with pytest.raises(httpx.RemoteProtocolError):
            graph.httpx_client().get(GROUPS)
        with pytest.raises(requests.ConnectionError):
            graph.requests_session().get(GROUPS)

    def test_an_answer_breaks_off_in_the_middle(self, graph):
        graph.fault(truncate=True)
        with pytest.raises(httpx.RemoteProtocolError):
            graph.httpx_client().get(GROUPS)
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            graph.requests_session().get(GROUPS)

    def test_a_fault_that_is_none_is_refused(self, graph):
        with pytest.raises(ControlRefused, match="probability"):
            graph.fault(status=503, probability=2)

    def test_the_journal_has_what_was_asked(self, graph):
        client = graph.httpx_client()
        client.get(f"{GROUPS}?$top=1")
        client.delete(f"{GROUPS}/nobody")
        asked = [(each["method"], each["path"], each["status"]) for each in graph.requests]

        assert [("GET", GROUPS, 200), ("DELETE", f"{GROUPS}/nobody", 404)] == asked

    def test_traffic_goes_to_the_connectors_of_the_group(self, graph):
        applications = graph.httpx_client().get("/beta/applications?$select=id,displayName").json()["value"]
        (key,) = [each["id"] for each in applications if each["displayName"] == "Intranet"]
        served = graph.traffic(key, requests=100)

        assert (100, 0) == (served["served"], served["failed"])
        assert sum(each["requests"] for each in served["byConnector"]) == 100

    def test_anything_else_is_asked_of_the_control_api(self, graph):
        assert graph.control("GET", "/ready")["status"] == "ready"
        assert graph.control("PUT", "/throttle", {"requests": 1, "per": "PT10S"}) is None


class TestClients:
    def test_httpx(self, graph):
        assert graph.httpx_client().get(GROUPS).status_code == 200

    def test_httpx_async(self, graph):
        async def ask():
            async with graph.httpx_async_client() as client:
                return await client.get(GROUPS)

        assert asyncio.run(ask()).status_code == 200

    def test_requests(self, graph):
        assert graph.requests_session().get(GROUPS).status_code == 200

    def test_a_next_link_is_followed_as_it_stands(self, graph):
        client, session = graph.httpx_client(), graph.requests_session()
        link = client.get(f"{CONNECTORS}?$top=20").json()["@odata.nextLink"]

        assert len(client.get(link).json()["value"]) == len(session.get(link).json()["value"]) == 5

    def test_in_process_microsofts_own_addresses_lead_here_too(self, here):
        address = f"https://graph.microsoft.com{GROUPS}"
        with here.fork() as graph:
            graph.httpx_client().get(address)
            graph.requests_session().get(address)
            graph.azure_transport().send(HttpRequest("GET", address))

            assert [each["path"] for each in graph.requests] == [GROUPS] * 3

    def test_clients_that_were_given_out_are_closed_with_it(self, mock):
        graph = mock.fork()
        client = graph.httpx_client()
        graph.close()

        assert client.is_closed
