"""What publishing profiles contain, and which profiles there are, as a document says it."""

from __future__ import annotations

import pytest
from tenants import contents

from mockserver.core.behaviour import Behaviour
from mockserver.core.tenant import CONTAINER
from mockserver.model.behaviours import QUIRKS
from mockserver.model.publishing_profile import PROFILE_IDS

PROFILES, TEMPLATES = "onPremisesPublishingProfile", "applicationTemplate"
KEY = "0A000000-0000-4000-8000-000000000001"

AGENCY = """
agentGroups:
  - {displayName: HR}
  - {displayName: Payroll}
  - {displayName: HR, profile: authentication}
agents:
  - {machineName: prov-01, agentGroups: [Payroll, HR]}
  - {machineName: PROV-01, profile: authentication, agentGroups: [HR]}
  - {machineName: idle}
publishedResources:
  - {displayName: Directory, resourceName: hr.example, agentGroups: [HR]}
  - {resourceName: nameless}
sensors:
  - {machineName: dc-01, version: 2.1.31.0}
"""


@pytest.fixture(scope="module")
def agency(loaded):
    return loaded(AGENCY)


def rows(tenant, kind, *names):
    return [tuple(each.get(name) for name in names) for each in tenant.all(kind).values()]


def test_what_says_no_profile_is_in_the_usual_one_of_its_kind(agency):
    assert ["provisioning", "provisioning", "authentication"] == [
        each for (each,) in rows(agency, "onPremisesAgentGroup", CONTAINER)
    ]
    assert [("privateAccess", "2.1.31.0", True)] == rows(
        agency, "privateAccessSensor", CONTAINER, "version", "isAuditMode"
    )


def test_a_name_is_that_of_its_profile(agency):
    provisioning, payroll, authentication = agency.all("onPremisesAgentGroup")
    links = [each for (each,) in rows(agency, "onPremisesAgent", "agentGroups")]

    assert [(payroll, provisioning), (authentication,), None] == links


def test_what_follows_from_the_profile_need_not_be_said(agency):
    assert [("provisioning",), ("authentication",), ("provisioning",)] == [
        types for (types,) in rows(agency, "onPremisesAgent", "supportedPublishingTypes")
    ]
    assert [("provisioning",), ("provisioning",), ("authentication",)] == rows(
        agency, "onPremisesAgentGroup", "publishingType"
    )


def test_a_resource_may_have_no_name(agency):
    assert [("Directory", "hr.example"), (None, "nameless")] == rows(
        agency, "publishedResource", "displayName", "resourceName"
    )


def test_ids_follow_from_profile_and_name(agency, loaded):
    other = loaded("agents: [{machineName: Prov-01, profile: authentication}]")

    assert set(other.all("onPremisesAgent")) < set(agency.all("onPremisesAgent"))
    assert len(agency.all("onPremisesAgent")) == 3


def test_there_may_be_more_and_fewer_profiles_and_templates_than_at_first(loaded):
    tenant = loaded(
        f"onPremisesPublishingProfiles: [{{id: {KEY}}}, {{id: intunePfx, exists: false}}]\n"
        f"applicationTemplates: [{{id: {KEY.replace('A', 'B')}, displayName: Ours}}]"
    )

    assert [*(key for key in PROFILE_IDS if key != "intunePfx"), KEY.lower()] == list(tenant.all(PROFILES))
    assert ["Custom", "Custom (US Government)", "Custom (China)", "Ours"] == [
        each["displayName"] for each in tenant.all(TEMPLATES).values()
    ]


def test_without_the_profile_of_the_connectors_there_is_no_default_group(loaded):
    tenant = loaded(
        "onPremisesPublishingProfiles: [{id: applicationProxy, exists: false}]\n"
        "applications: [{displayName: a, onPremisesPublishing: {}}]"
    )

    assert not tenant.all("connectorGroup")
    assert [(None,)] == rows(tenant, "application", "connectorGroup")


def test_where_the_behaviour_gives_every_profile_every_child_connectors_may_be_in_any(loaded):
    behaviour = Behaviour(QUIRKS, "documented")
    tenant = loaded(
        "connectorGroups: [{name: A, profile: privateAccess}]\n"
        "connectors: [{machineName: a, profile: privateAccess, memberOf: A}]",
        behaviour=behaviour,
    )

    assert ["applicationProxy", "privateAccess"] == [each for (each,) in rows(tenant, "connectorGroup", CONTAINER)]
    assert [("privateAccess",)] == rows(tenant, "connector", CONTAINER)


@pytest.mark.parametrize(("choice", "status"), [("PT5M+P10D", "inactive"), ("PT1H+P10D", "active")])
def test_a_connector_is_inactive_after_as_long_as_the_behaviour_says(loaded, choice, status):
    tenant = loaded(
        "connectors: [{machineName: a, lastHeartbeat: PT30M}]", behaviour=Behaviour(QUIRKS, "observed", {"Q25": choice})
    )

    assert [(status, status == "inactive")] == rows(tenant, "connector", "status", "stopped")


def test_the_usual_profile_may_be_said(loaded):
    said = AGENCY.replace("{displayName: Payroll}", "{displayName: Payroll, profile: provisioning}")

    assert contents(loaded(AGENCY)) == contents(loaded(said))
