"""What a WSGI app is given for a request and what becomes of its answer, over real sockets."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse

import httpx
import pytest
from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from mockserver.server import BackgroundServer, Listeners
from mockserver.settings import Addresses
from mockserver.web.frame import CUT

Environ = dict[str, Any]
View = Callable[[Environ, StartResponse], Iterable[bytes]]

LIMIT = 100_000


class Served:
    """A running server, and what its app was given and gave up."""

    def __init__(self) -> None:
        self.view: View = said
        self.environs: list[Environ] = []
        self.at = Addresses("")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.environs.append(environ)
        return self.view(environ, start_response)

    @property
    def address(self) -> tuple[str, int]:
        at = urlsplit(self.at.http)
        return str(at.hostname), int(at.port or 0)

    def raw(self, text: bytes) -> bytes:
        """All that comes back for these bytes until the server closes the connection."""
        with socket.create_connection(self.address, timeout=10) as connection:
            connection.sendall(text)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    app = Served()
    with BackgroundServer(Listeners(max_body=LIMIT), app) as at:
        app.at = at
        yield app


@pytest.fixture
def served(running: Served) -> Served:
    running.view = said
    running.environs.clear()
    return running


def said(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"said"]


def limited() -> Flask:
    app = Flask("limited")
    app.config["MAX_CONTENT_LENGTH"] = LIMIT
    app.post("/length")(lambda: {"length": len(request.get_data())})
    app.register_error_handler(RequestEntityTooLarge, lambda _: ({"error": {"code": "tooLarge"}}, 413))
    return app


class Closed(list[bytes]):
    closed = False

    def close(self) -> None:
        self.closed = True


def failing(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    raise RuntimeError("the reason")


class TestEnviron:
    def test_the_raw_path_is_kept_beside_the_decoded_one(self, served: Served) -> None:
        served.raw(b"GET /a%2Fb/%24ref?$filter=%27x%27 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        (environ,) = served.environs
        assert environ["REQUEST_URI"] == environ["RAW_URI"] == "/a%2Fb/%24ref?$filter=%27x%27"
        assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == ("/a/b/$ref", "$filter=%27x%27")

    def test_two_slashes_are_kept(self, served: Served) -> None:
        served.raw(b"GET //beta//x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        assert served.environs[0]["PATH_INFO"] == served.environs[0]["REQUEST_URI"] == "//beta//x"

    def test_a_path_outside_ascii_is_decoded_as_wsgi_demands(self, served: Served) -> None:
        served.raw(b"GET /%C3%A9%FF HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        assert served.environs[0]["PATH_INFO"].encode("latin-1") == b"/\xc3\xa9\xff"

    def test_a_header_sent_twice_is_joined(self, served: Served) -> None:
        served.raw(b"GET / HTTP/1.1\r\nHost: h\r\nX-Two: a\r\nX-Two: b\r\nConnection: close\r\n\r\n")
        assert served.environs[0]["HTTP_X_TWO"] == "a,b"

    def test_a_header_outside_ascii_is_kept(self, served: Served) -> None:
        served.raw(b"GET / HTTP/1.1\r\nHost: h\r\nX-Name: \xc3\xa9\r\nConnection: close\r\n\r\n")
        assert served.environs[0]["HTTP_X_NAME"].encode("latin-1") == b"\xc3\xa9"

    def test_a_request_without_host_has_none(self, served: Served) -> None:
        assert served.raw(b"GET / HTTP/1.0\r\n\r\n").endswith(b"said")
        assert "HTTP_HOST" not in served.environs[0]

    def test_the_server_the_client_and_the_protocol_are_named(self, served: Served) -> None:
        httpx.get(served.at.http, trust_env=False)
        names = ("SERVER_NAME", "SERVER_PORT", "REMOTE_ADDR", "SERVER_PROTOCOL", "SCRIPT_NAME")
        host, port = served.address
        assert [served.environs[0][name] for name in names] == [host, str(port), "127.0.0.1", "HTTP/1.1", ""]


class TestBody:
    def test_a_body_arrives_whole(self, served: Served) -> None:
        served.view = limited()
        assert httpx.post(f"{served.at.http}/length", content=b"x" * LIMIT, trust_env=False).json() == {"length": LIMIT}

    def test_a_chunked_body_arrives_whole(self, served: Served) -> None:
        served.view = limited()
        chunks = (b"x" * 1000 for _ in range(LIMIT // 1000))
        assert httpx.post(f"{served.at.http}/length", content=chunks, trust_env=False).json() == {"length": LIMIT}

    def test_a_body_too_big_is_refused_by_the_app(self, served: Served) -> None:
        served.view = limited()
        answer = httpx.post(f"{served.at.http}/length", content=b"x" * (50 * LIMIT), trust_env=False)
        assert (answer.status_code, answer.json()) == (413, {"error": {"code": "tooLarge"}})

    def test_a_chunked_body_too_big_is_refused_by_the_app(self, served: Served) -> None:
        served.view = limited()
        chunks = (b"x" * LIMIT for _ in range(50))
        answer = httpx.post(f"{served.at.http}/length", content=chunks, trust_env=False)
        assert (answer.status_code, answer.json()) == (413, {"error": {"code": "tooLarge"}})

    def test_a_body_too_big_is_cut_but_its_length_is_true(self, served: Served) -> None:
        httpx.post(served.at.http, content=b"x" * (LIMIT + 5), trust_env=False)
        (environ,) = served.environs
        assert (environ["CONTENT_LENGTH"], len(environ["wsgi.input"].read())) == (str(LIMIT + 5), LIMIT)

    def test_a_body_too_big_is_refused_before_a_careful_client_sends_it(self, served: Served) -> None:
        served.view = limited()
        head = f"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: {LIMIT + 1}\r\nExpect: 100-continue\r\n\r\n"
        assert served.raw(head.encode()).startswith(b"HTTP/1.1 413 ")

    def test_a_body_broken_off_never_reaches_the_app(self, served: Served) -> None:
        with socket.create_connection(served.address, timeout=10) as connection:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
        assert served.environs == []


class TestAnswer:
    def test_head_gets_the_length_and_no_body(self, served: Served) -> None:
        answer = served.raw(b"HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        assert b"\r\ncontent-length: 4\r\n" in answer
        assert answer.endswith(b"\r\n\r\n")

    @pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
    def test_an_answer_that_has_no_body_gets_none(self, served: Served, status: str) -> None:
        def empty(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            start_response(status, [("ETag", '"1"')])
            return [b"a mistake"]

        served.view = empty
        answer = served.raw(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        assert answer.startswith(f"HTTP/1.1 {status}\r\n".encode())
        assert answer.endswith(b"\r\n\r\n")

    def test_chunks_and_written_pieces_are_joined(self, served: Served) -> None:
        def piecemeal(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            start_response("200 OK", [])(b"a")
            yield b"b"
            yield b"c"

        served.view = piecemeal
        assert httpx.get(served.at.http, trust_env=False).content == b"abc"

    def test_headers_of_one_name_stay_apart(self, served: Served) -> None:
        def cookies(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            start_response("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
            return []

        served.view = cookies
        assert httpx.get(served.at.http, trust_env=False).headers.get_list("set-cookie") == ["a=1", "b=2"]

    def test_the_iterable_of_the_app_is_closed(self, served: Served) -> None:
        chunks = Closed([b"said"])

        def closing(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            start_response("200 OK", [])
            return chunks

        served.view = closing
        httpx.get(served.at.http, trust_env=False)
        assert chunks.closed

    def test_an_exception_of_the_app_becomes_a_graph_error(self, served: Served) -> None:
        served.view = failing
        answer = httpx.get(served.at.http, trust_env=False)
        assert answer.status_code == 500
        assert answer.json()["error"]["code"] == "InternalServerError"
        assert "Traceback" not in answer.text

    def test_an_exception_of_the_app_is_logged(self, served: Served, caplog: pytest.LogCaptureFixture) -> None:
        served.view = failing
        httpx.get(f"{served.at.http}/why", trust_env=False)
        (record,) = [record for record in caplog.records if record.name == "mockserver"]
        assert record.getMessage() == "GET /why failed"
        assert record.exc_info is not None


def cutting(sent: str) -> View:
    """An app whose answer is cut, as a fault orders it: `nothing` or `half` of it is sent."""

    def view(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        environ[CUT] = sent
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "8")])
        if sent == "half":
            yield b"said"
        raise ConnectionResetError

    return view


class TestCutAnswers:
    """What a fault with `drop` or `truncate` looks like on the wire (R61)."""

    REQUEST = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    def test_a_dropped_one_is_no_answer_at_all(self, served: Served) -> None:
        served.view = cutting("nothing")
        assert served.raw(self.REQUEST) == b""

    def test_a_truncated_one_ends_within_its_body(self, served: Served) -> None:
        served.view = cutting("half")
        head, _, body = served.raw(self.REQUEST).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        assert (b"content-length: 8" in head, body) == (True, b"said")

    @pytest.mark.parametrize("sent", ["nothing", "half"])
    def test_clients_see_a_broken_connection(self, served: Served, sent: str) -> None:
        served.view = cutting(sent)
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(served.at.http, trust_env=False)

    def test_only_the_connection_that_is_meant_is_closed(self, served: Served) -> None:
        with httpx.Client(trust_env=False) as other:
            other.get(served.at.http)
            served.view = cutting("nothing")
            served.raw(self.REQUEST)
            served.view = said
            assert other.get(served.at.http).text == "said"

    def test_it_is_not_logged_as_a_failure(self, served: Served, caplog: pytest.LogCaptureFixture) -> None:
        served.view = cutting("nothing")
        served.raw(self.REQUEST)
        assert [record for record in caplog.records if record.name == "mockserver"] == []

    def test_where_connections_cannot_be_found_the_body_is_missing(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As on Windows, which does not list a process's open files."""
        monkeypatch.setattr("mockserver.hanging_up._OPEN_FILES", Path("/nowhere"))
        served.view = cutting("nothing")
        assert served.raw(self.REQUEST).endswith(b"\r\n\r\n")
