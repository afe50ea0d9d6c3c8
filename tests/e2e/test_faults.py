"""Faults as a client at the other end of a socket meets them, over http and https."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from mockserver import MockServer

GROUPS = "/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups"


@pytest.fixture(scope="module")
def mock() -> Iterator[MockServer]:
    with MockServer("recommended", clock="frozen") as running:
        yield running


@pytest.fixture(params=["http", "https"])
def client(mock: MockServer, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client of a sandbox that is its alone."""
    root = mock.url if request.param == "http" else mock.https_url
    with (
        mock.fork() as graph,
        httpx.Client(base_url=f"{root}/sandboxes/{graph.name}", verify=False, trust_env=False) as made,
    ):
        yield made


def order(client: httpx.Client, **fault: Any) -> str:
    key: str = client.post("/_mock/faults", json=fault).raise_for_status().json()["id"]
    return key


def test_a_dropped_connection_gives_no_answer_and_the_next_request_gets_one(client):
    order(client, drop=True, times=1)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        client.get(GROUPS)

    assert client.get(GROUPS).status_code == 200


def test_a_truncated_answer_ends_too_early(client):
    order(client, truncate=True, times=1)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        client.get(GROUPS)

    assert client.get(GROUPS).status_code == 200


def test_a_delayed_answer_comes_in_the_end(client):
    key = order(client, delay="PT0.05S", times=1)

    assert client.get(GROUPS).headers["x-mock-fault"] == key


def test_who_does_not_wait_long_enough_gets_none(client):
    order(client, delay="PT1H", times=1)
    with pytest.raises(httpx.ReadTimeout):
        client.get(GROUPS, timeout=0.2)

    assert client.get(GROUPS).status_code == 200


def test_the_journal_tells_of_all_of_them(client):
    keys = [order(client, **fault, times=1) for fault in ({"drop": True}, {"status": 503})]
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        client.get(GROUPS)
    client.get(GROUPS)
    journal = client.get("/_mock/requests").json()["value"]

    assert [(each["fault"], each["status"]) for each in journal] == [(keys[0], 200), (keys[1], 503)]
