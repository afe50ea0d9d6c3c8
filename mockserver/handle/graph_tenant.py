"""One sandbox in the hands of a test: what happens in it, what was asked of it, and clients for it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from mockserver.transports.needing import needing

if TYPE_CHECKING:
    import httpx

    from mockserver.core.tenant import Tenant
    from mockserver.handle.mock import Mock
    from mockserver.transports.of_requests import Session

_quoted = partial(quote, safe="")


class GraphTenant:
    """A tenant of its own, in this process or another, the same way for both.

    Made by `fork`; dropped by `close()` or at the end of a `with` block. All that goes to the control API raises
    ControlRefused where that refuses it.
    """

    def __init__(self, mock: Mock, name: str) -> None:
        self._mock = mock
        self.name = name
        self._at_the_end = ExitStack()
        self._at_the_end.callback(mock.drop, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<GraphTenant {self.name}>"

    def close(self) -> None:
        """Closes the clients it gave out, but for async ones, and drops the sandbox. A second time does nothing."""
        self._at_the_end.close()

    def fork(self, name: str | None = None) -> GraphTenant:
        """Another one that starts from this one as it is now. Takes the same time whatever the tenant's size."""
        return self._mock.fork(name, source=self.name)

    # --- Where it is, and what it is ---

    @property
    def url(self) -> str:
        """Its root over a socket, `http://127.0.0.1:PORT/sandboxes/NAME`; the first look starts the listeners."""
        return f"{self._mock.url}/sandboxes/{self.name}"

    @property
    def graph_url(self) -> str:
        """The same with the Graph's version, as the base address of a Graph client."""
        return f"{self.url}/beta"

    @property
    def tenant(self) -> Tenant:
        """The tenant as it is now: a value that no later request changes."""
        return self._mock.tenant_of(self.name)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Whatever else the control API has: `graph.control("GET", "/report")`. JSON values in and out."""
        return self._mock.control(method, path, body, self.name)

    # --- Time, and going back in it ---

    def advance(self, by: str) -> list[dict[str, Any]]:
        """Moves its clock by a duration, `P10D`; what that did to connectors, in order."""
        events: list[dict[str, Any]] = self.control("POST", "/clock/advance", {"by": by})["events"]
        return events

    def snapshot(self, name: str = "snapshot") -> None:
        """Keeps the present state, all of it, under that name."""
        self.control("POST", "/snapshots", {"name": name})

    def restore(self, name: str = "snapshot") -> None:
        """Goes back to what was kept under that name."""
        self.control("POST", f"/snapshots/{_quoted(name)}/restore")

    def reset(self) -> None:
        """Everything as it was when the sandbox was made: tenant, clock, faults, journal."""
        self.control("POST", "/reset")

    # --- What happens on the machines ---

    def install(self, machine: str, **known: str) -> dict[str, Any]:
        """Installs a connector, which lands in the default group; `known` are its `externalIp` and `version`."""
        connector: dict[str, Any] = self.control("POST", "/connectors", {"machineName": machine, **known})
        return connector

    def stop_connector(self, key: str) -> None:
        """Its service stops: no more heartbeats."""
        self.control("POST", f"/connectors/{_quoted(key)}/stop")

    def start_connector(self, key: str) -> None:
        self.control("POST", f"/connectors/{_quoted(key)}/start")

    def uninstall(self, key: str) -> None:
        self.control("DELETE", f"/connectors/{_quoted(key)}")

    def traffic(self, application: str, requests: int = 1000, seed: int | None = None) -> dict[str, Any]:
        """How the data plane would serve so many requests for an application, by its id."""
        body = {"applicationId": application, "requests": requests, "seed": seed}
        served: dict[str, Any] = self.control("POST", "/traffic", _said(body))
        return served

    # --- Trouble, and the journal ---

    def fault(
        self,
        *,
        match: Mapping[str, Any] | None = None,
        status: int | None = None,
        code: str | None = None,
        retry_after: int | None = None,
        delay: str | None = None,
        drop: bool | None = None,
        truncate: bool | None = None,
        times: int | None = None,
        probability: float | None = None,
        expires: str | None = None,
    ) -> dict[str, Any]:
        """Orders a failure: `graph.fault(status=503, times=2, match={"method": "POST"})`. The fault with its id.

        `match` says which requests are meant, by `method`, `path`, `operation` and `nth`; `delay` and `expires` are
        durations.
        """
        said = {
            "match": match,
            "status": status,
            "code": code,
            "retryAfter": retry_after,
            "delay": delay,
            "drop": drop,
            "truncate": truncate,
            "times": times,
            "probability": probability,
            "expires": expires,
        }
        made: dict[str, Any] = self.control("POST", "/faults", _said(said))
        return made

    def clear_faults(self) -> None:
        self.control("DELETE", "/faults")

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The journal: what was asked of the Graph here and answered, newest last."""
        entries: list[dict[str, Any]] = self.control("GET", "/requests")["value"]
        return entries

    # --- Clients: of a mock in this process without a socket, and by any address, those of Microsoft too ---

    def httpx_client(self) -> httpx.Client:
        """`client.get("/beta/applications")` reaches this sandbox. Needs httpx."""
        with needing("httpx"):
            from mockserver.transports import of_httpx
        return self._at_the_end.enter_context(of_httpx.client(*self._way))

    def httpx_async_client(self) -> httpx.AsyncClient:
        """The same for `await`; whoever asks for it closes it. Needs httpx."""
        with needing("httpx"):
            from mockserver.transports import of_httpx
        return of_httpx.async_client(*self._way)

    def requests_session(self) -> Session:
        """`session.get("/beta/applications")` reaches this sandbox; for msal too, as `http_client`. Needs requests."""
        with needing("requests"):
            from mockserver.transports import of_requests
        return self._at_the_end.enter_context(of_requests.Session(*self._way))

    def azure_transport(self) -> Any:
        """The `transport` of a sync credential of azure-identity. Needs azure-identity."""
        with needing("azure-identity"):
            from mockserver.transports import of_azure
        return of_azure.transport(self.requests_session())

    def msgraph_client(self, credential: Any = None) -> Any:
        """Microsoft's typed client for beta, a GraphServiceClient. Needs msgraph-beta-sdk.

        It sends no token unless it is given a credential.
        """
        with needing("msgraph-beta-sdk"):
            from mockserver.transports import of_msgraph
        return of_msgraph.client(*self._way, credential)

    @property
    def _way(self) -> tuple[str, Any]:
        return f"{self._mock.root}/sandboxes/{self.name}", self._mock.inside(self.name)


def _said(body: Mapping[str, Any]) -> dict[str, Any]:
    """The members that are given."""
    return {name: value for name, value in body.items() if value is not None}
