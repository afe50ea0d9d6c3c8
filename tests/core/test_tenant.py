"""The tenant as a value: its index of who points to whom, its order, its navigations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenants import (
    PROXY,
    application,
    connector,
    contents,
    entity,
    group,
    links_of,
    members,
    pointing,
    tenant,
)

from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model import MODEL

GROUPS = ("default", "paris", "lyon")
IDS = st.sampled_from(["a", "b", "c", "d"])

ENTITIES = st.one_of(
    st.builds(connector, IDS, st.sampled_from(GROUPS)),
    st.builds(application, IDS, st.none() | st.sampled_from(GROUPS)),
    st.builds(
        lambda key, kept: entity("group", id=key, displayName=key, members=tuple(kept)), IDS, st.sets(IDS, max_size=3)
    ),
    st.builds(lambda key, of: entity("webApplicationSegment", **{"id": key, CONTAINER: of}), IDS, IDS),
)
WRITES = st.lists(st.tuples(st.sampled_from(["put", "put", "drop"]), ENTITIES), max_size=40)


def versions(writes):
    at = tenant(group("paris"), group("lyon"))
    yield at
    for kind, each in writes:
        kept = at.get(each.type.name, each["id"])
        if kind == "put":
            at = at.put(each)
        elif kept is not None:
            at = at.drop(kept)
        yield at


def recomputed(at):
    rows = [row for table in at.entities.values() for row in table.values()]
    return Tenant.of(MODEL, rows, behaviour=at.behaviour, about=at.about, policy=at.policy)


@given(WRITES)
def test_the_index_is_what_the_entities_alone_would_give(writes):
    for at in versions(writes):
        assert links_of(at) == pointing(at)


@given(WRITES)
def test_the_index_is_what_a_tenant_made_afresh_has(writes):
    for at in versions(writes):
        assert pointing(recomputed(at)) == pointing(at)


@given(WRITES)
def test_a_tenant_made_afresh_of_the_same_entities_has_the_same_contents(writes):
    for at in versions(writes):
        assert contents(at) == contents(recomputed(at))


@given(WRITES)
def test_a_write_leaves_the_tenant_it_was_made_from_as_it_was(writes):
    made = [(at, contents(at), pointing(at)) for at in versions(writes)]

    assert [(before, links) for _, before, links in made] == [(contents(at), pointing(at)) for at, _, _ in made]


def test_entities_stand_in_the_order_of_their_creation():
    at = tenant(connector("b"), connector("c"), connector("a")).put(connector("d"))

    assert ["b", "c", "a", "d"] == list(at.all("connector"))


def test_a_changed_entity_keeps_its_place():
    at = tenant(connector("b"), connector("a")).put(connector("b", version="1.5.3829.0"))

    assert ["b", "a"] == list(at.all("connector"))


def test_who_points_to_an_entity_stands_in_the_order_they_came():
    at = tenant(group("paris"), connector("a"), connector("b", "paris"), connector("c", "paris"))
    at = at.put(connector("a", "paris"))

    assert ["b", "c", "a"] == members(at, "paris")


def test_a_write_that_leaves_the_links_alone_keeps_the_very_same_index():
    at = tenant(connector("a"))

    assert at.pointing is at.put(connector("a", version="1.5.3829.0")).pointing


def test_of_a_type_that_has_no_entities_there_is_an_empty_table():
    assert 0 == len(tenant().all("user"))


def test_an_entity_that_is_not_there_is_none():
    assert tenant().get("connector", "nowhere") is None


def test_nothing_points_to_an_entity_that_is_not_there():
    assert [] == members(tenant(), "nowhere")


RELATED = tenant(
    group("paris"),
    connector("a", "paris"),
    connector("b", "paris"),
    application("wiki", "paris"),
    application("plain"),
    entity("user", id="ada"),
    entity("user", id="bob"),
    entity("group", id="staff", members=("bob", "ada")),
    entity("servicePrincipal", id="sp", application="wiki"),
    entity("ipApplicationSegment", **{"id": "segment", CONTAINER: "wiki"}),
)
WAYS = [
    pytest.param("connector", "a", "memberOf", ["paris"], id="kept"),
    pytest.param("application", "plain", "connectorGroup", [], id="kept but empty"),
    pytest.param("group", "staff", "members", ["bob", "ada"], id="kept, many"),
    pytest.param("connectorGroup", "paris", "members", ["a", "b"], id="inverse"),
    pytest.param("connectorGroup", "paris", "applications", ["wiki"], id="inverse of one"),
    pytest.param("user", "ada", "memberOf", ["staff"], id="inverse of many"),
    pytest.param("connectorGroup", "default", "members", [], id="inverse nobody points along"),
    pytest.param("servicePrincipal", "sp", "application", ["wiki"], id="kept by the other side"),
    pytest.param("ipApplicationSegment", "segment", "application", ["wiki"], id="container"),
    pytest.param("onPremisesPublishingProfile", PROXY, "connectorGroups", ["default", "paris"], id="groups"),
    pytest.param("onPremisesPublishingProfile", PROXY, "connectors", ["a", "b"], id="connectors"),
]


@pytest.mark.parametrize(("type_name", "key", "name", "expected"), WAYS)
class TestNavigation:
    def test_it_leads_to_entities(self, type_name, key, name, expected):
        navigation = MODEL.type(type_name).navigation_by_name[name]

        assert expected == [each["id"] for each in RELATED.related(RELATED.get(type_name, key), navigation)]

    def test_their_ids_are_known_without_looking_at_them(self, type_name, key, name, expected):
        navigation = MODEL.type(type_name).navigation_by_name[name]

        assert expected == list(RELATED.related_ids(RELATED.get(type_name, key), navigation))


def test_an_id_that_leads_nowhere_is_passed_over():
    at = tenant(entity("user", id="bob"), entity("group", id="staff", members=("gone", "bob")))
    navigation = MODEL.type("group").navigation_by_name["members"]

    assert ["bob"] == [each["id"] for each in at.related(at.get("group", "staff"), navigation)]


def test_tenants_are_compared_by_identity():
    assert tenant() != tenant()
