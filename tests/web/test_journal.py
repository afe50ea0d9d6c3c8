"""What was asked of the Graph, and questions about it: `/_mock/requests`, `/_mock/coverage`."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from web.asking import DEFAULT, LYON, NOBODY, PARIS, WIKI, Mock, P, environ, refusal, to_group

GROUPS = f"{P}/connectorGroups"
LIST = "beta.onPremisesPublishingProfile_ListConnectorGroup"
USER = "amy@contoso.com"


def bearer(**claims: object) -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))
    return "Bearer " + ".".join(parts)


def journal(mock: Mock, query: str = "", where: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = mock.get(f"{where}/_mock/requests{query}").json()["value"]
    return found


def paths(mock: Mock, query: str = "") -> list[str]:
    return [each["path"].removeprefix(P) for each in journal(mock, query)]


class TestAnEntry:
    def test_it_says_what_was_asked_and_what_became_of_it(self, mock):
        answer = mock.get(f"{GROUPS}?$top=1", Authorization=bearer(appid="app", upn=USER, oid="id"))
        (entry,) = journal(mock)

        assert entry.pop("milliseconds") > 0
        assert entry == {
            "number": 1,
            "time": "2031-05-06T07:08:09.000Z",
            "sandbox": "default",
            "method": "GET",
            "path": GROUPS,
            "query": "$top=1",
            "operation": LIST,
            "status": 200,
            "caller": {"application": "app", "user": USER, "id": "id"},
            "requestId": answer.headers["request-id"],
            "answer": answer.json(),
        }

    def test_a_refusal_names_its_code_and_the_rule(self, mock):
        mock.delete(f"{GROUPS}/{DEFAULT}")
        (entry,) = journal(mock)

        assert (entry["status"], entry["refusedBy"]) == (400, "DefaultGroupStays")
        assert entry["code"] == entry["answer"]["error"]["code"]

    def test_a_change_has_its_body(self, mock):
        mock.patch(f"{GROUPS}/{PARIS}", {"name": "Bordeaux"})
        (entry,) = journal(mock)

        assert (entry["request"], "answer" in entry) == ({"name": "Bordeaux"}, False)

    def test_a_body_that_nobody_read_is_there_too(self, mock):
        mock.put(GROUPS, {"name": "x"})

        assert [(each["status"], each["request"]) for each in journal(mock)] == [(405, {"name": "x"})]

    @pytest.mark.parametrize(
        ("body", "shown"),
        [(b"{", "{"), (b"\xff", "\ufffd"), (b"[1,2]", [1, 2]), (b"[" * 300 + b"]" * 300, "[" * 300 + "]" * 300)],
    )
    def test_any_body_can_be_shown(self, mock, body, shown):
        mock.post("/beta/applications", body)

        assert journal(mock)[0]["request"] == shown

    def test_a_long_body_is_cut_and_says_so(self, mock):
        body = json.dumps({"displayName": "x" * 20_000}).encode()
        mock.post("/beta/applications", body)
        (entry,) = journal(mock)

        assert entry["request"] == {"truncated": body[:8_192].decode(), "length": len(body)}

    def test_a_body_too_large_to_be_read_is_not_there(self, mock):
        mock.post("/beta/applications", b"x" * 5_000_000)

        assert [(each["status"], "request" in each) for each in journal(mock)] == [(413, False)]

    def test_a_fault_is_named(self, mock):
        mock.post("/_mock/faults", {"status": 503})
        mock.get(GROUPS)

        assert [(each["fault"], each["refusedBy"]) for each in journal(mock)] == [("f1", "Ordered")]

    def test_a_path_that_leads_nowhere_is_no_operation(self, mock):
        mock.get("/beta/nowhere")

        assert [(each["status"], each["operation"]) for each in journal(mock)] == [(400, None)]

    def test_however_a_path_is_written_the_operation_is_the_same(self, mock):
        mock.get(f"{P}/CONNECTORGROUPS//")
        mock.get("/beta/onPremisesPublishingProfiles('applicationProxy')/connectorGroups")

        assert {each["operation"] for each in journal(mock)} == {LIST}

    @pytest.mark.parametrize("claim", [5, None, ["x"], "\ud800", "a\r\nb"])
    def test_whatever_a_token_claims_can_be_shown(self, mock, claim):
        mock.get(GROUPS, Authorization=bearer(appid=claim))

        assert len(journal(mock)) == 1

    def test_a_crash_of_the_mock_is_there_too(self, mock, monkeypatch):
        def crash(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("mockserver.sandbox.steps.apply", crash)
        mock.post(GROUPS, {"name": "x"})

        assert [(each["status"], each["refusedBy"]) for each in journal(mock)] == [(500, "Unexpected")]


class TestSecrets:
    TOKEN = bearer(appid="app") + "s1gn4ture"

    @pytest.mark.parametrize(
        "body",
        [
            {"displayName": "x", "passwordCredentials": [{"secretText": "s3cret"}]},
            {"passwordProfile": {"password": "s3cret"}},
            {"Password": "s3cret"},
            {"password": {"deep": "s3cret"}},
            b'{"password": "s3cret"',
            b'{"pass\\u0077ord": "s3cret"}',
            b"client_secret=s3cret&client_assertion=s3cret&x=1",
            json.dumps({"x": "y" * 9_000, "password": "s3cret"}).encode(),
            b'{"password": "s3cret' + b"s3cret" * 3_000,
        ],
        ids=lambda body: str(body)[:40],
    )
    def test_none_is_in_the_journal(self, mock, body):
        mock.post("/beta/applications", body, Authorization=self.TOKEN)
        answer = mock.get("/_mock/requests")

        assert b"s3cret" not in answer.body
        assert b"s1gn4ture" not in answer.body

    def test_what_is_beside_one_is_kept(self, mock):
        mock.post("/beta/applications", {"displayName": "x", "passwordCredentials": [{"secretText": "a", "hint": "b"}]})

        assert journal(mock)[0]["request"]["passwordCredentials"] == [{"secretText": "***", "hint": "b"}]

    def test_no_header_is_kept(self, mock):
        mock.get(GROUPS, Authorization=self.TOKEN, Cookie="s3cret", **{"x-mock-token": "s3cret"})

        assert not [each for each in repr(mock.sandbox.state.journal).split() if "s3cret" in each or "s1gn" in each]


class TestTheJournal:
    def test_the_newest_is_last(self, mock):
        for key in (PARIS, LYON, DEFAULT):
            mock.get(f"{GROUPS}/{key}")

        assert paths(mock) == [f"/connectorGroups/{key}" for key in (PARIS, LYON, DEFAULT)]

    def test_the_control_api_is_not_in_it(self, mock):
        mock.get("/_mock/health")
        mock.get("/nowhere")

        assert journal(mock) == []

    def test_the_requests_of_a_batch_are_entries_of_their_own(self, mock):
        requests = [
            {"id": "1", "method": "GET", "url": "/applications"},
            {"id": "2", "method": "PATCH", "url": f"/applications/{NOBODY}", "body": {"displayName": "x"}},
        ]
        answer = mock.post("/beta/$batch", {"requests": requests})
        first, second, batch = journal(mock)

        assert [each["status"] for each in (first, second, batch)] == [200, 404, 200]
        assert first["batch"] == second["batch"] == batch["requestId"] == answer.headers["request-id"]
        assert second["requestId"] == second["answer"]["error"]["innerError"]["request-id"]
        assert (second["request"], batch["path"]) == ({"displayName": "x"}, "/beta/$batch")

    def test_it_is_cleared(self, mock):
        mock.get(GROUPS)
        cleared = mock.delete("/_mock/requests")
        mock.get(GROUPS)

        assert (cleared.status, [each["number"] for each in journal(mock)]) == (204, [2])

    def test_old_ones_fall_out_and_are_counted(self, mock):
        for _ in range(1_003):
            mock.get(f"{GROUPS}/$count")
        answer = mock.get("/_mock/requests").json()

        assert (len(answer["value"]), answer["recorded"], answer["dropped"]) == (1_000, 1_003, 3)
        assert answer["value"][0]["number"] == 4

    def test_each_sandbox_has_its_own(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        mock.get(f"/sandboxes/a{GROUPS}")

        assert (journal(mock), [each["sandbox"] for each in journal(mock, where="/sandboxes/a")]) == ([], ["a"])

    def test_a_reset_clears_it(self, mock):
        mock.get(GROUPS)
        mock.post("/_mock/reset")

        assert journal(mock) == []

    def test_an_unknown_sandbox_has_none(self, mock):
        mock.get(f"/sandboxes/nope{GROUPS}")

        assert journal(mock) == []


class TestFilters:
    @pytest.fixture
    def played(self, mock) -> Mock:
        mock.get(GROUPS, Authorization=bearer(appid="app", upn=USER))
        mock.get(f"{GROUPS}/{NOBODY}")
        mock.post("/_mock/clock/advance", {"by": "PT1H"})
        mock.post(GROUPS, {"name": "Berlin"})
        mock.delete(f"{GROUPS}/{DEFAULT}")
        return mock

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ("", [1, 2, 3, 4]),
            ("?method=GET", [1, 2]),
            ("?method=delete", [4]),
            (f"?path={GROUPS}", [1, 3]),
            (f"?path={GROUPS}/*", [2, 4]),
            (f"?operation={LIST}", [1]),
            ("?operation=*ConnectorGroup", [1, 2, 3, 4]),
            ("?status=200", [1, 3]),
            ("?status=4xx", [2, 4]),
            ("?since=2", [3, 4]),
            ("?since=2031-05-06T08:08:09Z", [3, 4]),
            ("?since=2031-05-06T08:08:10Z", []),
            (f"?caller={USER}", [1]),
            ("?caller=app", [1]),
            ("?code=ConnectorGroup_NotFound", [2]),
            ("?method=GET&status=404", [2]),
        ],
    )
    def test_those_that_fit_all_of_them_are_shown(self, played, query, numbers):
        assert [each["number"] for each in journal(played, query)] == numbers

    @pytest.mark.parametrize(
        "query",
        [
            "?bogus=1",
            "?status=x",
            "?status=700",
            "?since=yesterday",
            "?operation=nothing_Does",
            "?method=",
            "?method=GET&method=POST",
        ],
    )
    def test_what_is_no_filter_is_refused(self, mock, query):
        assert refusal(mock.get(f"/_mock/requests{query}")) == (400, "invalidRequest")


class TestVerifying:
    @pytest.fixture
    def played(self, mock) -> Mock:
        mock.get(GROUPS)
        mock.get(GROUPS)
        mock.assign(WIKI, LYON)
        return mock

    def verify(self, mock: Mock, **said: Any) -> dict[str, Any]:
        answer = mock.post("/_mock/requests/verify", said)

        assert answer.status == 200, answer

        found: dict[str, Any] = answer.json()
        return found

    @pytest.mark.parametrize(
        ("said", "verified", "count"),
        [
            ({"match": {"method": "GET"}, "count": 2}, True, 2),
            ({"match": {"method": "GET"}, "count": 1}, False, 2),
            ({"match": {"method": "GET"}, "count": 3}, False, 2),
            ({"match": {"method": "GET"}, "atLeast": 2}, True, 2),
            ({"match": {"method": "GET"}, "atLeast": 3}, False, 2),
            ({"match": {"method": "GET"}, "atMost": 2}, True, 2),
            ({"match": {"method": "GET"}, "atMost": 1}, False, 2),
            ({"match": {"method": "GET"}, "atLeast": 1, "atMost": 2}, True, 2),
            ({"match": {"method": "POST"}, "atMost": 1}, True, 0),
            ({"match": {"method": "POST"}, "count": 0}, True, 0),
            ({"match": {"method": "GET"}}, True, 2),
            ({"match": {"method": "POST"}}, False, 0),
            ({}, True, 3),
            ({"match": {"path": "/beta/applications/*", "status": 204}}, True, 1),
            ({"match": {"operation": LIST, "status": "2xx"}, "count": 2}, True, 2),
            ({"match": {"body": to_group(LYON)}}, True, 1),
            ({"match": {"body": to_group(PARIS)}}, False, 0),
            ({"match": {"since": 2}}, True, 1),
        ],
        ids=str,
    )
    def test_it_counts_what_matches(self, played, said, verified, count):
        answer = self.verify(played, **said)

        assert (answer["verified"], answer["count"]) == (verified, count)
        assert verified is not bool(answer["closest"])

    def test_a_body_may_say_more_than_is_asked_for(self, mock):
        mock.post("/beta/applications", {"displayName": "x", "tags": ["a", "b"], "web": {"redirectUris": []}})
        mock.delete("/_mock/requests")
        mock.patch(f"/beta/applications/{WIKI}", {"displayName": "x", "tags": ["a", "b"]})
        answers = [
            self.verify(mock, match={"body": body})["verified"]
            for body in ({"tags": ["a", "b"]}, {}, {"tags": ["a"]}, {"displayName": "X"}, {"nothing": None}, [], "x", 1)
        ]

        assert answers == [True, True, False, False, False, False, False, False]

    def test_one_is_no_true(self, mock):
        """JSON keeps numbers and booleans apart."""
        mock.patch(f"/beta/applications/{WIKI}", {"displayName": 1})

        assert not self.verify(mock, match={"body": {"displayName": True}})["verified"]

    def test_what_came_closest_is_explained(self, played):
        """The one that misses least comes first, and says by what."""
        match = {"method": "PUT", "path": f"/beta/applications/{WIKI}/connectorGroup/$ref", "status": 200}
        first, *others = self.verify(played, match=match)["closest"]

        assert (first["number"], len(others)) == (3, 2)
        assert first["differs"] == [{"field": "status", "expected": "200", "actual": 204}]

    def test_of_two_that_miss_as_much_the_more_alike_comes_first(self, played):
        first = self.verify(played, match={"path": f"/beta/applications/{WIKI}/connectorGroup"})["closest"][0]

        assert first["number"] == 3

    def test_too_many_are_shown_themselves(self, played):
        closest = self.verify(played, match={"method": "GET"}, count=1)["closest"]

        assert [(each["number"], each["differs"]) for each in closest] == [(1, []), (2, [])]

    def test_no_more_than_five_are_shown(self, mock):
        for _ in range(9):
            mock.get(GROUPS)

        assert len(self.verify(mock, match={"method": "POST"})["closest"]) == 5

    @pytest.mark.parametrize(
        "body",
        [
            {"bogus": 1},
            {"match": {"bogus": 1}},
            {"match": {"status": "x"}},
            {"match": 5},
            {"count": -1},
            {"count": 1, "atLeast": 1},
            {"count": "1"},
            {"match": {"body": json.loads("[" * 150 + "]" * 150)}},
            [],
            b"{",
        ],
        ids=lambda body: str(body)[:30],
    )
    def test_what_makes_no_sense_is_refused(self, mock, body):
        assert mock.post("/_mock/requests/verify", body).status == 400


class TestCoverage:
    def operations(self, mock: Mock) -> dict[str, list[int]]:
        touched = mock.get("/_mock/coverage").json()["operations"]["touched"]
        return {each["operation"]: each["statuses"] for each in touched}

    def errors(self, mock: Mock) -> list[str]:
        return [each["error"] for each in mock.get("/_mock/coverage").json()["errors"]["touched"]]

    def test_at_first_nothing_is_touched(self, mock):
        coverage = mock.get("/_mock/coverage").json()

        assert [coverage[name]["touched"] for name in ("operations", "errors")] == [[], []]
        assert LIST in coverage["operations"]["untouched"]

    def test_an_operation_is_touched_with_each_of_its_statuses(self, mock):
        mock.get(GROUPS)
        mock.get(f"{GROUPS}?$top=x")

        assert self.operations(mock) == {LIST: [200, 400]}

    def test_an_error_is_touched(self, mock):
        mock.get(f"{GROUPS}/{NOBODY}")

        assert self.errors(mock) == ["ConnectorGroupNotFound"]

    def test_the_requests_of_a_batch_touch_as_well(self, mock):
        mock.post("/beta/$batch", {"requests": [{"id": "1", "method": "GET", "url": "/applications"}]})

        assert list(self.operations(mock)) == ["beta.application_ListApplication"]

    def test_what_is_touched_and_what_is_not_is_everything_once(self, mock):
        mock.get(GROUPS)
        found = mock.get("/_mock/coverage").json()["operations"]
        every = [each["operation"] for each in found["touched"]] + found["untouched"]

        assert len(every) == len(set(every)) > 200

    def test_it_outlasts_the_journal(self, mock):
        mock.get(GROUPS)
        mock.delete("/_mock/requests")

        assert list(self.operations(mock)) == [LIST]

    def test_a_reset_forgets_it(self, mock):
        mock.get(GROUPS)
        mock.post("/_mock/reset")

        assert self.operations(mock) == {}


def test_an_option_request_of_a_browser_is_no_request_to_the_graph(mock):
    b"".join(mock.app(environ("OPTIONS", GROUPS, None, {}), lambda *_: None))

    assert journal(mock) == []
