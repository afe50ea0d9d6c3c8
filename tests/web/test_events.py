"""`GET /_mock/events`: what happens in a sandbox, as it happens; and the tenants to choose one from."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import pytest
from web.asking import NEW, Mock, P, refusal

from mockserver.sandbox.bell import MOST
from mockserver.web.control import events


def told(chunk):
    """What an event says, by the lines of the protocol."""
    lines = dict(line.split(": ", 1) for line in chunk.decode().strip().split("\n"))
    return json.loads(lines["data"])


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(events, "GAP", 0)


def first_after(mock, *changes):
    """The first event after these changes."""

    async def listen():
        at = mock.world.sandbox("default")
        async with aclosing(events.changes(at, events._seen(at))) as stream:
            coming = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            for change in changes:
                change()
            return await asyncio.wait_for(coming, 10)

    return told(asyncio.run(listen()))


class TestTheRoute:
    def test_in_process_it_says_where_it_begins_and_ends(self, mock):
        answer = mock.get("/_mock/events")

        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert told(answer.body) == {"version": 0, "changed": []}

    def test_it_is_refused_where_too_many_listen(self, mock, monkeypatch):
        monkeypatch.setattr("mockserver.sandbox.bell.MOST", 0)

        assert refusal(mock.get("/_mock/events")) == (403, "quotaLimitReached")
        assert MOST == 100

    def test_asking_for_its_headers_opens_no_stream(self, mock):
        assert mock.ask("HEAD", "/_mock/events").status == 200


class TestWhatIsTold:
    @pytest.mark.parametrize(
        ("method", "path", "body", "changed"),
        [
            ("POST", "/_mock/connectors", {"machineName": "x"}, ["tenant"]),
            ("GET", f"{P}/connectors", None, ["journal"]),
            ("POST", f"{P}/connectorGroups", {"name": "Kyoto"}, ["tenant", "journal"]),
            ("PATCH", "/_mock/clock", {"mode": "live"}, ["clock"]),
            ("POST", "/_mock/faults", {"status": 503}, ["faults"]),
            ("PUT", "/_mock/lag", {"reads": 3}, ["lag"]),
            ("PUT", "/_mock/throttle", {"requests": 3, "per": "PT1S"}, ["throttle"]),
            ("POST", "/_mock/snapshots", {"name": "before"}, ["snapshots"]),
        ],
    )
    def test_what_has_changed_is_named(self, mock, method, path, body, changed):
        said = first_after(mock, lambda: mock.ask(method, path, body))

        assert said["changed"] == changed
        assert said["version"] > 0

    def test_several_changes_between_two_looks_are_one_event(self, mock):
        said = first_after(
            mock,
            lambda: mock.post("/_mock/snapshots", {"name": "a"}),
            lambda: mock.post(f"/_mock/connectors/{NEW}/stop"),
        )

        assert said["changed"] == ["tenant", "snapshots"]

    def test_a_reader_of_the_control_api_changes_nothing(self, mock):
        said = first_after(
            mock, lambda: mock.get("/_mock/tenant"), lambda: mock.post("/_mock/snapshots", {"name": "a"})
        )

        assert said["changed"] == ["snapshots"]

    def test_what_time_does_is_told_although_nobody_rings(self, mock, monkeypatch):
        monkeypatch.setattr(events, "_wait", lambda sandbox: 0.001)
        mock.post(f"/_mock/connectors/{NEW}/stop")
        at = mock.world.sandbox("default")

        def time_passes():
            at.state = replace(at.state, clock=at.state.clock.advanced(timedelta(minutes=6)))

        assert first_after(mock, time_passes)["changed"] == ["tenant", "clock"]

    def test_the_next_look_is_when_time_will_do_something(self, mock):
        mock.post(f"/_mock/connectors/{NEW}/stop")
        at = mock.world.sandbox("default")
        assert events._wait(at) == events.QUIET

        at.set_clock(lambda clock: clock.advanced(timedelta(minutes=5)).going("live"))
        assert 0 < events._wait(at) <= 1

    def test_nothing_for_a_while_is_told_too(self, mock, monkeypatch):
        monkeypatch.setattr(events, "QUIET", 0.001)
        at = mock.world.sandbox("default")

        async def listen():
            async with aclosing(events.changes(at, events._seen(at))) as stream:
                return await anext(stream)

        assert asyncio.run(listen()) == b": nothing new\n\n"

    def test_who_stops_reading_listens_no_more(self, mock):
        first_after(mock, lambda: mock.post("/_mock/snapshots", {"name": "a"}))

        assert len(mock.world.sandbox("default").bell) == 0


class TestFixtures:
    def test_they_are_listed_with_what_they_show(self, mock):
        listed = {each["name"]: each["title"] for each in mock.get("/_mock/fixtures").json()["value"]}

        assert listed["contoso"].startswith("Contoso, the default tenant")

    def test_one_is_a_document_that_a_sandbox_takes(self, mock):
        document = mock.get("/_mock/fixtures/recommended").json()

        assert mock.put("/_mock/tenant", document).status == 200
        assert "DC-A" in {each["name"] for each in mock.get(f"{P}/connectorGroups").json()["value"]}

    def test_one_that_is_not_there_is_named(self, mock):
        answer = mock.get("/_mock/fixtures/nowhere")

        assert refusal(answer) == (404, "fixtureNotFound")
        assert "recommended" in answer.json()["error"]["message"]


def test_a_page_of_the_external_address_may_change_things():
    mock = Mock(external_url="https://mock.example/graph")

    assert mock.post("/_mock/reset", Origin="https://mock.example").status == 204
    assert mock.post("/_mock/reset", Origin="https://else.example").status == 403
