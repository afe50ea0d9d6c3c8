"""Ways for clients to reach a WSGI app without a socket: a transport for httpx, an adapter for requests."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from wsgiref.types import WSGIApplication

import httpx
import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse


class AsyncWSGITransport(httpx.AsyncBaseTransport):
    """httpx's own transport for WSGI, for its asynchronous client."""

    def __init__(self, app: WSGIApplication) -> None:
        self._transport = httpx.WSGITransport(app=app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        sent = httpx.Request(request.method, request.url, headers=request.headers, content=await request.aread())
        answer = self._transport.handle_request(sent)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.read())


class WSGIAdapter(BaseAdapter):
    """The same for requests, by way of httpx."""

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__()
        self._client = httpx.Client(transport=httpx.WSGITransport(app=app))

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        answer = self._client.request(
            request.method or "", request.url or "", headers=dict(request.headers), content=request.body
        )
        raw = HTTPResponse(
            BytesIO(answer.content), dict(answer.headers), answer.status_code, reason="", preload_content=False
        )
        return HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        self._client.close()


def session_of(app: WSGIApplication) -> requests.Session:
    """A session of requests for which the app is the whole web."""
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, WSGIAdapter(app))
    return session
