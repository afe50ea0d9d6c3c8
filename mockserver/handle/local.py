"""A mock in this process: an app that needs no socket, and listeners for those who want some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mockserver.beginning import begun, state_of
from mockserver.handle.control import refusing
from mockserver.handle.mock import Mock
from mockserver.serve import bound_as
from mockserver.server import BackgroundServer
from mockserver.settings import Settings
from mockserver.transports.inside import Inside
from mockserver.web.app import create_app

if TYPE_CHECKING:
    from flask import Flask

    from mockserver.core.tenant import Tenant
    from mockserver.settings import Addresses
    from mockserver.transports.inside import Headers, Said

_NOWHERE = "https://localhost"
"""The root of addresses while no listener has one: https, so that clients of azure-identity take it."""


class MockServer(Mock):
    """A mock with the settings of `mockserver serve`, on free ports once it is started.

    `app` is its WSGI application, which is there from the beginning, as are forks and their clients. Raises ValueError
    and OSError with a sentence for what is wrong with the settings.
    """

    def __init__(self, tenant: str | Path = Settings.tenant, **settings: Any) -> None:
        free = {"port": 0, "https_port": 0}
        self.settings, self.world = begun(Settings(tenant=str(tenant), **{**free, **settings}))
        self.app: Flask = create_app(self.world, self.settings)
        self.token = self.settings.control_token
        self._server: BackgroundServer | None = None
        self._addresses: Addresses | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.close()

    def start(self) -> Addresses:
        """The addresses of its listeners, started now where they were not. Raises PortError."""
        if self._addresses is None:
            settings, listeners = bound_as(self.settings)
            self.app = create_app(self.world, settings)  # which knows where it is served
            self._server = BackgroundServer(listeners, self.app)
            self._addresses = self._server.start()
        return self._addresses

    def stop(self) -> None:
        """Returns once the ports are free; sandboxes and clients in process stay."""
        if self._server is not None:
            self._server.stop()
        self._server = self._addresses = None

    def close(self) -> None:
        """Lets go of its state file, where it has one, as the end of a `with` block does: nothing changes any more."""
        self.world.close()

    @property
    def url(self) -> str:
        """Its http root; the first look starts the listeners."""
        return self.start().http

    @property
    def https_url(self) -> str | None:
        """Its https root, None where TLS is off (`https_port=None`); the first look starts the listeners."""
        return self.start().https

    @property
    def root(self) -> str:
        return _NOWHERE if self._addresses is None else self._addresses.http

    def exchange(self, method: str, url: str, headers: Headers, body: bytes) -> Said:
        """One request into the app, and its answer."""
        return self.inside("default").exchange(method, url, headers, body)

    def inside(self, sandbox: str) -> Inside:
        return Inside(self.app, sandbox)

    def copy(self, name: str | None, source: str, chosen: Mapping[str, Any]) -> str:
        """Past the control API where it can be, as every test does it."""
        if chosen:
            return super().copy(name, source, chosen)
        with refusing():
            return self.world.fork(name, self.world.sandbox(source).state).name

    def make(self, name: str | None, tenant: str | Path | Mapping[str, Any], chosen: Mapping[str, Any]) -> str:
        """Past the control API for a file, which may be larger than a request."""
        if isinstance(tenant, Mapping):
            return super().make(name, tenant, chosen)
        state = state_of(replace(self.settings, tenant=str(tenant), **chosen))
        with refusing():
            return self.world.make(name, state.tenant, state.clock).name

    def drop(self, sandbox: str) -> None:
        """Past the control API, as every test does it."""
        with refusing():
            self.world.drop(sandbox)

    def tenant_of(self, sandbox: str) -> Tenant:
        with refusing():
            return self.world.sandbox(sandbox).tenant
