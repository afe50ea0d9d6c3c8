"""A CONNECT proxy, by which programs that know only the service's own addresses reach the mock.

That is way B of clients.md. What follows an accepted CONNECT is the client's own TLS, passed on unread
(RFC 9110, 9.3.6). Nobody has to log in to the proxy, since it takes connections from this machine alone.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Self

from mockserver.identity.certificate import SERVICE_HOSTS

Place = tuple[str, int]
"""A host or address, and a port."""

LARGEST_HEAD = 8192
"""In bytes."""
PATIENCE = 10.0
"""Seconds that a client may take for its head."""
MOST = 100
"""Connections at once. Each takes two open files, and their other ends those of a listener (see `BACKLOG`)."""

_LINGER = 1.0
"""Seconds that a client gets to take what it was sent last."""
_CHUNK = 65536
_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_HEAD = re.compile(rb"(%b) ([\x21-\x7e]+) HTTP/1\.[01]\r\n(?:%b:[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n" % (_TOKEN, _TOKEN))
_PLACE = re.compile(rb"(?:\[([0-9A-Fa-f:.]+)\]|([0-9A-Za-z._-]+)):([0-9]{1,5})")


def routes(http: Place, https: Place) -> dict[Place, Place]:
    """What may be asked for, and where it leads: the service's hosts, and this machine at the mock's own ports, for
    clients that ask the proxy for everything.
    """
    own = {(host, place[1]): place for host in ("localhost", "127.0.0.1", "::1") for place in (http, https)}
    return {(host, 443): https for host in SERVICE_HOSTS} | own


class Proxy:
    """Answers on a bound socket while the block lasts; at its end every tunnel ends."""

    def __init__(self, listening: socket.socket, routes: Mapping[Place, Place], patience: float = PATIENCE) -> None:
        self._listening = listening
        self._routes = routes
        self._patience = patience
        self._connections: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._connected, sock=self._listening, limit=LARGEST_HEAD, backlog=MOST
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for each in self._connections:
            each.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def ended(task: asyncio.Task[None]) -> None:
            self._connections.discard(task)
            writer.transport.abort()  # where it was cancelled before it began

        task = asyncio.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(ended)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                await self._answer(reader, writer)
        finally:
            await _close(writer)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            place = await self._asked(reader)
            from_mock, to_mock = await _reached(place)
        except _Refused as refused:
            await _refuse(reader, writer, refused)
            return
        try:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await _tunnel((reader, to_mock), (from_mock, writer))
        finally:
            await _close(to_mock)

    async def _asked(self, reader: asyncio.StreamReader) -> Place:
        """Where the client wants to go."""
        if len(self._connections) > MOST:
            raise _Refused(503, f"{MOST} connections are open already.")
        try:
            async with asyncio.timeout(self._patience):
                head = await reader.readuntil(b"\r\n\r\n")
        except TimeoutError:
            raise _Refused(408, f"No whole request came within {self._patience:g} seconds.") from None
        except asyncio.LimitOverrunError:
            raise _Refused(400, f"The request line and its headers are longer than {LARGEST_HEAD} bytes.") from None
        except asyncio.IncompleteReadError as ended:
            if not ended.partial:
                raise ConnectionAbortedError from None
            raise _Refused(400, "The request ended before its headers did.") from None
        return self._place(head)

    def _place(self, head: bytes) -> Place:
        matched = _HEAD.fullmatch(head)
        if matched is None:
            raise _Refused(400, "This is no request of HTTP/1.1.")
        method, target = matched.groups()
        if method != b"CONNECT":
            raise _Refused(405, "This proxy takes CONNECT only: use https, or ask the mock's http port directly.")
        named = _PLACE.fullmatch(target)
        if named is None:
            raise _Refused(400, "CONNECT takes a host and a port: graph.microsoft.com:443.")
        host, port = (named[1] or named[2]).decode().lower(), int(named[3])
        if (host, port) not in self._routes:
            raise _Refused(403, f"The mock does not answer for {host}:{port}. It answers for {self._answered()}.")
        return self._routes[host, port]

    def _answered(self) -> str:
        return ", ".join(f"{host}:{port}" for host, port in self._routes)


class _Refused(Exception):
    """Status, and a sentence for a person."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason


async def _reached(place: Place) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    try:
        return await asyncio.open_connection(*place)
    except OSError:
        raise _Refused(502, "The mock takes no more connections.") from None


async def _refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, refused: _Refused) -> None:
    body = f"{refused.reason}\n".encode()
    allow = "Allow: CONNECT\r\n" if refused.status == 405 else ""
    head = (
        f"HTTP/1.1 {refused.status} {HTTPStatus(refused.status).phrase}\r\n{allow}"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\nProxy-Connection: close\r\n\r\n"
    )
    writer.write(head.encode() + body)
    writer.write_eof()
    # A client that is still sending would lose the answer if its bytes met a closed socket.
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGER):
            while await reader.read(_CHUNK):
                pass


async def _tunnel(*ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    """Passes bytes both ways until the mock, the second to speak, has ended: nothing can come after that."""
    to_mock, to_client = ways
    try:
        async with asyncio.TaskGroup() as both:
            asking = both.create_task(_copy(*to_mock))
            await _copy(*to_client)
            asking.cancel()
    except* OSError:  # the client went away
        pass


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()
    writer.write_eof()


async def _close(writer: asyncio.StreamWriter) -> None:
    """Lets the other side take what was written, but not for long."""
    writer.close()
    try:
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(_LINGER):
                await writer.wait_closed()
    finally:
        writer.transport.abort()
