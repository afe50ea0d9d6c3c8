"""Applications, as far as they matter to connector groups: a published one is in exactly one group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from mockserver.core.commands import Change, Create, Link, Unlink, Update
from mockserver.core.edm import (
    BOOLEAN,
    DATE_TIME_OFFSET,
    GET,
    GUID,
    LINK,
    LIST,
    STREAM,
    UNLINK,
    ComplexType,
    EntityType,
    Guard,
    Navigation,
    Property,
)
from mockserver.core.errors import (
    AlreadyOnDefault,
    ApplicationNotFound,
    DefaultGroupIsIdle,
    MissingProperty,
    MixedPublishing,
    PublishingNotSelectable,
    ResourceNotFound,
)
from mockserver.model.behaviours import ASSIGNMENT_LAG, PUBLISHING_IN_LISTS, UNASSIGN_FROM_DEFAULT
from mockserver.model.connector_group import CONNECTOR_GROUP, default_group, existing_group
from mockserver.model.on_premises_publishing import (
    completed,
    is_withdrawn,
    key_credential,
    on_premises_publishing,
    password_credential,
    urls_are_unique,
)

APPLICATION = "application"


def app_id_of(key: str) -> str:
    """The appId of the application with that object id: another GUID, the same on every machine."""
    return str(uuid5(NAMESPACE_OID, f"appId:{key}"))


def is_published(application: Mapping[str, Any]) -> bool:
    return application["onPremisesPublishing"] is not None


def has_an_app_id_and_a_birthday(change: Change) -> Mapping[str, Any]:
    """graph_reference 4.4 step 1: both are the service's to give."""
    return {
        "appId": change.new["appId"] or app_id_of(change.new["id"]),
        "createdDateTime": change.new["createdDateTime"] or change.command.at,
    }


def publishing_is_completed(change: Change) -> Mapping[str, Any]:
    """graph_reference 4.1, 4.2: defaults and the forms in which the service returns them."""
    publishing = change.new["onPremisesPublishing"]
    if publishing is None or not change.differs("onPremisesPublishing"):
        return {}
    if is_withdrawn(publishing):
        return {"onPremisesPublishing": None}
    said = getattr(change.command, "properties", {}).get("onPremisesPublishing") or {}
    before = None if change.before is None else change.old["onPremisesPublishing"]
    return {"onPremisesPublishing": completed(publishing, said, change.new["appId"], before)}


def published_means_in_a_group(change: Change) -> Mapping[str, Any]:
    """R6, R51: once published in the default group until assigned; no longer published, in no group."""
    if not is_published(change.new):
        return {"connectorGroup": None}
    return {"connectorGroup": change.new.get("connectorGroup") or default_group(change.tenant)["id"]}


def unassigned_means_default(change: Change) -> Mapping[str, Any]:
    """R44: TF: after DELETE of the reference, the application shows the tenant's default group."""
    if not is_published(change.new) or change.new["connectorGroup"] is not None:
        return {}
    return {"connectorGroup": default_group(change.tenant)["id"]}


def publishing_is_said_alone(change: Change) -> None:
    """R51: microsoft-graph-docs issue 16577: not with other properties; application-update: not in a create."""
    said = getattr(change.command, "properties", {})
    if "onPremisesPublishing" in said and (len(said) > 1 or change.before is None):
        raise MixedPublishing()


def an_application_has_a_name(change: Change) -> None:
    """graph_reference 4.4: displayName is what a create needs. Its refusal is not known (8.6)."""
    if not (change.new["displayName"] or "").strip():
        raise MissingProperty(property="displayName", type="Application")


def only_published_applications_are_in_a_group(change: Change) -> None:
    """R7: TF: `Application_NotFound` for an application without onPremisesPublishing."""
    if not is_published(change.old):
        raise ApplicationNotFound(id=change.old["id"])


def the_group_exists(change: Change) -> None:
    """R36: ConnectorGroup_NotFound (EE's code); a group of another type takes no applications either (R23)."""
    existing_group(change.tenant, change.new["connectorGroup"])


def on_default_there_is_nothing_to_remove(change: Change) -> None:
    """R45: EntraPS help: an application on the default group cannot be removed from it. Q16 may let it pass."""
    on_default = change.old["connectorGroup"] == default_group(change.tenant)["id"]
    if on_default and change.tenant.behaviour[UNASSIGN_FROM_DEFAULT] == "refused":
        raise AlreadyOnDefault(id=change.old["id"])


def the_default_group_is_idle_by_policy(change: Change) -> None:
    """The seed's recommended configuration as a rule of this tenant: nothing is put or put back on the default group.

    A newly published application still waits there, as the service gives no other way (R6), until it is assigned.
    """
    denied = change.tenant.policy.get("defaultGroupServesApplications") == "deny"
    on_default = change.new["connectorGroup"] == default_group(change.tenant)["id"]
    if denied and on_default and change.differs("connectorGroup"):
        raise DefaultGroupIsIdle()


implicit_grant_settings = ComplexType(
    "implicitGrantSettings",
    (Property("enableAccessTokenIssuance", BOOLEAN), Property("enableIdTokenIssuance", BOOLEAN)),
)
web_application = ComplexType(
    "webApplication",
    (
        Property("homePageUrl"),
        Property("redirectUris", nullable=False, collection=True, default=()),
        Property("logoutUrl"),
        Property("implicitGrantSettings", implicit_grant_settings),
    ),
)
public_client_application = ComplexType(
    "publicClientApplication", (Property("redirectUris", nullable=False, collection=True, default=()),)
)
app_role = ComplexType(
    "appRole",
    (
        Property("id", GUID, nullable=False),
        Property("allowedMemberTypes", nullable=False, collection=True, default=()),
        Property("description"),
        Property("displayName"),
        Property("isEnabled", BOOLEAN, nullable=False, default=True),
        Property("origin", writable=False),
        Property("value"),
    ),
)
informational_url = ComplexType(
    "informationalUrl",
    (
        Property("logoUrl", writable=False),
        Property("marketingUrl"),
        Property("privacyStatementUrl"),
        Property("supportUrl"),
        Property("termsOfServiceUrl"),
    ),
)

application = EntityType(
    APPLICATION,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("deletedDateTime", DATE_TIME_OFFSET, writable=False),
        Property("appId", writable=False),
        Property("applicationTemplateId", writable=False),
        Property("createdDateTime", DATE_TIME_OFFSET, writable=False),
        Property("displayName", required=True),
        Property("description"),
        Property("groupMembershipClaims"),
        Property("identifierUris", nullable=False, collection=True, default=()),
        Property("isFallbackPublicClient", BOOLEAN),
        Property("signInAudience", default="AzureADMyOrg"),
        Property("tags", nullable=False, collection=True, default=()),
        Property("uniqueName", writable=False),
        Property("info", informational_url),
        Property("appRoles", app_role, nullable=False, collection=True, default=()),
        Property("keyCredentials", key_credential, nullable=False, collection=True, default=()),
        Property("passwordCredentials", password_credential, nullable=False, collection=True, default=()),
        Property("publicClient", public_client_application),
        Property("logo", STREAM, writable=False, selected=False, missing=ResourceNotFound),
        Property("web", web_application),
        Property(
            "onPremisesPublishing",
            on_premises_publishing,
            selected=False,
            beta_only=True,
            annotated=False,
            in_lists=Guard(frozenset({LIST}), PUBLISHING_IN_LISTS, ("allowed",), PublishingNotSelectable),
            missing=ApplicationNotFound,
        ),
    ),
    navigations=(
        Navigation(
            "connectorGroup",
            CONNECTOR_GROUP,
            collection=False,
            stored=True,
            allows=frozenset({GET, LINK, UNLINK}),
            user_only=frozenset({LINK, UNLINK}),
            lag=ASSIGNMENT_LAG,
            serves=lambda _, application: is_published(application),
            missing=ApplicationNotFound,
            beta_only=True,
        ),
    ),
    open=True,
    directory=True,
    searchable=True,
    alternate_keys=("appId", "uniqueName"),
    consequences={
        Create: (has_an_app_id_and_a_birthday, publishing_is_completed, published_means_in_a_group),
        Update: (publishing_is_completed, published_means_in_a_group),
        Unlink: (unassigned_means_default,),
    },
    rules={
        Create: (publishing_is_said_alone, an_application_has_a_name, urls_are_unique),
        Update: (publishing_is_said_alone, an_application_has_a_name, urls_are_unique),
        Link: (only_published_applications_are_in_a_group, the_group_exists, the_default_group_is_idle_by_policy),
        Unlink: (
            only_published_applications_are_in_a_group,
            on_default_there_is_nothing_to_remove,
            the_default_group_is_idle_by_policy,
        ),
    },
    missing=ResourceNotFound,
)
