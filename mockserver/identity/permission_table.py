"""What the service asks of callers, row by row.

A row's place is a set at the root (`groups`), or a type and what follows from it (`group/members`), however deep in a
path that is. LIST reads a collection, its count or its references; the other verbs are methods.

Sources, as the rows name them:

    PERM     permissions/new/permissions.json of microsoftgraph/microsoft-graph-devx-content at 6cbd6bb, 2026-08-07,
             from which graph_reference 3.0 is taken
    LEARN    a page of learn.microsoft.com/graph/api
    RBAC     rbac-app-proxy-read.md and -write.md of microsoftgraph/microsoft-graph-docs-contrib
    TASKS    the application proxy in Entra's "Least privileged roles by task"
    ISSUE    microsoftgraph/msgraph-sdk-powershell issue 2428
    QA       learn.microsoft.com/answers/questions/358542
    M365DSC  settings.json of its two resources here, 1.26.715: of connector groups and of the profile's settings, taken
             for all that is read or changed around them
    GITOPS, TF as in graph_reference
    like     no source of its own: what its nearest sibling says

Left out of what PERM lists: permissions that open the caller's own entry only (`User.Read`), single properties
(`User-Phone.ReadWrite.All`, `Group-NestingSupport.ReadWrite.All`) or what the mock has not (entities of Intune, agents
and cross-cloud users). Added: Directory.ReadWrite.All wherever Directory.Read.All will do, as it includes that.
`Application.ReadWrite.OwnedBy` opens all applications, as the mock knows no owners. Where PERM marks as least what
opens more than another does, the other comes first.
"""

from __future__ import annotations

from typing import NamedTuple

Alternatives = tuple[frozenset[str], ...]
"""Each opens the operation, with all its permissions together; least privileged first. Without any, nothing does."""


class Row(NamedTuple):
    """Verbs at a place, and what callers need for them."""

    place: str
    verbs: str
    delegated: Alternatives
    application: Alternatives
    roles: frozenset[str]
    observed: Alternatives
    source: str


def any_of(*alternatives: str) -> Alternatives:
    """Alternatives by their names; those of permissions needed together are joined by `+`."""
    return tuple(frozenset(each.split("+")) for each in alternatives)


NO_ROLE: frozenset[str] = frozenset()
WRITERS = frozenset({"Application Administrator", "Global Administrator"})
READERS = WRITERS | {"Global Secure Access Administrator"}
"""RBAC: a Cloud Application Administrator cannot manage the proxy. A how-to of 2024 says it can (U-13)."""

NONE: Alternatives = ()
TOKEN: Alternatives = (frozenset(),)
"""Any valid token will do."""

DIRECTORY = any_of("Directory.ReadWrite.All")
DIRECTORY_READ = any_of("Directory.Read.All", "Directory.ReadWrite.All")
PUBLISHING = any_of("OnPremisesPublishingProfiles.ReadWrite.All")
HYBRID = any_of("Policy.ReadWrite.HybridAuthentication", "Directory.ReadWrite.All")
HYBRID_READ = any_of("Policy.Read.HybridAuthentication") + HYBRID
ASSIGNING = PUBLISHING + DIRECTORY
"""GITOPS assigns connector groups with the first, TF with the second."""

APP = any_of("Application.ReadWrite.All")
APP_READ = any_of("Application.Read.All", "Application.ReadWrite.All")
OWN_APP = any_of("Application.ReadWrite.OwnedBy", "Application.ReadWrite.All")
OWN_APP_READ = any_of("Application.Read.All", "Application.ReadWrite.OwnedBy", "Application.ReadWrite.All")
NEW_APP = any_of("AppRegistration.Create")
ENTRY_READ, OWN_ENTRY_READ = APP_READ + DIRECTORY_READ, OWN_APP_READ + DIRECTORY_READ
ENTRY, OWN_ENTRY = APP + DIRECTORY, OWN_APP + DIRECTORY
"""Of applications and service principals, as the directory has them."""

GROUP_GONE = any_of("Group.ReadWrite.All")
GROUP, NEW_GROUP = GROUP_GONE + DIRECTORY, any_of("Group.Create") + GROUP_GONE + DIRECTORY
GROUP_READ = any_of("Group.ReadBasic.All", "GroupMember.Read.All", "Group.Read.All", "Directory.Read.All") + GROUP
MEMBER = any_of("GroupMember.ReadWrite.All") + GROUP
MEMBER_READ = any_of("GroupMember.ReadBasic.All", "GroupMember.Read.All", "Group.ReadBasic.All", "Group.Read.All")
MEMBER_READ += any_of("Directory.Read.All") + MEMBER
MEMBERSHIP = any_of("GroupMember.ReadBasic.All", "Group.ReadBasic.All", "GroupMember.Read.All") + DIRECTORY_READ
APP_MEMBERSHIP = any_of("GroupMember.ReadBasic.All", "Group.ReadBasic.All") + DIRECTORY_READ
USER = any_of("User.ReadWrite.All", "Directory.ReadWrite.All")
USER_READ = any_of("User.ReadBasic.All", "User.Read.All", "Directory.Read.All") + USER
USER_GONE = any_of("User.DeleteRestore.All", "User.ReadWrite.All")

ASSIGNMENT = any_of("AppRoleAssignment.ReadWrite.All")
ASSIGNMENT_READ = any_of("Directory.Read.All", "AppRoleAssignment.ReadWrite.All", "Directory.ReadWrite.All")
GRANT = any_of(
    "AppRoleAssignment.ReadWrite.All+Application.Read.All",
    "AppRoleAssignment.ReadWrite.All+Directory.Read.All",
    "AppRoleAssignment.ReadWrite.All+Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All+Directory.ReadWrite.All",
)
REVOKE = ASSIGNMENT + APP

PROFILE, PROFILES = "onPremisesPublishingProfile", "onPremisesPublishingProfiles"
GROUPS, UPDATER = f"{PROFILE}/connectorGroups", f"{PROFILE}/hybridAgentUpdaterConfiguration"
AGENT_GROUP = "onPremisesAgentGroup"
ASSIGNED, LOGO = "application/connectorGroup", "application/logo"
PUBLISHED = "application/onPremisesPublishing"
IP_SEGMENTS = f"{PUBLISHED}/segmentsConfiguration/microsoft.graph.ipSegmentConfiguration/applicationSegments"
WEB_SEGMENTS = f"{PUBLISHED}/segmentsConfiguration/microsoft.graph.webSegmentConfiguration/applicationSegments"

PROXY = "PERM; roles: TASKS, RBAC; app-only: M365DSC"
ASSIGNS = "PERM; roles: TASKS; app-only: GITOPS, TF"
READS_PROFILE = "PERM; roles: ISSUE; app-only: M365DSC"
WRITES_PROFILE = f"like PATCH of {UPDATER}; roles: TASKS; app-only: M365DSC"
RESOURCES = f"like those of {PROFILE}"
OF_SEGMENT = f"like GET of {IP_SEGMENTS}; roles: RBAC"
NO_TABLE = f"like {IP_SEGMENTS}, as the tables of its pages in LEARN let nobody in; roles: RBAC"

ROWS = (
    Row(GROUPS, "LIST GET", DIRECTORY, NONE, READERS, DIRECTORY_READ, PROXY),
    Row(GROUPS, "POST", DIRECTORY, DIRECTORY, WRITERS, NONE, PROXY),
    Row(GROUPS, "PATCH DELETE", DIRECTORY, NONE, WRITERS, DIRECTORY, PROXY),
    Row("connectorGroup/members", "LIST", DIRECTORY, NONE, READERS, DIRECTORY_READ, PROXY),
    Row("connectorGroup/members", "POST", DIRECTORY, NONE, WRITERS, DIRECTORY, PROXY),
    Row("connectorGroup/members", "DELETE", DIRECTORY, NONE, WRITERS, DIRECTORY, "like POST"),
    Row("connectorGroup/applications", "LIST", DIRECTORY, NONE, READERS, DIRECTORY_READ, PROXY),
    Row("connectorGroup/applications", "GET", DIRECTORY, NONE, READERS, DIRECTORY_READ, "like LIST"),
    Row(f"{PROFILE}/connectors", "LIST GET", DIRECTORY, NONE, READERS, DIRECTORY_READ, PROXY),
    Row(f"{PROFILE}/connectors", "POST PATCH DELETE", DIRECTORY, NONE, WRITERS, DIRECTORY, f"like PATCH of {GROUPS}"),
    Row("connector/memberOf", "LIST", DIRECTORY, NONE, READERS, DIRECTORY_READ, PROXY),
    Row("connector/memberOf", "POST", DIRECTORY, NONE, WRITERS, DIRECTORY, PROXY),
    Row("connector/memberOf", "PUT DELETE", DIRECTORY, NONE, WRITERS, DIRECTORY, "like POST"),
    Row(ASSIGNED, "GET", DIRECTORY, NONE, READERS, DIRECTORY_READ, f"like GET of {GROUPS}"),
    Row(ASSIGNED, "PUT", DIRECTORY, NONE, WRITERS, ASSIGNING, ASSIGNS),
    Row(ASSIGNED, "DELETE", DIRECTORY, NONE, WRITERS, ASSIGNING, "like PUT"),
    # Profiles. That the updater, agents, their groups and resources ask for a role, no source shows.
    Row(PROFILES, "LIST", HYBRID_READ, NONE, READERS, DIRECTORY_READ, "like GET"),
    Row(PROFILES, "GET", HYBRID_READ, NONE, READERS, DIRECTORY_READ, READS_PROFILE),
    Row(PROFILES, "POST PATCH DELETE", DIRECTORY, NONE, WRITERS, DIRECTORY, WRITES_PROFILE),
    Row(UPDATER, "GET", HYBRID_READ, NONE, NO_ROLE, NONE, "like GET of the profile"),
    Row(UPDATER, "PATCH", DIRECTORY, NONE, NO_ROLE, NONE, "PERM"),
    Row(UPDATER, "DELETE", DIRECTORY, NONE, NO_ROLE, NONE, "like PATCH"),
    Row(f"{PROFILE}/agents", "LIST GET", HYBRID_READ, NONE, NO_ROLE, NONE, "PERM"),
    Row(f"{PROFILE}/agents", "POST PATCH DELETE", HYBRID, NONE, NO_ROLE, NONE, f"like PATCH of {PROFILE}/agentGroups"),
    Row(f"{PROFILE}/agentGroups", "LIST GET", HYBRID_READ, NONE, NO_ROLE, NONE, "PERM"),
    Row(f"{PROFILE}/agentGroups", "POST", DIRECTORY, NONE, NO_ROLE, NONE, "LEARN onpremisesagentgroup-post"),
    Row(f"{PROFILE}/agentGroups", "PATCH DELETE", HYBRID, NONE, NO_ROLE, NONE, "PERM; PATCH: of its path"),
    Row("onPremisesAgent/agentGroups", "LIST", HYBRID_READ, NONE, NO_ROLE, NONE, f"like LIST of {PROFILE}/agentGroups"),
    Row("onPremisesAgent/agentGroups", "POST DELETE", HYBRID, NONE, NO_ROLE, NONE, "PERM"),
    Row(f"{AGENT_GROUP}/agents", "LIST GET", HYBRID_READ, NONE, NO_ROLE, NONE, f"like {PROFILE}/agents"),
    Row(f"{AGENT_GROUP}/agents", "POST", HYBRID, NONE, NO_ROLE, NONE, "PERM"),
    Row(f"{AGENT_GROUP}/agents", "PATCH DELETE", HYBRID, NONE, NO_ROLE, NONE, "like POST"),
    Row(f"{PROFILE}/publishedResources", "LIST GET POST PATCH", PUBLISHING, NONE, NO_ROLE, NONE, "PERM"),
    Row(f"{PROFILE}/publishedResources", "DELETE", PUBLISHING, NONE, NO_ROLE, NONE, "LEARN publishedresource-delete"),
    Row(f"{AGENT_GROUP}/publishedResources", "LIST GET POST PATCH DELETE", PUBLISHING, NONE, NO_ROLE, NONE, RESOURCES),
    Row("publishedResource/agentGroups", "LIST", PUBLISHING, NONE, NO_ROLE, NONE, "like POST"),
    Row("publishedResource/agentGroups", "POST DELETE", PUBLISHING, NONE, NO_ROLE, NONE, "PERM"),
    Row(f"{PROFILE}/sensors", "LIST GET", PUBLISHING, NONE, READERS, NONE, "PERM; roles: RBAC"),
    Row(f"{PROFILE}/sensors", "POST PATCH DELETE", PUBLISHING, NONE, WRITERS, NONE, "like GET"),
    Row(f"{PROFILE}/applicationSegments", "LIST", PUBLISHING, PUBLISHING, READERS, NONE, "PERM; roles: RBAC"),
    Row(f"{PROFILE}/applicationSegments", "GET", PUBLISHING, PUBLISHING, READERS, NONE, "like LIST"),
    # Applications, and what the proxy keeps of them.
    Row(PUBLISHED, "GET", APP_READ, OWN_APP_READ, READERS, NONE, "PERM; roles: TASKS, QA"),
    Row(PUBLISHED, "PATCH DELETE", APP, OWN_APP, WRITERS, PUBLISHING, "PERM; roles: TASKS; app-only: GITOPS"),
    Row(IP_SEGMENTS, "LIST GET", APP_READ, OWN_APP_READ, READERS, NONE, "PERM; roles: RBAC"),
    Row(IP_SEGMENTS, "POST PATCH DELETE", APP, OWN_APP, WRITERS, NONE, "PERM; roles: RBAC"),
    Row(WEB_SEGMENTS, "LIST GET", APP_READ, OWN_APP_READ, READERS, NONE, NO_TABLE),
    Row(WEB_SEGMENTS, "POST PATCH DELETE", APP, OWN_APP, WRITERS, NONE, NO_TABLE),
    Row("webApplicationSegment/corsConfigurations", "LIST GET", APP_READ, OWN_APP_READ, READERS, NONE, NO_TABLE),
    Row("webApplicationSegment/corsConfigurations", "POST PATCH DELETE", APP, OWN_APP, WRITERS, NONE, NO_TABLE),
    Row("ipApplicationSegment/application", "GET", APP_READ, OWN_APP_READ, READERS, NONE, OF_SEGMENT),
    Row("applications", "LIST GET", ENTRY_READ, OWN_ENTRY_READ, NO_ROLE, NONE, "PERM"),
    Row("applications", "POST", NEW_APP + APP, NEW_APP + OWN_APP, NO_ROLE, NONE, "PERM"),
    Row("applications", "PATCH DELETE", APP, OWN_APP, NO_ROLE, NONE, "PERM"),
    Row(LOGO, "GET", ENTRY_READ, OWN_ENTRY_READ, NO_ROLE, NONE, "like GET of applications"),
    Row(LOGO, "PUT", APP, OWN_APP, NO_ROLE, NONE, "PERM"),
    Row(LOGO, "DELETE", APP, OWN_APP, NO_ROLE, NONE, "like PUT"),
    Row("applicationTemplates", "LIST GET", TOKEN, TOKEN, NO_ROLE, NONE, "LEARN applicationtemplate-list, -get"),
    Row("applicationTemplate/instantiate", "POST", ENTRY, OWN_ENTRY, NO_ROLE, NONE, "PERM"),
    # The rest of the directory.
    Row("groups", "LIST GET", GROUP_READ, GROUP_READ, NO_ROLE, NONE, "PERM"),
    Row("groups", "POST", GROUP, NEW_GROUP, NO_ROLE, NONE, "PERM"),
    Row("groups", "PATCH", GROUP, GROUP, NO_ROLE, NONE, "PERM"),
    Row("groups", "DELETE", GROUP_GONE, GROUP_GONE, NO_ROLE, NONE, "PERM"),
    Row("group/members", "LIST", MEMBER_READ, MEMBER_READ, NO_ROLE, NONE, "PERM"),
    Row("group/members", "POST", MEMBER, MEMBER, NO_ROLE, NONE, "LEARN group-post-members; higher: like DELETE"),
    Row("group/members", "DELETE", MEMBER, MEMBER, NO_ROLE, NONE, "PERM"),
    Row("users", "LIST GET", USER_READ, USER_READ, NO_ROLE, NONE, "PERM"),
    Row("users", "POST PATCH", USER, USER, NO_ROLE, NONE, "PERM"),
    Row("users", "DELETE", USER_GONE, USER_GONE, NO_ROLE, NONE, "PERM"),
    Row("user/memberOf", "LIST", MEMBERSHIP, APP_MEMBERSHIP, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipals", "LIST GET", ENTRY_READ, OWN_ENTRY_READ, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipals", "POST PATCH DELETE", ENTRY, OWN_ENTRY, NO_ROLE, NONE, "PERM"),
    Row("group/appRoleAssignments", "LIST", ASSIGNMENT_READ, ASSIGNMENT_READ, NO_ROLE, NONE, "PERM"),
    Row("group/appRoleAssignments", "GET", ASSIGNMENT_READ, ASSIGNMENT_READ, NO_ROLE, NONE, "like LIST"),
    Row("group/appRoleAssignments", "POST DELETE", ASSIGNMENT, ASSIGNMENT, NO_ROLE, NONE, "PERM"),
    Row("user/appRoleAssignments", "LIST", ASSIGNMENT_READ, ASSIGNMENT_READ, NO_ROLE, NONE, "PERM"),
    Row("user/appRoleAssignments", "GET", ASSIGNMENT_READ, ASSIGNMENT_READ, NO_ROLE, NONE, "like LIST"),
    Row("user/appRoleAssignments", "POST DELETE", ASSIGNMENT, ASSIGNMENT, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipal/appRoleAssignments", "LIST", ENTRY_READ, OWN_ENTRY_READ, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipal/appRoleAssignments", "GET", ENTRY_READ, OWN_ENTRY_READ, NO_ROLE, NONE, "like LIST"),
    Row("servicePrincipal/appRoleAssignments", "POST", GRANT, GRANT, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipal/appRoleAssignments", "DELETE", REVOKE, REVOKE, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipal/appRoleAssignedTo", "LIST", ENTRY_READ, OWN_ENTRY_READ, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipal/appRoleAssignedTo", "GET", ENTRY_READ, OWN_ENTRY_READ, NO_ROLE, NONE, "like LIST"),
    Row("servicePrincipal/appRoleAssignedTo", "POST", GRANT, GRANT, NO_ROLE, NONE, "PERM"),
    Row("servicePrincipal/appRoleAssignedTo", "DELETE", REVOKE, REVOKE, NO_ROLE, NONE, "PERM"),
)
