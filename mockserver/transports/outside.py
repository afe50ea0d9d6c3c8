"""One request to a mock in another process and its answer, with the standard library alone."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable
from http.client import HTTPResponse

from mockserver.transports.inside import Said

_LONGEST = 30.0
"""Seconds; large tenants take a while to be read and checked."""


def exchange(method: str, url: str, headers: Iterable[tuple[bytes, bytes]] = (), body: bytes = b"") -> Said:
    """The answer, whatever its status. Raises OSError where nobody answers."""
    named = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
    request = urllib.request.Request(url, body or None, named, method=method)
    try:
        with urllib.request.urlopen(request, timeout=_LONGEST) as answer:
            return _said(answer.status, answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return _said(refused.code, refused)


def _said(status: int, answer: HTTPResponse | urllib.error.HTTPError) -> Said:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    return Said(status, headers, answer.read())
