"""A mock that runs in another process, by its control API over http."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mockserver.core.behaviour import Behaviour
from mockserver.handle.mock import Mock
from mockserver.model.behaviours import QUIRKS
from mockserver.seed.document import from_document
from mockserver.transports import outside

if TYPE_CHECKING:
    from mockserver.core.tenant import Tenant
    from mockserver.transports.inside import Headers, Said


class RemoteMock(Mock):
    """The mock that is served at an address, and forks of its tenants. Clients made here go over a socket."""

    def __init__(self, url: str, *, control_token: str = "") -> None:
        self._url = url.rstrip("/")
        self.token = control_token

    @property
    def url(self) -> str:
        return self._url

    root = url

    def exchange(self, method: str, url: str, headers: Headers, body: bytes) -> Said:
        """One request and its answer. Raises ConnectionError where nobody answers."""
        try:
            return outside.exchange(method, url, headers, body)
        except OSError as problem:
            raise ConnectionError(f"no mock answers at {self._url} ({problem})") from None

    def inside(self, sandbox: str) -> None:
        return None

    def tenant_of(self, sandbox: str) -> Tenant:
        """Read from its document; what the mock alone knows of a tenant, such as lags, is not in it."""
        document = self.control("GET", "/tenant", None, sandbox)
        behaviour = Behaviour.parse(self.control("GET", "/settings", None, sandbox)["behaviour"], QUIRKS)
        now = datetime.fromisoformat(self.control("GET", "/clock", None, sandbox)["now"])
        return from_document(document, behaviour=behaviour, now=now)
