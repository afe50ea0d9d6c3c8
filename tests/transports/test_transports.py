"""What every library's transport gives the app, and gives back."""

from __future__ import annotations

import asyncio
import json
import socket
from io import BytesIO

import pytest
from azure.core.pipeline.transport import HttpRequest
from azure.identity import ClientSecretCredential
from msal import ConfidentialClientApplication
from transports.apps import LIBRARIES, ROOT, TIME_OUTS, Spy, by_httpx, by_requests

from mockserver.transports import of_azure, of_httpx, of_requests
from mockserver.transports.inside import Inside
from mockserver.web.frame import WAIT

pytestmark = pytest.mark.usefixtures("no_socket")


@pytest.fixture
def no_socket(monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was connected")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def spy():
    return Spy()


@pytest.fixture(params=LIBRARIES.values(), ids=LIBRARIES)
def ask(request, spy):
    return lambda method, url, **options: request.param(spy.inside, method, url, **options)


class TestAsked:
    @pytest.mark.parametrize(
        ("url", "line"),
        [
            ("/beta/applications", "/sandboxes/mine/beta/applications"),
            ("/beta/groups('a%2Fb')", "/sandboxes/mine/beta/groups('a%2Fb')"),
            ("/beta//x", "/sandboxes/mine/beta//x"),
            ("/beta/x?$filter=a%20eq%20'%C3%A4'&$top=1", "/sandboxes/mine/beta/x?$filter=a%20eq%20'%C3%A4'&$top=1"),
            ("https://graph.microsoft.com/beta/x", "/beta/x"),
            ("http://127.0.0.1:8365/beta//x", "/beta//x"),
        ],
    )  # fmt: skip
    def test_the_line_of_the_request_arrives_encoded(self, ask, spy, url, line):
        ask("GET", url)
        path, _, query = line.partition("?")

        assert (line, query) == (spy.environ["REQUEST_URI"], spy.environ["QUERY_STRING"])
        assert path.replace("%2F", "/") == spy.environ["PATH_INFO"]

    @pytest.mark.parametrize(
        ("url", "scheme", "host", "port"),
        [
            ("/beta", "https", "localhost", "443"),
            ("http://localhost:81/beta", "http", "localhost:81", "81"),
            ("https://graph.microsoft.com/beta", "https", "graph.microsoft.com", "443"),
        ],
    )
    def test_the_app_sees_the_scheme_and_the_host_of_the_address(self, ask, spy, url, scheme, host, port):
        ask("GET", url)

        names = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_PORT")
        assert [scheme, host, port] == [spy.environ[name] for name in names]

    def test_the_sandbox_is_said_in_a_header_too_for_addresses_of_microsoft(self, ask, spy):
        ask("GET", "https://graph.microsoft.com/beta")

        assert spy.environ["HTTP_X_MOCK_SANDBOX"] == "mine"

    def test_a_sandbox_that_the_caller_names_is_left(self, ask, spy):
        ask("GET", "/beta", headers={"x-mock-sandbox": "other"})

        assert spy.environ["HTTP_X_MOCK_SANDBOX"] == "other"

    @pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    def test_the_method_arrives(self, ask, spy, method):
        spy.answer = b"" if method == "HEAD" else b"said"
        ask(method, "/beta")

        assert spy.environ["REQUEST_METHOD"] == method

    def test_headers_arrive(self, ask, spy):
        ask("GET", "/beta", headers={"Authorization": "Bearer x", "Content-Type": "text/csv"})

        assert ("Bearer x", "text/csv") == (spy.environ["HTTP_AUTHORIZATION"], spy.environ["CONTENT_TYPE"])

    def test_a_json_body_arrives(self, ask, spy):
        ask("POST", "/beta", json={"name": "Z\u00fcrich"})

        assert b"Z\\u00fcrich" in spy.body or "Z\u00fcrich".encode() in spy.body
        assert str(len(spy.body)) == spy.environ["CONTENT_LENGTH"]
        assert spy.environ["CONTENT_TYPE"] == "application/json"

    def test_a_request_without_a_body_has_an_empty_one(self, ask, spy):
        ask("GET", "/beta")

        assert (b"", "0") == (spy.body, spy.environ["CONTENT_LENGTH"])

    @pytest.mark.parametrize(
        "body", [b"bytes", "text", BytesIO(b"file"), [b"in ", b"pieces"]], ids=["bytes", "text", "file", "pieces"]
    )
    def test_requests_sends_any_body_whole(self, spy, body):
        by_requests(spy.inside, "POST", "/beta", data=iter(body) if isinstance(body, list) else body)

        assert spy.body in (b"bytes", b"text", b"file", b"in pieces")
        assert "HTTP_TRANSFER_ENCODING" not in spy.environ

    def test_httpx_sends_pieces_as_a_whole(self, spy):
        by_httpx(spy.inside, "POST", "/beta", content=iter([b"in ", b"pieces"]))

        assert (b"in pieces", "9") == (spy.body, spy.environ["CONTENT_LENGTH"])
        assert "HTTP_TRANSFER_ENCODING" not in spy.environ

    def test_proxies_of_the_environment_are_passed_by(self, ask, monkeypatch):
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")

        assert ask("GET", "http://graph.example/beta").text == "said"


class TestAnswered:
    def test_status_headers_and_body_come_back(self, ask, spy):
        spy.status, spy.headers, spy.answer = "418 Odd", [("x-one", "1"), ("Content-Type", "text/plain")], b"tea"
        answer = ask("GET", "/beta")

        assert (418, "1", "tea") == (answer.status_code, answer.headers["x-one"], answer.text)

    def test_nothing_comes_back_as_nothing(self, ask, spy):
        spy.status, spy.headers, spy.answer = "204 No Content", [], b""
        answer = ask("DELETE", "/beta")

        assert (204, b"", None) == (answer.status_code, answer.content, answer.headers.get("Content-Type"))

    @pytest.mark.parametrize("library", [by_requests, lambda *asked: by_httpx(*asked, follow_redirects=True)])
    def test_a_redirect_is_followed_inside(self, library):
        def twice(environ, start_response):
            first = environ["PATH_INFO"] == "/first"
            start_response("307 Temporary Redirect" if first else "200 OK", [("Location", "/second")] if first else [])
            return [environ["PATH_INFO"].encode()]

        assert library(Inside(twice, "mine"), "GET", "https://localhost/first").text == "/second"


class TestHolding:
    """An injected delay."""

    def test_an_answer_is_held_back(self, ask, spy):
        spy.wait = 0.01

        assert ask("GET", "/beta").text == "said"

    def test_but_not_beyond_the_callers_time_out(self, ask, spy):
        spy.wait = 3600.0
        with pytest.raises(TIME_OUTS):
            ask("GET", "/beta", timeout=0.01)

    def test_a_caller_without_a_time_out_waits_for_it(self, ask, spy):
        spy.wait = 0.01

        assert ask("GET", "/beta", timeout=None).text == "said"

    def test_requests_knows_a_time_out_for_reading_alone(self, spy):
        spy.wait = 3600.0
        with pytest.raises(TIME_OUTS):
            by_requests(spy.inside, "GET", "/beta", timeout=(3600, 0.01))


def test_the_loop_goes_on_while_an_answer_is_held_back():
    answered = []

    def app(environ, start_response):
        environ[WAIT] = 0.05 if environ["PATH_INFO"] == "/slow" else 0.0
        start_response("200 OK", [])
        return []

    async def ask(client, path):
        await client.get(f"https://localhost{path}")
        answered.append(path)

    async def both():
        async with of_httpx.async_client(ROOT, Inside(app, "mine")) as client:
            await asyncio.gather(ask(client, "/slow"), ask(client, "/fast"))

    asyncio.run(both())

    assert answered == ["/fast", "/slow"]


class TestAzure:
    def test_a_client_of_azure_core_asks_the_app(self, spy):
        with of_requests.Session(ROOT, spy.inside) as session:
            answer = of_azure.transport(session).send(HttpRequest("GET", "https://login.microsoftonline.com/common"))

        assert (200, "login.microsoftonline.com") == (answer.status_code, spy.environ["HTTP_HOST"])

    def test_a_credential_logs_in_by_the_app(self):
        """clients.md 1.2: the stock authority."""
        with of_requests.Session(ROOT, Inside(login, "mine")) as session:
            credential = ClientSecretCredential("contoso", "id", "secret", transport=of_azure.transport(session))
            token = credential.get_token("https://graph.microsoft.com/.default")

        assert token.token == "POST /contoso/oauth2/v2.0/token"

    def test_msal_logs_in_by_the_app(self):
        with of_requests.Session(ROOT, Inside(login, "mine")) as session:
            application = ConfidentialClientApplication(
                "id", "secret", authority="https://localhost/contoso", instance_discovery=False, http_client=session
            )
            answer = application.acquire_token_for_client(["https://graph.microsoft.com/.default"])

        assert answer["access_token"] == "POST /contoso/oauth2/v2.0/token"


def login(environ, start_response):
    """As much of a token service as these two need (clients.md 1.3)."""
    root = f"https://{environ['HTTP_HOST']}/contoso/oauth2/v2.0"
    start_response("200 OK", [("Content-Type", "application/json")])
    if environ["REQUEST_METHOD"] == "POST":
        asked = f"POST {environ['PATH_INFO']}"
        return [json.dumps({"access_token": asked, "expires_in": 3600, "token_type": "Bearer"}).encode()]
    endpoints = {"token_endpoint": f"{root}/token", "authorization_endpoint": f"{root}/authorize"}
    return [json.dumps({"issuer": "https://login.microsoftonline.com/contoso/v2.0", **endpoints}).encode()]
