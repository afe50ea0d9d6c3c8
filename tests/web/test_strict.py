"""`--auth strict` over HTTP: who is let in, and to do what (R59, R60; graph_reference 3.0, 5.3)."""

from __future__ import annotations

import pytest
from web.asking import APPLICATIONS, LYON, PARIS_1, WIKI, Mock, P, refusal, to_group

from mockserver.core.edm import STREAM
from mockserver.derive.operations import operations
from mockserver.identity.defects import DEFECTS
from mockserver.identity.permissions import requirement
from mockserver.model import MODELS

ADMIN = "admin@contoso.onmicrosoft.com"
GROUPS = f"{P}/connectorGroups"
ALL = "Directory.ReadWrite.All"


@pytest.fixture(scope="module")
def mock():
    return Mock(auth="strict")


def bearer(mock, **wish):
    reply = mock.post("/_mock/tokens", wish)
    assert reply.status == 201, reply
    return reply.json()["authorization"]


def ask(mock, method, target, body=None, **wish):
    return mock.ask(method, target, body, Authorization=bearer(mock, **wish))


def test_without_a_token_nobody_is_let_in(mock):
    reply = mock.get(GROUPS)

    assert refusal(reply) == (401, "InvalidAuthenticationToken")
    assert reply.json()["error"]["message"] == "Access token is empty."
    assert reply.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_of_the_token_service_opens_the_graph(mock):
    assert ask(mock, "GET", GROUPS).status == 200
    assert ask(mock, "GET", GROUPS, user=ADMIN).status == 200


@pytest.mark.parametrize("target", ["/beta/", "/beta/$metadata", "/v1.0/$metadata"])
def test_what_the_service_says_of_itself_is_for_everybody(mock, target):
    assert mock.get(target).status == 200


DEFECTIVE = {
    "expired": (401, "InvalidAuthenticationToken"),
    "notYetValid": (401, "InvalidAuthenticationToken"),
    "wrongAudience": (401, "InvalidAuthenticationToken"),
    "wrongIssuer": (401, "InvalidAuthenticationToken"),
    "wrongTenant": (401, "InvalidAuthenticationToken"),
    "wrongKey": (401, "InvalidAuthenticationToken"),
    "algNone": (401, "InvalidAuthenticationToken"),
    "missingScope": (403, "Authorization_RequestDenied"),
    "missingRole": (403, "NotAdminRoleNoEnoughCustomPermission_UnauthorizedAccess"),
}
ASKED = [
    ("GET", GROUPS, None),
    ("GET", f"{GROUPS}/$count", None),
    ("POST", GROUPS, {"name": "New"}),
    ("PATCH", f"{GROUPS}/{LYON}", {"name": "New"}),
    ("DELETE", f"{GROUPS}/{LYON}", None),
    ("POST", f"{P}/connectors/{PARIS_1}/memberOf/$ref", to_group(LYON)),
    ("PUT", f"/beta/applications/{WIKI}/connectorGroup/$ref", to_group(LYON)),
    ("PATCH", f"/beta/applications/{WIKI}/onPremisesPublishing", {"isHttpOnlyCookieEnabled": True}),
]


def test_the_forge_knows_the_defects_of_the_matrix():
    assert set(DEFECTIVE) == set(DEFECTS)


@pytest.mark.parametrize("defect", DEFECTIVE)
@pytest.mark.parametrize(("method", "target", "body"), ASKED)
def test_no_defect_is_let_through(mock, defect, method, target, body):
    before = mock.tenant
    reply = ask(mock, method, target, body, user=ADMIN, defect=defect)

    assert refusal(reply) == DEFECTIVE[defect]
    assert reply.headers["x-mock-explain"]
    assert mock.tenant is before


@pytest.mark.parametrize("defect", sorted(set(DEFECTIVE) - {"missingRole"}))
def test_no_defect_is_let_through_for_a_program_either(mock, defect):
    assert refusal(ask(mock, "GET", GROUPS, defect=defect)) == DEFECTIVE[defect]


def test_the_body_is_the_services_and_the_header_says_what_would_have_passed(mock):
    reply = ask(mock, "POST", GROUPS, {"name": "New"}, user=ADMIN, permissions=["User.Read"])

    assert reply.json()["error"]["message"] == "Insufficient privileges to complete the operation."
    assert ALL in reply.headers["x-mock-explain"]


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("Application Administrator", 200, 200),
        ("Global Administrator", 200, 200),
        ("Global Secure Access Administrator", 200, 403),
        ("Cloud Application Administrator", 403, 403),
    ],
)
def test_the_administrators_of_applications_and_of_everything_may(role, reads, writes):
    mock = Mock(auth="strict")
    may = {"user": "amy@contoso.onmicrosoft.com", "permissions": [ALL], "directoryRoles": [role]}

    assert ask(mock, "GET", GROUPS, **may).status == reads
    assert ask(mock, "POST", GROUPS, {"name": "New"}, **may).status == writes


@pytest.mark.parametrize(("behaviour", "status"), [("observed", 204), ("documented", 403), ("strict", 403)])
def test_a_program_may_move_connectors_where_the_behaviour_lets_it(behaviour, status):
    mock = Mock(behaviour, auth="strict")
    reply = ask(mock, "POST", f"{P}/connectors/{PARIS_1}/memberOf/$ref", to_group(LYON))

    assert reply.status == status


@pytest.mark.parametrize("permission", ["Directory.Read.All", ALL])
def test_a_program_with_read_permission_may_read(mock, permission):
    assert ask(mock, "GET", GROUPS, permissions=[permission]).status == 200
    assert ask(mock, "POST", GROUPS, {"name": "x"}, permissions=["Directory.Read.All"]).status == 403


def test_who_may_not_is_not_told_whether_it_exists(mock):
    nowhere = f"{GROUPS}/f0000000-0000-4000-8000-000000000000"

    assert refusal(ask(mock, "GET", nowhere, permissions=[])) == (403, "Authorization_RequestDenied")
    assert ask(mock, "GET", nowhere).status == 404


def test_a_batch_is_let_in_as_a_whole_and_judged_one_by_one(mock):
    batch = {"requests": [
        {"id": "1", "method": "GET", "url": "/onPremisesPublishingProfiles/applicationProxy/connectorGroups"},
        {"id": "2", "method": "GET", "url": "/applications", "headers": {"Authorization": "Bearer nonsense"}},
        {"id": "3", "method": "GET", "url": "/applications"},
    ]}  # fmt: skip
    reply = ask(mock, "POST", "/beta/$batch", batch, permissions=["Application.Read.All"])
    statuses = {each["id"]: each["status"] for each in reply.json()["responses"]}

    assert statuses["1"] == 403
    assert statuses["3"] == 200
    assert mock.ask("POST", "/beta/$batch", batch).status == 401


def test_a_batch_is_of_one_caller(mock):
    batch = {"requests": [{"id": "1", "method": "GET", "url": "/applications",
                           "headers": {"Authorization": bearer(mock)}}]}  # fmt: skip
    reply = ask(mock, "POST", "/beta/$batch", batch, permissions=[])

    assert reply.json()["responses"][0]["status"] == 403


def test_every_operation_asks_for_something_or_says_that_it_does_not(mock):
    """With a token without any permission nothing is opened but what says so."""
    nothing = bearer(mock, user=ADMIN, permissions=[], directoryRoles=[])
    opened = []
    for version, model in MODELS.items():
        for each in operations(model):
            needed = requirement(each.method, each.way, each.shape)
            if frozenset() in needed.delegated or each.guards or (each.value and each.value.type is STREAM):
                continue
            path = each.path.replace("{", "").replace("}", "")
            status = mock.ask(each.method, f"/{version}{path}", {}, Authorization=nothing).status
            if status not in (403, 404, 405):
                opened.append((each.method, path, status))

    assert not opened


def test_a_method_that_is_not_offered_is_refused_before_permissions_are_asked_for(mock):
    assert ask(mock, "PUT", GROUPS, {}, permissions=[]).status == 405


def test_lenient_asks_for_nothing():
    mock = Mock()

    assert mock.get(GROUPS, Authorization="Bearer nonsense").status == 200
    assert ask(mock, "GET", "/beta/applications", defect="algNone").status == 200
    assert len(mock.get("/beta/applications").ids) == len(APPLICATIONS)


def test_off_does_not_even_see_who_calls():
    mock = Mock("documented", auth="off")

    assert ask(mock, "POST", f"{P}/connectors/{PARIS_1}/memberOf/$ref", to_group(LYON)).status in (200, 201, 204)
