"""What the Azure CLI asks Azure Resource Manager while it logs in (clients.md 3.1): which cloud this is, and what the
account has there, which is a tenant and no subscriptions.
"""

from __future__ import annotations

from typing import Any

from flask import Response

from mockserver.identity.scopes import ARM_AUDIENCES, GRAPH
from mockserver.web.login.asked import Login, Route, answered


def endpoints(login: Login) -> Response:
    """The cloud that `az cloud register --endpoint-resource-manager` finds here."""
    root = login.root
    cloud: dict[str, Any] = {
        "name": "Mock",
        "portal": f"{root}/",
        "authentication": {
            "loginEndpoint": f"{root}/",
            # What `az rest` asks a token for at the resource manager's address, which is the Graph's as well here.
            "audiences": [f"{root}/", *sorted(ARM_AUDIENCES)],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "resourceManager": f"{root}/",
        "graph": f"{root}/",
        "graphAudience": GRAPH,
        "microsoftGraphResourceId": f"{root}/",
        "activeDirectoryDataLake": f"{root}/",
        "batch": f"{root}/",
        "media": f"{root}/",
        "sqlManagement": f"{root}/",
        "gallery": f"{root}/",
        "vmImageAliasDoc": f"{root}/",
        "suffixes": {},
    }
    return answered(cloud)


def subscriptions(login: Login) -> Response:
    return answered({"value": [], "count": {"type": "Total", "value": 0}})


def tenants(login: Login) -> Response:
    about = login.sandbox("common").tenant.about
    return answered({
        "value": [
            {
                "id": f"/tenants/{about['id']}",
                "tenantId": about["id"],
                "displayName": about["displayName"],
                "defaultDomain": about["defaultDomain"],
                "domains": [about["defaultDomain"]],
                "tenantCategory": "Home",
                "tenantType": "AAD",
            }
        ]
    })  # fmt: skip


ROUTES: tuple[Route, ...] = (
    ("GET", "/metadata/endpoints", endpoints),
    ("GET", "/subscriptions", subscriptions),
    ("GET", "/tenants", tenants),
)
