"""The CONNECT proxy, over real sockets: what it lets through, what it refuses and how, and that nothing of it stays."""

from __future__ import annotations

import asyncio
import gc
import re
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver import proxy
from mockserver.bridge import WAIT
from mockserver.identity.certificate import SERVICE_HOSTS, Certificate, local_certificate
from mockserver.ports import LOOPBACK, bound, reached
from mockserver.proxy import LARGEST_HEAD, Proxy
from mockserver.server import BackgroundServer, Listeners
from mockserver.settings import Addresses

LARGE = 3 * 1024 * 1024
GRAPH = "graph.microsoft.com"


def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Says where it was asked, and sends back what it was sent; much where it is asked for much."""
    if environ["PATH_INFO"] == "/wait":
        environ[WAIT] = 3600
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/large":
        return [b"x" * LARGE]
    return [f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']} ".encode(), environ["wsgi.input"].read()]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return local_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def trusted(certificate: Certificate) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate.ca))


@pytest.fixture(scope="module")
def at(certificate: Certificate) -> Iterator[Addresses]:
    with BackgroundServer(listening(certificate), app) as addresses:
        yield addresses


def listening(certificate: Certificate, **options: Any) -> Listeners:
    return Listeners(certificate=certificate, proxy_port=0, **options)


def place(url: str | None) -> tuple[str, int]:
    parts = urlsplit(url or "")
    return str(parts.hostname), int(parts.port or 0)


def own(at: Addresses) -> str:
    """The mock's http port as a client may ask for it: a tunnel that needs no TLS."""
    return f"localhost:{place(at.http)[1]}"


def connected(at: Addresses, head: bytes = b"") -> socket.socket:
    client = socket.create_connection(place(at.proxy), timeout=20)
    client.sendall(head)
    return client


def said(client: socket.socket) -> bytes:
    """All that comes until the other side ends."""
    return b"".join(iter(lambda: client.recv(65536), b""))


def answer(at: Addresses, head: bytes) -> bytes:
    """What is said to a client that says no more than this."""
    with connected(at, head) as client:
        client.shutdown(socket.SHUT_WR)
        return said(client)


def through(at: Addresses, *headers: str) -> bytes:
    """What is said to a client that asks the mock something without waiting for the tunnel."""
    with connected(at, connect(own(at), *headers) + get("/")) as client:
        return said(client)


def connect(target: str, *headers: str) -> bytes:
    return "\r\n".join((f"CONNECT {target} HTTP/1.1", f"Host: {target}", *headers, "", "")).encode("latin-1")


def tunnel(at: Addresses, target: str) -> socket.socket:
    client = connected(at, connect(target))
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += client.recv(1)
    assert head == b"HTTP/1.1 200 Connection established\r\n\r\n"
    return client


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode()


class TestTunnel:
    @pytest.mark.parametrize("host", SERVICE_HOSTS)
    def test_a_host_of_the_service_is_the_mock_with_a_certificate_for_it(
        self, at: Addresses, trusted: ssl.SSLContext, host: str
    ) -> None:
        with httpx.Client(proxy=at.proxy, verify=trusted, trust_env=False) as client:
            answered = client.get(f"https://{host}/beta/")

        assert answered.text == f"https://{host} "

    @pytest.mark.parametrize("host", ["GRAPH.Microsoft.COM", "localhost", "127.0.0.1", "[::1]"])
    def test_names_are_taken_in_any_case_and_this_machine_at_the_mocks_own_ports(
        self, at: Addresses, host: str
    ) -> None:
        ports = [443] if "." in host and host[0].isalpha() else [place(at.http)[1], place(at.https)[1]]
        for port in ports:
            tunnel(at, f"{host}:{port}").close()

    def test_large_bodies_pass_both_ways(self, at: Addresses, trusted: ssl.SSLContext) -> None:
        with httpx.Client(proxy=at.proxy, verify=trusted, trust_env=False, timeout=20) as client:
            sent = client.post(f"https://{GRAPH}/", content=b"y" * LARGE)
            received = client.get(f"https://{GRAPH}/large")

        assert sent.text == f"https://{GRAPH} {'y' * LARGE}"
        assert received.content == b"x" * LARGE

    def test_a_connection_is_used_again(self, at: Addresses, trusted: ssl.SSLContext) -> None:
        with httpx.Client(proxy=at.proxy, verify=trusted, trust_env=False) as client:
            answers = [client.get(f"https://{GRAPH}/") for _ in range(3)]

        assert len({answer.extensions["network_stream"] for answer in answers}) == 1

    def test_what_follows_the_head_at_once_is_passed_on(self, at: Addresses) -> None:
        assert through(at).endswith(b"http://here ")

    @pytest.mark.parametrize("header", ["Agent: caf\xe9", "Proxy-Authorization: Basic eDp5", "Connection: keep-alive"])
    def test_headers_of_the_client_are_no_matter(self, at: Addresses, header: str) -> None:
        assert through(at, header).endswith(b"http://here ")

    def test_the_end_of_the_mocks_answer_ends_the_tunnel(self, at: Addresses) -> None:
        with tunnel(at, own(at)) as client:
            client.sendall(get("/"))

            assert said(client).endswith(b"http://here ")

    def test_many_are_open_at_once(self, at: Addresses) -> None:
        clients = [tunnel(at, own(at)) for _ in range(50)]
        for client in clients:
            client.sendall(get("/"))
        answers = [said(client) for client in clients]
        for client in clients:
            client.close()

        assert all(each.endswith(b"http://here ") for each in answers)


REFUSED = [
    ("CONNECT example.com:443 HTTP/1.1\r\n\r\n", 403, "example.com:443"),
    ("CONNECT graph.microsoft.com.example.com:443 HTTP/1.1\r\n\r\n", 403, "graph.microsoft.com.example.com:443"),
    ("CONNECT graph.microsoft.com:80 HTTP/1.1\r\n\r\n", 403, "graph.microsoft.com:80"),
    ("CONNECT localhost:22 HTTP/1.1\r\n\r\n", 403, "localhost:22"),
    ("CONNECT 127.0.0.1:443 HTTP/1.1\r\n\r\n", 403, "127.0.0.1:443"),
    ("CONNECT 127.0.0.2:443 HTTP/1.0\r\n\r\n", 403, "127.0.0.2:443"),
    ("CONNECT [::2]:443 HTTP/1.1\r\n\r\n", 403, "::2:443"),
    ("GET http://graph.microsoft.com/beta/ HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n", 405, "CONNECT"),
    ("GET / HTTP/1.1\r\n\r\n", 405, "CONNECT"),
    ("OPTIONS * HTTP/1.1\r\n\r\n", 405, "CONNECT"),
    ("connect graph.microsoft.com:443 HTTP/1.1\r\n\r\n", 405, "CONNECT"),
    ("CONNECT graph.microsoft.com HTTP/1.1\r\n\r\n", 400, "a port"),
    ("CONNECT https://graph.microsoft.com:443 HTTP/1.1\r\n\r\n", 400, "a port"),
    ("CONNECT user@graph.microsoft.com:443 HTTP/1.1\r\n\r\n", 400, "a port"),
    ("CONNECT :443 HTTP/1.1\r\n\r\n", 400, "a port"),
    ("CONNECT graph.microsoft.com: HTTP/1.1\r\n\r\n", 400, "a port"),
    ("CONNECT graph.microsoft.com:+443 HTTP/1.1\r\n\r\n", 400, "a port"),
    ("CONNECT graph.microsoft.com:0443443 HTTP/1.1\r\n\r\n", 400, "a port"),
    ("CONNECT  graph.microsoft.com:443 HTTP/1.1\r\n\r\n", 400, "HTTP/1.1"),
    ("CONNECT graph.microsoft.com:443\r\n\r\n", 400, "HTTP/1.1"),
    ("CONNECT graph.microsoft.com:443 HTTP/2.0\r\n\r\n", 400, "HTTP/1.1"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nno header\r\n\r\n", 400, "HTTP/1.1"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost : x\r\n\r\n", 400, "HTTP/1.1"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", 400, "HTTP/1.1"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nA: \x00\r\n\r\n", 400, "HTTP/1.1"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\nHost: x\r\n\r\n", 400, "HTTP/1.1"),
    ("\r\n\r\n", 400, "HTTP/1.1"),
    ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "ended"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\r\n", 400, "ended"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\n\n", 400, "ended"),
    ("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nA: " + "b" * LARGEST_HEAD + "\r\n\r\n", 400, "longer"),
    ("CONNECT " + "g" * 1_000_000, 400, "longer"),
]


class TestRefusal:
    @pytest.mark.parametrize(("head", "status", "words"), REFUSED, ids=[repr(head)[:60] for head, *_ in REFUSED])
    def test_it_is_a_sentence(self, at: Addresses, head: str, status: int, words: str) -> None:
        answered = answer(at, head.encode("latin-1")).decode()
        first, _, body = answered.partition("\r\n\r\n")

        assert first.startswith(f"HTTP/1.1 {status} ")
        assert "\r\nContent-Type: text/plain; charset=utf-8\r\n" in first
        assert f"\r\nContent-Length: {len(body)}\r\n" in first
        assert "\r\nProxy-Connection: close" in first
        assert words in body
        assert body.endswith(".\n")

    def test_a_host_that_is_not_answered_is_told_which_are(self, at: Addresses) -> None:
        body = answer(at, connect("example.com:443")).decode()

        assert [host for host in SERVICE_HOSTS if f"{host}:443" not in body] == []
        assert own(at) in body

    def test_a_wrong_method_is_told_the_right_one(self, at: Addresses) -> None:
        assert b"\r\nAllow: CONNECT\r\n" in answer(at, get("/"))

    def test_a_client_that_says_nothing_is_told_nothing(self, at: Addresses) -> None:
        assert answer(at, b"") == b""

    def test_a_client_that_goes_midway_leaves_the_others_alone(self, at: Addresses) -> None:
        connected(at, b"CONNECT graph.micro").close()
        tunnel(at, own(at)).close()

        assert through(at).endswith(b"http://here ")

    @settings(max_examples=200)
    @given(st.one_of(st.binary(max_size=200), st.from_regex(rb"CONNECT [^\r\n]{0,40} HTTP/1.1\r\n[^\n]{0,40}\r\n\r\n")))
    def test_no_bytes_get_anything_but_a_refusal(self, at: Addresses, head: bytes) -> None:
        allowed = rb"CONNECT (graph|localhost)"
        answered = answer(at, head)

        assert re.match(allowed, head) or re.match(rb"(HTTP/1\.1 4\d\d [^\0]*\.\n)?\Z", answered)

    def test_above_the_limit_a_connection_is_told_so(self, at: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(proxy, "MOST", 0)

        assert answer(at, connect(own(at))).startswith(b"HTTP/1.1 503 ")


Play = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, Any]]


@asynccontextmanager
async def alone(to: tuple[str, int], **options: Any) -> AsyncIterator[Any]:
    """A proxy whose one route leads there, and a client of it: reader and writer."""
    (listening,) = bound([(LOOPBACK, 0)])
    async with Proxy(listening, {("there", 443): to}, **options) as running:
        reader, writer = await asyncio.open_connection(*reached(listening))
        yield running, reader, writer
    writer.close()


def played(play: Play, to: tuple[str, int] = (LOOPBACK, 1), **options: Any) -> Any:
    """What the client tells; by then no task is left, and none has failed."""
    failures: list[Any] = []

    async def run() -> Any:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))
        async with alone(to, **options) as (_, reader, writer):
            told = await play(reader, writer)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        gc.collect()  # only then does a task say that nobody has looked at its failure
        return told

    told = asyncio.run(run())
    assert failures == []
    return told


class TestAlone:
    def test_a_head_that_takes_too_long_is_refused(self) -> None:
        async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            writer.write(b"CONNECT there:443 HT")
            return await reader.read()

        assert played(slow, patience=0.01).startswith(b"HTTP/1.1 408 ")

    def test_a_listener_that_is_gone_is_told(self) -> None:
        with closing(socket.create_server((LOOPBACK, 0))) as other:
            gone = other.getsockname()

        async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            writer.write(connect("there:443"))
            return await reader.readline()

        assert played(ask, gone).startswith(b"HTTP/1.1 502 ")

    def test_a_client_that_says_no_more_still_gets_its_answer(self) -> None:
        with socket.create_server((LOOPBACK, 0)) as listening:

            async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[bytes, bytes]:
                writer.write(connect("there:443") + b"question")
                writer.write_eof()
                await reader.readuntil(b"\r\n\r\n")
                other, _ = listening.accept()
                with other:
                    asked = await asyncio.to_thread(said, other)
                    other.sendall(b"answer")
                return asked, await reader.read()

            assert played(ask, listening.getsockname()) == (b"question", b"answer")

    @pytest.mark.parametrize("head", [b"", b"CONN", b"GET / HTTP/1.1\r\n\r\n"])
    def test_a_client_that_goes_is_no_failure(self, caplog: pytest.LogCaptureFixture, head: bytes) -> None:
        async def go() -> None:
            async with alone((LOOPBACK, 1)) as (running, _, writer):
                writer.write(head)
                while not running._connections:
                    await asyncio.sleep(0)
                writer.transport.abort()
                await asyncio.wait_for(asyncio.gather(*running._connections), 20)
            gc.collect()

        asyncio.run(go())
        assert caplog.records == []

    @pytest.mark.parametrize("head", [b"", b"CONNECT the", connect("there:443"), connect("there:443") + b"more"])
    def test_it_ends_whatever_its_clients_are_at(self, head: bytes) -> None:
        async def stay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(head)
            await writer.drain()
            if head.endswith(b"\r\n\r\n"):
                await reader.readline()

        with socket.create_server((LOOPBACK, 0)) as silent:
            played(stay, silent.getsockname())

    def test_the_end_of_the_mock_ends_the_tunnel_even_where_the_client_stays(self) -> None:
        async def ask() -> None:
            async with alone(listening.getsockname()) as (running, reader, writer):
                writer.write(connect("there:443"))
                await reader.readuntil(b"\r\n\r\n")
                listening.accept()[0].close()
                await asyncio.wait_for(asyncio.gather(*running._connections), 20)

        with socket.create_server((LOOPBACK, 0)) as listening:
            asyncio.run(ask())

    def test_a_mock_that_resets_ends_the_tunnel(self) -> None:
        with socket.create_server((LOOPBACK, 0)) as listening:

            async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
                writer.write(connect("there:443"))
                await reader.readuntil(b"\r\n\r\n")
                other, _ = listening.accept()
                other.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                other.close()
                return await reader.read()

            assert played(ask, listening.getsockname()) == b""

    def test_a_client_that_resets_ends_the_tunnel(self) -> None:
        with socket.create_server((LOOPBACK, 0)) as listening:

            async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
                writer.write(connect("there:443"))
                await reader.readuntil(b"\r\n\r\n")
                other, _ = listening.accept()
                with other:
                    other.setblocking(False)
                    writer.transport.abort()
                    return await asyncio.get_running_loop().sock_recv(other, 1)

            assert played(ask, listening.getsockname()) == b""


class TestListening:
    def test_it_is_on_this_machine_only_whatever_the_host(self, certificate: Certificate) -> None:
        with BackgroundServer(listening(certificate, host="0.0.0.0"), app) as at:
            host, port = place(at.proxy)
            with pytest.raises(OSError, match=r"."), socket.create_connection(("127.0.0.2", port), timeout=5):
                pass

            assert host == LOOPBACK
            assert through(at).endswith(b"http://here ")

    def test_it_takes_the_port_it_is_given(self, certificate: Certificate) -> None:
        with closing(socket.create_server((LOOPBACK, 0))) as other:
            port = other.getsockname()[1]
        listeners = Listeners(certificate=certificate, proxy_port=port)
        listeners.close()

        assert listeners.addresses.proxy == f"http://127.0.0.1:{port}"

    def test_without_being_asked_for_there_is_none(self, certificate: Certificate) -> None:
        listeners = Listeners(certificate=certificate)
        listeners.close()

        assert listeners.addresses.proxy is None

    def test_it_needs_https(self) -> None:
        with pytest.raises(ValueError, match="https"):
            Listeners(proxy_port=0)


class TestStopping:
    def test_nothing_of_it_stays(self, certificate: Certificate) -> None:
        threads, asked = threading.enumerate(), threading.Event()

        def telling(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
            asked.set()
            return app(environ, start_response)

        server = BackgroundServer(listening(certificate), telling)
        at = server.start()
        clients = [connected(at), connected(at, b"CONN"), tunnel(at, own(at)), tunnel(at, own(at))]
        clients[-1].sendall(get("/wait"))
        assert asked.wait(20)
        server.stop()
        ends = [said(client) for client in clients]
        for client in clients:
            client.close()

        assert ends[:3] == [b"", b"", b""]
        assert ends[3].endswith(b"http://here ")
        assert threading.enumerate() == threads
        socket.create_server(place(at.proxy)).close()

    def test_one_that_never_served_gives_its_port_back(self, certificate: Certificate) -> None:
        listeners = listening(certificate)
        listeners.close()

        socket.create_server(place(listeners.addresses.proxy)).close()

    @pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not tell which files are open")
    def test_no_socket_stays_open(self) -> None:
        """In a process of its own, where nothing else opens and closes any."""
        program = (
            "import asyncio, os, socket\n"
            "from mockserver.ports import bound, reached\n"
            "from mockserver.proxy import Proxy\n"
            "async def run(silent):\n"
            "    (listening,) = bound([('127.0.0.1', 0)])\n"
            "    async with Proxy(listening, {('there', 443): silent.getsockname()}):\n"
            "        connect = b'CONNECT there:443 HTTP/1.1\\r\\n\\r\\n'\n"
            "        for head in (b'', b'CONN', b'GET / HTTP/1.1\\r\\n\\r\\n', connect) * 5:\n"
            "            reader, writer = await asyncio.open_connection(*reached(listening))\n"
            "            writer.write(head)\n"
            "            if head.endswith(b'\\r\\n\\r\\n'):\n"
            "                await reader.readline()\n"
            "            clients.append(writer)\n"
            "    for writer in clients:\n"
            "        writer.close()\n"
            "clients = []\n"
            "with socket.create_server(('127.0.0.1', 0)) as silent:\n"
            "    before = sorted(os.listdir('/proc/self/fd'))\n"
            "    asyncio.run(run(silent))\n"
            "    print(len(clients), before == sorted(os.listdir('/proc/self/fd')))\n"
        )
        done = subprocess.run([sys.executable, "-Werror", "-c", program], capture_output=True, text=True, check=True)

        assert (done.stdout, done.stderr) == ("20 True\n", "")
