"""Who may log in to a tenant: the programs and users of its fixture, and the demo identity (interface.md 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from uuid import UUID, uuid5

from mockserver.core.tenant import Tenant
from mockserver.model.directory import USER

DEMO_CLIENT = "22222222-2222-4222-8222-222222222222"
DEMO_SECRET = "mock-secret"
DEMO_PASSWORD = "mock-password"
DEMO_USER = "admin"
"""Before the @ of the tenant's domain."""

ADMINISTRATOR = "Application Administrator"


@dataclass(frozen=True)
class Client:
    """A program that asks for tokens."""

    id: str
    object: str
    """The id of its service principal."""
    name: str
    known: bool = True
    """False: nothing in the tenant speaks of it; who is lenient lets it in all the same."""
    secret: str | None = None
    """None for a public one, which has none to give."""
    certificate: str | None = None
    """PEM: what signs its assertions."""
    permissions: tuple[str, ...] | None = None
    """Application permissions; None for all there are."""
    directory_roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class User:
    """A person who signs in."""

    id: str
    name: str
    """The principal name."""
    display: str
    password: str
    known: bool = True
    directory_roles: tuple[str, ...] = ()


def client_of(tenant: Tenant, key: str, *, demo: bool) -> Client:
    """The program of that id: the tenant's, the demo client where `demo` lets it in, or an unknown one."""
    key = key.lower()
    for each in tenant.about.get("clients") or ():
        if each["clientId"] == key:
            return _declared(tenant, each)
    made = Client(key, _derived(tenant, "client", key), f"Client {key}", known=False, directory_roles=(ADMINISTRATOR,))
    if key != DEMO_CLIENT or not demo:
        return made
    return Client(key, made.object, "Demo client", secret=DEMO_SECRET, directory_roles=(ADMINISTRATOR,))


def user_of(tenant: Tenant, name: str, *, demo: bool) -> User:
    """The user of that principal name, in any letter case: the tenant's, the demo user, or an unknown one.

    A user to whom the fixture gives no password has the demo user's, where `demo` lets it in.
    """
    folded, default = name.lower(), DEMO_PASSWORD if demo else ""
    for each in tenant.all(USER).values():
        if str(each["userPrincipalName"]).lower() == folded:
            return User(
                each["id"],
                each["userPrincipalName"],
                each["displayName"] or each["userPrincipalName"],
                each["password"] or default,
                directory_roles=tuple(each["directoryRoles"] or _roles_of(tenant, folded)),
            )
    known = demo and folded == demo_user(tenant)
    display = "Demo administrator" if known else name
    return User(_derived(tenant, USER, folded), name, display, default, known, (ADMINISTRATOR,))


def users_of(tenant: Tenant, *, demo: bool) -> list[User]:
    """Everybody who can be chosen on a sign-in page, the demo user first."""
    names = [str(each["userPrincipalName"]) for each in tenant.all(USER).values()]
    first = [demo_user(tenant)] if demo else []
    return [user_of(tenant, name, demo=demo) for name in dict.fromkeys((*first, *names))]


def is_loopback(address: str) -> bool:
    """Whether that address, or `localhost`, is this machine for itself alone."""
    try:
        return address == "localhost" or ip_address(address).is_loopback
    except ValueError:
        return False


def demo_user(tenant: Tenant) -> str:
    return f"{DEMO_USER}@{tenant.about['defaultDomain']}"


def _roles_of(tenant: Tenant, name: str) -> tuple[str, ...]:
    """The demo user administers its tenant even where the fixture lists it without saying so."""
    return (ADMINISTRATOR,) if name == demo_user(tenant) else ()


def _declared(tenant: Tenant, said: Mapping[str, Any]) -> Client:
    permissions = said.get("permissions")
    return Client(
        said["clientId"],
        _derived(tenant, "client", said["clientId"]),
        said.get("displayName") or said["clientId"],
        secret=said.get("secret"),
        certificate=said.get("certificate"),
        permissions=None if permissions is None else tuple(permissions),
        directory_roles=tuple(said.get("directoryRoles") or ()),
    )


def _derived(tenant: Tenant, kind: str, name: str) -> str:
    return str(uuid5(UUID(tenant.about["id"]), f"{kind}:{name}"))
