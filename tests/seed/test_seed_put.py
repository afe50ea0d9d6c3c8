"""A document that is put in the place of a tenant over HTTP is read as a file is: every problem with its line."""

from __future__ import annotations

import pytest
from web.asking import Mock

from mockserver.core.commands import Create

AMY = "b0000000-0000-4000-8000-000000000001"
YAML = """
tenant: {displayName: Fabrikam, defaultDomain: fabrikam.com}   # a comment
connectors:
  - machineName: a
"""


@pytest.fixture(scope="module")
def mock():
    return Mock()


def problems(answer):
    return [(each["code"], each.get("target"), each["message"]) for each in answer.json()["error"]["details"]]


@pytest.mark.parametrize("content_type", ["application/yaml", "text/yaml; charset=utf-8", "application/x-yaml"])
def test_yaml_is_taken_where_the_content_type_says_so(content_type):
    answer = Mock().put("/_mock/tenant", YAML.encode(), **{"Content-Type": content_type})

    assert (answer.status, answer.json()["tenant"]["displayName"]) == (200, "Fabrikam")


PROBLEMS = {
    b'{"users": [],\n"users": []}': ("users", "line 2: is here twice, first in line 1"),
    b'{"connectors": [\n{"machineName": "a", "memberOf": "DC"}]}':
        ("connectors[0].memberOf", "line 2: there is no connector group 'DC'"),
    b'\n\n{"bogus": 1}': ("bogus", "line 3: unknown key; known are "),
    b'\n[]': ("", "line 2: a list is not a mapping with keys such as tenant and connectors"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "problem"), PROBLEMS.items(), ids=range(len(PROBLEMS)))
def test_problems_have_keys_and_lines(mock, body, problem):
    answer = mock.put("/_mock/tenant", body)
    ((code, target, message),) = problems(answer)

    assert (answer.status, code, target) == (400, "invalidFixture", problem[0])
    assert message.startswith(problem[1])


def test_problems_of_yaml_have_lines_too(mock):
    answer = mock.put("/_mock/tenant", b"users:\n- a: ]", **{"Content-Type": "application/yaml"})

    assert [("invalidFixture", "", "line 2: is not YAML: did not find expected node content")] == problems(answer)


@pytest.mark.parametrize("body", [YAML.encode(), b'{\n"users": [],\n}', b"", b"\xff", b"\xef\xbb\xbf{}"])
def test_what_is_no_json_is_refused_as_everywhere_with_its_line(mock, body):
    error = mock.put("/_mock/tenant", body).json()["error"]

    assert (error["code"], len(error["details"])) == ("BadRequest", 1)
    assert error["details"][0]["message"].startswith("line ")


def test_who_may_log_in_survives_get_and_put_and_is_no_part_of_the_graph():
    mock = Mock()
    client = {"clientId": "0e000000-0000-4000-8000-000000000001", "secret": "hidden-1", "permissions": ["User.Read"]}
    amy = {"id": AMY, "userPrincipalName": "amy@a.b", "password": "hidden-2", "directoryRoles": ["hidden-3"]}
    tenant = {"displayName": "A", "defaultDomain": "a.b", "clients": [client]}
    document = mock.put("/_mock/tenant", {"tenant": tenant, "users": [amy]}).json()
    mock.patch(f"/beta/users/{AMY}", {"displayName": "Amy"})

    assert document["tenant"]["clients"] == [client]
    assert amy.items() <= document["users"][0].items()
    assert mock.put("/_mock/tenant", mock.get("/_mock/tenant").json()).json()["users"] == [
        document["users"][0] | {"displayName": "Amy"}
    ]
    for path in (
        "",
        f"/{AMY}",
        f"/{AMY}?$select=password",
        "?$select=id,password,directoryRoles",
        "?$search=%22displayName:Amy%22",
    ):
        answer = mock.get(f"/beta/users{path}", ConsistencyLevel="eventual")
        assert (answer.status, b"hidden" in answer.body) == (200, False)


@pytest.mark.parametrize("name", ["password", "directoryRoles"])
def test_the_graph_does_not_know_what_a_user_logs_in_with(name):
    mock = Mock()
    mock.put("/_mock/tenant", {"users": [{"id": AMY, "userPrincipalName": "amy@a.b"}]})
    asked = (
        mock.patch(f"/beta/users/{AMY}", {name: "x"}),
        mock.get(f"/beta/users?$filter={name} eq 'x'"),
        mock.get(f"/beta/users?$orderby={name}"),
        mock.get(f"/beta/users/{AMY}/{name}"),
    )

    assert {400} == {each.status for each in asked}
    assert f'Name="{name}"'.encode() not in mock.get("/beta/$metadata").body


def test_what_is_written_over_http_can_be_put_back_whatever_the_tenant_has_been_through():
    mock = Mock("observed,Q22=allowed")
    mock.sandbox.dispatch(
        Create("onPremisesAgentGroup", "", "", {"displayName": "HR"}, "provisioning"),
        Create("privateAccessSensor", "", "", {"machineName": "dc"}, "privateAccess"),
    )
    mock.delete("/beta/onPremisesPublishingProfiles/applicationProxy")
    document = mock.get("/_mock/tenant").json()

    assert {"agentGroups", "sensors"} < set(document)
    assert mock.put("/_mock/tenant", document).json() == document
