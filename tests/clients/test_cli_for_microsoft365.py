"""The CLI for Microsoft 365 logs in, works and is refused (clients.md 3.2): as a machine, or through the proxy."""

from __future__ import annotations

import json

import pytest
from clients.known import CLIENT, GRAPH, NOWHERE, PASSWORD, PATH, PUBLIC, SECRET, TENANT, USER

pytestmark = pytest.mark.heavy

PROXY = PATH.removeprefix("/beta")
SECRETLY = ("--authType", "secret", "--appId", CLIENT, "--tenant", TENANT, "--secret")
BY_PASSWORD = ("--authType", "password", "--appId", PUBLIC, "--tenant", TENANT, "--userName", USER, "--password")


class M365:
    """The tool in a home of its own, and the root at which it finds the Graph."""

    def __init__(self, program, place, graph):
        self.program, self.place, self.graph = program, place, graph
        # Without it, it waits after each command for where its telemetry goes.
        self.says("cli", "config", "set", "--key", "disableTelemetry", "--value", "true")

    def run(self, *arguments):
        return self.place.run(self.program, *arguments)

    def says(self, *arguments):
        return self.place.says(self.program, *arguments)

    def request(self, path, *options):
        """What `m365 request` reads there, if anything."""
        url = ("--url", f"{self.graph}{PROXY}{path}", "--resource", GRAPH)
        return json.loads(self.says("request", *url, *options) or "null")

    def post(self, path, body):
        return self.request(path, "--method", "post", "--body", json.dumps(body), "--content-type", "application/json")


@pytest.fixture
def by_proxy(m365_program, place_of):
    return M365(m365_program, place_of("proxy", NO_UPDATE_NOTIFIER="1"), "@graphbeta")


@pytest.fixture
def as_machine(m365_program, place_of, mock):
    return M365(m365_program, place_of("managed-identity", NO_UPDATE_NOTIFIER="1"), f"{mock.http}/beta")


def works(m365):
    """Lists, creates, moves: the names of the groups before, and of the group that the connector is in after."""
    groups = [group["name"] for group in m365.request("/connectorGroups")["value"]]
    made = m365.post("/connectorGroups", {"name": "Berlin"})
    (connector,) = m365.request("/connectors?$filter=startswith(machineName,'par-')&$top=1")["value"]
    member_of = f"/connectors/{connector['id']}/memberOf"
    m365.post(f"{member_of}/$ref", {"@odata.id": f"{GRAPH}{PATH}/connectorGroups/{made['id']}"})
    return groups[0], [group["name"] for group in m365.request(member_of)["value"]]


def test_m365_works_with_a_managed_identity(as_machine):
    as_machine.says("login", "--authType", "identity")

    assert works(as_machine) == ("Default", ["Berlin"])


@pytest.mark.parametrize("login", [(*SECRETLY, SECRET), (*BY_PASSWORD, PASSWORD)], ids=["secret", "password"])
def test_m365_works_through_the_proxy(login, by_proxy):
    by_proxy.says("login", *login)

    assert works(by_proxy) == ("Default", ["Berlin"])


@pytest.mark.parametrize(
    ("login", "code"), [((*SECRETLY, "wrong"), "AADSTS7000215"), ((*BY_PASSWORD, "wrong"), "AADSTS50126")]
)
def test_m365_says_what_is_wrong_with_a_login(login, code, by_proxy):
    run = by_proxy.run("login", *login)

    assert run.returncode == 1
    assert code in run.stderr


def test_m365s_own_commands_find_the_directory_and_say_what_is_wrong(by_proxy):
    by_proxy.says("login", *SECRETLY, SECRET)
    application = json.loads(by_proxy.says("entra", "app", "get", "--name", "Intranet"))
    nobody = by_proxy.run("entra", "user", "get", "--id", NOWHERE)

    assert application["displayName"] == "Intranet"
    assert nobody.returncode == 1
    assert f"Error: Resource '{NOWHERE}' does not exist" in nobody.stderr


def test_m365_request_says_the_status_of_an_error(by_proxy):
    """Of a refusal it shows no more."""
    by_proxy.says("login", *SECRETLY, SECRET)
    run = by_proxy.run("request", "--url", f"@graphbeta{PROXY}/connectorGroups/{NOWHERE}")

    assert (run.returncode, run.stderr) == (1, "Error: Request failed with status code 404\n")
