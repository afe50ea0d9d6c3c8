"""requests, and what is built on it, azure-identity and msal: `pip install requests`."""

from __future__ import annotations

import time
from http.client import responses
from io import BytesIO
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError
from urllib3 import HTTPHeaderDict, HTTPResponse

from mockserver.transports.inside import Inside, Said


class Session(requests.Session):
    """A session in which an address that begins with a slash is below `root`."""

    def __init__(self, root: str, inside: Inside | None) -> None:
        super().__init__()
        self._root = root
        if inside is not None:
            self.trust_env = False
            for scheme in ("http://", "https://"):
                self.mount(scheme, Adapter(inside))

    def request(self, method: str, url: str | bytes, *others: Any, **named: Any) -> requests.Response:
        whole = self._root + url if isinstance(url, str) and url.startswith("/") else url
        return super().request(method, whole, *others, **named)


_BROKEN = {"nothing": requests.ConnectionError, "half": ChunkedEncodingError}
"""What requests raises where a connection ends before an answer, and in the middle of one."""


class Adapter(HTTPAdapter):
    """Sends requests into the app."""

    def __init__(self, inside: Inside) -> None:
        super().__init__()
        self._inside = inside

    def send(
        self, request: requests.PreparedRequest, stream: bool = False, timeout: Any = None, *_: Any, **__: Any
    ) -> requests.Response:
        headers = [(_bytes(name), _bytes(value)) for name, value in request.headers.items()]
        said = self._inside.exchange(str(request.method), str(request.url), headers, _content(request.body))
        _hold(said, timeout, request)
        if said.cut:
            raise _BROKEN[said.cut]("Connection broken", request=request)
        return self.build_response(request, _raw(said, str(request.method)))


def _content(body: Any) -> bytes:
    """What requests would send for a body: a text, bytes, a file or chunks."""
    if body is None or isinstance(body, str | bytes):
        return _bytes(body or b"", "utf-8")
    return _content(body.read()) if hasattr(body, "read") else b"".join(map(_bytes, body))


def _bytes(text: str | bytes, encoding: str = "latin-1") -> bytes:
    return text.encode(encoding) if isinstance(text, str) else text


def _hold(said: Said, timeout: Any, request: requests.PreparedRequest) -> None:
    """Waits where an answer is held back, but not beyond the caller's time-out."""
    longest = timeout[1] if isinstance(timeout, tuple) else timeout
    if longest is not None and longest < said.wait:
        time.sleep(longest)
        raise requests.ReadTimeout("The read operation timed out", request=request)
    time.sleep(said.wait)


def _raw(said: Said, method: str) -> HTTPResponse:
    headers = HTTPHeaderDict((name.decode("latin-1"), value.decode("latin-1")) for name, value in said.headers)
    reason = responses.get(said.status, "")
    return HTTPResponse(
        BytesIO(said.body), headers, said.status, reason=reason, preload_content=False, request_method=method
    )
