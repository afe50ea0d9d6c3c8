"""What `mockserver routes` lists is what is served."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

NOBODY = "f0000000-0000-4000-8000-000000000000"
LISTED = subprocess.run(
    [sys.executable, "-m", "mockserver", "routes"], capture_output=True, text=True, check=True, timeout=30
)
ROUTES = [tuple(line.split()) for line in LISTED.stdout.splitlines()]


def filled(client, path):
    """The path with ids that are there, as far as there are any: the first of each collection on the way."""
    while (found := re.search(r"\{([^}]+)\}", path)) is not None:
        collection = path[: found.start()].rstrip("/")
        path = path.replace(found[0], first(client, collection) if found[1].endswith("-id") else NOBODY, 1)
    return path


def first(client, collection):
    rows = client.get(collection).json().get("value") or [{"id": NOBODY}]
    return rows[0]["id"]


def test_each_route_is_listed_once():
    assert len(ROUTES) == len(set(ROUTES)) > 50


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_route_is_served_with_its_method(client, method, path):
    if path.startswith("/_mock"):
        path = path.replace("{key}", NOBODY)
    answer = client.request(method, filled(client, path))
    error = answer.json().get("error", {}) if answer.content.startswith(b"{") else {}

    assert answer.status_code not in (405, 500, 501)
    assert not (answer.status_code == 404 and error["code"] in ("", "itemNotFound"))
    assert not error.get("message", "").startswith("Resource not found for the segment")
