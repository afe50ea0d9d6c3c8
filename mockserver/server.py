"""The listeners: http and https side by side in one event loop of one process, so that both show the same tenants."""

from __future__ import annotations

import asyncio
import atexit
import gc
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.server.embed import Server

from mockserver.bridge import MAX_BODY, Bridge
from mockserver.ports import BACKLOG, LOOPBACK, bound, reached, url
from mockserver.settings import Addresses

if TYPE_CHECKING:
    from types import TracebackType
    from wsgiref.types import WSGIApplication

    from mockserver.identity.certificate import Certificate

_GRACE = 2.0
"""Seconds that requests under way get when the server stops."""


class Listeners:
    """A port for http, with a certificate one for https, and with that, where asked for, one for the proxy; 0 stands
    for a free one.

    All are bound at once, so that a taken port is known before anything serves. They serve one WSGI app, once.
    """

    def __init__(
        self,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        https_port: int = 0,
        proxy_port: int | None = None,
        certificate: Certificate | None = None,
        max_body: int = MAX_BODY,
    ) -> None:
        if proxy_port is not None and certificate is None:
            raise ValueError("The proxy leads to the https listener, which needs a certificate.")
        places = {"http": (host, port)}
        if certificate is not None:
            places["https"] = (host, https_port)
        if proxy_port is not None:
            places["proxy"] = (LOOPBACK, proxy_port)
        self._stop = asyncio.Event()
        self._certificate = certificate
        self._max_body = max_body
        self._sockets = dict(zip(places, bound(places.values()), strict=True))
        schemes = {"https": "https"}
        self.addresses = Addresses(
            **{name: url(schemes.get(name, "http"), places[name][0], each) for name, each in self._sockets.items()}
        )

    async def serve(self, app: WSGIApplication) -> None:
        """Serves until `stop`, then lets requests under way finish, but not for long."""
        atexit.unregister(_outlive_granian)
        atexit.register(_outlive_granian)
        async with self._proxy():
            await self._serve(self._servers(app))

    async def _serve(self, servers: list[_Server]) -> None:
        serving = [asyncio.create_task(server.serve()) for server in servers]
        stopping = asyncio.create_task(self._stop.wait())
        await asyncio.wait([stopping, *serving], return_when=asyncio.FIRST_COMPLETED)
        self.stop()
        for server in servers:
            server.stop()  # type: ignore[no-untyped-call]
        done, late = await asyncio.wait(serving, timeout=_GRACE)
        for task in late:
            task.cancel()
        for task in done:
            task.result()

    def _servers(self, app: WSGIApplication) -> list[_Server]:
        served = {"http": (self.addresses.http, None), "https": (self.addresses.https, self._certificate)}
        return [
            _Server(self._sockets[name], Bridge(app, at, stop=self._stop, max_body=self._max_body), certificate)
            for name, (at, certificate) in served.items()
            if at is not None
        ]

    def _proxy(self) -> AbstractAsyncContextManager[object]:
        """Outlives the servers, so that what is under way gets through."""
        if "proxy" not in self._sockets:
            return nullcontext()
        from mockserver.proxy import Proxy, routes

        return Proxy(self._sockets["proxy"], routes(reached(self._sockets["http"]), reached(self._sockets["https"])))

    def stop(self) -> None:
        """Ends `serve`; to be called in its loop."""
        self._stop.set()

    def close(self) -> None:
        """Gives the ports back where `serve` never took them over."""
        for listening in self._sockets.values():
            listening.close()


def run(listeners: Listeners, app: WSGIApplication, on_ready: Callable[[Addresses], None]) -> None:
    """Serves in the foreground until SIGTERM or Ctrl-C.

    What the process has by then, the tenants among it, is never looked through for garbage again: it is most of all
    there is, and stays.
    """
    gc.freeze()

    async def serve() -> None:
        with _signals_caught(listeners.stop):
            on_ready(listeners.addresses)
            await listeners.serve(app)

    try:
        asyncio.run(serve())
    finally:
        listeners.close()


class BackgroundServer:
    """Serves in a thread with its own loop, for tests and for programs that embed the mock."""

    def __init__(self, listeners: Listeners, app: WSGIApplication) -> None:
        self._listeners = listeners
        self._app = app
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._thread = threading.Thread(target=self._serve, name="mockserver", daemon=True)

    def start(self) -> Addresses:
        self._runner.get_loop()
        self._thread.start()
        return self._listeners.addresses

    def stop(self) -> None:
        """Returns once the ports are free; a second time does nothing."""
        if self._thread.is_alive():
            with suppress(RuntimeError):  # it stopped in this very moment
                self._runner.get_loop().call_soon_threadsafe(self._listeners.stop)
            self._thread.join()
        self._listeners.close()

    def __enter__(self) -> Addresses:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        with self._runner:
            self._runner.run(self._listeners.serve(self._app))


class _Server(Server):
    """Granian's server on a socket bound before: its own would share a port with another program."""

    def __init__(self, listening: socket.socket, bridge: Bridge, certificate: Certificate | None) -> None:
        super().__init__(
            bridge,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            websockets=False,
            backlog=BACKLOG,
            log_enabled=False,
            # Anything but a change of levels would close all log handlers of the program it runs in.
            log_dictconfig={"incremental": True, "handlers": {}, "loggers": {}},
            ssl_cert=certificate.chain if certificate else None,
            ssl_key=certificate.key if certificate else None,
            ssl_protocol_min=SSLProtocols.tls12,
        )
        self._listening = listening

    def _init_shared_socket(self) -> None:
        # Granian owns the file descriptor from here on, and closes it.
        self._shd = SocketHolder(self._listening.detach(), *_SHARING)  # type: ignore[call-arg, assignment]


_SHARING: tuple[Any, ...] = {"linux": (False, BACKLOG), "win32": ()}.get(sys.platform, (False,))
"""What granian wants to know of a socket besides its descriptor: whether it is a file, and its backlog."""


def _outlive_granian() -> None:
    # Its threads end a little after it says so, and abort the process where the interpreter goes before them.
    time.sleep(0.1)


@contextmanager
def _signals_caught(stop: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and Ctrl-C stop the loop.

    By the loop's own means where it has them: the kernel may hand a signal to one of granian's threads, and then
    nothing but the loop's wake-up descriptor gets an idle loop out of its sleep.
    """
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    try:
        for number in numbers:
            loop.add_signal_handler(number, stop)
    except NotImplementedError:  # Windows
        for number in numbers:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
    yield
