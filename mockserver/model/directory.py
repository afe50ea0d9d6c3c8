"""Users, groups and service principals: the people and how they are assigned to applications."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

from mockserver.core.edm import BOOLEAN, DATE_TIME_OFFSET, GUID, LIST, EntityType, Navigation, Property
from mockserver.core.errors import ResourceNotFound

USER, GROUP = "user", "group"
SERVICE_PRINCIPAL, APP_ROLE_ASSIGNMENT = "servicePrincipal", "appRoleAssignment"

USER_ROLE = "18d14569-c3bd-439b-9a66-3a2aee01d14f"
"""The role `User` of an application made from the custom template: a constant of the official samples (4.4)."""


def service_principal_of(key: str) -> str:
    """The id of the service principal of the application with that object id: the same on every machine."""
    return str(uuid5(NAMESPACE_OID, f"servicePrincipal:{key}"))


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
    ),
    navigations=(Navigation("memberOf", GROUP, inverse="members", allows=frozenset({LIST})),),
    open=True,
    directory=True,
    alternate_keys=("userPrincipalName",),
    missing=ResourceNotFound,
)

group = EntityType(
    GROUP,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("displayName", required=True),
        Property("description"),
        Property("mailEnabled", BOOLEAN, default=False),
        Property("mailNickname"),
        Property("securityEnabled", BOOLEAN, default=True),
    ),
    navigations=(Navigation("members", USER, stored=True, many=True, allows=frozenset({LIST})),),
    open=True,
    directory=True,
    missing=ResourceNotFound,
)

service_principal = EntityType(
    SERVICE_PRINCIPAL,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("appId", required=True),
        Property("displayName"),
        Property("accountEnabled", BOOLEAN, default=True),
        Property("appRoleAssignmentRequired", BOOLEAN, default=True),
        Property("servicePrincipalType", default="Application"),
        Property("tags", nullable=False, collection=True, default=()),
    ),
    navigations=(
        Navigation("application", "application", collection=False, stored=True, owner=True),
        Navigation("appRoleAssignedTo", APP_ROLE_ASSIGNMENT, contained=True, allows=frozenset({LIST})),
    ),
    open=True,
    directory=True,
    alternate_keys=("appId",),
    missing=ResourceNotFound,
)

app_role_assignment = EntityType(
    APP_ROLE_ASSIGNMENT,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("creationTimestamp", DATE_TIME_OFFSET, writable=False),
        Property("appRoleId", GUID, nullable=False, default=USER_ROLE),
        Property("principalDisplayName", writable=False),
        Property("principalId", GUID, required=True),
        Property("principalType", writable=False),
        Property("resourceDisplayName", writable=False),
        Property("resourceId", GUID, required=True),
    ),
    directory=True,
    missing=ResourceNotFound,
)
