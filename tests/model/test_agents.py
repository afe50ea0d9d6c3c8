"""Agents, agent groups and published resources: who knows whom (graph_reference 2.4, 3.7 to 3.9)."""

from __future__ import annotations

import pytest
from tenants import AT, entity, refused, tenant

from mockserver.core.commands import Create, Delete, Link, Unlink, apply, apply_all
from mockserver.core.errors import InvalidReference, ResourceNotFound
from mockserver.core.tenant import CONTAINER
from mockserver.model import MODEL
from mockserver.model.publishing_profile import PROFILE_IDS

KINDS = pytest.mark.parametrize("kind", ["onPremisesAgent", "publishedResource"])


def of(profile, kind, key, **values):
    return entity(kind, **{"id": key, CONTAINER: profile} | values)


TENANT = tenant(
    *(entity("onPremisesPublishingProfile", id=key) for key in ("provisioning", "authentication")),
    of("provisioning", "onPremisesAgentGroup", "ring-a"),
    of("provisioning", "onPremisesAgentGroup", "ring-b"),
    of("authentication", "onPremisesAgentGroup", "elsewhere"),
    of("provisioning", "onPremisesAgent", "one", agentGroups=("ring-a",)),
    of("provisioning", "publishedResource", "one", agentGroups=("ring-a",)),
)


def groups_of(at, kind):
    return at.get(kind, "one")["agentGroups"]


@pytest.mark.parametrize("profile", PROFILE_IDS)
@pytest.mark.parametrize("kind", ["onPremisesAgentGroup", "publishedResource"])
def test_what_is_created_publishes_as_its_profile_does(kind, profile):
    """graph_reference 2.4."""
    made = apply(tenant(), Create(kind, "new", AT, {"displayName": "New"}, profile)).get(kind, "new")

    assert profile == made["publishingType"]


def test_every_profile_is_a_type_of_publishing():
    kind = MODEL.type("publishedResource").property_by_name["publishingType"].type

    assert set(PROFILE_IDS) <= {*kind.members, *kind.observed}


def test_an_agent_supports_its_profile():
    """graph_reference 3.7."""
    made = apply(TENANT, Create("onPremisesAgent", "new", AT, {"machineName": "sync"}, "provisioning"))

    assert ("provisioning",) == made.get("onPremisesAgent", "new")["supportedPublishingTypes"]


def test_an_agent_supports_what_it_says_it_supports():
    said = {"machineName": "sync", "supportedPublishingTypes": ["authentication"]}
    made = apply(TENANT, Create("onPremisesAgent", "new", AT, said, "provisioning"))

    assert ("authentication",) == made.get("onPremisesAgent", "new")["supportedPublishingTypes"]


@KINDS
class TestGroups:
    def test_it_may_be_in_several(self, kind):
        after = apply(TENANT, Link(kind, "one", AT, "agentGroups", "ring-b"))

        assert ("ring-a", "ring-b") == groups_of(after, kind)

    def test_to_add_it_where_it_is_changes_nothing(self, kind):
        assert TENANT is apply(TENANT, Link(kind, "one", AT, "agentGroups", "ring-a"))

    def test_it_may_be_taken_out_of_all(self, kind):
        assert () == groups_of(apply(TENANT, Unlink(kind, "one", AT, "agentGroups", "ring-a")), kind)

    def test_a_group_that_does_not_exist_is_refused(self, kind):
        assert ResourceNotFound == refused(TENANT, Link(kind, "one", AT, "agentGroups", "nowhere"))

    def test_a_group_of_another_profile_is_refused(self, kind):
        assert InvalidReference == refused(TENANT, Link(kind, "one", AT, "agentGroups", "elsewhere"))

    def test_a_group_that_is_deleted_is_one_of_its_no_more(self, kind):
        commands = (Link(kind, "one", AT, "agentGroups", "ring-b"), Delete("onPremisesAgentGroup", "ring-a", AT))

        assert ("ring-b",) == groups_of(apply_all(TENANT, commands), kind)


def test_a_group_knows_its_agents_and_its_resources():
    ring, group = TENANT.get("onPremisesAgentGroup", "ring-a"), MODEL.type("onPremisesAgentGroup")

    assert [["one"], ["one"]] == [list(TENANT.related_ids(ring, each)) for each in group.navigations]
