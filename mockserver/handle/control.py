"""The control API, `/_mock`, as a function: values in, values out, a refusal as an exception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import orjson

from mockserver.core.errors import GraphError
from mockserver.transports.inside import Headers, Said


class Exchange(Protocol):
    """One request and its answer: in process, or over a socket."""

    def __call__(self, method: str, url: str, headers: Headers, body: bytes) -> Said: ...


class ControlRefused(Exception):
    """What was asked of the control API was refused; nothing has changed.

    `status`, `code` and `details` are those of the answer: https://learn.microsoft.com/graph/errors.
    """

    def __init__(self, status: int, code: str, message: str, details: list[Any]) -> None:
        super().__init__("\n".join([message, *(each for each in map(_detail, details) if each not in message)]))
        self.status, self.code, self.details = status, code, details


def control(exchange: Exchange, root: str, token: str, method: str, path: str, body: Any = None) -> Any:
    """What `/_mock{path}` of the sandbox at `root` answers; None where that is nothing. Raises ControlRefused."""
    headers = [(b"Content-Type", b"application/json")]
    if token:
        headers.append((b"x-mock-token", token.encode()))
    said = exchange(method, f"{root}/_mock{path}", headers, b"" if method == "GET" else orjson.dumps(body))
    if said.status >= 400:
        raise _refused(said)
    return orjson.loads(said.body) if said.body else None


@contextmanager
def refusing() -> Iterator[None]:
    """What a sandbox in this process refuses, refused as the control API does it."""
    try:
        yield
    except GraphError as refusal:
        raise ControlRefused(refusal.status, refusal.code, refusal.message, list(refusal.details)) from None


def _refused(said: Said) -> ControlRefused:
    try:
        error = orjson.loads(said.body)["error"]
        return ControlRefused(said.status, error["code"], error["message"], error.get("details", []))
    except (ValueError, TypeError, KeyError):
        return ControlRefused(said.status, "", f"status {said.status}, from something that is no mock", [])


def _detail(detail: Any) -> str:
    return ": ".join(str(detail[name]) for name in ("target", "message") if detail.get(name))
