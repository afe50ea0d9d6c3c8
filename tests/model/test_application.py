"""The rules of applications, R6, R7 and R42 to R52, and the policy of an idle default group."""

from __future__ import annotations

from uuid import UUID

import pytest
from tenants import (
    AT,
    application,
    applications,
    assign,
    connector,
    contents,
    create_application,
    entity,
    group,
    install,
    move,
    publish,
    publishing_of,
    refused,
    tenant,
    unassign,
    unpublish,
    update_application,
)

from mockserver.core.commands import Delete, apply, apply_all
from mockserver.core.edm import LIST
from mockserver.core.errors import (
    AlreadyOnDefault,
    ApplicationNotFound,
    ConnectorGroupNotFound,
    DefaultGroupIsIdle,
    MissingProperty,
    MixedPublishing,
    PublishingNotSelectable,
    ResourceNotFound,
)
from mockserver.model import MODEL
from mockserver.model.application import app_id_of

TWO = (group("paris"), group("lyon"), application("wiki", "paris"), application("plain"))
GROUPS = ("default", "paris", "lyon")
DENY = {"defaultGroupServesApplications": "deny"}


def group_of(at, key):
    return at.get("application", key)["connectorGroup"]


def partition(at):
    return {key: applications(at, key) for key in GROUPS}


class TestCreate:
    def test_an_application_is_created_unpublished_and_in_no_group(self):
        """R7: without onPremisesPublishing it appears in no group's applications."""
        after = apply(tenant(*TWO), create_application("new"))

        assert (None, None, partition(tenant(*TWO))) == (
            after.get("application", "new")["onPremisesPublishing"],
            group_of(after, "new"),
            partition(after),
        )

    def test_an_application_has_an_app_id_that_is_not_its_object_id(self):
        """R49: the object id stands in paths, the appId does not."""
        made = apply(tenant(), create_application("new")).get("application", "new")

        assert made["id"] != str(UUID(made["appId"])) == made["appId"]

    def test_the_same_application_has_the_same_app_id_on_every_machine(self):
        assert app_id_of("new") == apply(tenant(), create_application("new")).get("application", "new")["appId"]

    def test_two_applications_have_two_app_ids(self):
        assert app_id_of("one") != app_id_of("two")

    def test_an_application_knows_when_it_was_created(self):
        assert AT == apply(tenant(), create_application("new")).get("application", "new")["createdDateTime"]

    @pytest.mark.parametrize("name", ["", "  ", None])
    def test_an_application_needs_a_name(self, name):
        assert MissingProperty == refused(tenant(), create_application("new", displayName=name))

    @pytest.mark.parametrize("name", ["", "  ", None])
    def test_an_application_cannot_lose_its_name(self, name):
        assert MissingProperty == refused(tenant(*TWO), update_application("wiki", displayName=name))

    @pytest.mark.parametrize("publishing", [{}, {"internalUrl": "https://x/"}, None])
    def test_an_application_cannot_be_created_published(self, publishing):
        """R51: publishing is said to an existing application, and alone."""
        assert MixedPublishing == refused(tenant(), create_application("new", onPremisesPublishing=publishing))

    def test_applications_of_one_name_are_allowed(self):
        after = apply(tenant(*TWO), create_application("new", displayName="wiki"))

        assert ["wiki", "plain", "wiki"] == [each["displayName"] for each in after.all("application").values()]


class TestPublish:
    def test_a_published_application_is_in_the_default_group(self):
        """R6: with no explicit assignment."""
        after = apply(tenant(*TWO), publish("plain", internalUrl="https://plain.contoso.example/"))

        assert {"default": ["plain"], "paris": ["wiki"], "lyon": []} == partition(after)

    def test_publishing_again_leaves_it_in_its_group(self):
        """R6: only an unpublished one falls to Default."""
        after = apply(tenant(*TWO), publish("wiki", isHttpOnlyCookieEnabled=True))

        assert "paris" == group_of(after, "wiki")

    def test_publishing_may_say_nothing_at_all(self):
        """R6: an empty value publishes with all defaults."""
        assert "default" == group_of(apply(tenant(*TWO), publish("plain")), "plain")

    @pytest.mark.parametrize("other", [{"displayName": "Wiki"}, {"tags": []}, {"displayName": "wiki"}])
    def test_publishing_is_said_alone(self, other):
        """R51: together with other properties it is refused."""
        command = update_application("wiki", onPremisesPublishing={"internalUrl": "https://x/"}, **other)

        assert MixedPublishing == refused(tenant(*TWO), command)

    def test_unpublishing_is_said_alone(self):
        """R51: together with other properties it is refused."""
        command = update_application("wiki", onPremisesPublishing=None, displayName="Wiki")

        assert MixedPublishing == refused(tenant(*TWO), command)

    def test_the_other_properties_are_said_together(self):
        """R51: it is about onPremisesPublishing alone."""
        after = apply(tenant(*TWO), update_application("wiki", displayName="Wiki", tags=["a"]))

        assert ("Wiki", "paris") == (after.get("application", "wiki")["displayName"], group_of(after, "wiki"))

    def test_an_unpublished_application_leaves_its_group(self):
        """R51: TF sends null to unpublish."""
        after = apply(tenant(*TWO), unpublish("wiki"))

        assert (None, {"default": [], "paris": [], "lyon": []}) == (
            after.get("application", "wiki")["onPremisesPublishing"],
            partition(after),
        )

    def test_unpublishing_what_is_not_published_changes_nothing(self):
        """R51: it is in no group already."""
        at = tenant(*TWO)

        assert at is apply(at, unpublish("plain"))

    def test_published_again_it_is_in_the_default_group(self):
        """R6, R51: its former group is forgotten."""
        after = apply_all(tenant(*TWO), (unpublish("wiki"), publish("wiki")))

        assert "default" == group_of(after, "wiki")

    def test_published_again_it_has_the_defaults_again(self):
        """R51: its former publishing is forgotten."""
        at = tenant(application("wiki", "default", isHttpOnlyCookieEnabled=True))
        after = apply_all(at, (unpublish("wiki"), publish("wiki")))

        assert publishing_of() == after.get("application", "wiki")["onPremisesPublishing"]


class TestAssign:
    def test_an_assignment_replaces_the_one_before(self):
        """R42: it is in its new group and no other."""
        assert {"default": [], "paris": [], "lyon": ["wiki"]} == partition(apply(tenant(*TWO), assign("wiki", "lyon")))

    def test_an_assignment_is_visible_at_once(self):
        """R47: read after write, in the tenant that the command gives."""
        assert "lyon" == group_of(apply(tenant(*TWO), assign("wiki", "lyon")), "wiki")

    def test_the_default_group_is_a_target_as_any_other(self):
        """R42: where the tenant's policy does not forbid it."""
        assert "default" == group_of(apply(tenant(*TWO), assign("wiki", "default")), "wiki")

    def test_an_assignment_to_the_present_group_changes_nothing(self):
        """R42: replacing it by itself."""
        at = tenant(*TWO)

        assert at is apply(at, assign("wiki", "paris"))

    @pytest.mark.parametrize(
        "held",
        [(), (connector("a", "lyon", status="inactive", stopped=True),)],
        ids=["no connector", "none active"],
    )
    def test_a_group_that_serves_nobody_is_a_target_as_any_other(self, held):
        """R48: no connector, or none active, is a matter of warnings."""
        assert "lyon" == group_of(apply(tenant(*TWO, *held), assign("wiki", "lyon")), "wiki")

    def test_an_assignment_changes_nothing_else_about_the_application(self):
        """R42: what is published stays."""
        before = tenant(*TWO)
        after = apply(before, assign("wiki", "lyon"))

        assert {**before.get("application", "wiki"), "connectorGroup": "lyon"} == after.get("application", "wiki")

    @pytest.mark.parametrize("target", ["paris", "default", "nowhere"])
    def test_an_application_that_is_not_published_is_refused(self, target):
        """R7: Application_NotFound, whatever the group."""
        assert ApplicationNotFound == refused(tenant(*TWO), assign("plain", target))

    @pytest.mark.parametrize("target", ["nowhere", "", "wiki"])
    def test_an_unknown_group_is_refused(self, target):
        """R36: ConnectorGroup_NotFound, and nothing changes."""
        assert ConnectorGroupNotFound == refused(tenant(*TWO), assign("wiki", target))

    def test_a_group_of_another_type_is_refused(self):
        """R23: it takes no applications."""
        at = tenant(*TWO, group("other", connectorGroupType="exchangeOnline"))

        assert ConnectorGroupNotFound == refused(at, assign("wiki", "other"))

    @pytest.mark.parametrize("key", ["nothing", "appId-of-wiki"])
    def test_an_application_is_known_by_its_object_id_alone(self, key):
        """R49: an appId in its place is not found."""
        assert ResourceNotFound == refused(tenant(*TWO), assign(key, "paris"))

    def test_the_region_of_a_group_is_no_matter_of_applications(self):
        """R34: the restriction is about connectors."""
        at = tenant(group("nam", region="nam"), group("asia", region="asia"), application("wiki", "nam"))

        assert "asia" == group_of(apply(at, assign("wiki", "asia")), "wiki")


class TestUnassign:
    def test_an_application_falls_back_to_the_default_group(self):
        """R44: TF saw it there."""
        assert {"default": ["wiki"], "paris": [], "lyon": []} == partition(
            apply(tenant(*TWO), unassign("wiki", "paris"))
        )

    def test_an_application_stays_published(self):
        """R44: it changes groups, no more."""
        before = tenant(*TWO)
        after = apply(before, unassign("wiki", "paris"))

        assert {**before.get("application", "wiki"), "connectorGroup": "default"} == after.get("application", "wiki")

    @pytest.mark.parametrize("profile", ["observed", "documented", "strict"])
    def test_from_the_default_group_it_cannot_be_taken(self, profile):
        """R45: Q16 = refused, in every profile."""
        at = tenant(application("wiki", "default"), behaviour=profile)

        assert AlreadyOnDefault == refused(at, unassign("wiki", "default"))

    def test_from_the_default_group_it_may_be_taken_in_vain_where_that_is_chosen(self):
        """R45: Q16 = 204, and nothing changes."""
        at = tenant(application("wiki", "default"), Q16="204")

        assert at is apply(at, unassign("wiki", "default"))

    @pytest.mark.parametrize("choice", ["refused", "204"])
    def test_an_application_that_is_not_published_is_refused(self, choice):
        """R7: Application_NotFound."""
        assert ApplicationNotFound == refused(tenant(*TWO, Q16=choice), unassign("plain", ""))


class TestDelete:
    def test_a_deleted_application_is_in_no_group(self):
        """R52: it is taken out of its group."""
        after = apply(tenant(*TWO), Delete("application", "wiki", AT))

        assert {"default": [], "paris": [], "lyon": []} == partition(after)

    def test_its_group_may_go_then(self):
        """R19, R52: it holds nothing any more."""
        after = apply_all(tenant(*TWO), (Delete("application", "wiki", AT), Delete("connectorGroup", "paris", AT)))

        assert ["default", "lyon"] == list(after.all("connectorGroup"))

    def test_its_service_principal_goes_with_it(self):
        """R52: as the directory does."""
        at = tenant(*TWO, entity("servicePrincipal", id="sp", application="wiki"))

        assert 0 == len(apply(at, Delete("application", "wiki", AT)).all("servicePrincipal"))

    def test_an_unpublished_application_goes_as_well(self):
        """R52: whether published or not."""
        assert ["wiki"] == list(apply(tenant(*TWO), Delete("application", "plain", AT)).all("application"))


class TestIdleDefaultGroup:
    """`defaultGroupServesApplications: deny`: the seed's recommended configuration, as a rule of a tenant."""

    AT = tenant(*TWO, application("waiting", "default"), policy=DENY)

    def test_an_application_is_not_assigned_to_the_default_group(self):
        assert DefaultGroupIsIdle == refused(self.AT, assign("wiki", "default"))

    def test_an_application_is_not_put_back_on_the_default_group(self):
        assert DefaultGroupIsIdle == refused(self.AT, unassign("wiki", "paris"))

    def test_an_application_is_assigned_to_any_other_group(self):
        assert "lyon" == group_of(apply(self.AT, assign("wiki", "lyon")), "wiki")

    def test_a_newly_published_application_waits_on_the_default_group(self):
        """R6: the service gives no other way."""
        assert "default" == group_of(apply(self.AT, publish("plain")), "plain")

    def test_what_waits_there_can_be_assigned(self):
        assert "paris" == group_of(apply(self.AT, assign("waiting", "paris")), "waiting")

    def test_what_waits_there_may_be_told_to_stay(self):
        assert self.AT is apply(self.AT, assign("waiting", "default"))

    def test_connectors_wait_there_as_ever(self):
        """R3, R5: the policy is about applications."""
        after = apply_all(self.AT, (install("new"), move("new", "paris"), move("new", "default")))

        assert "default" == after.get("connector", "new")["memberOf"]

    @pytest.mark.parametrize("policy", [{}, {"defaultGroupServesApplications": "allow"}], ids=["unsaid", "allow"])
    def test_without_the_policy_the_default_group_serves_applications(self, policy):
        after = apply(tenant(*TWO, policy=policy), assign("wiki", "default"))

        assert "default" == group_of(after, "wiki")


class TestWhatIsDeclared:
    PUBLISHING = MODEL.type("application").property_by_name["onPremisesPublishing"]
    GROUP = MODEL.type("application").navigation_by_name["connectorGroup"]

    def test_publishing_is_shown_only_where_it_is_selected(self):
        """R50: absent from the default projection."""
        assert not self.PUBLISHING.selected

    @pytest.mark.parametrize(("profile", "expected"), [("observed", False), ("documented", True), ("strict", False)])
    def test_publishing_is_selected_in_lists_only_where_the_behaviour_allows_it(self, profile, expected):
        """R50: Q19; on the collection the service answers InvalidGuid_BadRequest."""
        guard = self.PUBLISHING.in_lists

        assert expected is (tenant(behaviour=profile).behaviour[guard.quirk] in guard.choices)

    def test_its_refusal_is_the_one_that_was_seen(self):
        """R50: 400 InvalidGuid_BadRequest."""
        guard = self.PUBLISHING.in_lists

        assert ({LIST}, PublishingNotSelectable) == (guard.operations, type(guard.refusal()))

    def test_publishing_that_is_not_there_is_not_found(self):
        """R50: by its own path."""
        assert ApplicationNotFound is self.PUBLISHING.missing

    def test_an_application_shows_one_group_and_no_list(self):
        """R43: never a `value` array."""
        assert not self.GROUP.collection

    def test_an_application_in_a_list_of_a_group_has_what_clients_need(self):
        """R46: ZT needs appId, CAM displayName."""
        shown = {each.name for each in MODEL.type("application").visible if each.selected}

        assert {"id", "appId", "displayName"} <= shown


def test_two_tenants_do_not_share_their_applications():
    at = tenant(*TWO)
    before = contents(at)
    apply(at, Delete("application", "wiki", AT))

    assert before == contents(at)
