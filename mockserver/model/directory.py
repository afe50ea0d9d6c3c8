"""Users, groups and service principals: the people and how they are assigned to applications (graph_reference 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from mockserver.core.commands import Change, Create, Link, Update
from mockserver.core.edm import (
    BOOLEAN,
    CREATE,
    DATE_TIME_OFFSET,
    DELETE,
    GET,
    GUID,
    LINK,
    LIST,
    UNLINK,
    EntityType,
    Navigation,
    Property,
)
from mockserver.core.entity import Entity, freeze
from mockserver.core.errors import (
    AlreadyMember,
    AssignmentExists,
    AssignmentMismatch,
    NameInUse,
    NoSuchRole,
    PrincipalExists,
    ResourceNotFound,
    UnknownAppId,
)
from mockserver.core.tenant import Tenant
from mockserver.model.application import app_role

USER, GROUP = "user", "group"
SERVICE_PRINCIPAL, APP_ROLE_ASSIGNMENT = "servicePrincipal", "appRoleAssignment"

USER_ROLE = "18d14569-c3bd-439b-9a66-3a2aee01d14f"
"""The role `User` of an application made from the custom template: a constant of the official samples (4.4)."""

APP_ROLES = freeze(
    [
        {
            "id": key,
            "allowedMemberTypes": ["User"],
            "description": name,
            "displayName": name,
            "isEnabled": True,
            "origin": "Application",
            "value": None,
        }
        for key, name in ((USER_ROLE, "User"), ("b9632174-c057-4f7e-951b-be3adc52bfe6", "msiam_access"))
    ]
)

_NO_ROLE = "00000000-0000-0000-0000-000000000000"


def service_principal_of(key: str) -> str:
    """The id of the service principal of the application with that object id: the same on every machine."""
    return str(uuid5(NAMESPACE_OID, f"servicePrincipal:{key}"))


def a_user_has_a_name_of_its_own(change: Change) -> None:
    """The directory: a userPrincipalName, in any letter case, is one user's."""
    wanted = str(change.new["userPrincipalName"]).lower()
    if not change.differs("userPrincipalName"):
        return
    if any(each["userPrincipalName"].lower() == wanted for each in change.tenant.all(USER).values()):
        raise NameInUse()


def it_stands_for_an_application(change: Change) -> Mapping[str, Any]:
    """4.4: a service principal has its application's appId, and its name unless it was given one."""
    app_id = change.new["appId"]
    owner = next((each for each in change.tenant.all("application").values() if each["appId"] == app_id), None)
    if owner is None:
        raise UnknownAppId(app_id=app_id)
    name = change.new["displayName"] or owner["displayName"]
    return {"application": owner["id"], "displayName": name, "appDisplayName": owner["displayName"]}


def an_application_has_one_service_principal(change: Change) -> None:
    """The directory refuses a second one for the same appId; text from memory of public threads, unverified."""
    if change.tenant.pointing_to(SERVICE_PRINCIPAL, "application", change.new["application"]):
        raise PrincipalExists(app_id=change.new["appId"])


def it_stands_for_the_same_application_for_good(change: Change) -> None:
    """The directory lets nobody give a service principal another appId."""
    if change.differs("appId"):
        raise UnknownAppId(app_id=change.new["appId"])


def it_names_both_ends(change: Change) -> Mapping[str, Any]:
    """4.4 step 6: the answer carries the names and kinds of both ends."""
    new, tenant = change.new, change.tenant
    principal = _principal(tenant, new["principalId"])
    resource = tenant.get(SERVICE_PRINCIPAL, new["resourceId"])
    if resource is None:
        raise ResourceNotFound(id=new["resourceId"])
    kind = principal.type.name
    return {
        **dict.fromkeys((USER, GROUP, SERVICE_PRINCIPAL)),
        kind: principal["id"],
        "resource": resource["id"],
        "creationTimestamp": new["creationTimestamp"] or change.command.at,
        "principalDisplayName": principal["displayName"],
        "principalType": kind[0].upper() + kind[1:],
        "resourceDisplayName": resource["displayName"],
    }


def _principal(tenant: Tenant, key: str) -> Entity:
    for kind in (USER, GROUP, SERVICE_PRINCIPAL):
        found = tenant.get(kind, key)
        if found is not None:
            return found
    raise ResourceNotFound(id=key)


def both_ends_are_those_of_the_path(change: Change) -> None:
    """What the path names is one end; the tutorial posts to appRoleAssignments of the resource (4.4 step 6)."""
    for key in getattr(change.command, "links", {}).values():
        if key not in (change.new["principalId"], change.new["resourceId"]):
            raise AssignmentMismatch(id=key)


def the_role_is_one_of_the_resource(change: Change) -> None:
    """The directory: a role of the resource, or the empty GUID where it declares none."""
    resource = change.tenant.all(SERVICE_PRINCIPAL)[change.new["resource"]]
    roles = {role["id"] for role in resource["appRoles"]}
    if change.new["appRoleId"] not in roles and change.new["appRoleId"] != _NO_ROLE:
        raise NoSuchRole(id=change.new["appRoleId"])


def nobody_is_assigned_twice(change: Change) -> None:
    """The directory's words for an entry that is there already."""
    new = change.new
    for key in change.tenant.pointing_to(APP_ROLE_ASSIGNMENT, "resource", new["resource"]):
        other = change.tenant.all(APP_ROLE_ASSIGNMENT)[key]
        if (other["principalId"], other["appRoleId"]) == (new["principalId"], new["appRoleId"]):
            raise AssignmentExists()


def nobody_is_a_member_twice(change: Change) -> None:
    """graph_reference 5.9: the directory's convention for a reference that is there already."""
    if change.before == change.after:
        raise AlreadyMember()


_ASSIGNMENTS = frozenset({LIST, CREATE, GET, DELETE})

user = EntityType(
    USER,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("displayName", required=True),
        Property("userPrincipalName", required=True),
        Property("accountEnabled", BOOLEAN, default=True),
        Property("department"),
        Property("jobTitle"),
        Property("mail"),
        Property("mailNickname"),
        Property("password", hidden=True),
        Property("directoryRoles", nullable=False, collection=True, default=(), hidden=True),
    ),
    navigations=(
        Navigation("memberOf", GROUP, inverse="members", allows=frozenset({LIST})),
        Navigation("appRoleAssignments", APP_ROLE_ASSIGNMENT, inverse=USER, allows=_ASSIGNMENTS),
    ),
    open=True,
    directory=True,
    searchable=True,
    alternate_keys=("userPrincipalName",),
    rules={Create: (a_user_has_a_name_of_its_own,), Update: (a_user_has_a_name_of_its_own,)},
    missing=ResourceNotFound,
)

group = EntityType(
    GROUP,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("displayName", required=True),
        Property("description"),
        Property("groupTypes", nullable=False, collection=True, default=()),
        Property("mailEnabled", BOOLEAN, default=False),
        Property("mailNickname"),
        Property("securityEnabled", BOOLEAN, default=True),
    ),
    navigations=(
        Navigation("members", USER, stored=True, many=True, allows=frozenset({LIST, LINK, UNLINK})),
        Navigation("appRoleAssignments", APP_ROLE_ASSIGNMENT, inverse=GROUP, allows=_ASSIGNMENTS),
    ),
    open=True,
    directory=True,
    searchable=True,
    rules={Link: (nobody_is_a_member_twice,)},
    missing=ResourceNotFound,
)

service_principal = EntityType(
    SERVICE_PRINCIPAL,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("deletedDateTime", DATE_TIME_OFFSET, writable=False),
        Property("accountEnabled", BOOLEAN, default=True),
        Property("appId", required=True),
        Property("applicationTemplateId", writable=False),
        Property("appDisplayName", writable=False),
        Property("displayName"),
        Property("appRoleAssignmentRequired", BOOLEAN, default=True),
        Property("appRoles", nullable=False, writable=False, collection=True, default=(), type=app_role),
        Property("servicePrincipalType", default="Application"),
        Property("tags", nullable=False, collection=True, default=()),
    ),
    navigations=(
        Navigation("application", "application", collection=False, stored=True, owner=True),
        Navigation("appRoleAssignments", APP_ROLE_ASSIGNMENT, inverse=SERVICE_PRINCIPAL, allows=_ASSIGNMENTS),
        Navigation("appRoleAssignedTo", APP_ROLE_ASSIGNMENT, inverse="resource", allows=_ASSIGNMENTS),
    ),
    open=True,
    directory=True,
    searchable=True,
    alternate_keys=("appId",),
    consequences={Create: (it_stands_for_an_application,)},
    rules={
        Create: (an_application_has_one_service_principal,),
        Update: (it_stands_for_the_same_application_for_good,),
    },
    missing=ResourceNotFound,
)

app_role_assignment = EntityType(
    APP_ROLE_ASSIGNMENT,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("creationTimestamp", DATE_TIME_OFFSET, writable=False),
        Property("appRoleId", GUID, nullable=False, default=_NO_ROLE),
        Property("principalDisplayName", writable=False),
        Property("principalId", GUID, nullable=False, required=True),
        Property("principalType", writable=False),
        Property("resourceDisplayName", writable=False),
        Property("resourceId", GUID, nullable=False, required=True),
    ),
    navigations=(
        Navigation(USER, USER, collection=False, stored=True, owner=True),
        Navigation(GROUP, GROUP, collection=False, stored=True, owner=True),
        Navigation(SERVICE_PRINCIPAL, SERVICE_PRINCIPAL, collection=False, stored=True, owner=True),
        Navigation("resource", SERVICE_PRINCIPAL, collection=False, stored=True, owner=True),
    ),
    directory=True,
    searchable=True,
    consequences={Create: (it_names_both_ends,)},
    rules={
        Create: (both_ends_are_those_of_the_path, the_role_is_one_of_the_resource, nobody_is_assigned_twice),
    },
    missing=ResourceNotFound,
)
