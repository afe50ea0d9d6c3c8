"""What `mockserver routes` lists is what is served."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from e2e.conftest import serving
from e2e.stories import http_client

from mockserver.serve import served_routes

PROFILES = "/beta/onPremisesPublishingProfiles"
PROFILE = f"{PROFILES}/{{onPremisesPublishingProfile-id}}"
NOBODY = "f0000000-0000-4000-8000-000000000000"
ROUTES = list(served_routes())


@pytest.fixture(scope="module")
def client():
    """A mock that forbids nothing by its behaviour: what is listed is listed for all of them."""
    options = ("--tenant", "recommended", "--behaviour", "observed,Q22=allowed")
    with serving(*options) as served, http_client(served.http) as asking:
        yield asking


@pytest.fixture
def profiles(client):
    """The ids of the profiles, of which each has children of its own."""
    client.post("/_mock/reset")
    return [row["id"] for row in client.get(PROFILES).json()["value"]]


def filled(client, path):
    """The path with ids that are there, as far as there are any: the first of each collection on the way."""
    while (found := re.search(r"\{([^}]+)\}", path)) is not None:
        path = path.replace(found[0], first(client, path[: found.start()]), 1)
    return path


def first(client, collection):
    answer = client.get(collection.rstrip("/")) if collection.endswith("/") else None
    rows = answer.json().get("value") if answer is not None and answer.content.startswith(b"{") else None
    return rows[0].get("id") or rows[0]["name"] if rows and isinstance(rows, list) else NOBODY


def is_served(client, method, path):
    with client.stream(method, filled(client, path)) as answer:
        if answer.headers.get("Content-Type", "").startswith("text/event-stream"):
            return True  # which goes on for as long as somebody listens
        answer.read()
    error = answer.json().get("error", {}) if answer.content.startswith(b"{") else {}
    unknown = error.get("code") in ("", "itemNotFound") or "for the segment" in error.get("message", "")
    return answer.status_code not in (405, 500, 501) and not unknown


def test_the_command_lists_each_route_once():
    command = [sys.executable, "-m", "mockserver", "routes"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.splitlines()

    assert [tuple(line.split()) for line in listed] == ROUTES
    assert len(listed) == len(set(listed)) > 50


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda part: part[-60:])
def test_a_route_is_served_with_its_method(client, profiles, method, path):
    """Below the profiles: in one of them at least."""
    places = [path.replace(PROFILE, f"{PROFILES}/{key}") for key in profiles] if path.startswith(PROFILE) else [path]

    assert any(is_served(client, method, place) for place in places)
