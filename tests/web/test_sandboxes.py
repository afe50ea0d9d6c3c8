"""Many tenants in one process: how they are made, and whose request it is (interface.md 2, 3)."""

from __future__ import annotations

import base64
import json

import pytest
from web.asking import DEFAULT, LYON, NEW, PARIS, Mock, P, refusal

from mockserver.settings import Addresses

OTHER = {
    "tenant": {
        "id": "3c6d57d9-c2d3-411e-ac2d-1a9a1f8e89ac",
        "displayName": "Fabrikam",
        "defaultDomain": "fabrikam.onmicrosoft.com",
        "region": "nam",
    },
    "connectorGroups": [{"id": DEFAULT, "name": "Default", "region": "nam", "isDefault": True}],
}


def names(mock: Mock, where: str = "", **headers: str) -> list[str]:
    return [each["name"] for each in mock.get(f"{where}{P}/connectorGroups", **headers).json()["value"]]


def bearer(tid: str) -> str:
    parts = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, {"tid": tid}, {})
    )
    return "Bearer " + ".".join(parts)


class TestMaking:
    def test_one_is_forked_and_says_where_it_is(self, mock):
        answer = mock.post("/_mock/sandboxes", {"name": "a"})
        made = answer.json()

        assert answer.status == 201
        assert answer.headers["Location"] == "http://localhost:8365/_mock/sandboxes/a"
        assert made == {
            "name": "a",
            "graphUrl": "http://localhost:8365/sandboxes/a/beta",
            "authorityUrl": f"http://localhost:8365/{made['tenantId']}",
            "tenantId": mock.world.sandbox("a").tenant_id,
        }

    def test_it_is_asked_at_its_address(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        mock.delete(f"/sandboxes/a{P}/connectorGroups/{LYON}")

        assert "Lyon" not in names(mock, "/sandboxes/a")
        assert "Lyon" in names(mock)

    def test_its_addresses_are_those_of_its_root(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        context = mock.get(f"/sandboxes/a{P}/connectorGroups").json()["@odata.context"]

        assert context.startswith("http://localhost:8365/sandboxes/a/beta/$metadata#")

    def test_from_a_sandbox_by_its_name(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        mock.delete(f"/sandboxes/a{P}/connectorGroups/{LYON}")
        mock.post("/_mock/sandboxes", {"name": "b", "from": "a"})

        assert names(mock, "/sandboxes/b") == names(mock, "/sandboxes/a") != names(mock)

    def test_from_the_sandbox_that_is_asked(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        mock.delete(f"/sandboxes/a{P}/connectorGroups/{LYON}")
        made = mock.post("/sandboxes/a/_mock/sandboxes", {"name": "b"}).json()

        assert made["graphUrl"] == "http://localhost:8365/sandboxes/b/beta"
        assert names(mock, "/sandboxes/b") == names(mock, "/sandboxes/a")

    def test_from_a_snapshot(self, mock):
        mock.post("/_mock/snapshots", {"name": "before"})
        mock.delete(f"{P}/connectorGroups/{LYON}")
        mock.post("/_mock/sandboxes", {"name": "a", "from": "default@before"})

        assert "Lyon" in names(mock, "/sandboxes/a")
        assert "Lyon" not in names(mock)

    def test_from_a_ready_made_tenant(self, mock):
        made = mock.post("/_mock/sandboxes", {"name": "a", "from": "dr-separate"}).json()
        document = mock.get("/sandboxes/a/_mock/tenant").json()

        assert document["tenant"]["id"] == made["tenantId"]
        assert document["connectorGroups"] != mock.get("/_mock/tenant").json()["connectorGroups"]

    def test_from_a_document(self, mock):
        made = mock.post("/_mock/sandboxes", {"name": "a", "tenant": OTHER}).json()

        assert made["tenantId"] == OTHER["tenant"]["id"]
        assert names(mock, "/sandboxes/a") == ["Default"]

    def test_a_second_one_of_a_document_is_a_tenant_of_its_own(self, mock):
        made = [mock.post("/_mock/sandboxes", {"tenant": OTHER}).json() for _ in range(2)]

        assert made[0]["tenantId"] == OTHER["tenant"]["id"] != made[1]["tenantId"]

    def test_nothing_need_be_said(self, mock):
        assert mock.post("/_mock/sandboxes", {}).json()["name"] == "sandbox-1"

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({"name": "default"}, (409, "nameAlreadyExists")),
            ({"name": "a b"}, (400, "invalidRequest")),
            ({"name": ""}, (400, "invalidRequest")),
            ({"name": 5}, (400, "invalidRequest")),
            ({"bogus": 1}, (400, "invalidRequest")),
            ([], (400, "invalidRequest")),
            (b"{", (400, "BadRequest")),
            ({"from": "nope"}, (404, "sourceNotFound")),
            ({"from": "../contoso"}, (404, "sourceNotFound")),
            ({"from": "nope@before"}, (404, "sandboxNotFound")),
            ({"from": "default@nope"}, (404, "snapshotNotFound")),
            ({"from": "default", "tenant": OTHER}, (400, "invalidRequest")),
            ({"tenant": {"bogus": 1}}, (400, "invalidFixture")),
            ({"tenant": 5}, (400, "invalidFixture")),
        ],
        ids=str,
    )
    def test_what_makes_no_sense_makes_no_sandbox(self, mock, body, expected):
        assert refusal(mock.post("/_mock/sandboxes", body)) == expected
        assert len(mock.world) == 1

    def test_every_problem_is_named(self, mock):
        details = mock.post("/_mock/sandboxes", {"name": 5, "bogus": 1}).json()["error"]["details"]

        assert [each["target"] for each in details] == ["name", "bogus"]

    def test_an_external_url_is_the_root_of_its_addresses(self):
        mock = Mock(external_url="https://mock.example/graph")
        made = mock.post("/_mock/sandboxes", {"name": "a"}).json()

        assert made["graphUrl"] == "https://mock.example/graph/sandboxes/a/beta"
        assert made["authorityUrl"] == f"https://mock.example/graph/{made['tenantId']}"

    def test_who_logs_in_is_sent_to_https(self):
        """clients.md: Entra's clients refuse any other authority, and take its first segment for the tenant."""
        mock = Mock(addresses=Addresses("http://localhost:8365", "https://localhost:8366"))
        made = mock.post("/_mock/sandboxes", {"name": "a"}).json()

        assert made["graphUrl"] == "http://localhost:8365/sandboxes/a/beta"
        assert made["authorityUrl"] == f"https://localhost:8366/{made['tenantId']}"


class TestTheOthers:
    def test_they_are_listed_and_shown(self, mock):
        made = [mock.post("/_mock/sandboxes", {"name": name}).json() for name in "ab"]
        listed = mock.get("/_mock/sandboxes").json()["value"]

        assert [each["name"] for each in listed] == ["default", "a", "b"]
        assert listed[1:] == made == [mock.get(f"/_mock/sandboxes/{name}").json() for name in "ab"]

    def test_one_is_dropped(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        answer = mock.delete("/_mock/sandboxes/a")

        assert (answer.status, answer.body) == (204, b"")
        assert refusal(mock.get(f"/sandboxes/a{P}/connectorGroups")) == (404, "sandboxNotFound")

    def test_the_default_one_stays(self, mock):
        assert refusal(mock.delete("/_mock/sandboxes/default")) == (409, "sandboxStays")

    @pytest.mark.parametrize("method", ["GET", "DELETE"])
    def test_an_unknown_one_is_not_found(self, mock, method):
        assert refusal(mock.ask(method, "/_mock/sandboxes/nope")) == (404, "sandboxNotFound")

    def test_health_counts_them(self, mock):
        mock.post("/_mock/sandboxes", {})

        assert mock.get("/_mock/health").json()["sandboxes"] == 2


class TestWhoseRequestItIs:
    @pytest.fixture
    def tids(self, mock) -> dict[str, str]:
        """A mock with the sandboxes a and b beside the default one, each without a group of its own."""
        found = {name: mock.post("/_mock/sandboxes", {"name": name}).json()["tenantId"] for name in "ab"}
        mock.delete(f"/sandboxes/a{P}/connectorGroups/{LYON}")
        mock.patch(f"/sandboxes/b{P}/connectorGroups/{PARIS}", {"name": "Bordeaux"})
        return found

    def seen(self, mock: Mock, where: str = "", **headers: str) -> str:
        found = names(mock, where, **headers)
        return "a" if "Lyon" not in found else "b" if "Bordeaux" in found else "default"

    def test_the_path_says(self, mock, tids):
        headers = {"x-mock-sandbox": "b", "Authorization": bearer(tids["b"])}

        assert self.seen(mock, "/sandboxes/a", **headers) == "a"

    def test_else_a_header(self, mock, tids):
        assert self.seen(mock, **{"x-mock-sandbox": "a", "Authorization": bearer(tids["b"])}) == "a"

    def test_else_the_token(self, mock, tids):
        assert [self.seen(mock, Authorization=bearer(tids[name])) for name in "ab"] == ["a", "b"]

    def test_else_it_is_the_default_one(self, mock, tids):
        assert self.seen(mock, Authorization=bearer("00000000-0000-4000-8000-000000000000")) == "default"

    def test_the_same_holds_for_the_control_api(self, mock, tids):
        mock.post("/_mock/connectors", {"machineName": "m"}, Authorization=bearer(tids["a"]))

        assert len(mock.world.sandbox("a").tenant.all("connector")) == 5
        assert len(mock.tenant.all("connector")) == 4

    @pytest.mark.parametrize("path", [f"{P}/connectors/{NEW}", "/_mock/tenant"])
    def test_an_unknown_one_says_so(self, mock, path):
        """Never made by accident."""
        for answer in (mock.get(f"/sandboxes/nope{path}"), mock.get(path, **{"x-mock-sandbox": "nope"})):
            assert refusal(answer) == (404, "sandboxNotFound")
            assert "'nope'" in answer.json()["error"]["message"]
        assert len(mock.world) == 1


class TestSnapshots:
    def test_what_was_saved_comes_back(self, mock):
        saved = mock.post("/_mock/snapshots", {"name": "before"})
        mock.delete(f"{P}/connectorGroups/{LYON}")
        restored = mock.post("/_mock/snapshots/before/restore")

        assert (saved.status, saved.json()) == (201, {"name": "before", "now": "2031-05-06T07:08:09Z"})
        assert (restored.status, restored.body) == (204, b"")
        assert "Lyon" in names(mock)

    def test_it_comes_back_as_often_as_one_likes(self, mock):
        mock.post("/_mock/snapshots", {"name": "before"})
        for _ in range(2):
            mock.delete(f"{P}/connectorGroups/{LYON}")
            mock.post("/_mock/snapshots/before/restore")

        assert "Lyon" in names(mock)

    def test_a_reset_leaves_them(self, mock):
        mock.delete(f"{P}/connectorGroups/{LYON}")
        mock.post("/_mock/snapshots", {"name": "after"})
        mock.post("/_mock/reset")
        mock.post("/_mock/snapshots/after/restore")

        assert "Lyon" not in names(mock)

    def test_a_name_may_be_given_again(self, mock):
        for _ in range(2):
            mock.post("/_mock/snapshots", {"name": "x"})
            mock.delete(f"{P}/connectorGroups/{LYON}")
        mock.post("/_mock/snapshots/x/restore")

        assert "Lyon" not in names(mock)
        assert [each["name"] for each in mock.get("/_mock/snapshots").json()["value"]] == ["x"]

    def test_one_is_forgotten(self, mock):
        mock.post("/_mock/snapshots", {"name": "x"})

        assert mock.delete("/_mock/snapshots/x").status == 204
        assert mock.get("/_mock/snapshots").json() == {"value": []}

    def test_each_sandbox_has_its_own(self, mock):
        mock.post("/_mock/snapshots", {"name": "x"})
        mock.post("/_mock/sandboxes", {"name": "a"})

        assert mock.get("/sandboxes/a/_mock/snapshots").json() == {"value": []}

    @pytest.mark.parametrize(
        ("method", "path"), [("POST", "/_mock/snapshots/x/restore"), ("DELETE", "/_mock/snapshots/x")]
    )
    def test_one_that_is_not_there_is_not_found(self, mock, method, path):
        assert refusal(mock.ask(method, path)) == (404, "snapshotNotFound")

    @pytest.mark.parametrize(
        "body", [{}, {"name": ""}, {"name": "a@b"}, {"name": None}, {"name": 1}, {"name": "x", "a": 1}, 5]
    )
    def test_what_is_no_name_saves_nothing(self, mock, body):
        assert refusal(mock.post("/_mock/snapshots", body)) == (400, "invalidRequest")
        assert mock.get("/_mock/snapshots").json() == {"value": []}
