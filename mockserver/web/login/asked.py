"""What every view of the token service starts from and ends with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response, request

from mockserver.core.tenant import Tenant
from mockserver.identity.access import STRICT
from mockserver.identity.accounts import is_loopback
from mockserver.identity.refusals import NoSuchTenant
from mockserver.sandbox import Sandbox
from mockserver.settings import Settings
from mockserver.web.frame import FOUND, SANDBOX
from mockserver.web.routes import Route as Route
from mockserver.world import World

ANY_TENANT = frozenset({"common", "organizations", "consumers", "adfs"})
"""Names that leave it to the user which tenant is meant."""


@dataclass(frozen=True)
class Login:
    """What the views act on."""

    world: World
    settings: Settings

    @property
    def strict(self) -> bool:
        return self.settings.auth == STRICT

    @property
    def demo(self) -> bool:
        """Whether the demo identity may log in from where this request came from (`--demo-identity`)."""
        if self.settings.demo_identity == "loopback":
            return is_loopback(request.environ.get("REMOTE_ADDR", "127.0.0.1"))
        return self.settings.demo_identity == "everywhere"

    @property
    def root(self) -> str:
        """The address of the token service, with the sandbox's prefix, as the client reached it."""
        root = self.settings.external_url or f"{request.scheme}://{request.environ.get('HTTP_HOST', request.host)}"
        return f"{root}{request.environ['SCRIPT_NAME']}"

    def sandbox(self, tenant: str) -> Sandbox:
        """The sandbox of that tenant's name or id. Raises NoSuchTenant, but leniently none is wrong."""
        named = request.environ[SANDBOX]
        found = (None if named else self.world.sandbox_of_tenant(tenant)) or self.world.sandbox_of(named, "")
        request.environ[FOUND] = found.name
        if self.strict and not _is_called(found.tenant, tenant.lower()):
            raise NoSuchTenant(tenant=tenant)
        return found


def answered(value: Any) -> Response:
    return Response(orjson.dumps(value), content_type="application/json; charset=utf-8")


def new_code() -> str:
    """What nobody can guess; it is no part of a run that can be repeated."""
    return secrets.token_urlsafe(32)


def _is_called(tenant: Tenant, name: str) -> bool:
    return name in ANY_TENANT or name in (tenant.about["id"], str(tenant.about["defaultDomain"]).lower())
