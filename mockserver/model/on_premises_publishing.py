"""What publishing an application through the proxy consists of: the complex type and its defaults.

Types, order and defaults: graph_reference 4.1 and 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from mockserver.core.commands import Change
from mockserver.core.edm import (
    BINARY,
    BOOLEAN,
    DATE_TIME_OFFSET,
    GUID,
    INT32,
    ComplexType,
    EnumType,
    Property,
)
from mockserver.core.entity import Entity
from mockserver.core.errors import ExternalUrlTaken, InternalUrlTaken
from mockserver.core.tenant import Tenant

external_authentication_type = EnumType("externalAuthenticationType", ("passthru", "aadPreAuthentication"))
single_sign_on_mode = EnumType(
    "singleSignOnMode",
    ("none", "onPremisesKerberos", "saml", "pingHeaderBased", "aadHeaderBased", "oAuthToken", "unknownFutureValue"),
    values=(0, 1, 3, 4, 5, 6, 7),
)
kerberos_sign_on_mapping_attribute_type = EnumType(
    "kerberosSignOnMappingAttributeType",
    (
        "userPrincipalName",
        "onPremisesUserPrincipalName",
        "userPrincipalUsername",
        "onPremisesUserPrincipalUsername",
        "onPremisesSAMAccountName",
    ),
)
traffic_routing_method = EnumType(
    "trafficRoutingMethod", ("none", "random", "sessionPersistence", "performance", "unknownFutureValue")
)

kerberos_sign_on_settings = ComplexType(
    "kerberosSignOnSettings",
    (
        Property("kerberosServicePrincipalName"),
        Property("kerberosSignOnMappingAttributeType", kerberos_sign_on_mapping_attribute_type),
    ),
)
single_sign_on = ComplexType(
    "onPremisesPublishingSingleSignOn",
    (
        Property("kerberosSignOnSettings", kerberos_sign_on_settings),
        Property("singleSignOnMode", single_sign_on_mode),
    ),
)
certificates_metadata = ComplexType(
    "verifiedCustomDomainCertificatesMetadata",
    (
        Property("expiryDate", DATE_TIME_OFFSET),
        Property("issueDate", DATE_TIME_OFFSET),
        Property("issuerName"),
        Property("subjectName"),
        Property("thumbprint"),
    ),
)
key_credential = ComplexType(
    "keyCredential",
    (
        Property("customKeyIdentifier", BINARY),
        Property("displayName"),
        Property("endDateTime", DATE_TIME_OFFSET),
        Property("key", BINARY),
        Property("keyId", GUID),
        Property("startDateTime", DATE_TIME_OFFSET),
        Property("type"),
        Property("usage"),
    ),
)
password_credential = ComplexType(
    "passwordCredential",
    (
        Property("customKeyIdentifier", BINARY),
        Property("displayName"),
        Property("endDateTime", DATE_TIME_OFFSET),
        Property("hint"),
        Property("keyId", GUID),
        Property("secretText"),
        Property("startDateTime", DATE_TIME_OFFSET),
    ),
)
segment_configuration = ComplexType("segmentConfiguration", abstract=True)
cors_properties = (
    Property("allowedHeaders", collection=True, default=()),
    Property("allowedMethods", collection=True, default=()),
    Property("allowedOrigins", collection=True, default=()),
    Property("maxAgeInSeconds", INT32),
    Property("resource"),
)
cors_configuration = ComplexType("corsConfiguration", cors_properties)
application_segment = ComplexType(
    "onPremisesApplicationSegment",
    (
        Property("alternateUrl"),
        Property("corsConfigurations", cors_configuration, collection=True, default=()),
        Property("externalUrl"),
        Property("internalUrl"),
    ),
)

on_premises_publishing = ComplexType(
    "onPremisesPublishing",
    (
        Property("externalUrl"),
        Property("internalUrl"),
        Property("alternateUrl"),
        Property("externalAuthenticationType", external_authentication_type, default="aadPreAuthentication"),
        Property("isTranslateHostHeaderEnabled", BOOLEAN, default=True),
        Property("isTranslateLinksInBodyEnabled", BOOLEAN, default=False),
        Property("isOnPremPublishingEnabled", BOOLEAN, default=True),
        Property("isHttpOnlyCookieEnabled", BOOLEAN, default=False),
        Property("isSecureCookieEnabled", BOOLEAN, default=True),
        Property("isPersistentCookieEnabled", BOOLEAN, default=False),
        Property("isBackendCertificateValidationEnabled", BOOLEAN, default=True),
        Property("applicationServerTimeout", default="Default"),
        Property("useAlternateUrlForTranslationAndRedirect", BOOLEAN, default=False),
        Property("applicationType", default="enterpriseapp"),
        Property("isStateSessionEnabled", BOOLEAN, default=False),
        Property("isAccessibleViaZTNAClient", BOOLEAN, default=False),
        Property("isDnsResolutionEnabled", BOOLEAN, default=False),
        Property("isContinuousAccessEvaluationEnabled", BOOLEAN, default=True),
        Property("isDeviceAccessEnabled", BOOLEAN, default=False),
        Property("trafficRoutingMethod", traffic_routing_method, nullable=False, default="none"),
        Property("verifiedCustomDomainCertificatesMetadata", certificates_metadata, writable=False),
        Property("verifiedCustomDomainKeyCredential", key_credential),
        Property("verifiedCustomDomainPasswordCredential", password_credential),
        Property("singleSignOnSettings", single_sign_on),
        Property("segmentsConfiguration", segment_configuration, writable=False),
        Property("onPremisesApplicationSegments", application_segment, collection=True, default=()),
        Property("wafProvider"),
    ),
)

_WITHDRAWN = "PowerShellDeleteApplication"
_PRIVATE_ACCESS = frozenset({"nonwebapp", "quickaccessapp"})
_OF_A_WEB_APPLICATION = tuple(
    each.name
    for each in on_premises_publishing.properties
    if each.type is BOOLEAN and each.name not in ("isOnPremPublishingEnabled", "isAccessibleViaZTNAClient")
)


def is_private_access(publishing: Mapping[str, Any] | None) -> bool:
    return str((publishing or {}).get("applicationType") or "").lower() in _PRIVATE_ACCESS


def is_withdrawn(publishing: Mapping[str, Any]) -> bool:
    """R51, graph_reference 4.3 rule 7: EntraPS withdraws an application by writing this word into both URLs."""
    return all(publishing.get(name) == _WITHDRAWN for name in ("internalUrl", "externalUrl"))


def completed(
    publishing: Mapping[str, Any], said: Mapping[str, Any], app_id: str, before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The value as the service keeps it, given what the request `said` of it and what it was `before`.

    4.1: `Default` and `Long` are returned capitalised (U-10); 4.2: URLs get their trailing slash, and what becomes a
    Private Access application gets `api://{appId}/` for both, passthru, and false for what is about web applications.
    """
    kept = dict(publishing)
    if is_private_access(kept) and not is_private_access(before):
        api = f"api://{app_id}/"
        own: dict[str, Any] = {"internalUrl": api, "externalUrl": api, "externalAuthenticationType": "passthru"}
        own |= dict.fromkeys(_OF_A_WEB_APPLICATION, False)
        kept |= {name: value for name, value in own.items() if said.get(name) is None}
    for name in ("internalUrl", "externalUrl"):
        kept[name] = _with_slash(kept.get(name))
    kept["applicationServerTimeout"] = (kept.get("applicationServerTimeout") or "Default").capitalize()
    return kept


def _with_slash(url: str | None) -> str | None:
    if not url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(path="/")) if parts.netloc and not parts.path else url


def urls_are_unique(change: Change) -> None:
    """graph_reference 4.3 rule 5: no two applications of a tenant share an internal or an external URL."""
    publishing = change.new.get("onPremisesPublishing")
    if publishing is None or not change.differs("onPremisesPublishing"):
        return
    for name, taken in (("internalUrl", InternalUrlTaken), ("externalUrl", ExternalUrlTaken)):
        url = publishing[name]
        if url and url.lower() in _urls(change.tenant, name, but=change.new["id"]):
            raise taken(url=url)


def _urls(tenant: Tenant, name: str, but: str) -> Iterator[str]:
    for application in _published(tenant):
        url = application["onPremisesPublishing"][name]
        if url and application["id"] != but:
            yield url.lower()


def _published(tenant: Tenant) -> Iterator[Entity]:
    return (each for each in tenant.all("application").values() if each["onPremisesPublishing"] is not None)
