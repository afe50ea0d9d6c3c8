"""The outermost step around every request, to the Graph or not: its line in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from time import perf_counter
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from mockserver.logs.redaction import target_shown
from mockserver.logs.requests import RequestLine, log
from mockserver.web.frame import FOUND, REFUSED, REQUEST_ID

_AGAIN_AND_AGAIN = ("/_mock/health", "/_mock/ready", "/_page/")
"""What programs ask every few seconds, and a browser for each page, is for `--log-level debug`."""

_LONGEST_WORD = 64


def logged(app: WSGIApplication, secrets: Collection[str] = ()) -> WSGIApplication:
    """The app with a line in the log for each request; nothing that contains one of the secrets is shown.

    Where nobody reads the log, that costs one look at its level.
    """

    def watch(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not log.isEnabledFor(logging.INFO):
            return app(environ, start_response)
        began = perf_counter()
        path, status = environ["SCRIPT_NAME"] + environ["PATH_INFO"], ""

        def start(said: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            nonlocal status
            status = said
            return start_response(said, headers)

        chunks = app(environ, start)
        level = logging.DEBUG if environ["PATH_INFO"].startswith(_AGAIN_AND_AGAIN) else logging.INFO
        if log.isEnabledFor(level):
            log.log(level, _line(environ, path, status, perf_counter() - began, secrets))
        return chunks

    return watch


def _line(environ: WSGIEnvironment, path: str, status: str, seconds: float, secrets: Collection[str]) -> RequestLine:
    return RequestLine(
        _word(environ.get(FOUND, "")),
        _word(environ["REQUEST_METHOD"]),
        target_shown(path, environ.get("QUERY_STRING", ""), secrets),
        int(status[:3]),
        _word(environ.get(REFUSED, "")),
        seconds * 1000,
        environ[REQUEST_ID],
    )


def _word(said: str) -> str:
    """What a client or a fault may have chosen, in one word."""
    return quote(said[:_LONGEST_WORD], safe="", errors="replace")
