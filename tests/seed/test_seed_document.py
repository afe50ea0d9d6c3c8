"""What a document says becomes a tenant, and what it does not say is as it would be through the API."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import reduce
from uuid import UUID, uuid5

import pytest
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
)

from mockserver.core.behaviour import Behaviour
from mockserver.core.commands import apply
from mockserver.core.entity import Record
from mockserver.model import MODEL
from mockserver.model.application import app_id_of
from mockserver.model.behaviours import QUIRKS
from mockserver.model.connector_group import default_group
from mockserver.model.directory import USER_ROLE, service_principal_of
from mockserver.seed.blank import CONTOSO, blank
from mockserver.seed.format import row_schemas

ONE, TWO, THREE, FOUR = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "1234")

SITES = """
tenant: {displayName: Fabrikam, defaultDomain: fabrikam.onmicrosoft.com, region: eur}
connectorGroups:
  - {name: Default, isDefault: true}
  - {name: Paris}
  - {name: Chicago, region: nam}
  - {name: Anywhere, region: null}
connectors:
  - {machineName: new-01}
  - {machineName: par-01, memberOf: Paris, externalIp: "2001:db8::1", version: 1.5.3829.0, lastHeartbeat: PT5M}
  - {machineName: par-02, memberOf: Paris, lastHeartbeat: PT5M1S}
  - {machineName: chi-01, memberOf: Chicago, lastHeartbeat: PT1H, stopped: false}
applications:
  - displayName: Wiki
    connectorGroup: Paris
    onPremisesPublishing: {internalUrl: "https://wiki.example", externalUrl: "https://wiki-fabrikam.msappproxy.net"}
    assignedTo: [Everyone, amy@fabrikam.com]
  - {displayName: Hosts, onPremisesPublishing: {applicationType: nonwebapp}}
  - {displayName: Robot}
groups:
  - {displayName: Everyone, members: [amy@fabrikam.com, bo@fabrikam.com]}
users:
  - {userPrincipalName: amy@fabrikam.com, displayName: Amy Adams, department: Finance}
  - {userPrincipalName: bo@fabrikam.com}
"""


@pytest.fixture(scope="module")
def sites(loaded):
    return loaded(SITES)


def named(tenant, kind, name, key="displayName"):
    return next(each for each in tenant.all(kind).values() if each[key] == name)


def group(tenant, name):
    return named(tenant, "connectorGroup", name, "name")


def connector(tenant, name):
    return named(tenant, "connector", name, "machineName")


def test_the_tenant_is_what_its_section_says(sites):
    expected = {"displayName": "Fabrikam", "defaultDomain": "fabrikam.onmicrosoft.com", "region": "eur", "clients": ()}

    assert expected == {name: value for name, value in sites.about.items() if name != "id"}
    assert UUID(sites.about["id"])


def test_a_client_is_kept_with_every_key_and_its_id_in_small_letters(loaded):
    pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    full = {"displayName": "Reader", "secret": "s", "permissions": ["User.Read.All"], "directoryRoles": ["R"]}
    full |= {"certificate": pem}
    clients = [{"clientId": ONE.replace("1", "A")}, {"clientId": TWO, **full}, {"clientId": THREE, "permissions": []}]
    tenant = loaded({"tenant": {"displayName": "A", "defaultDomain": "a.b", "clients": clients}})

    kept = ONE.replace("1", "a")
    plain = {"secret": None, "certificate": None, "permissions": None, "directoryRoles": ()}
    assert tenant.about["clients"] == (
        plain | {"clientId": kept, "displayName": kept},
        {"clientId": TWO, "displayName": "Reader", "secret": "s", "permissions": ("User.Read.All",),
         "certificate": pem, "directoryRoles": ("R",)},
        plain | {"clientId": THREE, "displayName": THREE, "permissions": ()},
    )  # fmt: skip
    assert all(isinstance(each, Record) for each in tenant.about["clients"])


def test_a_user_has_no_roles_and_no_password_of_its_own_unless_they_are_said(loaded):
    said = {"password": "p", "directoryRoles": ["Application Administrator", "x" * 100]}
    tenant = loaded({"users": [{"userPrincipalName": "a@b"}, {"userPrincipalName": "c@d", **said}]})

    assert [(None, ()), ("p", ("Application Administrator", "x" * 100))] == [
        (each["password"], each["directoryRoles"]) for each in tenant.all("user").values()
    ]


def test_a_group_has_the_region_of_the_tenant_unless_it_says_another(sites):
    regions = {each["name"]: each["region"] for each in sites.all("connectorGroup").values()}

    assert regions == {"Default": "eur", "Paris": "eur", "Chicago": "nam", "Anywhere": None}


def test_a_group_that_says_no_region_has_none_where_the_behaviour_wants_null(loaded):
    tenant = loaded(SITES, behaviour=Behaviour(QUIRKS, "observed", {"Q6": "null"}))

    assert group(tenant, "Paris")["region"] is None
    assert group(tenant, "Chicago")["region"] == "nam"


def test_a_connector_is_in_the_group_it_names_or_else_in_the_default_one(sites):
    groups = {each["machineName"]: each["memberOf"] for each in sites.all("connector").values()}

    assert groups["new-01"] == group(sites, "Default")["id"]
    assert groups["par-01"] == group(sites, "Paris")["id"]


@pytest.mark.parametrize(
    ("name", "heard", "status", "stopped"),
    [
        ("new-01", timedelta(), "active", False),
        ("par-01", timedelta(minutes=5), "active", False),
        ("par-02", timedelta(minutes=5, seconds=1), "inactive", True),
        ("chi-01", timedelta(hours=1), "inactive", False),
    ],
)
def test_how_long_ago_a_connector_was_heard_of_says_whether_it_is_active(sites, name, heard, status, stopped):
    found = connector(sites, name)

    assert NOW - heard == datetime.fromisoformat(found["lastHeartbeat"])
    assert (status, stopped) == (found["status"], found["stopped"])


def test_a_moment_without_zone_is_taken_for_utc_and_fractions_are_left_out(loaded):
    tenant = loaded("connectors: [{machineName: a}]", now=datetime(2031, 5, 6, 7, 8, 9, 999_999))

    assert connector(tenant, "a")["lastHeartbeat"] == AT


def test_an_application_is_published_as_the_service_keeps_it(sites):
    wiki, hosts = named(sites, "application", "Wiki"), named(sites, "application", "Hosts")

    assert wiki["onPremisesPublishing"]["internalUrl"] == "https://wiki.example/"
    assert wiki["onPremisesPublishing"]["externalAuthenticationType"] == "aadPreAuthentication"
    assert hosts["onPremisesPublishing"]["internalUrl"] == f"api://{hosts['appId']}/"
    assert hosts["connectorGroup"] == group(sites, "Default")["id"]


def test_an_application_that_is_not_published_is_in_no_group(sites):
    robot = named(sites, "application", "Robot")

    assert (robot["onPremisesPublishing"], robot["connectorGroup"]) == (None, None)


def test_every_application_has_a_service_principal(sites):
    for application in sites.all("application").values():
        principal = sites.get("servicePrincipal", service_principal_of(application["id"]))

        assert principal["application"] == application["id"]
        assert principal["appId"] == application["appId"] == app_id_of(application["id"])


def test_assignments_are_contained_in_the_service_principal(sites):
    principal = named(sites, "servicePrincipal", "Wiki")
    assigned = list(sites.related(principal, principal.type.navigation_by_name["appRoleAssignedTo"]))

    assert [("Everyone", "Group"), ("Amy Adams", "User")] == [
        (each["principalDisplayName"], each["principalType"]) for each in assigned
    ]
    assert {USER_ROLE} == {each["appRoleId"] for each in assigned}
    assert {principal["id"]} == {each["resourceId"] for each in assigned}


def test_a_person_without_a_name_is_called_by_the_account(sites):
    assert named(sites, "user", "bo", "displayName")["userPrincipalName"] == "bo@fabrikam.com"


def test_members_of_a_group_are_kept_by_id_in_their_order(sites):
    assert named(sites, "group", "Everyone")["members"] == tuple(sites.all("user"))


def test_the_index_of_links_is_that_of_the_entities(sites):
    assert links_of(sites) == pointing(sites)


def test_a_document_that_says_nothing_is_the_blank_tenant(loaded):
    nothing = loaded({})

    assert contents(blank(MODEL, nothing.behaviour)) == contents(nothing)
    assert nothing.about == CONTOSO


@pytest.mark.parametrize("text", ["connectors:", "tenant:\nrules:\nusers: []", "{}", '{"connectors": null}'])
def test_a_section_with_nothing_in_it_counts_as_left_out(loaded, text):
    assert contents(loaded({})) == contents(loaded(text))


def test_json_says_the_same_as_yaml(loaded):
    document = {"connectorGroups": [{"name": "Paris"}], "connectors": [{"machineName": "a", "memberOf": "Paris"}]}
    in_yaml = "connectorGroups: [{name: Paris}]\nconnectors:\n  - {machineName: a, memberOf: Paris}"

    assert contents(loaded(document)) == contents(loaded(json.dumps(document))) == contents(loaded(in_yaml))


def test_the_default_group_is_there_without_being_said_and_can_be_named(loaded):
    tenant = loaded("connectorGroups: [{name: Paris}]\nconnectors: [{machineName: a, memberOf: Default}]")

    assert [each["name"] for each in tenant.all("connectorGroup").values()] == ["Default", "Paris"]
    assert connector(tenant, "a")["memberOf"] == default_group(tenant)["id"]


def test_the_default_group_may_have_another_name(loaded):
    tenant = loaded(
        "rules: {newConnectors: Pool}\nconnectorGroups: [{name: Pool, isDefault: true}]\nconnectors: [{machineName: a}]"
    )

    assert connector(tenant, "a")["memberOf"] == group(tenant, "Pool")["id"] == default_group(tenant)["id"]


def test_groups_of_other_kinds_may_stand_beside(loaded):
    tenant = loaded("connectorGroups: [{name: Agents, connectorGroupType: adfs}]")

    assert group(tenant, "Agents")["connectorGroupType"] == "adfs"


def test_rules_are_kept_for_those_who_ask(loaded):
    tenant = loaded("rules: {newConnectors: Default, defaultGroupServesApplications: warn, pageSize: 25}")

    assert tenant.policy == {"defaultGroupServesApplications": "warn", "pageSize": 25}


def test_an_application_may_wait_for_its_group_although_the_rules_keep_the_default_one_idle(loaded):
    tenant = loaded(
        "rules: {defaultGroupServesApplications: deny}\n"
        "applications: [{displayName: a, connectorGroup: null, onPremisesPublishing: {}}]"
    )

    assert named(tenant, "application", "a")["connectorGroup"] == default_group(tenant)["id"]


def test_switches_of_a_profile_may_be_said(loaded):
    tenant = loaded("onPremisesPublishingProfiles: [{id: applicationProxy, isEnabled: false}]")

    assert tenant.get("onPremisesPublishingProfile", PROXY)["isEnabled"] is False


def test_an_application_may_be_without_a_service_principal(loaded):
    tenant = loaded("applications: [{displayName: a, servicePrincipal: null}]")

    assert not tenant.all("servicePrincipal")


def test_ids_follow_from_names_and_never_change(sites):
    assert sites.about["id"] == "8a9d7aae-dd12-57b2-9bee-09473a9d0487"
    assert group(sites, "Paris")["id"] == str(uuid5(UUID(sites.about["id"]), "connectorGroup:Paris"))
    assert connector(sites, "par-01")["id"] == str(uuid5(UUID(sites.about["id"]), "connector:par-01"))


def test_another_domain_gives_other_ids(loaded, sites):
    other = loaded(SITES.replace("fabrikam.onmicrosoft.com", "litware.onmicrosoft.com"))

    assert not {*sites.all("connector"), *sites.all("user")} & {*other.all("connector"), *other.all("user")}


def test_ids_that_are_given_are_taken_in_small_letters(loaded):
    key = "ABCDEF00-0000-4000-8000-00000000000A"
    tenant = loaded({"tenant": {"id": key, "displayName": "A", "defaultDomain": "a.b"}, "users": [
        {"id": key.replace("F", "E"), "userPrincipalName": "a@b"}]})  # fmt: skip

    assert tenant.about["id"] == key.lower()
    assert list(tenant.all("user")) == [key.replace("F", "E").lower()]


def test_names_may_come_twice_where_ids_tell_them_apart(loaded):
    tenant = loaded(
        f"connectorGroups: [{{name: A, id: {ONE}}}, {{name: A, id: {TWO}}}]\n"
        f"connectors: [{{machineName: a, id: {ONE[:-1]}1, memberOf: {ONE}}},"
        f" {{machineName: A, id: {TWO[:-1]}1, memberOf: {TWO}}}]"
    )

    assert [ONE, TWO] == [each["memberOf"] for each in tenant.all("connector").values()]


@pytest.mark.parametrize("reference", ["Paris", ONE, ONE.upper()])
def test_a_reference_is_a_name_or_an_id(loaded, reference):
    tenant = loaded({"connectorGroups": [{"name": "Paris", "id": ONE}],
                     "connectors": [{"machineName": "a", "memberOf": reference}]})  # fmt: skip

    assert connector(tenant, "a")["memberOf"] == ONE


def test_people_can_be_referred_to_by_id_too(loaded):
    tenant = loaded({"users": [{"userPrincipalName": "a@b", "id": ONE}],
                     "groups": [{"displayName": "G", "id": TWO, "members": [ONE]}],
                     "applications": [{"displayName": "X", "assignedTo": [ONE, TWO]}]})  # fmt: skip

    assert [ONE, TWO] == [each["principalId"] for each in tenant.all("appRoleAssignment").values()]
    assert tenant.get("group", TWO)["members"] == (ONE,)


def test_aliases_and_merged_mappings_are_fine(loaded):
    tenant = loaded(
        "connectors:\n  - &first {machineName: a, version: 1.5.36.0, externalIp: 192.0.2.7}\n"
        "  - {<<: *first, machineName: b}"
    )

    assert [each["version"] for each in tenant.all("connector").values()] == ["1.5.36.0"] * 2
    assert connector(tenant, "b")["externalIp"] == "192.0.2.7"


def test_the_document_that_was_given_is_left_as_it_was(loaded):
    document = {"connectorGroups": [{"name": "Paris"}], "applications": [{"displayName": "a", "tags": ["x"]}]}
    before = json.dumps(document)
    loaded(document)

    assert before == json.dumps(document)


def test_what_is_loaded_equals_what_the_api_makes(loaded):
    wiki = {"internalUrl": "https://wiki.example", "singleSignOnSettings": {"singleSignOnMode": "none"}}
    hosts = {"applicationType": "nonwebapp", "isAccessibleViaZTNAClient": True}
    plain = {"tags": ["x"], "web": {"homePageUrl": "https://wiki.example"}}
    commands = (
        create_group(ONE, name="Paris", region="nam"),
        install(TWO, machineName="a"),
        move(TWO, ONE),
        create_application(THREE, displayName="Wiki", **plain),
        publish(THREE, **wiki),
        assign(THREE, ONE),
        create_application(FOUR, displayName="Hosts"),
        publish(FOUR, **hosts),
    )
    by_api = {"createdDateTime": AT, "servicePrincipal": None, "appRoles": []}
    document = {
        "connectorGroups": [{"name": "Paris", "id": ONE, "region": "nam"}],
        "connectors": [{"machineName": "a", "id": TWO, "memberOf": "Paris"}],
        "applications": [
            {"displayName": "Wiki", "id": THREE, "onPremisesPublishing": wiki, "connectorGroup": "Paris"}
            | plain
            | by_api,
            {"displayName": "Hosts", "id": FOUR, "onPremisesPublishing": hosts} | by_api,
        ],
    }

    assert contents(reduce(apply, commands, loaded({}))) == contents(loaded(document))


def test_rows_in_order_are_not_shown_to_marshmallow(loaded, monkeypatch):
    monkeypatch.setattr(row_schemas, "_schema", lambda _: pytest.fail("marshmallow was asked"))

    loaded(SITES)
