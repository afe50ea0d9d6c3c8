"""Time as the control API steers it: R37 to R39 in no time at all."""

from __future__ import annotations

import pytest
from web.asking import PARIS_1, PARIS_2, Mock, P, refusal


def statuses(mock: Mock) -> dict[str, str]:
    return {each["id"]: each["status"] for each in mock.get(f"{P}/connectors").json()["value"]}


class TestReading:
    def test_it_says_what_time_it_is_and_whether_it_goes(self, mock):
        assert mock.get("/_mock/clock").json() == {"now": "2031-05-06T07:08:09Z", "mode": "frozen"}


class TestAdvancing:
    def test_the_ten_days_until_a_silent_connector_is_removed(self, mock):
        """R37, R38: all of it in one call, told in its order."""
        mock.post(f"/_mock/connectors/{PARIS_1}/stop")
        answer = mock.post("/_mock/clock/advance", {"by": "P10D"}).json()

        assert answer["now"] == "2031-05-16T07:08:09Z"
        assert [(each["at"], each["type"], each["connectorId"]) for each in answer["events"]] == [
            ("2031-05-06T07:13:10Z", "connectorInactive", PARIS_1),
            ("2031-05-16T06:08:09Z", "connectorRemoved", PARIS_2),
            ("2031-05-16T07:08:09Z", "connectorRemoved", PARIS_1),
        ]
        assert not {PARIS_1, PARIS_2} & statuses(mock).keys()

    def test_it_goes_to_a_moment_too(self, mock):
        answer = mock.post("/_mock/clock/advance", {"to": "2031-05-06T09:13:10+02:00"}).json()

        assert answer == {"now": "2031-05-06T07:13:10Z", "events": []}

    def test_what_has_not_happened_is_not_told(self, mock):
        mock.post(f"/_mock/connectors/{PARIS_1}/stop")

        assert mock.post("/_mock/clock/advance", {"by": "PT5M"}).json()["events"] == []
        assert statuses(mock)[PARIS_1] == "active"

    def test_a_live_one_advances_too(self, mock):
        mock.patch("/_mock/clock", {"mode": "live"})
        mock.post(f"/_mock/connectors/{PARIS_1}/stop")
        events = mock.post("/_mock/clock/advance", {"by": "PT6M"}).json()["events"]

        assert [each["connectorId"] for each in events] == [PARIS_1]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"by": "P1D", "to": "2031-06-01T00:00:00Z"},
            {"by": "-P1D"},
            {"by": "P1Y"},
            {"by": 5},
            {"by": "P99999D", "bogus": 1},
            {"to": "2031-05-06T07:08:08Z"},
            {"to": "2031-06-01T00:00:00"},
            {"to": "tomorrow"},
            {"to": "9999-12-31T23:59:59Z"},
            {"to": "0001-01-01T00:00:00+23:59"},
            [],
            b"{",
        ],
        ids=str,
    )
    def test_what_makes_no_sense_lets_no_time_pass(self, mock, body):
        assert mock.post("/_mock/clock/advance", body).status == 400
        assert mock.get("/_mock/clock").json()["now"] == "2031-05-06T07:08:09Z"

    def test_time_ends_before_year_9999(self, mock):
        answers = {mock.post("/_mock/clock/advance", {"by": "P99999D"}).status for _ in range(40)}

        assert answers == {200, 400}


class TestSetting:
    @pytest.mark.parametrize("moment", ["2041-01-02T03:04:05Z", "2021-01-02T03:04:05Z"])
    def test_to_any_moment(self, mock, moment):
        assert mock.patch("/_mock/clock", {"now": moment}).json() == {"now": moment, "mode": "frozen"}

    def test_what_is_due_by_then_has_happened(self, mock):
        """R38."""
        mock.patch("/_mock/clock", {"now": "2041-01-02T03:04:05Z"})

        assert PARIS_2 not in statuses(mock)

    def test_to_go_on_from_there(self, mock):
        answer = mock.patch("/_mock/clock", {"now": "2041-01-02T03:04:05Z", "mode": "live"}).json()

        assert answer["mode"] == "live"
        assert answer["now"].startswith("2041-01-02T03:04:")

    def test_new_things_have_that_time(self, mock):
        mock.patch("/_mock/clock", {"now": "2041-01-02T03:04:05Z"})
        made = mock.post("/beta/applications", {"displayName": "x"}).json()

        assert made["createdDateTime"] == "2041-01-02T03:04:05Z"

    def test_each_sandbox_has_its_own(self, mock):
        mock.post("/_mock/sandboxes", {"name": "a"})
        mock.patch("/sandboxes/a/_mock/clock", {"now": "2041-01-02T03:04:05Z"})

        assert mock.get("/_mock/clock").json()["now"] == "2031-05-06T07:08:09Z"

    @pytest.mark.parametrize(
        "body", [{"mode": "stopped"}, {"now": 5}, {"now": "2041-01-02"}, {"bogus": 1}, 5, b""], ids=str
    )
    def test_what_makes_no_sense_sets_nothing(self, mock, body):
        assert refusal(mock.patch("/_mock/clock", body))[0] == 400
        assert mock.get("/_mock/clock").json() == {"now": "2031-05-06T07:08:09Z", "mode": "frozen"}
