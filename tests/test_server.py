"""The listeners: where they listen, and how they stop, over real sockets on free ports."""

from __future__ import annotations

import http.client
import logging
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse

import httpx
import pytest

from mockserver.bridge import WAIT
from mockserver.identity.certificate import Certificate, local_certificate
from mockserver.ports import PortError
from mockserver.server import BackgroundServer, Listeners
from mockserver.settings import Addresses

Environ = dict[str, Any]


def reaches_itself_over_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not reaches_itself_over_ipv6(), reason="this machine has no IPv6")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return local_certificate(tmp_path_factory.mktemp("certificate"))


def said(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"said"]


class Holding:
    """An app that holds its answer at /wait back, and tells when it was asked for it."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/wait":
            environ[WAIT] = 3600
            self.asked.set()
        return said(environ, start_response)


def asked_to_wait(at: Addresses) -> http.client.HTTPConnection:
    client = http.client.HTTPConnection(urlsplit(at.http).netloc, timeout=10)
    client.request("GET", "/wait")
    return client


class TestListening:
    def test_both_listeners_share_one_app(self, certificate: Certificate) -> None:
        schemes: list[str] = []

        def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            schemes.append(environ["wsgi.url_scheme"])
            return said(environ, start_response)

        trusted = ssl.create_default_context(cafile=str(certificate.ca))
        with BackgroundServer(Listeners(certificate=certificate), app) as at:
            httpx.get(at.http, trust_env=False)
            httpx.get(str(at.https), verify=trusted, trust_env=False)
        assert schemes == ["http", "https"]

    def test_the_https_address_is_for_localhost(self, certificate: Certificate) -> None:
        with BackgroundServer(Listeners(certificate=certificate), said) as at:
            assert str(at.https).startswith("https://localhost:")

    def test_tls_1_2_is_accepted(self, certificate: Certificate) -> None:
        old = ssl.create_default_context(cafile=str(certificate.ca))
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        with BackgroundServer(Listeners(certificate=certificate), said) as at:
            assert httpx.get(str(at.https), verify=old, trust_env=False).text == "said"

    def test_without_a_certificate_there_is_no_https(self) -> None:
        with BackgroundServer(Listeners(), said) as at:
            assert at.https is None

    def test_port_zero_takes_a_free_port_each_time(self) -> None:
        with BackgroundServer(Listeners(), said) as one, BackgroundServer(Listeners(), said) as other:
            assert one.http != other.http

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", pytest.param("::1", marks=needs_ipv6)])
    def test_hosts_of_this_machine_are_listened_on(self, host: str) -> None:
        with BackgroundServer(Listeners(host=host), said) as at:
            assert httpx.get(at.http, trust_env=False).text == "said"

    def test_a_taken_port_is_told_in_a_sentence(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(PortError, match=rf"^Port {port} on 127\.0\.0\.1 is taken by another program\.$"):
                Listeners(port=port)

    def test_a_taken_https_port_leaves_the_http_port_free(self, certificate: Certificate) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other, socket.create_server(("127.0.0.1", 0)) as freed:
            port = freed.getsockname()[1]
            freed.close()
            with pytest.raises(PortError):
                Listeners(port=port, https_port=other.getsockname()[1], certificate=certificate)
        socket.create_server(("127.0.0.1", port)).close()

    def test_a_host_of_another_machine_is_told_in_a_sentence(self) -> None:
        with pytest.raises(PortError, match=r"^Cannot listen on port 0 of 192\.0\.2\.1: .*\.$"):
            Listeners(host="192.0.2.1")

    def test_the_log_handlers_of_the_program_stay_open(self, tmp_path: Path) -> None:
        mine = logging.FileHandler(tmp_path / "mine.log")
        with BackgroundServer(Listeners(), said):
            assert mine.stream is not None
        mine.close()


class TestStopping:
    def test_stop_leaves_the_port_free(self) -> None:
        with BackgroundServer(Listeners(), said) as at:
            port = int(at.http.rpartition(":")[2])
        socket.create_server(("127.0.0.1", port)).close()

    def test_stop_leaves_no_thread(self) -> None:
        before = threading.enumerate()
        with BackgroundServer(Listeners(), said) as at:
            httpx.get(at.http, trust_env=False)
        assert threading.enumerate() == before

    def test_an_idle_connection_does_not_hold_it_up(self) -> None:
        with BackgroundServer(Listeners(), said) as at:
            idle = http.client.HTTPConnection(urlsplit(at.http).netloc, timeout=10)
            idle.request("GET", "/")
            idle.getresponse().read()
        assert idle.sock.recv(1) == b""
        idle.close()

    def test_an_answer_held_back_is_let_go(self) -> None:
        app = Holding()
        with BackgroundServer(Listeners(), app) as at:
            client = asked_to_wait(at)
            assert app.asked.wait(10)
        assert client.getresponse().read() == b"said"
        client.close()

    def test_a_second_stop_does_nothing(self) -> None:
        server = BackgroundServer(Listeners(), said)
        server.start()
        server.stop()
        server.stop()

    def test_a_server_that_never_started_can_be_stopped(self) -> None:
        listeners = Listeners()
        BackgroundServer(listeners, said).stop()
        port = int(listeners.addresses.http.rpartition(":")[2])
        socket.create_server(("127.0.0.1", port)).close()

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_the_foreground_with_exit_code_zero(self, number: signal.Signals) -> None:
        program = (
            "from mockserver.server import Listeners, run\n"
            "def app(environ, start_response):\n"
            "    start_response('200 OK', [])\n"
            "    return [b'said']\n"
            "run(Listeners(), app, lambda at: print(at.http, flush=True))\n"
            "print('stopped')\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert httpx.get(url, trust_env=False).text == "said"
            process.send_signal(number)
            assert process.communicate(timeout=30) == ("stopped\n", "")
        assert process.returncode == 0


class TestHolding:
    def test_an_answer_held_back_lets_others_pass(self) -> None:
        app = Holding()
        with BackgroundServer(Listeners(), app) as at:
            client = asked_to_wait(at)
            assert app.asked.wait(10)
            assert httpx.get(at.http, trust_env=False).text == "said"
            client.sock.setblocking(False)
            with pytest.raises(BlockingIOError):
                client.sock.recv(1)
        client.close()
