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

from mockserver.core.commands import Update, apply
from mockserver.model.lifecycle import start, stop
from mockserver.seed.document import to_document
from mockserver.seed.json_schema import schema

A, B, C, D = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "1234")

SEED = {
    "rules": {"defaultGroupServesApplications": "deny", "pageSize": 7},
    "connectorGroups": [{"name": "Default", "isDefault": True}, {"name": "Paris", "id": A, "region": "nam"}],
    "connectors": [{"machineName": "a", "id": A.replace("1", "a"), "memberOf": "Paris"}],
    "applications": [
        {"displayName": "Wiki", "id": B, "connectorGroup": "Paris", "onPremisesPublishing": {}, "assignedTo": ["a@b"]}
    ],
    "users": [{"userPrincipalName": "a@b"}],
}
PROFILE = "onPremisesPublishingProfile"

HISTORIES = {
    "nothing": (),
    "a second group of the same name": (create_group(C, name="Paris"), assign(B, C)),
    "the default group renamed, and another one called so": (
        update_group("default", name="Pool"),
        create_group(C, name="Default", region=None),
        assign(B, C),
    ),
    "a group called like the id of another": (create_group(C, name=A), move(A.replace("1", "a"), C)),
    "a connector installed twice": (install(C, machineName="new"), install(D, machineName="new"), move(D, A)),
    "a connector taken out of its group": (take_out(A.replace("1", "a"), A),),
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
    written = to_document(tenant, NOW)

    assert same(tenant, loaded(json.loads(json.dumps(written))))


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


def test_a_section_without_rows_is_not_written(loaded):
    assert {"tenant", "connectorGroups"} == set(to_document(loaded({}), NOW))
