"""A tenant written as a document and loaded again is the same tenant, whatever has happened to it."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import reduce

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from seed.documents import documents
from tenants import (
    AT,
    NOW,
    PROXY,
    assign,
    contents,
    create_application,
    create_group,
    install,
    links_of,
    move,
    pointing,
    publish,
    sandbox,
    take_out,
    update_application,
    update_group,
)

from mockserver.core.commands import Create, Delete, Link, Unlink, Update, apply
from mockserver.model.application import app_id_of
from mockserver.model.directory import APP_ROLES, USER_ROLE, service_principal_of
from mockserver.model.lifecycle import start, stop
from mockserver.seed.document import to_document
from mockserver.seed.format.json_schema import schema
from mockserver.seed.roles import NO_ROLE

A, B, C, D, E, F, G, H, J = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "123456789")
AMY, WIKI, CONNECTOR = A.replace("1", "b"), service_principal_of(B), A.replace("1", "a")

SEED = {
    "rules": {"defaultGroupServesApplications": "deny", "pageSize": 7},
    "connectorGroups": [{"name": "Default", "isDefault": True}, {"name": "Paris", "id": A, "region": "nam"}],
    "connectors": [{"machineName": "a", "id": CONNECTOR, "memberOf": "Paris"}],
    "applications": [
        {"displayName": "Wiki", "id": B, "connectorGroup": "Paris", "onPremisesPublishing": {}, "assignedTo": ["a@b"]}
    ],
    "users": [{"userPrincipalName": "a@b", "id": AMY}],
}
PROFILE = "onPremisesPublishingProfile"


def assign_role(key, principal, resource, role=USER_ROLE):
    ends = {"principalId": principal, "resourceId": resource, "appRoleId": role}
    return Create("appRoleAssignment", key, AT, ends)


def segment(key, application, host, **properties):
    return Create("ipApplicationSegment", key, AT, {"destinationHost": host, **properties}, application)


def plan(begins, until):
    """The update of the connector as it waits, or as it is under way."""
    return Update("connector", CONNECTOR, AT, {"nextVersion": "9.0.0.0", "updateFrom": begins, "updateUntil": until})


HISTORIES = {
    "nothing": (),
    "a second group of the same name": (create_group(C, name="Paris"), assign(B, C)),
    "the default group renamed, and another one called so": (
        update_group("default", name="Pool"),
        create_group(C, name="Default", region=None),
        assign(B, C),
    ),
    "a group called like the id of another": (create_group(C, name=A), move(CONNECTOR, C)),
    "a connector installed twice": (install(C, machineName="new"), install(D, machineName="new"), move(D, A)),
    "a connector that waits for its update": (plan(AT, "2031-05-06T07:09:09Z"),),
    "a connector that is being updated": (plan(None, "2031-05-06T07:09:09Z"),),
    "a connector taken out of its group": (take_out(CONNECTOR, A),),
    "an application that waits on the idle default group": (create_application(C), publish(C, internalUrl="https://c")),
    "applications of one name": (create_application(C, displayName="Wiki"), create_application(D, displayName="Wiki")),
    "an application unpublished": (update_application(B, onPremisesPublishing=None),),
    "a Private Access application that is not like one": (
        create_application(C),
        publish(C, applicationType="nonwebapp", isTranslateHostHeaderEnabled=True, internalUrl="https://c"),
    ),
    "an application that was a Private Access one": (
        publish(B, applicationType="quickaccessapp", isDnsResolutionEnabled=True),
        publish(B, applicationType="enterpriseapp"),
    ),
    "values inside of values": (
        publish(
            B,
            singleSignOnSettings={"kerberosSignOnSettings": {"kerberosServicePrincipalName": "HTTP/a"}},
            onPremisesApplicationSegments=[{"internalUrl": "https://x", "corsConfigurations": [{"resource": "/"}]}],
            trafficRoutingMethod="performance",
            isStateSessionEnabled=None,
            applicationServerTimeout="long",
        ),
        update_application(B, web={"redirectUris": ["https://x"]}, info={}, tags=["x"], signInAudience=None),
    ),
    "an application renamed, and its service principal not": (update_application(B, displayName="Encyclopedia"),),
    "a profile switched off": (Update(PROFILE, PROXY, AT, {"isEnabled": False}),),
    "a profile made": (Create(PROFILE, C, AT, {"isEnabled": False}),),
    "a profile deleted with all it contained": (
        Create("onPremisesAgentGroup", C, AT, {"displayName": "HR"}, "provisioning"),
        Create("onPremisesAgent", D, AT, {"machineName": "a"}, "provisioning", {"agentGroups": (C,)}),
        Delete(PROFILE, "provisioning", AT),
    ),
    "the profile deleted that contains the default group": (Delete(PROFILE, PROXY, AT),),
    "the profile deleted that contained the group of an application": (
        Create("connectorGroup", C, AT, {"name": "Elsewhere"}, "privateAccess"),
        assign(B, C),
        move(CONNECTOR, C),
        Delete(PROFILE, "privateAccess", AT),
    ),
    "agents and resources of groups, and of groups no more": (
        *(Create("onPremisesAgentGroup", key, AT, {"displayName": "HR"}, "provisioning") for key in (C, D)),
        Create("onPremisesAgent", E, AT, {"machineName": "", "externalIp": "?"}, "provisioning"),
        Link("onPremisesAgent", E, AT, "agentGroups", D),
        Link("onPremisesAgent", E, AT, "agentGroups", C),
        Create("publishedResource", F, AT, {}, "provisioning", {"agentGroups": (C,)}),
        Unlink("publishedResource", F, AT, "agentGroups", C),
        Update("onPremisesAgent", E, AT, {"supportedPublishingTypes": []}),
    ),
    "people without proper names": (
        Create("user", C, AT, {"userPrincipalName": "amy", "displayName": None}),
        Create("group", D, AT, {"displayName": ""}),
        Link("group", D, AT, "members", C),
        Create("group", E, AT, {"displayName": None}),
        assign_role(F, D, WIKI),
    ),
    "a group that lost its only member": (
        Create("group", C, AT, {"displayName": "Staff"}),
        Link("group", C, AT, "members", AMY),
        Unlink("group", C, AT, "members", AMY),
    ),
    "service principals and assignments made in another order": (
        *(create_application(key, displayName=key) for key in (C, D)),
        Create("servicePrincipal", E, AT, {"appId": app_id_of(D)}),
        Create("servicePrincipal", F, AT, {"appId": app_id_of(C), "displayName": "a@b"}),
        assign_role(G, AMY, E, NO_ROLE),
        assign_role(H, AMY, F, NO_ROLE),
        assign_role(J, F, E, NO_ROLE),
    ),
    "one assigned in two roles, and renamed": (
        assign_role(C, AMY, WIKI, APP_ROLES[1]["id"]),
        assign_role(D, AMY, WIKI, NO_ROLE),
        Update("user", AMY, AT, {"displayName": "Amy"}),
    ),
    "segments of two applications made by turns": (
        create_application(C),
        publish(C, applicationType="nonwebapp"),
        segment(D, B, "a.example", ports=["443-443"]),
        segment(E, C, "b.example", protocol="udp"),
        segment(F, B, "10.0.0.0/8", ports=["1-2"], action="exclude"),
        segment(G, C, "example", destinationType="dnsSuffix"),
    ),
    "segments that overlap since Quick Access is no longer that": (
        create_application(C),
        publish(B, applicationType="quickaccessapp"),
        publish(C, applicationType="nonwebapp"),
        segment(D, B, "10.0.0.0/8", ports=["1-65535"]),
        segment(E, C, "10.1.0.0/16", ports=["443-443"]),
        publish(B, applicationType="nonwebapp"),
    ),
    "web segments, and who may call them": (
        Create("webApplicationSegment", C, AT, {"externalUrl": "https://x/"}, B),
        Create("webApplicationSegment", D, AT, {}, B),
        Create("corsConfiguration_v2", E, AT, {"resource": "/", "allowedMethods": ["GET"]}, D),
        Create("corsConfiguration_v2", F, AT, {"resource": "/"}, C),
    ),
    "sensors": (Create("privateAccessSensor", C, AT, {"machineName": " ", "version": "?"}, "privateAccess"),),
    "what a Private Access application has not": (
        publish(B, applicationType="nonwebapp"),
        publish(B, internalUrl=None, isSecureCookieEnabled=None),
    ),
}


def same(left, right):
    return (contents(left), left.about, left.policy) == (contents(right), right.about, right.policy)


def after(tenant, commands):
    """The tenant after these commands; `default` among them stands for the id of the default group."""
    default = next(each["id"] for each in tenant.all("connectorGroup").values() if each["isDefault"])
    for command in commands:
        tenant = apply(tenant, command if command.id != "default" else update_group(default, **command.properties))
    return tenant


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents())
def test_a_tenant_survives_being_written_and_read(loaded, document):
    tenant = loaded(document)
    written = to_document(tenant, NOW)

    assert same(tenant, loaded(written))
    assert same(tenant, loaded(json.dumps(written)))
    assert same(tenant, loaded(yaml.dump(written, Dumper=yaml.CSafeDumper, allow_unicode=True)))
    assert written == to_document(loaded(written), NOW)
    assert links_of(tenant) == pointing(tenant)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents())
def test_the_schema_takes_what_can_be_loaded_and_what_is_written(schema_takes, loaded, document):
    assert schema_takes(document)
    assert schema_takes(to_document(loaded(document), NOW))


@pytest.fixture(scope="session")
def schema_takes():
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema()).is_valid


@pytest.mark.parametrize("commands", HISTORIES.values(), ids=HISTORIES)
def test_a_tenant_with_a_history_survives_too(loaded, commands):
    tenant = after(loaded(SEED), commands)
    again = loaded(json.loads(json.dumps(to_document(tenant, NOW))))

    assert same(tenant, again)
    assert pointing(tenant) == pointing(again)


def test_ids_are_written_and_relations_by_name(loaded):
    written = to_document(loaded(SEED), NOW)

    assert [(A, "Paris")] == [(row["id"], row["name"]) for row in written["connectorGroups"][1:]]
    assert ["Paris"] == [row["memberOf"] for row in written["connectors"]]
    assert [("Paris", ["a@b"])] == [(row["connectorGroup"], row["assignedTo"]) for row in written["applications"]]
    assert all("id" in row for rows in written.values() if isinstance(rows, list) for row in rows)


def test_a_name_that_is_not_clear_is_written_as_the_id(loaded):
    written = to_document(after(loaded(SEED), (create_group(C, name="Paris"),)), NOW)

    assert [A] == [row["memberOf"] for row in written["connectors"]]


def test_a_group_called_like_a_person_is_written_as_the_id(loaded):
    document = {
        "groups": [{"displayName": "a@b", "id": A}],
        "users": [{"userPrincipalName": "a@b", "id": B}],
        "applications": [{"displayName": "Wiki", "assignedTo": [A, B]}],
    }
    written = to_document(loaded(document), NOW)

    assert [A, B] == written["applications"][0]["assignedTo"]
    assert same(loaded(document), loaded(written))


def test_what_is_as_declared_is_not_written(loaded):
    (row,) = to_document(loaded(SEED), NOW)["applications"]

    assert {"id", "displayName", "connectorGroup", "onPremisesPublishing", "assignedTo"} == set(row)
    assert row["onPremisesPublishing"] == {}


def test_a_later_moment_leads_back_to_the_same_heartbeats(loaded):
    stopped = loaded({"connectors": [{"machineName": "a", "lastHeartbeat": "PT1M", "stopped": True}]})
    later = NOW + timedelta(minutes=2)

    assert to_document(stopped, later)["connectors"][0]["lastHeartbeat"] == "PT3M"
    assert contents(stopped) == contents(loaded(to_document(stopped, later), now=later))


def test_a_connector_that_runs_is_heard_of_however_much_time_has_passed(loaded):
    at = sandbox(loaded({"connectors": [{"machineName": "a"}, {"machineName": "b", "stopped": True}]}))
    at.state = sandbox(at.tenant, now=NOW + timedelta(days=3)).state
    again = loaded(to_document(at.tenant, at.now()), now=at.now())

    assert ["active", "inactive"] == [each["status"] for each in again.all("connector").values()]


@pytest.mark.parametrize("commands", [("stop",), ("stop", "start")])
def test_a_connector_that_was_stopped_or_started_is_written_so(loaded, commands):
    tenant = loaded(SEED)
    (key,) = tenant.all("connector")
    does = {"stop": stop(key), "start": start(key)}
    tenant = reduce(lambda at, name: apply(at, Update("connector", key, AT, does[name].properties)), commands, tenant)

    assert same(tenant, loaded(to_document(tenant, NOW)))


def test_of_a_client_is_written_what_was_said(loaded):
    said = [
        {"clientId": A},
        {"clientId": B, "permissions": []},
        {"clientId": C, "displayName": "Reader", "secret": "s", "permissions": ["User.Read"], "directoryRoles": ["R"]},
    ]
    document = {"tenant": {"displayName": "A", "defaultDomain": "a.b", "clients": said}}

    assert said == to_document(loaded(document), NOW)["tenant"]["clients"]


def test_a_section_without_rows_is_not_written(loaded):
    assert {"tenant", "connectorGroups"} == set(to_document(loaded({}), NOW))
