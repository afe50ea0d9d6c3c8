"""What a token is asked for: a resource and permissions on it, as `scope` (v2.0) or `resource` (v1.0) says."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from mockserver.identity.refusals import InvalidScope, NotDefault, SeveralResources

GRAPH = "https://graph.microsoft.com"
GRAPH_ID = "00000003-0000-0000-c000-000000000000"
ARM = "https://management.azure.com/"
_CLASSIC_ARM = "https://management.core.windows.net/"
ARM_AUDIENCES = frozenset({ARM, _CLASSIC_ARM})
"""Azure Resource Manager's own name, and the one that the Azure CLI asks for."""

OPENID = frozenset({"openid", "profile", "email", "offline_access"})
_DEFAULT = ".default"

_OTHERS = {
    _CLASSIC_ARM: _CLASSIC_ARM,
    "https://management.azure.com": ARM,
    "https://management.azure.com/": ARM,
    GRAPH_ID: GRAPH_ID,
    "https://graph.microsoft.us": "https://graph.microsoft.us",
    "https://dod-graph.microsoft.us": "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn": "https://microsoftgraph.chinacloudapi.cn",
}
AUDIENCES = frozenset({GRAPH, f"{GRAPH}/", *(each for each in _OTHERS.values() if "graph" in each), GRAPH_ID})
"""What the Graph takes for itself (graph_reference 5.6)."""


@dataclass(frozen=True)
class Asked:
    """The resource, and the permissions on it; none of them means all that were granted (`.default`)."""

    resource: str
    permissions: tuple[str, ...] = ()
    openid: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """As `scope` repeats it."""
        named = self.permissions or (_DEFAULT,)
        return " ".join([*sorted(self.openid), *(f"{self.resource.rstrip('/')}/{each}" for each in named)])


def asked(scope: str, resource: str = "", *, own: frozenset[str] = frozenset()) -> Asked:
    """What this says; the Graph's `.default` where it says nothing. Raises InvalidScope and SeveralResources.

    `own` are host names of the mock: clients that know it by its own address ask for `http://localhost/.default`.
    """
    openid: set[str] = set()
    found: dict[str, list[str]] = {}
    for each in scope.split():
        if each.lower() in OPENID:
            openid.add(each.lower())
        else:
            at, name = _parts(each)
            found.setdefault(_audience(at, own), []).append(name)
    if resource:
        found.setdefault(_audience(resource, own), []).append(_DEFAULT)
    if len(found) > 1:
        raise SeveralResources()
    audience, names = next(iter(found.items()), (GRAPH, [_DEFAULT]))
    whole = any(each.lower() == _DEFAULT for each in names)
    return Asked(audience, () if whole else tuple(dict.fromkeys(names)), frozenset(openid))


def check_default(scope: str) -> None:
    """An application asks for what it was granted, as a whole. Raises NotDefault."""
    for each in scope.split():
        if not each.lower().endswith(f"/{_DEFAULT}"):
            raise NotDefault(scope=each)


def _parts(scope: str) -> tuple[str, str]:
    """`https://graph.microsoft.com/User.Read` is a resource and a permission; `User.Read` alone is the Graph's."""
    at, slash, name = scope.rpartition("/")
    if not name or (slash and not at):
        raise InvalidScope(scope=scope)
    return at or GRAPH, name


def _audience(resource: str, own: frozenset[str]) -> str:
    """The resource as `aud` names it. `https://management.azure.com//.default` leaves one slash to it, as it should."""
    plain = resource.rstrip("/")
    if plain == GRAPH or urlsplit(plain).hostname in own:
        return GRAPH
    return _OTHERS.get(resource) or _OTHERS.get(plain) or resource
