"""httpx, sync and async: `pip install httpx`. Needs no other package for it."""

from __future__ import annotations

import time
from typing import Any

import anyio
import httpx

from mockserver.transports.inside import Inside, Said


def client(root: str, inside: Inside | None) -> httpx.Client:
    """A client whose addresses begin at `root`: in process, or over a socket where there is no inside."""
    transport = Transport(inside) if inside else None
    return httpx.Client(base_url=root, transport=transport, verify=_verified(root))


def async_client(root: str, inside: Inside | None, **options: Any) -> httpx.AsyncClient:
    """The same for `async with` and `await`."""
    transport = AsyncTransport(inside) if inside else None
    return httpx.AsyncClient(base_url=root, transport=transport, verify=_verified(root), **options)


def _verified(root: str) -> bool:
    # httpx looks for certificates even for http, which takes a tenth of a second.
    return root.startswith("https:")


class Transport(httpx.BaseTransport):
    """Sends requests into the app."""

    def __init__(self, inside: Inside) -> None:
        self._inside = inside

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        said = _exchange(self._inside, request, request.read())
        time.sleep(_patience(request, said))
        return _response(request, said)


class AsyncTransport(httpx.AsyncBaseTransport):
    """The same in a loop, asyncio's or another, which goes on while an answer is held back."""

    def __init__(self, inside: Inside) -> None:
        self._inside = inside

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        said = _exchange(self._inside, request, await request.aread())
        await anyio.sleep(_patience(request, said))
        return _response(request, said)


def _exchange(inside: Inside, request: httpx.Request, body: bytes) -> Said:
    return inside.exchange(request.method, str(request.url), request.headers.raw, body)


def _patience(request: httpx.Request, said: Said) -> float:
    """How long the caller waits for an answer that is held back: not beyond its time-out."""
    longest = request.extensions.get("timeout", {}).get("read")
    return said.wait if longest is None else min(said.wait, longest)


def _response(request: httpx.Request, said: Said) -> httpx.Response:
    if _patience(request, said) < said.wait:
        raise httpx.ReadTimeout("The read operation timed out", request=request)
    if said.cut:
        raise httpx.RemoteProtocolError("Server disconnected", request=request)
    return httpx.Response(said.status, headers=said.headers, stream=httpx.ByteStream(said.body))
