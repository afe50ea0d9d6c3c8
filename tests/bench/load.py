"""Asks for one address many times over kept-alive connections and prints what it took, as JSON.

python tests/bench/load.py URL REQUESTS CONNECTIONS
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from functools import partial
from itertools import chain
from urllib.parse import urlsplit


class Client(asyncio.Protocol):
    """One kept-alive connection that asks again as soon as it has the answer."""

    def __init__(self, request: bytes, left: int, done: asyncio.Future[list[float]]) -> None:
        self._request = request
        self._left = left
        self._done = done
        self._received = b""
        self._took: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(error or ConnectionError("The server closed the connection."))

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = self._received.find(b"\r\n\r\n")
        if head < 0 or len(self._received) < head + 4 + self._length():
            return
        self._took.append(time.perf_counter() - self._asked_at)
        if not self._received.startswith(b"HTTP/1.1 2"):
            self._done.set_exception(ValueError(self._received[:head].decode()))
            self._transport.close()
        elif len(self._took) < self._left:
            self._ask()
        else:
            self._done.set_result(self._took)
            self._transport.close()

    def _ask(self) -> None:
        self._received = b""
        self._asked_at = time.perf_counter()
        self._transport.write(self._request)

    def _length(self) -> int:
        start = self._received.find(b"content-length: ")
        return 0 if start < 0 else int(self._received[start + 16 : self._received.find(b"\r", start)])


async def load(url: str, requests: int, connections: int) -> dict[str, float]:
    """The rate, and the latencies in milliseconds."""
    at = urlsplit(url)
    target = at._replace(scheme="", netloc="").geturl()
    request = f"GET {target} HTTP/1.1\r\nHost: {at.netloc}\r\nAccept: application/json\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    done: list[asyncio.Future[list[float]]] = [loop.create_future() for _ in range(connections)]
    started = time.perf_counter()
    for each in done:
        await loop.create_connection(
            partial(Client, request, requests // connections, each), str(at.hostname), at.port or 80
        )
    took = sorted(chain.from_iterable(await asyncio.gather(*done)))
    rate = len(took) / (time.perf_counter() - started)
    return {"rate": rate, "p50": took[len(took) // 2] * 1000, "p99": took[len(took) * 99 // 100] * 1000}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(load(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
