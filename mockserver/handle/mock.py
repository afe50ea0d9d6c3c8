"""A mock as its sandboxes see it: what one in this process and one in another have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mockserver.core.behaviour import Behaviour
from mockserver.handle.control import control
from mockserver.handle.graph_tenant import GraphTenant
from mockserver.model.behaviours import QUIRKS
from mockserver.seed import catalogue
from mockserver.seed.document import FixtureError
from mockserver.seed.text.source import read, text_of
from mockserver.settings import Settings

if TYPE_CHECKING:
    from mockserver.core.tenant import Tenant
    from mockserver.transports.inside import Headers, Inside, Said


class Mock(ABC):
    """The way to a mock, and the sandboxes made by it."""

    token: str
    """What its control API asks for."""

    @abstractmethod
    def exchange(self, method: str, url: str, headers: Headers, body: bytes) -> Said:
        """One request and its answer. Raises ConnectionError where nobody answers."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Its root over a socket."""

    @property
    @abstractmethod
    def root(self) -> str:
        """The root that clients made here are given."""

    @abstractmethod
    def inside(self, sandbox: str) -> Inside | None:
        """The way into its app, if it is in this process."""

    @abstractmethod
    def tenant_of(self, sandbox: str) -> Tenant:
        """The tenant of a sandbox now."""

    @property
    def graph_url(self) -> str:
        """The base address of a Graph client for the default sandbox."""
        return f"{self.url}/beta"

    def control(self, method: str, path: str, body: Any = None, sandbox: str = "default") -> Any:
        """What the control API answers for that sandbox; JSON values in and out. Raises ControlRefused."""
        root = f"{self.root}/sandboxes/{quote(sandbox)}"
        return control(self.exchange, root, self.token, method, path, body)

    def fork(
        self,
        name: str | None = None,
        *,
        tenant: str | Path | Mapping[str, Any] | None = None,
        behaviour: str | None = None,
        clock: str | None = None,
        source: str = "default",
    ) -> GraphTenant:
        """A sandbox of its own: a fork of `source` as it is now or, if given, of a tenant, which is a ready-made one, a
        file or a document.

        Behaviour and clock (`live`, `frozen`) are that one's where they are not given. Raises ControlRefused, and
        ValueError with a sentence for a behaviour, a clock or a file that is wrong.
        """
        chosen = _checked({"behaviour": behaviour, "clock": clock})
        made = self.copy(name, source, chosen) if tenant is None else self.make(name, tenant, chosen)
        return GraphTenant(self, made)

    def copy(self, name: str | None, source: str, chosen: Mapping[str, Any]) -> str:
        """The name of a new sandbox that starts as `source` is now, but for what is chosen."""
        return self._made(name, {"from": source, **chosen})

    def make(self, name: str | None, tenant: str | Path | Mapping[str, Any], chosen: Mapping[str, Any]) -> str:
        """The name of a new sandbox that starts with a tenant."""
        return self._made(name, {**_origin(tenant), **chosen})

    def drop(self, sandbox: str) -> None:
        """Forgets a sandbox. Raises ControlRefused."""
        self.control("DELETE", f"/sandboxes/{quote(sandbox)}")

    def _made(self, name: str | None, start: Mapping[str, Any]) -> str:
        named = {} if name is None else {"name": name}
        made: str = self.control("POST", "/sandboxes", {**named, **start})["name"]
        return made


def _checked(said: Mapping[str, str | None]) -> dict[str, Any]:
    """What is chosen of these. Raises ValueError where it cannot be."""
    chosen: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    if "behaviour" in chosen:
        Behaviour.parse(chosen["behaviour"], QUIRKS)
    Settings(**chosen)
    return chosen


def _origin(tenant: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    """How the control API is told of a tenant. Raises FixtureError and UnknownTenantError."""
    if isinstance(tenant, Mapping):
        return {"tenant": tenant}
    if str(tenant) in catalogue.names():
        return {"from": str(tenant)}
    file = catalogue.resolve(str(tenant))
    problems = catalogue.check(file)
    if problems:
        raise FixtureError(problems)
    return {"tenant": read(text_of(file, str(file)), str(file)).value}
