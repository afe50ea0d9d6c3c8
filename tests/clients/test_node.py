"""Microsoft's clients for Node log in, work and are refused; each script tells its outcomes as JSON (clients.md 2)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy

WORKED = {"created": ["Berlin", "eur"], "members": [True]}
"""A group is made, and the one connector that was moved into it is its member."""


@pytest.fixture
def told_by(place_of, node_packages):
    """What a script tells. It is put beside the packages, as Node looks for them there."""

    def told(way, script, *arguments):
        place = place_of(way)
        (place.folder / "node_modules").symlink_to(node_packages)
        for each in Path(__file__).with_name("node").iterdir():
            shutil.copy(each, place.folder)
        return json.loads(place.says("node", script, *arguments))

    return told


def test_graph_client_3_logs_in_works_and_is_refused(told_by, mock):
    told = told_by("endpoints", "graph_client.mjs", mock.https)

    assert told["groups"][:2] == ["Default", "Paris Headquarters"]
    assert told | WORKED == told
    assert told["renamed"] is True
    assert told["count"] == "25"
    assert told["paged"] == [25, 25]
    assert told["batch"] == ["Berlin Mitte", 404]
    assert (404, "ConnectorGroup_NotFound") == (told["refused"]["status"], told["refused"]["code"])
    assert "AADSTS7000215" in told["wrongSecret"]["message"]


def test_the_beta_sdk_logs_in_works_and_is_refused(told_by, mock):
    told = told_by("endpoints", "beta_sdk.mjs", mock.https, "secret")

    assert told["groups"][:2] == ["Default", "Paris Headquarters"]
    assert told | WORKED == told
    assert (404, "ConnectorGroup_NotFound") == (told["refused"]["status"], told["refused"]["code"])
    assert "AADSTS7000215" in told["wrongSecret"]["message"]


def test_the_beta_sdk_works_with_a_managed_identity(told_by, mock):
    told = told_by("managed-identity", "beta_sdk.mjs", mock.http, "managed-identity")

    assert told | WORKED == told
