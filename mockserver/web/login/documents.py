"""What the token service says of itself: OpenID discovery, instance discovery, its keys, and what kind a user is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, request

from mockserver.identity.refusals import MissingParameter
from mockserver.web.login.asked import ANY_TENANT, Login, Route, answered

_API_VERSION = "1.1"


def openid_configuration(login: Login, tenant: str) -> Response:
    """Clients.md 1.3, 2.1: issuer, authorization_endpoint, token_endpoint, device_authorization_endpoint, jwks_uri."""
    return answered(_configuration(login, tenant, "/oauth2/v2.0", f"/{_issuing(login, tenant)}/v2.0"))


def first_configuration(login: Login, tenant: str) -> Response:
    """That of version 1.0, which is also what AD FS has."""
    return answered(_configuration(login, tenant, "/oauth2", f"/{_issuing(login, tenant)}"))


def _issuing(login: Login, tenant: str) -> str:
    """Where the user decides, Entra leaves a place open for the tenant's id, but AD FS has no tenants."""
    if tenant.lower() == "adfs":
        return "adfs"
    return "{tenantid}" if tenant.lower() in ANY_TENANT else str(login.sandbox(tenant).tenant.about["id"])


def _configuration(login: Login, tenant: str, version: str, issuer: str) -> dict[str, Any]:
    at, root = f"{login.root}/{tenant}", login.root
    return {
        "token_endpoint": f"{at}{version}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": f"{at}/discovery/v2.0/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": f"{root}{issuer}",
        "request_uri_parameter_supported": False,
        "authorization_endpoint": f"{at}{version}/authorize",
        "device_authorization_endpoint": f"{at}{version}/devicecode",
        "http_logout_supported": True,
        "frontchannel_logout_supported": True,
        "end_session_endpoint": f"{at}{version}/logout",
        "code_challenge_methods_supported": ["S256", "plain"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "oid"],
        "tenant_region_scope": "EU",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
    }


def instance_discovery(login: Login, tenant: str) -> Response:
    """Which hosts are one cloud: ours, and the well-known ones, by whose names way B reaches us."""
    asked = request.args.get("authorization_endpoint", "")
    if not asked:
        raise MissingParameter(name="authorization_endpoint")
    there = urlsplit(asked)
    segment = there.path.strip("/").partition("/")[0] or tenant
    hosts = ("login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net")
    host = urlsplit(login.root).netloc
    return answered({
        "tenant_discovery_endpoint": f"{login.root}/{segment}/v2.0/.well-known/openid-configuration",
        "api-version": request.args.get("api-version", _API_VERSION),
        "metadata": [
            {"preferred_network": name, "preferred_cache": name, "aliases": aliases}
            for name, aliases in ((host, [host]), (hosts[0], [each for each in hosts if each != host]))
            if name != host or host not in hosts
        ],
    })  # fmt: skip


def keys(login: Login, tenant: str) -> Response:
    # Slow to import, and seldom asked for.
    from mockserver.identity.keys import local_key

    return answered({"keys": [local_key().published]})


def user_realm(login: Login, user: str) -> Response:
    """All users are the tenant's own, not those of a federation (clients.md 1.1)."""
    domain = user.rpartition("@")[2]
    return answered({
        "ver": "1.0",
        "account_type": "Managed",
        "domain_name": domain,
        "cloud_instance_name": "microsoftonline.com",
        "cloud_audience_urn": "urn:federation:MicrosoftOnline",
    })  # fmt: skip


def logout(login: Login, tenant: str) -> Response:
    """There is no session to end; a redirect is followed, as after a real one."""
    target = request.args.get("post_logout_redirect_uri", "")
    if urlsplit(target).scheme not in ("http", "https"):
        return Response("You are signed out.\n", content_type="text/plain; charset=utf-8")
    return Response(status=302, headers={"Location": target})


ROUTES: tuple[Route, ...] = (
    ("GET", "/<tenant>/v2.0/.well-known/openid-configuration", openid_configuration),
    ("GET", "/<tenant>/.well-known/openid-configuration", first_configuration),
    ("GET", "/<tenant>/discovery/instance", instance_discovery),
    ("GET", "/<tenant>/discovery/v2.0/keys", keys),
    ("GET", "/<tenant>/discovery/keys", keys),
    ("GET", "/common/userrealm/<user>", user_realm),
    ("GET", "/<tenant>/oauth2/v2.0/logout", logout),
    ("GET", "/<tenant>/oauth2/logout", logout),
)
