"""Microsoft's typed client with all its middleware: `pip install msgraph-beta-sdk` (clients.md 1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph_beta import GraphRequestAdapter, GraphServiceClient  # type: ignore[import-untyped]
from msgraph_beta.graph_request_adapter import options  # type: ignore[import-untyped]
from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]

from mockserver.transports.of_httpx import async_client

if TYPE_CHECKING:
    from mockserver.transports.inside import Inside

_NO_CONNECTION_KEPT = httpx.Limits(max_keepalive_connections=0)
"""The typed client has no way to close one, and each `asyncio.run` of a test would find those of the last."""

_SCOPES = ["https://graph.microsoft.com/.default"]


def client(root: str, inside: Inside | None, credential: Any) -> Any:
    """The client of the sandbox at `root`. Without a credential it sends no token."""
    http_client = async_client(f"{root}/beta", inside, limits=_NO_CONNECTION_KEPT)
    http_client = GraphClientFactory.create_with_default_middleware(client=http_client, options=options)
    adapter = GraphRequestAdapter(_provider(credential), client=http_client)
    adapter.base_url = f"{root}/beta"
    return GraphServiceClient(request_adapter=adapter)


def _provider(credential: Any) -> Any:
    if credential is None:
        return AnonymousAuthenticationProvider()
    return AzureIdentityAuthenticationProvider(credential, scopes=_SCOPES, allowed_hosts=[])
