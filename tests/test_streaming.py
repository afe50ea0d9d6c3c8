"""Answers that go on, over real sockets: they come as they are made, and end with the client or with the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator
from threading import Event, Semaphore
from typing import Any
from wsgiref.types import StartResponse

import httpx
import pytest

from mockserver.server import BackgroundServer, Listeners
from mockserver.web.frame import STREAM

Environ = dict[str, Any]
SOON = 10


class Ticking:
    """An app whose answers go on: what is fed comes; it notes how many of them are open."""

    def __init__(self) -> None:
        self.closed = Semaphore(0)
        self.opened = Event()
        self.at = ""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        environ[STREAM] = {"/ends": self.three, "/breaks": self.broken}.get(environ["PATH_INFO"], self.endless)()
        return [b"begun "]

    async def three(self) -> AsyncGenerator[bytes]:
        for number in range(3):
            yield b"%d " % number

    async def broken(self) -> AsyncGenerator[bytes]:
        yield b"so far "
        raise RuntimeError("the reason")

    async def endless(self) -> AsyncGenerator[bytes]:
        try:
            self.opened.set()
            yield b"waiting "
            await asyncio.Event().wait()
        finally:
            self.closed.release()


@pytest.fixture
def ticking() -> Iterator[Ticking]:
    app = Ticking()
    with BackgroundServer(Listeners(), app) as at:
        app.at = at.http
        yield app


def test_an_answer_that_ends_is_whole(ticking: Ticking) -> None:
    assert httpx.get(f"{ticking.at}/ends", trust_env=False).content == b"begun 0 1 2 "


def test_what_is_made_comes_before_the_end(ticking: Ticking) -> None:
    with httpx.stream("GET", ticking.at, trust_env=False, timeout=SOON) as answer:
        chunks = answer.iter_raw()
        read = b""
        while not read.endswith(b"waiting "):
            read += next(chunks)
        assert read == b"begun waiting "


def test_a_client_that_goes_ends_it(ticking: Ticking) -> None:
    with httpx.stream("GET", ticking.at, trust_env=False, timeout=SOON):
        assert ticking.opened.wait(SOON)

    assert ticking.closed.acquire(timeout=SOON)


def test_other_requests_are_answered_meanwhile(ticking: Ticking) -> None:
    with httpx.stream("GET", ticking.at, trust_env=False, timeout=SOON):
        assert httpx.get(f"{ticking.at}/ends", trust_env=False, timeout=SOON).status_code == 200


def test_the_server_stops_although_somebody_listens() -> None:
    app = Ticking()
    server = BackgroundServer(Listeners(), app)
    with httpx.stream("GET", server.start().http, trust_env=False, timeout=SOON) as answer:
        assert app.opened.wait(SOON)
        server.stop()
        assert b"".join(answer.iter_raw()) == b"begun waiting "

    assert app.closed.acquire(timeout=SOON)


def test_one_that_breaks_ends_and_says_so_in_the_log(ticking: Ticking, caplog: pytest.LogCaptureFixture) -> None:
    assert httpx.get(f"{ticking.at}/breaks", trust_env=False, timeout=SOON).content == b"begun so far "

    assert "a stream of events failed" in caplog.text
