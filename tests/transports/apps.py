"""WSGI apps that tell what they were asked, and the libraries that ask them, behind one face."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse

import httpx
import requests

from mockserver.transports import of_httpx, of_requests
from mockserver.transports.inside import Inside
from mockserver.web.frame import WAIT

ROOT = "https://localhost/sandboxes/mine"


class Spy:
    """Keeps what it was given; answers as it is told."""

    def __init__(self) -> None:
        self.environ: dict[str, Any] = {}
        self.body = b""
        self.status = "200 OK"
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/plain"), ("Content-Length", "4")]
        self.answer = b"said"
        self.wait = 0.0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        self.environ = environ
        self.body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ[WAIT] = self.wait
        start_response(self.status, self.headers)
        return [self.answer] if self.answer else []

    @property
    def inside(self) -> Inside:
        return Inside(self, "mine")


Answer = httpx.Response | requests.Response
Ask = Callable[..., Answer]


def by_httpx(inside: Inside, method: str, url: str, **options: Any) -> httpx.Response:
    with of_httpx.client(ROOT, inside) as client:
        return client.request(method, url, **options)


def by_async_httpx(inside: Inside, method: str, url: str, **options: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with of_httpx.async_client(ROOT, inside) as client:
            return await client.request(method, url, **options)

    return asyncio.run(ask())


def by_requests(inside: Inside, method: str, url: str, **options: Any) -> requests.Response:
    with of_requests.Session(ROOT, inside) as session:
        return session.request(method, url, **options)


LIBRARIES: dict[str, Ask] = {"httpx": by_httpx, "async-httpx": by_async_httpx, "requests": by_requests}
TIME_OUTS = (httpx.ReadTimeout, requests.ReadTimeout)
