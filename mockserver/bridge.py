"""Calls a WSGI app for the requests that granian hands over, on the event loop itself: they are short and in memory.

Spoken with granian is ASGI, since RSGI gives only the decoded path and leaves out headers that are not ASCII.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from mockserver.hanging_up import hang_up
from mockserver.logs.redaction import target_shown
from mockserver.streaming import stream
from mockserver.web.frame import CUT, STREAM
from mockserver.web.frame import WAIT as WAIT

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]
Head = list[Any]
"""Status and headers, once the app has said them."""

MAX_BODY = 4 * 1024 * 1024

_DISCARDED = 64 * 1024 * 1024
_FAILED: Answer = (
    500,
    [(b"content-type", b"application/json")],
    b'{"error":{"code":"InternalServerError","message":"The mock failed to answer this request; its log says why."}}',
)

_log = logging.getLogger("mockserver")


class Bridge:
    """An ASGI app that answers with a WSGI app.

    A body above `max_body` is never kept whole: the app gets its true length (or one too large, where the client did
    not declare it) and a cut input, so that it refuses the request in its own words. Answers held back are let go
    once `stop` is set.
    """

    def __init__(self, app: WSGIApplication, url: str, *, stop: asyncio.Event, max_body: int = MAX_BODY) -> None:
        served_at = urlsplit(url)
        self._app = app
        self._stop = stop
        self._max_body = max_body
        self._always = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": served_at.hostname,
            "SERVER_PORT": str(served_at.port),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": served_at.scheme,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        environ = self._environ(scope)
        if not await self._received(environ, receive):
            return
        status, headers, body = self._answer(environ)
        if WAIT in environ:
            await self._hold(environ[WAIT])
        if environ.get(CUT) == "nothing" and hang_up(scope["server"], scope["client"]):
            return
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if STREAM in environ:
            await send({"type": "http.response.body", "body": body, "more_body": True})
            await stream(environ[STREAM], receive, send, self._stop)
            return
        # What promises more and then says nothing has its connection closed.
        await send({"type": "http.response.body", "body": body, "more_body": CUT in environ})

    def _environ(self, scope: Event) -> dict[str, Any]:
        path = scope["raw_path"]
        raw = path.decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        environ: dict[str, Any] = self._always.copy()
        environ["REQUEST_METHOD"] = scope["method"]
        environ["PATH_INFO"] = unquote_to_bytes(path).decode("latin-1") if "%" in raw else raw
        environ["QUERY_STRING"] = query
        environ["REQUEST_URI"] = environ["RAW_URI"] = f"{raw}?{query}" if query else raw
        environ["SERVER_PROTOCOL"] = "HTTP/1.1" if scope["http_version"] == "1.1" else "HTTP/1.0"
        environ["REMOTE_ADDR"] = scope["client"][0]
        # Looked up each time, because tests replace it while a server runs.
        environ["wsgi.errors"] = sys.stderr
        for name, value in scope["headers"]:
            key, text = variable(name), value.decode("latin-1")
            environ[key] = f"{environ[key]},{text}" if key in environ else text
        if not environ["HTTP_HOST"]:
            # An empty one stands for none, which HTTP/1.0 allows; WSGI then falls back to the server's name.
            del environ["HTTP_HOST"]
        return environ

    async def _received(self, environ: dict[str, Any], receive: Receive) -> bool:
        """Whether the whole body, put into the environ, has come; not where the client went away midway."""
        chunked = environ.pop("HTTP_TRANSFER_ENCODING", None)
        declared = int(environ.get("CONTENT_LENGTH", 0))
        if not (chunked or declared) or (declared > self._max_body and "HTTP_EXPECT" in environ):
            environ["wsgi.input"] = BytesIO()
            return True
        read = await _read(receive, self._max_body)
        if read is None:
            return False
        body, length = read
        if chunked:
            environ["CONTENT_LENGTH"] = str(min(length, self._max_body + 1))
        environ["wsgi.input"] = BytesIO(body)
        return True

    def _answer(self, environ: dict[str, Any]) -> Answer:
        """What the app answers; of an answer that it cuts, what comes before."""
        head: Head = []
        written: list[bytes] = []
        try:
            _collect(self._app, environ, head, written)
        except Exception as problem:
            if CUT not in environ or not isinstance(problem, ConnectionResetError):
                asked = target_shown(environ["REQUEST_URI"].partition("?")[0])
                _log.exception("%s %s failed", environ["REQUEST_METHOD"], asked)
                return _FAILED
        return _whole(head, written)

    async def _hold(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)


def run(app: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """The whole answer of the app. Raises what it raises."""
    head: Head = []
    written: list[bytes] = []
    _collect(app, environ, head, written)
    return _whole(head, written)


def _collect(app: WSGIApplication, environ: dict[str, Any], head: Head, written: list[bytes]) -> None:
    """Puts there what the app answers, as it comes."""

    def start_response(status: str, headers: list[tuple[str, str]], _failure: object = None) -> Callable[[bytes], None]:
        head[:] = int(status[:3]), headers
        return written.append

    chunks = app(environ, start_response)
    try:
        written.extend(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def _whole(head: Head, written: list[bytes]) -> Answer:
    status, headers = head
    return status, [(_lower(name), value.encode("latin-1")) for name, value in headers], b"".join(written)


async def _read(receive: Receive, limit: int) -> tuple[bytes, int] | None:
    """The first `limit` bytes of a body, and how many came; None where the client went away midway.

    The rest is taken off the wire too, up to a point: a client that is still sending would miss the answer.
    """
    chunks: list[bytes] = []
    length, more = 0, True
    while more and length <= limit + _DISCARDED:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        chunk = event["body"]
        if length < limit:
            chunks.append(chunk[: limit - length])
        length += len(chunk)
        more = event["more_body"]
    return b"".join(chunks), length


@lru_cache(maxsize=256)
def variable(header: bytes) -> str:
    """The name of a header in a WSGI environ."""
    name = header.decode("latin-1").upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


@lru_cache(maxsize=256)
def _lower(header: str) -> bytes:
    return header.lower().encode("latin-1")
