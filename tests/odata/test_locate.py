"""What a path means in a tenant: who is found, and which error says that somebody is not."""

from __future__ import annotations

import pytest
from tenants import application, connector, contents, group, tenant, unpublish
from tenants import entity as part

from mockserver.core.commands import apply
from mockserver.core.errors import (
    ApplicationNotFound,
    ApplicationsForGroupNotFound,
    ConnectorGroupNotFound,
    ConnectorNotFound,
    GraphError,
    MalformedId,
    NoHttpResource,
    ResourceNotFound,
)
from mockserver.core.tenant import CONTAINER
from mockserver.model import MODEL
from mockserver.odata.locate import entities_at, entity_at, start_of
from mockserver.odata.path import parse_path

P = "onPremisesPublishingProfiles/applicationProxy"
PARTS = (
    group("paris"),
    group("lyon"),
    connector("a", "paris"),
    connector("b", "paris"),
    connector("c"),
    application("wiki", "paris"),
    application("files", "default"),
    application("plain"),
    *(group(kind, connectorGroupType=kind) for kind in ("passthroughAuthentication", "adfs")),
)
TENANT = tenant(*PARTS)


def entity(path, at=TENANT):
    return entity_at(at, parse_path(path, MODEL))


def entities(path, at=TENANT):
    return entities_at(at, parse_path(path, MODEL))


def ids(path, at=TENANT):
    return [each["id"] for each in entities(path, at)]


def refused(locate, path, at=TENANT):
    with pytest.raises(GraphError) as caught:
        locate(path, at)
    return type(caught.value)


class TestEntity:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            (P, ("onPremisesPublishingProfile", "applicationProxy")),
            ("onPremisesPublishingProfiles('APPLICATIONPROXY')", ("onPremisesPublishingProfile", "applicationProxy")),
            (f"{P}/connectorGroups/paris", ("connectorGroup", "paris")),
            (f"{P}/connectorGroups('adfs')", ("connectorGroup", "adfs")),
            (f"{P}/connectors/a", ("connector", "a")),
            (f"{P}/connectorGroups/paris/members/a", ("connector", "a")),
            (f"{P}/connectorGroups/paris/applications/wiki", ("application", "wiki")),
            (f"{P}/connectors/a/memberOf/paris", ("connectorGroup", "paris")),
            ("applications/wiki", ("application", "wiki")),
            ("applications/plain", ("application", "plain")),
            ("applications/wiki/connectorGroup", ("connectorGroup", "paris")),
            ("applications(appId='appId-of-wiki')", ("application", "wiki")),
            ("applications(appId='appId-of-wiki')/connectorGroup", ("connectorGroup", "paris")),
        ],
    )
    def test_an_entity_is_found(self, path, expected):
        assert expected == (entity(path).type.name, entity(path)["id"])

    @pytest.mark.parametrize(
        ("path", "error"),
        [
            ("onPremisesPublishingProfiles/other", ResourceNotFound),
            (f"{P}/connectorGroups/nowhere", ConnectorGroupNotFound),
            (f"{P}/connectorGroups('')", ConnectorGroupNotFound),
            (f"{P}/connectorGroups/PARIS", ConnectorGroupNotFound),
            (f"{P}/connectorGroups/a", ConnectorGroupNotFound),
            (f"{P}/connectors/nobody", ConnectorNotFound),
            (f"{P}/connectors/paris", ConnectorNotFound),
            ("applications/nothing", ResourceNotFound),
            ("applications(appId='nothing')", ResourceNotFound),
            ("onPremisesPublishingProfiles/other/connectorGroups/paris", ResourceNotFound),
        ],
    )
    def test_an_entity_that_does_not_exist_is_refused_as_its_type_declares(self, path, error):
        """R18, R36."""
        assert error == refused(entity, path)

    @pytest.mark.parametrize("path", ["applications/appId-of-wiki", "applications(uniqueName='wiki')"])
    def test_an_application_is_not_known_by_another_name(self, path):
        """R49: an appId in the place of the object id is not found."""
        assert ResourceNotFound == refused(entity, path)

    @pytest.mark.parametrize(
        ("path", "error"),
        [
            (f"{P}/connectorGroups/lyon/members/a", ConnectorNotFound),
            (f"{P}/connectorGroups/paris/members/nobody", ConnectorNotFound),
            (f"{P}/connectorGroups/lyon/applications/wiki", ResourceNotFound),
            (f"{P}/connectorGroups/paris/applications/plain", ResourceNotFound),
            (f"{P}/connectors/a/memberOf/lyon", ConnectorGroupNotFound),
        ],
    )
    def test_a_member_of_another_is_refused_as_its_type_declares(self, path, error):
        assert error == refused(entity, path)

    def test_the_refusal_names_the_id(self):
        """R18."""
        with pytest.raises(ConnectorGroupNotFound) as caught:
            entity(f"{P}/connectorGroups/nowhere")

        assert "Connector group 'nowhere' not found." == caught.value.message

    def test_the_group_of_an_application_is_the_group_itself(self):
        """R43: one object."""
        assert TENANT.get("connectorGroup", "paris") is entity("applications/wiki/connectorGroup")


class TestEntities:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("onPremisesPublishingProfiles", ["applicationProxy"]),
            ("applications", ["wiki", "files", "plain"]),
            (f"{P}/connectors", ["a", "b", "c"]),
            (f"{P}/connectorGroups", ["default", "paris", "lyon", "passthroughAuthentication", "adfs"]),
            (f"{P}/connectorGroups/paris/members", ["a", "b"]),
            (f"{P}/connectorGroups/lyon/members", []),
            (f"{P}/connectorGroups/paris/applications", ["wiki"]),
            (f"{P}/connectorGroups/lyon/applications", []),
            (f"{P}/connectors/a/memberOf", ["paris"]),
            ("applications/wiki/connectorGroup/members", ["a", "b"]),
            (f"{P}/connectorGroups/paris/members/a/memberOf", ["paris"]),
        ],
    )
    def test_a_collection_is_in_the_order_its_entities_came(self, path, expected):
        assert expected == ids(path)

    @pytest.mark.parametrize("path", ["applications", f"{P}/connectors", f"{P}/connectorGroups/paris/members"])
    def test_it_is_counted_without_being_looked_at(self, path):
        assert len(ids(path)) == len(entities(path))

    @pytest.mark.parametrize(("key", "expected"), [("a", True), ("c", False)])
    def test_it_knows_who_is_in_it(self, key, expected):
        assert expected is (TENANT.get("connector", key) in entities(f"{P}/connectorGroups/paris/members"))

    @pytest.mark.parametrize("path", ["applications", f"{P}/connectorGroups/paris/members"])
    def test_an_id_alone_is_not_in_it(self, path):
        assert "a" not in entities(path)

    def test_a_connector_is_in_exactly_one_group(self):
        """R2: a collection of one."""
        assert [1, 1, 1] == [len(entities(f"{P}/connectors/{key}/memberOf")) for key in "abc"]

    def test_an_application_that_is_not_published_is_in_the_list_of_no_group(self):
        """R7: it is in no group."""
        groups = ("default", "paris", "lyon")

        assert ["files", "wiki"] == [key for each in groups for key in ids(f"{P}/connectorGroups/{each}/applications")]

    def test_looking_changes_nothing(self):
        before = contents(TENANT)
        ids(f"{P}/connectorGroups")

        assert before == contents(TENANT)


OWNERS = [
    (f"{P}/connectorGroups/nowhere/members", ConnectorGroupNotFound),
    (f"{P}/connectorGroups/nowhere/applications", ApplicationsForGroupNotFound),
    (f"{P}/connectors/nobody/memberOf", ConnectorNotFound),
    (f"{P}/connectorGroups/lyon/members/a/memberOf", ConnectorNotFound),
    ("onPremisesPublishingProfiles/other/connectorGroups", ResourceNotFound),
    ("onPremisesPublishingProfiles/other/connectors", ResourceNotFound),
]


class TestOwner:
    @pytest.mark.parametrize(("path", "error"), OWNERS)
    def test_the_collection_of_an_owner_that_does_not_exist_is_refused(self, path, error):
        """R18, R23, R36: as the type, or the navigation, declares."""
        assert error == refused(entities, path)

    @pytest.mark.parametrize(("path", "error"), OWNERS)
    def test_and_so_is_a_member_of_it(self, path, error):
        assert error == refused(entity, f"{path}/a")

    @pytest.mark.parametrize("key", ["nothing", "plain", "appId-of-wiki"])
    def test_what_is_not_published_has_no_group(self, key):
        """R7, R49: Application_NotFound, whether it exists or not."""
        assert ApplicationNotFound == refused(entity, f"applications/{key}/connectorGroup")

    def test_what_is_no_longer_published_has_no_group(self):
        """R51: it has left its group."""
        at = apply(TENANT, unpublish("wiki"))

        assert ApplicationNotFound == refused(entity, "applications/wiki/connectorGroup", at)

    def test_the_start_of_a_navigation_is_its_owner(self):
        assert TENANT.get("connector", "a") is start_of(TENANT, parse_path(f"{P}/connectors/a/memberOf", MODEL))


SEGMENTS = "onPremisesPublishing/segmentsConfiguration/microsoft.graph.{}SegmentConfiguration/applicationSegments"
IP, WEB = SEGMENTS.format("ip"), SEGMENTS.format("web")


class TestComplexValues:
    """Navigations that start inside a complex value: the segments of an application."""

    AT = tenant(
        *PARTS,
        part("onPremisesPublishingProfile", id="privateAccess"),
        part("ipApplicationSegment", **{"id": "s1", CONTAINER: "wiki"}),
        part("ipApplicationSegment", **{"id": "s2", CONTAINER: "files"}),
        part("webApplicationSegment", **{"id": "s3", CONTAINER: "wiki"}),
    )

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            (f"applications/wiki/{IP}", ["s1"]),
            (f"applications/wiki/{WEB}", ["s3"]),
            (f"applications/files/{IP}", ["s2"]),
            (f"applications/files/{WEB}", []),
            (f"{P}/applicationSegments", ["s1", "s2"]),
            ("onPremisesPublishingProfiles/privateAccess/applicationSegments", ["s1", "s2"]),
        ],
    )
    def test_an_application_has_its_own_and_a_profile_has_all(self, path, expected):
        assert expected == ids(path, self.AT)

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            (f"applications/wiki/{IP}/s1", "s1"),
            (f"{P}/applicationSegments/s2", "s2"),
            (f"applications/wiki/{IP}/s1/application", "wiki"),
        ],
    )
    def test_one_of_them_is_found(self, path, expected):
        assert expected == entity(path, self.AT)["id"]

    @pytest.mark.parametrize("path", [f"applications/wiki/{IP}/s2", f"applications/wiki/{WEB}/s1"])
    def test_that_of_another_is_not(self, path):
        assert ResourceNotFound == refused(entity, path, self.AT)

    @pytest.mark.parametrize("key", ["plain", "wiki"])
    def test_what_is_not_published_has_none(self, key):
        """R51: by way of a value that is not there."""
        at = apply(self.AT, unpublish(key))

        assert ApplicationNotFound == refused(entities, f"applications/{key}/{IP}", at)

    def test_an_application_that_does_not_exist_has_none(self):
        assert ResourceNotFound == refused(entities, f"applications/nothing/{IP}", self.AT)


class TestProfiles:
    """R55, U29: which children a profile has."""

    PRIVATE = part("onPremisesPublishingProfile", id="privateAccess")

    @pytest.mark.parametrize("name", ["connectorGroups", "connectors", "agents"])
    def test_a_child_that_a_profile_does_not_serve_has_no_route(self, name):
        path = f"onPremisesPublishingProfiles/privateAccess/{name}"

        assert NoHttpResource == refused(entities, path, tenant(self.PRIVATE))

    @pytest.mark.parametrize("name", ["connectorGroups", "connectors", "agents"])
    def test_it_is_empty_where_that_is_chosen(self, name):
        at = tenant(self.PRIVATE, behaviour="documented")

        assert [] == ids(f"onPremisesPublishingProfiles/privateAccess/{name}", at)


class TestGroupsOfOtherTypes:
    """R23: they stand in the list and hold nothing."""

    @pytest.mark.parametrize("key", ["passthroughAuthentication", "adfs"])
    @pytest.mark.parametrize(
        ("name", "error"), [("members", ConnectorGroupNotFound), ("applications", ApplicationsForGroupNotFound)]
    )
    def test_they_have_neither_members_nor_applications(self, key, name, error):
        assert error == refused(entities, f"{P}/connectorGroups/{key}/{name}")

    @pytest.mark.parametrize(
        "choice", [{"Q7": "hidden"}, {"behaviour": "documented"}, {"behaviour": "strict"}], ids=["Q7", "docs", "strict"]
    )
    def test_they_are_not_listed_where_that_is_chosen(self, choice):
        """R23: Q7 = hidden."""
        assert ["default", "paris", "lyon"] == ids(f"{P}/connectorGroups", tenant(*PARTS, **choice))

    def test_they_are_not_counted_there(self):
        """R23: Q7 = hidden."""
        assert 3 == len(entities(f"{P}/connectorGroups", tenant(*PARTS, Q7="hidden")))

    def test_they_are_found_by_their_id_all_the_same(self):
        """R23: Q7 is about the list."""
        assert "adfs" == entity(f"{P}/connectorGroups/adfs", tenant(*PARTS, Q7="hidden"))["id"]


GUID = "0f9a1b2c-5555-4d6e-8f70-a1b2c3d4e506"


class TestMalformedIds:
    """Q23: an id that is not a GUID is unknown, or malformed under strict."""

    STRICT = tenant(*PARTS, Q23="400")

    @pytest.mark.parametrize("path", [f"{P}/connectorGroups", f"{P}/connectors", "applications"])
    @pytest.mark.parametrize(
        "key", ["nobody", "1", "('')", GUID[:-1], GUID.replace("-", ""), "{" + GUID + "}", "urn:uuid:" + GUID]
    )
    def test_what_is_no_guid_is_malformed(self, path, key):
        assert MalformedId == refused(entity, path + (key if key[0] == "(" else f"/{key}"), self.STRICT)

    @pytest.mark.parametrize("key", [GUID, GUID.upper(), "00000000-0000-0000-0000-000000000000"])
    def test_a_guid_that_is_unknown_is_not_found(self, key):
        assert ConnectorNotFound == refused(entity, f"{P}/connectors/{key}", self.STRICT)

    @pytest.mark.parametrize("key", ["nobody", "1", GUID])
    def test_where_that_is_not_chosen_all_are_not_found(self, key):
        assert ConnectorNotFound == refused(entity, f"{P}/connectors/{key}")

    def test_what_exists_is_found_whatever_its_id(self):
        assert "a" == entity(f"{P}/connectors/a", self.STRICT)["id"]

    def test_the_id_of_a_profile_is_a_word(self):
        assert ResourceNotFound == refused(entity, "onPremisesPublishingProfiles/other", self.STRICT)

    def test_the_id_of_an_owner_is_malformed_as_well(self):
        assert MalformedId == refused(entities, f"{P}/connectorGroups/nowhere/members", self.STRICT)

    @pytest.mark.parametrize(
        ("locate", "path"),
        [(entities, f"{P}/connectorGroups/nowhere/applications"), (entity, "applications/nothing/connectorGroup")],
        ids=["applications", "connectorGroup"],
    )
    def test_it_is_malformed_also_where_the_navigation_declares_an_error_of_its_own(self, locate, path):
        assert MalformedId == refused(locate, path, self.STRICT)


def test_a_path_that_goes_round_in_circles_leads_to_its_entity():
    path = f"{P}/connectors/a" + "/memberOf/paris/members/a" * 61

    assert "a" == entity(path)["id"]


def test_what_is_found_belongs_to_the_tenant_that_was_asked():
    """A later tenant does not change what an earlier one shows."""
    later = apply(TENANT, unpublish("wiki"))

    assert (["wiki"], []) == tuple(ids(f"{P}/connectorGroups/paris/applications", at) for at in (TENANT, later))
