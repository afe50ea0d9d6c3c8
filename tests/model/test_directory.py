"""Users, groups, service principals and who is assigned: what goes with whom."""

from __future__ import annotations

from uuid import UUID

import pytest
from tenants import AT, application, entity, tenant

from mockserver.core.commands import Create, Delete, apply
from mockserver.core.tenant import CONTAINER
from mockserver.model.directory import USER_ROLE, service_principal_of

TENANT = tenant(
    application("wiki", "default"),
    application("files", "default"),
    entity("user", id="ada"),
    entity("user", id="bob"),
    entity("group", id="staff", members=("ada", "bob")),
    entity("group", id="board", members=("ada",)),
    entity("servicePrincipal", id="sp-wiki", application="wiki"),
    entity("servicePrincipal", id="sp-files", application="files"),
    entity("appRoleAssignment", **{"id": "one", CONTAINER: "sp-wiki"}),
    entity("appRoleAssignment", **{"id": "two", CONTAINER: "sp-files"}),
)


def test_a_service_principal_has_an_id_of_its_own():
    key = service_principal_of("wiki")

    assert "wiki" != key == str(UUID(key))


def test_it_is_the_same_on_every_machine():
    assert service_principal_of("wiki") == service_principal_of("wiki") != service_principal_of("files")


@pytest.mark.parametrize(
    ("type_name", "key", "left"),
    [
        ("application", "wiki", {"servicePrincipal": ["sp-files"], "appRoleAssignment": ["two"]}),
        ("servicePrincipal", "sp-wiki", {"application": ["wiki", "files"], "appRoleAssignment": ["two"]}),
        ("appRoleAssignment", "one", {"servicePrincipal": ["sp-wiki", "sp-files"]}),
        ("group", "board", {"user": ["ada", "bob"], "group": ["staff"]}),
        ("user", "ada", {"group": ["staff", "board"]}),
    ],
)
def test_deleted_entities_take_along_what_they_own_and_no_more(type_name, key, left):
    after = apply(TENANT, Delete(type_name, key, AT))

    assert left == {name: list(after.all(name)) for name in left}


def test_a_deleted_user_is_a_member_of_no_group():
    after = apply(TENANT, Delete("user", "ada", AT))

    assert [("bob",), ()] == [each["members"] for each in after.all("group").values()]


def test_an_assignment_is_to_the_role_of_users_unless_said_otherwise():
    """graph_reference 4.4: the constant of the official samples."""
    made = Create("appRoleAssignment", "new", AT, {"principalId": "ada", "resourceId": "sp-wiki"}, "sp-wiki")

    assert USER_ROLE == apply(TENANT, made).get("appRoleAssignment", "new")["appRoleId"]


def test_an_assignment_belongs_to_its_service_principal():
    made = Create("appRoleAssignment", "new", AT, {"principalId": "ada", "resourceId": "sp-wiki"}, "sp-wiki")
    after = apply(TENANT, made)

    assert ["one", "new"] == list(after.pointing_to("appRoleAssignment", CONTAINER, "sp-wiki"))
