"""A document that is put in the place of a tenant over HTTP is read as a file is: every problem with its line."""

from __future__ import annotations

import pytest
from web.asking import Mock

from mockserver.core.commands import Create

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
