"""What to export so that SDKs and tools log in to a mock: which variables, and how each shell writes them."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from mockserver.identity.accounts import DEMO_CLIENT, DEMO_SECRET
from mockserver.identity.bundle import CA_VARIABLES, bundle
from mockserver.identity.certificate import SERVICE_HOSTS
from mockserver.running import Running
from mockserver.settings import Addresses

Variables = dict[str, str | None]
"""Name -> value, or None for one that must not be there."""

GRAPH = "MSGRAPH_BASE_URL"
"""Ours, for programs that let their user choose: the Graph's address with its version, as SDKs take it."""

_HEADER = "mock"
"""IDENTITY_HEADER: any will do, but there has to be one."""


def exported(way: str, root: str, mock: Running, folder: Path, before: Mapping[str, str]) -> Variables:
    """The environment of a way in to the mock that runs at `root` (clients.md 0), as changes to the one before.

    The file of certificates for programs to trust is written into the folder.
    Raises ValueError where the mock does not offer that way or does not tell, CertificateError as `bundle` does.
    """
    if mock.settings is None:
        raise ValueError("The mock asks for its control token: give it with --control-token.")
    # Where we reached it, which through the port of a container is not where it listens.
    made = variables(way, replace(mock.settings.addresses, http=root), mock.tenant_id, before)
    ca = mock.settings.ca_certificate
    return made if ca is None else {**made, **dict.fromkeys(CA_VARIABLES, str(bundle(Path(ca), folder, before)))}


def variables(way: str, addresses: Addresses, tenant: str, before: Mapping[str, str]) -> Variables:
    """The same without certificates, for the tenant of that id."""
    chosen = WAYS[way](addresses, tenant)
    return {
        **dict.fromkeys(_OF_THE_WAYS),
        **_without_our_proxy(addresses, before),
        **chosen,
        **dict.fromkeys(("NO_PROXY", "no_proxy"), _direct(addresses, before, proxied="HTTPS_PROXY" in chosen)),
    }


def _endpoints(addresses: Addresses, tenant: str) -> Variables:
    """Way A: authority and Graph at the mock's own https address, all other hosts where they were."""
    if addresses.https is None:
        raise ValueError("The mock serves no https, which logins need: start it without --no-tls.")
    return {
        **_demo_client(tenant),
        "AZURE_AUTHORITY_HOST": addresses.https,
        # The Azure CLI would ask Microsoft whether it knows this authority (clients.md 3.1).
        "AZURE_CORE_INSTANCE_DISCOVERY": "false",
        GRAPH: f"{addresses.https}/beta",
    }


def _proxy(addresses: Addresses, tenant: str) -> Variables:
    """Way B: the service's own addresses lead to the mock, and no others anywhere."""
    if addresses.proxy is None:
        raise ValueError("The mock has no proxy: start it with --proxy-port 0.")
    return {
        **_demo_client(tenant),
        "HTTPS_PROXY": addresses.proxy,
        "https_proxy": addresses.proxy,
        # Only with it does Node take notice of these variables, from 22.21 and 24.0 on.
        "NODE_USE_ENV_PROXY": "1",
        GRAPH: "https://graph.microsoft.com/beta",
    }


def _managed_identity(addresses: Addresses, tenant: str) -> Variables:
    """Way C: the identity of the machine, as App Service gives it to a program; plain http."""
    return {
        "IDENTITY_ENDPOINT": f"{addresses.http}/msi/token",
        "IDENTITY_HEADER": _HEADER,
        GRAPH: f"{addresses.http}/beta",
    }


WAYS = {"endpoints": _endpoints, "proxy": _proxy, "managed-identity": _managed_identity}

_OF_THE_WAYS = (
    "AZURE_TENANT_ID",
    "AZURE_CLIENT_ID",
    "AZURE_CLIENT_SECRET",
    "AZURE_AUTHORITY_HOST",
    "AZURE_REGIONAL_AUTHORITY_NAME",
    "AZURE_CORE_INSTANCE_DISCOVERY",
    "IDENTITY_ENDPOINT",
    "IDENTITY_HEADER",
    "IDENTITY_SERVER_THUMBPRINT",
)
"""By these azure-identity chooses how and where it logs in, so a way takes out those that it does not set."""


def _demo_client(tenant: str) -> Variables:
    return {"AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": DEMO_CLIENT, "AZURE_CLIENT_SECRET": DEMO_SECRET}


def _without_our_proxy(addresses: Addresses, before: Mapping[str, str]) -> Variables:
    """Where a shell goes from one way to another; somebody else's proxy stays."""
    ours = [name for name in ("HTTPS_PROXY", "https_proxy") if before.get(name, "") == addresses.proxy]
    return dict.fromkeys((*ours, "NODE_USE_ENV_PROXY") if ours else ())


def _direct(addresses: Addresses, before: Mapping[str, str], *, proxied: bool) -> str:
    """What is asked without a proxy: as before, but the mock itself is, and what has to go through its proxy is not."""
    said = before.get("no_proxy") or before.get("NO_PROXY") or ""
    hosts = [each for each in re.split(r"[,\s]+", said) if each and not (proxied and _covers_service(each))]
    own = [urlsplit(each).hostname or "" for each in (addresses.http, addresses.https) if each]
    return ",".join(dict.fromkeys((*hosts, "localhost", "127.0.0.1", *own)))


def _covers_service(entry: str) -> bool:
    """Whether an entry of NO_PROXY, a domain with or without a leading dot or star, is about a host of the service."""
    domain = entry.lower().partition(":")[0].lstrip("*.")
    return entry == "*" or any(host == domain or host.endswith(f".{domain}") for host in SERVICE_HOSTS)


def as_sh(made: Variables) -> str:
    """For `eval "$(...)"` in any POSIX shell."""
    return _lines(made, lambda name, value: f"export {name}={shlex.quote(value)}", "unset {}")


def as_powershell(made: Variables) -> str:
    """For `... | Invoke-Expression`."""

    def assigned(name: str, value: str) -> str:
        quoted = re.sub(f"([{_QUOTES}])", r"\1\1", value)
        return f"$env:{name} = '{quoted}'"

    return _lines(made, assigned, "Remove-Item Env:{} -ErrorAction SilentlyContinue")


def as_json(made: Variables) -> str:
    """An object; null for what has to go."""
    return json.dumps(made, indent=2) + "\n"


SHELLS = {"sh": as_sh, "powershell": as_powershell, "json": as_json}

_QUOTES = "'\u2018\u2019\u201a\u201b"
"""PowerShell takes typographic single quotes for single quotes (about_Quoting_Rules)."""


def _lines(made: Variables, assigned: Callable[[str, str], str], removed: str) -> str:
    written = (removed.format(name) if value is None else assigned(name, value) for name, value in made.items())
    return "".join(f"{each}\n" for each in written)
