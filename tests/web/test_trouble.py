"""Throttling, lag and faults as callers of the Graph meet them (R47, R61)."""

from __future__ import annotations

import base64
import json

import pytest
from web.asking import LYON, PARIS, WIKI, Mock, P, environ, refusal

from mockserver.web.frame import CUT, WAIT

GROUPS = f"{P}/connectorGroups"


def bearer(**claims: object) -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))
    return "Bearer " + ".".join(parts)


def order(mock: Mock, **fault: object) -> str:
    answer = mock.post("/_mock/faults", fault)

    assert answer.status == 201, answer

    return answer.json()["id"]


def statuses(mock: Mock, count: int, path: str = GROUPS) -> list[int]:
    return [mock.get(path).status for _ in range(count)]


class TestThrottle:
    """graph_reference 5.11."""

    @pytest.fixture
    def slow(self, mock) -> Mock:
        assert mock.put("/_mock/throttle", {"requests": 5, "per": "PT10S"}).status == 204
        return mock

    def test_the_refusal_is_graphs(self, slow):
        answer = [slow.get(GROUPS) for _ in range(6)][-1]
        error = answer.json()["error"]

        assert (answer.status, error["code"], error["message"]) == (429, "TooManyRequests", "Please retry again later.")
        assert {name: error["innerError"][name] for name in ("code", "message", "status")} == {
            "code": "429",
            "message": "Please retry after",
            "status": "429",
        }
        assert answer.headers["Retry-After"] == "10"
        assert answer.headers["x-ms-throttle-information"] == "ResourceUnitLimitExceeded"

    def test_how_much_is_used_is_told_from_four_fifths_on(self, slow):
        shares = [slow.get(GROUPS).headers.get("x-ms-throttle-limit-percentage") for _ in range(12)]

        assert shares == [None, None, None, None, "1", "1", "1.2", "1.4", "1.6", "1.8", "1.8", "1.8"]

    def test_every_answer_has_its_cost(self, slow):
        assert {slow.get(GROUPS).headers["x-ms-resource-unit"] for _ in range(7)} == {"1"}

    def test_each_application_has_its_own_limit(self, slow):
        """Limits are per application and tenant, which the refusal names."""
        for _ in range(6):
            refused = slow.get(GROUPS, Authorization=bearer(appid="aaa"))

        assert refused.headers["x-ms-throttle-scope"] == (f"Tenant_Application/ReadWrite/aaa/{slow.sandbox.tenant_id}")
        assert slow.get(GROUPS, Authorization=bearer(azp="bbb")).status == 200

    def test_a_claim_that_is_no_id_breaks_nothing(self, slow):
        answers = [slow.get(GROUPS, Authorization=bearer(appid="a\r\nx: y")).status for _ in range(6)]

        assert answers == [200] * 5 + [429]

    def test_without_a_limit_there_is_none_of_this(self, mock):
        assert not [name for name, _ in mock.get(GROUPS).headers if name.startswith(("x-ms-throttle", "x-ms-resource"))]

    def test_each_sandbox_has_its_own(self, slow):
        slow.post("/_mock/sandboxes", {"name": "a"})
        slow.put("/sandboxes/a/_mock/throttle", b"null")

        assert statuses(slow, 7, f"/sandboxes/a{GROUPS}") == [200] * 7


class TestLag:
    def test_so_many_reads_see_the_tenant_as_it_was(self, mock):
        """R47."""
        assert mock.put("/_mock/lag", {"reads": 2}).status == 204
        mock.assign(WIKI, LYON)

        assert [PARIS, PARIS, LYON] == [mock.group_of(WIKI) for _ in range(3)]

    def test_so_do_all_for_so_long(self, mock):
        mock.put("/_mock/lag", {"for": "PT1.5S"})
        mock.delete(f"{GROUPS}/{LYON}")
        before = statuses(mock, 2, f"{GROUPS}/{LYON}")
        mock.post("/_mock/clock/advance", {"by": "PT2S"})

        assert [200, 200, 404] == [*before, mock.get(f"{GROUPS}/{LYON}").status]

    def test_null_shows_everything_at_once(self, mock):
        mock.put("/_mock/lag", {"reads": 9})
        mock.assign(WIKI, LYON)
        mock.put("/_mock/lag", b"null")

        assert mock.group_of(WIKI) == LYON

    def test_a_write_meets_the_tenant_as_it_is(self, mock):
        mock.put("/_mock/lag", {"reads": 9})
        mock.delete(f"{GROUPS}/{LYON}")

        assert mock.patch(f"{GROUPS}/{LYON}", {"name": "x"}).status == 404

    def test_the_control_api_sees_the_tenant_as_it_is(self, mock):
        mock.put("/_mock/lag", {"reads": 9})
        mock.delete(f"{GROUPS}/{LYON}")

        assert "Lyon" not in [each["name"] for each in mock.get("/_mock/tenant").json()["connectorGroups"]]

    @pytest.mark.parametrize(
        "body",
        [{}, {"reads": -1}, {"reads": 1, "for": "PT1S"}, {"reads": "1"}, {"for": 2}, {"for": "PT0S"}, 5, b""],
        ids=str,
    )
    def test_what_is_no_lag_is_refused(self, mock, body):
        assert refusal(mock.put("/_mock/lag", body))[0] == 400


class TestFaults:
    def test_one_answers_as_it_was_ordered_to(self, mock):
        key = order(mock, status=503, code="serviceUnavailable", retryAfter=2, match={"method": "GET"})
        answer = mock.get(GROUPS)

        assert refusal(answer) == (503, "serviceUnavailable")
        assert (answer.headers["Retry-After"], answer.headers["x-mock-fault"]) == ("2", key)

    def test_what_it_does_not_match_is_answered_as_ever(self, mock):
        order(mock, status=503, match={"method": "POST"})
        answer = mock.get(GROUPS)

        assert (answer.status, "x-mock-fault" in answer.headers) == (200, False)

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            (429, "TooManyRequests"),
            (500, "InternalServerError"),
            (503, "serviceNotAvailable"),
            (599, "generalException"),
        ],
    )
    def test_a_status_has_its_usual_code(self, mock, status, code):
        order(mock, status=status)

        assert refusal(mock.get(GROUPS)) == (status, code)

    def test_so_many_times(self, mock):
        order(mock, status=503, times=2)

        assert statuses(mock, 4) == [503, 503, 200, 200]

    def test_only_the_nth(self, mock):
        order(mock, status=503, match={"nth": 3})

        assert statuses(mock, 4) == [200, 200, 503, 200]

    def test_until_it_expires(self, mock):
        order(mock, status=503, expires="PT30S")
        before = statuses(mock, 1)
        mock.post("/_mock/clock/advance", {"by": "PT30S"})

        assert before + statuses(mock, 1) == [503, 200]

    def test_an_operation_is_meant_by_its_id(self, mock):
        order(mock, status=503, match={"operation": "beta.onPremisesPublishingProfile_ListConnectorGroup"})

        assert [mock.get(path).status for path in (GROUPS, f"{P}/CONNECTORGROUPS/", f"{GROUPS}/{PARIS}")] == [
            503,
            503,
            200,
        ]

    @pytest.mark.parametrize(
        "path", ["/beta/applications/", "/beta//applications", "/beta/%61pplications", "/beta/Applications"]
    )
    def test_however_it_is_spelled_a_path_is_the_same(self, mock, path):
        """R53."""
        order(mock, status=503, match={"path": "/beta/applications"})

        assert mock.get(path).status == 503

    def test_a_path_is_meant_by_what_it_looks_like(self, mock):
        order(mock, status=503, match={"path": "/beta/applications/*/connectorGroup"})

        assert [
            mock.get(f"/beta/applications{each}").status for each in ("", f"/{WIKI}", f"/{WIKI}/connectorGroup")
        ] == [
            200,
            200,
            503,
        ]

    def test_nothing_has_happened_where_it_strikes(self, mock):
        before = mock.tenant
        order(mock, status=500)
        mock.delete(f"{GROUPS}/{LYON}")

        assert mock.tenant is before

    def test_with_chance_the_same_run_fails_the_same_way(self, mock):
        order(mock, status=503, probability=0.5)
        first = statuses(mock, 20)
        mock.post("/_mock/reset")
        order(mock, status=503, probability=0.5)

        assert first == statuses(mock, 20)
        assert {200, 503} == set(first)

    def test_the_control_api_is_never_struck(self, mock):
        order(mock, status=503)
        order(mock, drop=True)

        assert [mock.get(f"/_mock/{each}").status for each in ("health", "ready", "faults", "tenant")] == [200] * 4

    def test_a_reset_drops_them(self, mock):
        order(mock, status=503)
        mock.post("/_mock/reset")

        assert statuses(mock, 1) == [200]

    def test_each_sandbox_has_its_own(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        order(mock, status=503)

        assert statuses(mock, 1, f"/sandboxes/a{GROUPS}") == [200]

    def test_the_metadata_can_fail_too(self, mock):
        order(mock, status=503, match={"path": "*$metadata"})

        assert mock.get("/beta/$metadata").status == 503


class TestInABatch:
    def batch(self, mock: Mock, *urls: str) -> list[int]:
        requests = [{"id": str(n), "method": "GET", "url": url} for n, url in enumerate(urls)]
        answer = mock.post("/beta/$batch", {"requests": requests})

        assert answer.status == 200

        return [each["status"] for each in answer.json()["responses"]]

    def test_one_strikes_the_request_it_matches(self, mock):
        """graph_reference 5.12: the batch is answered 200."""
        order(mock, status=503, match={"path": "*/applications"})

        assert self.batch(mock, "/applications", "/users", "/applications") == [503, 200, 503]

    def test_its_headers_are_those_of_the_item(self, mock):
        key = order(mock, status=429, retryAfter=7, match={"path": "*/applications"})
        requests = [{"id": "1", "method": "GET", "url": "/applications"}]
        (item,) = mock.post("/beta/$batch", {"requests": requests}).json()["responses"]

        assert (item["headers"]["Retry-After"], item["headers"]["x-mock-fault"]) == ("7", key)

    def test_the_batch_itself_may_be_meant(self, mock):
        order(mock, status=503, match={"path": "/beta/$batch"})
        requests = [{"id": "1", "method": "GET", "url": "/applications"}]

        assert mock.post("/beta/$batch", {"requests": requests}).status == 503

    def test_what_needs_a_connection_strikes_the_batch_or_nothing(self, mock):
        order(mock, drop=True, match={"path": "*/applications"})

        assert self.batch(mock, "/applications") == [200]

    def test_it_is_held_back_as_long_as_its_slowest_request(self, mock):
        order(mock, delay="PT2S", match={"path": "*/users"})
        order(mock, delay="PT1S", match={"path": "*/groups"})
        urls = ("/users", "/groups", "/applications")
        requests = [{"id": str(n), "method": "GET", "url": url} for n, url in enumerate(urls)]
        asked = environ("POST", "/beta/$batch", {"requests": requests}, {})
        b"".join(mock.app(asked, lambda *_: None))

        assert asked[WAIT] == 2


class TestConnections:
    """What the listeners do with a connection; without them an answer that is cut is an exception."""

    def test_a_delay_is_left_for_the_listeners(self, mock):
        """Nothing waits within the app itself."""
        order(mock, delay="PT0.2S")
        asked = environ("GET", GROUPS, None, {})
        said: list = []
        b"".join(mock.app(asked, lambda *each: said.extend(each)))

        assert (said[0][:3], asked[WAIT]) == ("200", 0.2)

    def test_a_delayed_answer_names_its_fault(self, mock):
        key = order(mock, delay="PT0.2S")

        assert mock.get(GROUPS).headers["x-mock-fault"] == key

    def test_a_dropped_one_breaks_before_anything_is_sent(self, mock):
        order(mock, drop=True)
        asked = environ("GET", GROUPS, None, {})
        chunks = iter(mock.app(asked, lambda *_: None))
        with pytest.raises(ConnectionResetError):
            next(chunks)

        assert asked[CUT] == "nothing"

    def test_a_truncated_one_breaks_in_the_middle(self, mock):
        whole = mock.get(GROUPS).body
        order(mock, truncate=True)
        said: list = []
        chunks = iter(mock.app(environ("GET", GROUPS, None, {}), lambda *each: said.extend(each)))
        sent = next(chunks)
        with pytest.raises(ConnectionResetError):
            next(chunks)

        assert sent == whole[: len(whole) // 2]
        assert dict(said[1])["Content-Length"] == str(len(whole))

    @pytest.mark.parametrize("fault", [{"drop": True}, {"truncate": True}])
    def test_what_was_asked_has_happened_all_the_same(self, mock, fault):
        """As where a real connection breaks: the caller does not know."""
        order(mock, **fault)
        with pytest.raises(ConnectionResetError):
            mock.delete(f"{GROUPS}/{LYON}")

        assert mock.tenant.get("connectorGroup", LYON) is None


class TestOrdering:
    def test_it_is_shown_as_it_was_ordered(self, mock):
        said = {
            "match": {"method": "GET", "path": "/beta/*", "operation": "*_ListApplication", "nth": 3},
            "times": 2,
            "probability": 0.25,
            "delay": "PT0.2S",
            "status": 503,
            "code": "serviceUnavailable",
            "retryAfter": 2,
        }
        answer = mock.post("/_mock/faults", {**said, "expires": "PT30S"})
        shown = {**said, "id": "f1", "expiresAt": "2031-05-06T07:08:39Z", "matched": 0, "struck": 0}

        assert (answer.status, answer.json()) == (201, shown)
        assert mock.get("/_mock/faults").json() == {"value": [shown]}

    @pytest.mark.parametrize(
        ("delay", "shown"), [("PT1M", "PT60S"), ("PT0.000001S", "PT0.000001S"), ("PT1.50S", "PT1.5S")]
    )
    def test_a_delay_is_shown_in_seconds(self, mock, delay, shown):
        assert mock.post("/_mock/faults", {"delay": delay}).json()["delay"] == shown

    def test_they_count_what_they_did(self, mock):
        order(mock, status=503, times=1)
        statuses(mock, 3)
        (shown,) = mock.get("/_mock/faults").json()["value"]

        assert (shown["matched"], shown["struck"]) == (1, 1)

    def test_one_or_all_are_dropped(self, mock):
        keys = [order(mock, status=503) for _ in range(3)]
        one = mock.delete(f"/_mock/faults/{keys[0]}").status
        left = [each["id"] for each in mock.get("/_mock/faults").json()["value"]]
        every = mock.delete("/_mock/faults").status

        assert (one, left, every, mock.get("/_mock/faults").json()) == (204, keys[1:], 204, {"value": []})

    def test_one_that_is_not_there_is_not_found(self, mock):
        assert refusal(mock.delete("/_mock/faults/f1")) == (404, "faultNotFound")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"match": {"method": "GET"}},
            {"times": 1},
            {"status": 200},
            {"status": 600},
            {"status": "503"},
            {"status": True},
            {"status": 503, "bogus": 1},
            {"status": 503, "match": {"bogus": 1}},
            {"status": 503, "match": {"nth": 0}},
            {"status": 503, "match": {"operation": "beta.nothing_Does"}},
            {"status": 503, "match": []},
            {"status": 503, "times": 0},
            {"status": 503, "probability": 0},
            {"status": 503, "probability": 1.5},
            {"status": 503, "retryAfter": -1},
            {"status": 503, "expires": "30s"},
            {"delay": "PT0S"},
            {"delay": 1},
            {"drop": False},
            {"drop": "yes"},
            {"drop": True, "status": 503},
            {"drop": True, "truncate": True},
            {"delay": "PT1S", "code": "x"},
            {"delay": "PT1S", "retryAfter": 1},
            [],
            b"{",
        ],
        ids=str,
    )
    def test_what_makes_no_sense_is_no_fault(self, mock, body):
        assert mock.post("/_mock/faults", body).status == 400
        assert mock.get("/_mock/faults").json() == {"value": []}
