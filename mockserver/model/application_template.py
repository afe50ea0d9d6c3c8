"""Application templates: how an application and its service principal come about together (graph_reference 4.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mockserver.core.commands import Command, Create
from mockserver.core.edm import Action, ComplexType, EntityType, Navigation, Property
from mockserver.core.entity import Entity
from mockserver.core.errors import ResourceNotFound
from mockserver.core.tenant import Tenant
from mockserver.model.application import APPLICATION, app_id_of
from mockserver.model.directory import APP_ROLES, SERVICE_PRINCIPAL

TEMPLATE = "applicationTemplate"

CUSTOM_TEMPLATE = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
"""`Add custom app` of the global cloud (graph_reference 0.1)."""

TEMPLATES = (
    (CUSTOM_TEMPLATE, "Custom"),
    ("4602d0b4-76bb-404b-bca9-2652e1a39c6d", "Custom (US Government)"),
    ("5a532e38-1581-4918-9658-008dc27c1d68", "Custom (China)"),
)
"""Every tenant has these from the start: the template `Add custom app` of each cloud."""

_TAGS = ("WindowsAzureActiveDirectoryCustomSingleSignOnApplication", "WindowsAzureActiveDirectoryIntegratedApp")
_HOME = (
    "https://account.activedirectory.windowsazure.com:444/applications/default.aspx?metadata=customappsso|ISV9.1|"
    "primary|z"
)


def _instantiated(
    _: Tenant, template: Entity, parameters: Mapping[str, Any], draw: Callable[[], str]
) -> Iterator[Command]:
    """4.4 step 1: an application and, for it, a service principal to which users must be assigned."""
    application, principal = draw(), draw()
    named = {"displayName": parameters["displayName"], "applicationTemplateId": template["id"], "appRoles": APP_ROLES}
    yield Create(APPLICATION, application, "", {**named, "web": {"homePageUrl": _HOME}})
    yield Create(SERVICE_PRINCIPAL, principal, "", {**named, "appId": app_id_of(application), "tags": _TAGS})


def _both(tenant: Tenant, done: tuple[Command, ...]) -> Mapping[str, Entity]:
    application, principal = done
    return {
        "application": tenant.all(APPLICATION)[application.id],
        "servicePrincipal": tenant.all(SERVICE_PRINCIPAL)[principal.id],
    }


application_service_principal = ComplexType(
    "applicationServicePrincipal",
    navigations=(
        Navigation("application", APPLICATION, collection=False, contained=True),
        Navigation("servicePrincipal", SERVICE_PRINCIPAL, collection=False, contained=True),
    ),
)

application_template = EntityType(
    TEMPLATE,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("displayName"),
        Property("description"),
        Property("publisher"),
        Property("homePageUrl"),
        Property("logoUrl"),
        Property("categories", collection=True, default=()),
        Property("supportedProvisioningTypes", collection=True, default=()),
        Property("supportedSingleSignOnModes", collection=True, default=()),
    ),
    actions=(
        Action(
            "instantiate",
            ComplexType(
                "instantiateParameters",
                (Property("displayName", required=True), Property("serviceManagementReference")),
            ),
            _instantiated,
            application_service_principal,
            _both,
            status=201,
        ),
    ),
    directory=True,
    missing=ResourceNotFound,
)
