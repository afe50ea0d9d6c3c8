"""What commands do to a tenant, whatever its subject: purity, replay, merging, and what goes with a deleted entity."""

from __future__ import annotations

from contextlib import suppress

import pytest
from tenants import (
    AT,
    PROXY,
    application,
    assign,
    connector,
    contents,
    create_application,
    create_group,
    delete_group,
    entity,
    group,
    install,
    links_of,
    members,
    move,
    pointing,
    publish,
    refused,
    take_out,
    tenant,
    unassign,
    update_application,
    update_group,
)

from mockserver.core.commands import Create, Delete, Link, Unlink, Update, apply, apply_all, found
from mockserver.core.errors import (
    ApplicationNotFound,
    ConnectorGroupNotFound,
    ConnectorNotFound,
    GraphError,
    GroupNotEmpty,
    ResourceNotFound,
)
from mockserver.core.tenant import CONTAINER

TENANT = tenant(
    group("paris"),
    group("lyon"),
    connector("a"),
    connector("b", "paris"),
    application("wiki", "paris", internalUrl="https://wiki.contoso.example/"),
    application("plain"),
    entity("user", id="ada"),
    entity("user", id="bob"),
    entity("group", id="staff", members=("ada", "bob")),
    entity("servicePrincipal", id="sp", appId="appId-of-wiki", application="wiki"),
    entity("appRoleAssignment", id="assigned", principalId="ada", resourceId="sp", user="ada", resource="sp"),
    entity("webApplicationSegment", **{"id": "segment", CONTAINER: "wiki"}),
    entity("corsConfiguration_v2", **{"id": "cors", "resource": "/", CONTAINER: "segment"}),
)

SOME_OF_EVERYTHING = (
    create_group("berlin", region="eur"),
    update_group("berlin", name="Berlin"),
    install("c"),
    move("c", "berlin"),
    move("b", "berlin"),
    publish("plain", internalUrl="https://plain.contoso.example"),
    assign("plain", "berlin"),
    create_application("files"),
    Unlink("application", "wiki", AT, "connectorGroup", "paris"),
    delete_group("paris"),
    Link("group", "staff", AT, "members", "eve"),
    Delete("application", "wiki", AT),
    take_out("b", "berlin"),
)


def test_a_tenant_does_not_change_when_commands_are_applied_to_it():
    before, index = contents(TENANT), pointing(TENANT)
    apply_all(TENANT, SOME_OF_EVERYTHING)

    assert (before, index) == (contents(TENANT), pointing(TENANT))


def test_the_same_commands_give_equal_tenants():
    once, again = apply_all(TENANT, SOME_OF_EVERYTHING), apply_all(TENANT, SOME_OF_EVERYTHING)

    assert contents(once) == contents(again)


def test_the_same_commands_give_members_in_the_same_order():
    once, again = apply_all(TENANT, SOME_OF_EVERYTHING), apply_all(TENANT, SOME_OF_EVERYTHING)

    assert [members(once, key) for key in once.all("connectorGroup")] == [
        members(again, key) for key in again.all("connectorGroup")
    ]


@pytest.mark.parametrize("steps", range(len(SOME_OF_EVERYTHING) + 1))
def test_after_every_command_the_index_is_what_the_entities_give(steps):
    at = apply_all(TENANT, SOME_OF_EVERYTHING[:steps])

    assert links_of(at) == pointing(at)


@pytest.mark.parametrize(
    "command",
    [
        update_group("paris"),
        update_group("paris", name="paris"),
        update_group("paris", name="paris", region="eur"),
        move("b", "paris"),
        assign("wiki", "paris"),
        update_application("wiki", displayName="wiki", tags=[]),
        publish("wiki", internalUrl="https://wiki.contoso.example/"),
        update_application("plain", onPremisesPublishing=None),
        Unlink("group", "staff", AT, "members", "nobody"),
    ],
    ids=lambda each: f"{type(each).__name__} {each.type} {each.id}",
)
def test_a_command_that_changes_nothing_gives_back_the_very_same_tenant(command):
    assert TENANT is apply(TENANT, command)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (delete_group("paris"), GroupNotEmpty),
        (delete_group("nowhere"), ConnectorGroupNotFound),
        (update_group("nowhere", name="x"), ConnectorGroupNotFound),
        (move("nobody", "paris"), ConnectorNotFound),
        (take_out("nobody", "paris"), ConnectorNotFound),
        (Delete("connector", "nobody", AT), ConnectorNotFound),
        (Delete("application", "nothing", AT), ResourceNotFound),
        (assign("plain", "paris"), ApplicationNotFound),
        (Update("onPremisesPublishingProfile", "other", AT, {"isEnabled": False}), ResourceNotFound),
    ],
    ids=lambda each: getattr(each, "__name__", None) or f"{type(each).__name__} {each.type} {each.id}",
)
def test_a_refused_command_leaves_the_tenant_untouched(command, error):
    assert error == refused(TENANT, command)


def test_of_several_commands_all_are_applied():
    at = apply_all(TENANT, (create_group("berlin"), move("a", "berlin")))

    assert ["a"] == members(at, "berlin")


def test_of_several_commands_none_is_applied_where_the_last_is_refused():
    before = contents(TENANT)
    with pytest.raises(ConnectorGroupNotFound):
        apply_all(TENANT, (create_group("berlin"), move("a", "nowhere")))

    assert before == contents(TENANT)


def test_no_commands_give_back_the_very_same_tenant():
    assert TENANT is apply_all(TENANT, ())


class TestCreate:
    def test_the_entity_has_the_id_that_the_command_carries(self):
        assert "berlin" == apply(TENANT, create_group("berlin")).get("connectorGroup", "berlin")["id"]

    def test_the_entity_has_the_declared_default_of_what_was_not_said(self):
        made = apply(TENANT, create_application("files")).get("application", "files")

        assert ("AzureADMyOrg", (), None) == (made["signInAudience"], made["tags"], made["description"])

    def test_the_entity_stands_behind_those_before_it(self):
        assert ["default", "paris", "lyon", "berlin"] == list(
            apply(TENANT, create_group("berlin")).all("connectorGroup")
        )

    def test_the_entity_belongs_to_its_container(self):
        assert "berlin" in apply(TENANT, create_group("berlin")).pointing_to("connectorGroup", CONTAINER, PROXY)

    def test_the_entity_points_to_what_it_is_created_below(self):
        made = Create("connector", "c", AT, {"machineName": "c"}, PROXY, {"memberOf": "paris"})

        assert ["b", "c"] == members(apply(TENANT, made), "paris")

    def test_lists_become_values_that_do_not_change(self):
        made = apply(TENANT, create_application("files", tags=["a"])).get("application", "files")

        assert ("a",) == made["tags"]

    def test_members_of_a_complex_value_that_were_not_said_have_their_defaults(self):
        made = apply(TENANT, create_application("files", web={"homePageUrl": "https://x/"})).get("application", "files")

        assert {
            "homePageUrl": "https://x/",
            "redirectUris": (),
            "logoutUrl": None,
            "implicitGrantSettings": None,
        } == made["web"]


WEB = {"homePageUrl": "https://x/", "implicitGrantSettings": {"enableIdTokenIssuance": True}}


class TestUpdate:
    TENANT = apply(TENANT, update_application("plain", web=WEB, tags=["a", "b"]))

    def web(self, **changes):
        return apply(self.TENANT, update_application("plain", web=changes)).get("application", "plain")["web"]

    def test_what_was_not_said_stays(self):
        after = apply(self.TENANT, update_application("plain", description="x")).get("application", "plain")

        assert ("plain", ("a", "b"), "x") == (after["displayName"], after["tags"], after["description"])

    def test_a_complex_value_is_merged_into_the_present_one(self):
        after = self.web(logoutUrl="https://out/")

        assert ("https://x/", "https://out/") == (after["homePageUrl"], after["logoutUrl"])

    def test_a_complex_value_in_a_complex_value_is_merged_too(self):
        after = self.web(implicitGrantSettings={"enableAccessTokenIssuance": False})

        assert {"enableAccessTokenIssuance": False, "enableIdTokenIssuance": True} == after["implicitGrantSettings"]

    def test_null_takes_a_member_of_a_complex_value_away(self):
        assert self.web(implicitGrantSettings=None)["implicitGrantSettings"] is None

    def test_null_takes_a_complex_value_away(self):
        after = apply(self.TENANT, update_application("plain", web=None)).get("application", "plain")

        assert after["web"] is None

    def test_a_collection_is_replaced(self):
        after = apply(self.TENANT, update_application("plain", tags=["c"])).get("application", "plain")

        assert ("c",) == after["tags"]

    def test_the_entity_keeps_its_place(self):
        after = apply(self.TENANT, update_application("wiki", displayName="x"))

        assert ["wiki", "plain"] == list(after.all("application"))


class TestLinks:
    def test_a_link_to_one_forgets_what_it_led_to_before(self):
        assert [] == members(apply(TENANT, move("b", "lyon")), "paris")

    def test_a_link_to_many_adds_to_them(self):
        after = apply(TENANT, Link("group", "staff", AT, "members", "eve")).get("group", "staff")

        assert ("ada", "bob", "eve") == after["members"]

    def test_a_link_taken_from_many_leaves_the_others(self):
        after = apply(TENANT, Unlink("group", "staff", AT, "members", "ada")).get("group", "staff")

        assert ("bob",) == after["members"]

    @pytest.mark.parametrize("command", [take_out("b", "lyon"), unassign("wiki", "lyon")], ids=lambda each: each.type)
    def test_a_link_that_leads_elsewhere_by_then_is_left_alone(self, command):
        """`Unlink`: the entity no longer points to `target`. It did not: somebody else has moved it first."""
        after = TENANT
        with suppress(GraphError):
            after = apply(TENANT, command)

        assert "paris" == after.get(command.type, command.id)[command.navigation]


class TestDelete:
    def test_the_entity_is_gone(self):
        assert apply(TENANT, delete_group("lyon")).get("connectorGroup", "lyon") is None

    def test_it_is_no_longer_in_its_container(self):
        assert "lyon" not in apply(TENANT, delete_group("lyon")).pointing_to("connectorGroup", CONTAINER, PROXY)

    def test_what_it_contains_goes_with_it(self):
        after = apply(TENANT, Delete("onPremisesPublishingProfile", PROXY, AT))

        assert (0, 0) == (len(after.all("connectorGroup")), len(after.all("connector")))

    def test_what_is_contained_in_what_it_contains_goes_too(self):
        """Even what it contains inside a complex value, as an application its segments."""
        after = apply(TENANT, Delete("application", "wiki", AT))

        assert (0, 0) == (len(after.all("webApplicationSegment")), len(after.all("corsConfiguration_v2")))

    def test_who_pointed_to_what_went_with_it_no_longer_does(self):
        after = apply(TENANT, Delete("onPremisesPublishingProfile", PROXY, AT))

        assert after.get("application", "wiki")["connectorGroup"] is None

    def test_who_pointed_to_it_among_others_points_to_the_others(self):
        after = apply(TENANT, Delete("user", "ada", AT))

        assert ("bob",) == after.get("group", "staff")["members"]

    def test_what_it_owns_goes_with_it(self):
        """A service principal keeps the link to its application, and goes when the application goes."""
        after = apply(TENANT, Delete("application", "wiki", AT))

        assert (0, 0) == (len(after.all("servicePrincipal")), len(after.all("appRoleAssignment")))

    def test_what_owns_nothing_takes_nothing_along(self):
        after = apply(TENANT, Delete("application", "plain", AT))

        assert ["sp"] == list(after.all("servicePrincipal"))

    @pytest.mark.parametrize(
        "command",
        [
            Delete("onPremisesPublishingProfile", PROXY, AT),
            Delete("servicePrincipal", "sp", AT),
            Delete("application", "wiki", AT),
            Delete("webApplicationSegment", "segment", AT),
            Delete("user", "ada", AT),
            Delete("user", "bob", AT),
            Delete("group", "staff", AT),
        ],
        ids=lambda each: each.type,
    )
    def test_the_index_is_what_the_entities_that_are_left_give(self, command):
        after = apply(TENANT, command)

        assert links_of(after) == pointing(after)


@pytest.mark.parametrize(
    ("type_name", "error"),
    [
        ("connectorGroup", ConnectorGroupNotFound),
        ("connector", ConnectorNotFound),
        ("application", ResourceNotFound),
        ("user", ResourceNotFound),
    ],
)
def test_what_is_not_found_is_refused_as_its_type_declares(type_name, error):
    with pytest.raises(error, match="nobody"):
        found(TENANT, type_name, "nobody")


def test_what_is_found_is_the_entity():
    assert TENANT.get("user", "ada") is found(TENANT, "user", "ada")


def test_commands_that_say_the_same_are_equal():
    assert Create("connector", "a", AT) == Create("connector", "a", AT)
