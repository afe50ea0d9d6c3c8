"""What stands inside of applications: segments, and who is assigned in which role."""

from __future__ import annotations

import pytest
from tenants import AT, NOW

from mockserver.core.commands import Create, apply
from mockserver.core.tenant import CONTAINER
from mockserver.model.directory import APP_ROLES, USER_ROLE
from mockserver.seed.document import to_document
from mockserver.seed.roles import NO_ROLE
from mockserver.seed.rules import segments

READER, KEY, LAST = (f"0c000000-0000-4000-8000-00000000000{digit}" for digit in "129")

DOCUMENT = f"""
applications:
  - displayName: Hosts
    onPremisesPublishing: {{applicationType: nonwebapp}}
    segments:
      - {{destinationHost: 10.0.0.0/8, ports: [443, 8000-8010], protocol: "tcp,udp"}}
      - {{destinationHost: example, destinationType: dnsSuffix, ports: [1]}}
    webSegments:
      - {{externalUrl: "https://a/", corsConfigurations: [{{resource: /}}, {{resource: /b}}]}}
  - displayName: Roles
    appRoles: [{{id: {READER.upper()}, displayName: Reader, value: app.read}}]
    assignedTo: [Staff, {{to: Staff, role: Reader}}, {{to: amy@example.com, role: app.read, principalDisplayName: A.}}]
  - {{displayName: Staff, assignedTo: [Roles, Staff, {{to: Staff, role: {APP_ROLES[1]["id"]}, id: {KEY}}}]}}
groups: [{{displayName: Staff}}]
users: [{{userPrincipalName: amy@example.com}}]
"""


@pytest.fixture(scope="module")
def tenant(loaded):
    return loaded(DOCUMENT)


def named(at, kind, name):
    return next(each for each in at.all(kind).values() if each["displayName"] == name)


def assigned(at, name):
    """Who is assigned to the application of that name, in which role, and under which name."""
    resource = named(at, "servicePrincipal", name)["id"]
    kept = (each for each in at.all("appRoleAssignment").values() if each["resourceId"] == resource)
    return [(each["principalType"], each["principalDisplayName"], each["appRoleId"]) for each in kept]


def test_a_segment_is_as_the_model_makes_it(tenant):
    first, second = tenant.all("ipApplicationSegment").values()

    assert ("ipRangeCidr", ("443-443", "8000-8010"), "tcp,udp") == (
        first["destinationType"], first["ports"], first["protocol"],
    )  # fmt: skip
    assert ("dnsSuffix", (), "0") == (second["destinationType"], second["ports"], second["protocol"])
    assert {named(tenant, "application", "Hosts")["id"]} == {first[CONTAINER], second[CONTAINER]}


def test_web_segments_contain_who_may_call_them(tenant):
    (segment,) = tenant.all("webApplicationSegment").values()

    assert [(segment["id"], "/"), (segment["id"], "/b")] == [
        (each[CONTAINER], each["resource"]) for each in tenant.all("corsConfiguration_v2").values()
    ]


def test_a_role_is_said_by_any_of_its_names_and_is_none_where_there_is_no_user_role(tenant):
    assert [
        ("Group", "Staff", NO_ROLE),
        ("Group", "Staff", READER.upper()),
        ("User", "A.", READER.upper()),
    ] == assigned(tenant, "Roles")


def test_a_group_goes_before_a_service_principal_of_the_same_name(tenant):
    assert [("ServicePrincipal", "Roles", USER_ROLE), ("Group", "Staff", USER_ROLE),
            ("Group", "Staff", APP_ROLES[1]["id"])] == assigned(tenant, "Staff")  # fmt: skip
    assert KEY in tenant.all("appRoleAssignment")


def test_assignments_have_all_ends_that_those_of_the_api_have(tenant):
    made = apply(
        tenant,
        Create("appRoleAssignment", "x", AT, {
            "principalId": named(tenant, "user", "amy")["id"],
            "resourceId": named(tenant, "servicePrincipal", "Hosts")["id"],
            "appRoleId": USER_ROLE,
        }),
    ).all("appRoleAssignment")["x"]  # fmt: skip

    assert {frozenset(made)} == {frozenset(each) for each in tenant.all("appRoleAssignment").values()}


def test_what_is_written_is_as_short_as_it_can_be(tenant):
    hosts, roles, staff = to_document(tenant, NOW)["applications"]

    assert [
        {"destinationHost": "10.0.0.0/8", "ports": ["443-443", "8000-8010"], "protocol": "tcp,udp"},
        {"destinationHost": "example", "destinationType": "dnsSuffix"},
    ] == [{name: value for name, value in row.items() if name != "id"} for row in hosts["segments"]]
    assert roles["assignedTo"] == [
        "Staff",
        {"to": "Staff", "role": "Reader"},
        {"to": "amy@example.com", "role": "Reader", "principalDisplayName": "A."},
    ]
    assert staff["assignedTo"][:2] == ["Roles", "Staff"]


def test_an_order_is_written_only_where_it_is_not_that_of_the_document(loaded, tenant):
    made = tenant
    for key, name in ((LAST, "Staff"), (READER, "Hosts")):
        owner = named(tenant, "application", name)["id"]
        made = apply(made, Create("ipApplicationSegment", key, AT, {"destinationHost": key}, owner))
    written = to_document(made, NOW)

    assert "order" not in to_document(tenant, NOW)
    assert written["order"] == list(made.all("ipApplicationSegment"))
    assert written["order"] == list(loaded(written).all("ipApplicationSegment"))


def test_a_thousand_segments_that_do_not_meet_are_not_compared(loaded, monkeypatch):
    judged = []
    monkeypatch.setattr(segments, "_overlap", lambda *pair: judged.append(pair))
    rows = [{"destinationHost": f"10.{at // 250}.{at % 250}.0/24", "ports": [443]} for at in range(1_000)]
    rows += [{"destinationHost": f"h{at}.example"} for at in range(1_000)]
    rows += [{"destinationHost": "10.0.0.7"}, {"destinationHost": "H7.example", "ports": [443]}]
    loaded({"applications": [{"displayName": "a", "segments": rows}]})

    assert len(judged) == 2
