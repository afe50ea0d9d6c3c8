"""Many tests at once over one served process: none sees what another does."""

from __future__ import annotations

import json
import subprocess
import sys
from urllib.request import urlopen

import pytest
from e2e.conftest import serving

WITHOUT_OTHERS = [f"-pno:{name}" for name in ("schemathesis", "hypothesispytest", "faker", "benchmark", "anyio")]
"""Plugins that take a worker of xdist seconds to load."""

SUITE = """
import pytest

P = "/beta/onPremisesPublishingProfiles/applicationProxy"


def seen(client):
    groups = {each["name"]: each["id"] for each in client.get(f"{P}/connectorGroups").json()["value"]}
    connectors = client.get(f"{P}/connectors?$top=999").json()["value"]
    return groups, {each["machineName"]: each["id"] for each in connectors}


@pytest.mark.parametrize("number", range(200))
def test_nobody_else_is_here(graph, number):
    client = graph.httpx_client()
    groups, connectors = seen(client)

    assert (8, 25) == (len(groups), len(connectors))

    made = client.post(f"{P}/connectorGroups", json={"name": f"Test {number}"}).json()["id"]
    moved = client.post(
        f"{P}/connectors/{min(connectors.values())}/memberOf/$ref",
        json={"@odata.id": f"https://graph.microsoft.com{P}/connectorGroups/{made}"},
    )
    installed = graph.install(f"test-{number}.contoso.com")
    graph.stop_connector(installed["id"])
    events = graph.advance("PT1H")
    groups, connectors = seen(client)

    assert moved.status_code == 204
    assert [each["connectorId"] for each in events].count(installed["id"]) == 1
    assert [f"Test {number}"] == [each for each in groups if each.startswith("Test ")]
    assert (9, 26) == (len(groups), len(connectors))
    assert [each["method"] for each in graph.requests] == ["GET", "GET", "POST", "POST", "GET", "GET"]
"""


@pytest.mark.heavy
def test_two_hundred_tests_of_four_workers_do_not_meet(tmp_path):
    (tmp_path / "test_suite.py").write_text(SUITE)
    command = [sys.executable, "-m", "pytest", "-q", "-n4", "-W", "error", *WITHOUT_OTHERS, str(tmp_path)]
    with serving("--no-tls") as served:
        before = tenant_at(served.http)
        told = f"--graph-mock-url={served.http}"
        run = subprocess.run([*command, told], capture_output=True, text=True, cwd=tmp_path)

        assert run.returncode == 0, run.stdout
        assert "200 passed" in run.stdout
        assert sandboxes_at(served.http) == ["default"]
        assert before == tenant_at(served.http)


def tenant_at(root):
    """Without how long ago connectors were heard of, which goes on by itself."""
    with urlopen(f"{root}/_mock/tenant") as answer:
        document = json.load(answer)
    return document | {"connectors": [each | {"lastHeartbeat": None} for each in document["connectors"]]}


def sandboxes_at(root):
    with urlopen(f"{root}/_mock/sandboxes") as answer:
        return [each["name"] for each in json.load(answer)["value"]]
