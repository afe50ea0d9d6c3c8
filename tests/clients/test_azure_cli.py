"""The Azure CLI logs in, works and is refused (clients.md 3.1): with a cloud of its own, and through the proxy."""

from __future__ import annotations

import json
import re

import pytest
import requests
from clients.browser import sign_in
from clients.conftest import ended
from clients.known import CLIENT, GRAPH, NOWHERE, PASSWORD, PATH, SECRET, TENANT, USER

pytestmark = pytest.mark.heavy

QUIET = {"AZURE_CORE_COLLECT_TELEMETRY": "no", "AZURE_CORE_LOGIN_EXPERIENCE_V2": "off"}
LOGIN = ("login", "--allow-no-subscriptions")
AS_CLIENT = ("--service-principal", "-u", CLIENT, "--tenant", TENANT, "-p")


class Az:
    """The tool with a configuration of its own, and the root at which it finds the Graph."""

    def __init__(self, program, place, graph):
        self.program, self.place, self.graph = program, place, graph

    def run(self, *arguments):
        return self.place.run(self.program, *arguments)

    def says(self, *arguments):
        return self.place.says(self.program, *arguments)

    def rest(self, path, *options):
        """What `az rest` reads there, if anything."""
        return json.loads(self.says("rest", "--url", f"{self.graph}{PATH}{path}", *options) or "null")

    def post(self, path, body):
        return self.rest(path, "--method", "post", "--body", json.dumps(body))


@pytest.fixture
def by_proxy(az_program, place_of):
    return Az(az_program, place_of("proxy", **QUIET), GRAPH)


@pytest.fixture
def own_cloud(az_program, place_of, mock):
    az = Az(az_program, place_of("endpoints", **QUIET), mock.https)
    az.says("cloud", "register", "-n", "Mock", "--endpoint-resource-manager", mock.https)
    az.says("cloud", "set", "-n", "Mock")
    return az


@pytest.fixture(params=["by_proxy", "own_cloud"])
def az(request):
    return request.getfixturevalue(request.param)


def test_az_lists_creates_and_moves(az):
    az.says(*LOGIN, *AS_CLIENT, SECRET)
    groups = az.rest("/connectorGroups")["value"]
    made = az.post("/connectorGroups", {"name": "Berlin"})
    (connector,) = az.rest("/connectors?$filter=startswith(machineName,'par-')&$top=1")["value"]
    member_of = f"/connectors/{connector['id']}/memberOf"
    az.post(f"{member_of}/$ref", {"@odata.id": f"{GRAPH}{PATH}/connectorGroups/{made['id']}"})

    assert "Default" in [group["name"] for group in groups]
    assert [group["name"] for group in az.rest(member_of)["value"]] == ["Berlin"]


def test_azs_own_commands_find_the_directory(az):
    az.says(*LOGIN, *AS_CLIENT, SECRET)
    (application,) = json.loads(az.says("ad", "app", "list", "--display-name", "Intranet"))
    members = json.loads(az.says("ad", "group", "member", "list", "--group", "Finance"))

    assert application["displayName"] == "Intranet"
    assert "Amy Okafor" in [member["displayName"] for member in members]


def test_az_shows_the_code_of_an_error(az):
    az.says(*LOGIN, *AS_CLIENT, SECRET)
    run = az.run("rest", "--url", f"{az.graph}{PATH}/connectorGroups/{NOWHERE}")

    assert run.returncode == 1
    assert 'Not Found({"error":{"code":"ConnectorGroup_NotFound"' in run.stderr


def test_az_says_that_the_secret_is_wrong(az):
    run = az.run(*LOGIN, *AS_CLIENT, "wrong")

    assert run.returncode == 1
    assert "AADSTS7000215" in run.stderr


def test_az_logs_a_user_in_by_a_password(by_proxy):
    """With a cloud of its own it asks on port 443 what kind of user this is (clients.md 1.1)."""
    (account,) = json.loads(by_proxy.says(*LOGIN, "-u", USER, "-p", PASSWORD))

    assert account["user"] == {"name": USER, "type": "user"}
    assert by_proxy.rest("/connectorGroups")["value"]


def test_az_logs_a_user_in_by_a_device_code(own_cloud, told):
    told("endpoints")
    with (
        own_cloud.place.start(own_cloud.program, *LOGIN, "--use-device-code") as process,
        requests.Session() as browser,
    ):
        page, code = re.search(r"open the page (\S+) and enter the code (\S+)", process.stderr.readline()).groups()
        sign_in(browser, page, USER, PASSWORD, user_code=code)
        run = ended(process)

    assert run.returncode == 0, run.stderr
    assert own_cloud.rest("/connectorGroups")["value"]
