"""Users, groups, service principals and who is assigned (graph_reference 4.4): what goes with whom."""

from __future__ import annotations

from uuid import UUID

import pytest
from tenants import AT, application, entity, refused, tenant

from mockserver.core.commands import Create, Delete, Link, Unlink, Update, apply
from mockserver.core.errors import (
    AlreadyMember,
    AssignmentExists,
    AssignmentMismatch,
    NoSuchRole,
    PrincipalExists,
    ResourceNotFound,
    UnknownAppId,
)
from mockserver.model.directory import APP_ROLES, USER_ROLE, service_principal_of

NO_ROLE = "00000000-0000-0000-0000-000000000000"


def principal(of, **values):
    """The service principal `sp-{of}` of an application."""
    return entity("servicePrincipal", id=f"sp-{of}", appId=f"appId-of-{of}", displayName=of, application=of, **values)


def assignment(key, who, kind, resource):
    known = {"id": key, "principalId": who, "resourceId": resource, "appRoleId": USER_ROLE}
    return entity("appRoleAssignment", **known, **{kind: who}, resource=resource)


TENANT = tenant(
    application("wiki", "default"),
    application("files", "default"),
    application("lonely"),
    entity("user", id="ada", displayName="Ada"),
    entity("user", id="bob", displayName="Bob"),
    entity("group", id="staff", displayName="Staff", members=("ada", "bob")),
    entity("group", id="board", displayName="Board", members=("ada",)),
    principal("wiki", appRoles=APP_ROLES),
    principal("files"),
    assignment("one", "ada", "user", "sp-wiki"),
    assignment("two", "staff", "group", "sp-wiki"),
    assignment("three", "sp-wiki", "servicePrincipal", "sp-files"),
)


def assign(who, to="sp-wiki", role=USER_ROLE, **links):
    said = {"principalId": who, "resourceId": to, "appRoleId": role}
    return Create("appRoleAssignment", "new", AT, said, None, links)


class TestServicePrincipal:
    NEW = Create("servicePrincipal", "new", AT, {"appId": "appId-of-lonely"})

    def test_it_stands_for_the_application_of_its_app_id(self):
        made = apply(TENANT, self.NEW).get("servicePrincipal", "new")

        assert ("lonely", "lonely", "lonely") == (made["application"], made["displayName"], made["appDisplayName"])

    def test_it_may_have_a_name_of_its_own(self):
        said = Create("servicePrincipal", "new", AT, {"appId": "appId-of-lonely", "displayName": "Mine"})

        assert "Mine" == apply(TENANT, said).get("servicePrincipal", "new")["displayName"]

    def test_an_app_id_that_nobody_has_is_refused(self):
        assert UnknownAppId == refused(TENANT, Create("servicePrincipal", "new", AT, {"appId": "lonely"}))

    def test_an_application_has_one_only(self):
        assert PrincipalExists == refused(TENANT, Create("servicePrincipal", "new", AT, {"appId": "appId-of-wiki"}))

    def test_once_it_is_gone_there_may_be_another(self):
        at = apply(TENANT, Delete("servicePrincipal", "sp-wiki", AT))
        made = apply(at, Create("servicePrincipal", "new", AT, {"appId": "appId-of-wiki"}))

        assert "wiki" == made.get("servicePrincipal", "new")["application"]

    def test_its_id_in_a_fixture_is_the_same_on_every_machine(self):
        key = service_principal_of("wiki")

        assert key == str(UUID(key)) == service_principal_of("wiki")

    def test_two_applications_have_two_of_them(self):
        assert service_principal_of("wiki") != service_principal_of("files")

    @pytest.mark.parametrize("app_id", ["appId-of-lonely", None])
    def test_it_stands_for_the_same_application_for_good(self, app_id):
        try:
            after = apply(TENANT, Update("servicePrincipal", "sp-wiki", AT, {"appId": app_id}))
        except UnknownAppId:
            after = TENANT
        kept = after.get("servicePrincipal", "sp-wiki")

        assert kept["appId"] == after.get("application", kept["application"])["appId"]


class TestAssignment:
    @pytest.mark.parametrize(
        ("who", "kind", "name"),
        [("bob", "User", "Bob"), ("board", "Group", "Board"), ("sp-files", "ServicePrincipal", "files")],
    )
    def test_it_names_both_ends(self, who, kind, name):
        """4.4 step 6."""
        made = apply(TENANT, assign(who)).get("appRoleAssignment", "new")

        assert (kind, name, "wiki", AT) == tuple(
            made[each] for each in ("principalType", "principalDisplayName", "resourceDisplayName", "creationTimestamp")
        )

    @pytest.mark.parametrize(("who", "kind"), [("bob", "user"), ("board", "group"), ("sp-files", "servicePrincipal")])
    def test_it_is_found_from_both_ends(self, who, kind):
        after = apply(TENANT, assign(who))

        assert "new" in after.pointing_to("appRoleAssignment", kind, who)
        assert "new" in after.pointing_to("appRoleAssignment", "resource", "sp-wiki")

    @pytest.mark.parametrize(("who", "to"), [("nobody", "sp-wiki"), ("bob", "nowhere"), ("bob", "wiki")])
    def test_an_end_that_does_not_exist_is_refused(self, who, to):
        assert ResourceNotFound == refused(TENANT, assign(who, to))

    def test_a_role_that_the_resource_has_not_is_refused(self):
        assert NoSuchRole == refused(TENANT, assign("bob", "sp-files"))

    def test_where_there_are_no_roles_the_empty_one_will_do(self):
        made = apply(TENANT, assign("bob", "sp-files", NO_ROLE)).get("appRoleAssignment", "new")

        assert NO_ROLE == made["appRoleId"]

    def test_the_empty_role_is_the_one_of_an_assignment_that_names_none(self):
        said = Create("appRoleAssignment", "new", AT, {"principalId": "bob", "resourceId": "sp-files"})

        assert NO_ROLE == apply(TENANT, said).get("appRoleAssignment", "new")["appRoleId"]

    @pytest.mark.parametrize("who", ["ada", "staff"])
    def test_nobody_is_assigned_twice(self, who):
        assert AssignmentExists == refused(TENANT, assign(who))

    @pytest.mark.parametrize("links", [{"user": "ada"}, {"resource": "sp-files"}], ids=["principal", "resource"])
    def test_what_the_path_names_is_what_the_body_names(self, links):
        assert AssignmentMismatch == refused(TENANT, assign("bob", **links))

    @pytest.mark.parametrize("links", [{"user": "bob"}, {"resource": "sp-wiki"}], ids=["principal", "resource"])
    def test_the_path_may_name_one_end(self, links):
        assert 4 == len(apply(TENANT, assign("bob", **links)).all("appRoleAssignment"))


class TestMembers:
    def test_a_member_is_added(self):
        after = apply(TENANT, Link("group", "board", AT, "members", "bob"))

        assert ("ada", "bob") == after.get("group", "board")["members"]

    def test_nobody_is_a_member_twice(self):
        """graph_reference 5.9."""
        assert AlreadyMember == refused(TENANT, Link("group", "board", AT, "members", "ada"))

    def test_a_member_is_removed(self):
        after = apply(TENANT, Unlink("group", "staff", AT, "members", "ada"))

        assert ("bob",) == after.get("group", "staff")["members"]


@pytest.mark.parametrize(
    ("type_name", "key", "left"),
    [
        ("application", "wiki", {"servicePrincipal": ["sp-files"], "appRoleAssignment": []}),
        ("application", "lonely", {"servicePrincipal": ["sp-wiki", "sp-files"]}),
        ("servicePrincipal", "sp-wiki", {"application": ["wiki", "files", "lonely"], "appRoleAssignment": []}),
        ("servicePrincipal", "sp-files", {"appRoleAssignment": ["one", "two"]}),
        ("appRoleAssignment", "one", {"user": ["ada", "bob"], "servicePrincipal": ["sp-wiki", "sp-files"]}),
        ("group", "staff", {"user": ["ada", "bob"], "group": ["board"], "appRoleAssignment": ["one", "three"]}),
        ("user", "ada", {"group": ["staff", "board"], "appRoleAssignment": ["two", "three"]}),
    ],
)
def test_deleted_entities_take_along_what_is_theirs_and_no_more(type_name, key, left):
    after = apply(TENANT, Delete(type_name, key, AT))

    assert left == {name: list(after.all(name)) for name in left}


def test_a_deleted_user_is_a_member_of_no_group():
    after = apply(TENANT, Delete("user", "ada", AT))

    assert [("bob",), ()] == [each["members"] for each in after.all("group").values()]
