"""The listeners: both show one tenant, and no bytes break them."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import pytest
from e2e.stories import Sdk, proxy

from mockserver.identity.certificate import local_certificate

P = "/beta/onPremisesPublishingProfiles/applicationProxy"
G, C = f"{P}/connectorGroups", f"{P}/connectors"


class TestListeners:
    @pytest.fixture
    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(local_certificate().ca))

    def test_both_show_one_tenant(self, served, client, trusted):
        with httpx.Client(base_url=served.https, verify=trusted, trust_env=False) as secure:
            made = secure.post(G, json={"name": "Berlin"}).json()

            assert client.get(f"{G}/{made['id']}").json()["name"] == "Berlin"
            assert client.patch(f"{G}/{made['id']}", json={"name": "Berlin 2"}).status_code == 204
            assert secure.get(f"{G}/{made['id']}").json()["name"] == "Berlin 2"

    def test_addresses_are_those_of_the_listener_that_was_asked(self, served, client, trusted):
        with httpx.Client(base_url=served.https, verify=trusted, trust_env=False) as secure:
            by_https = secure.get(f"{C}?$top=1").json()["@odata.nextLink"]
            by_http = client.get(f"{C}?$top=1").json()["@odata.nextLink"]

            assert by_https.startswith(f"{served.https}{C}?")
            assert by_http.startswith(f"{served.http}{C}?")
            assert len(secure.get(by_https).json()["value"]) == 1

    def test_the_sdk_speaks_https_too(self, served, trusted):
        with Sdk(served.https, verify=trusted) as sdk:
            group = sdk.run(lambda graph: proxy(graph).connector_groups.get()).value[0]

        assert group.name == "Default"

    @pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
    @pytest.mark.parametrize("secure", [False, True])
    def test_curl_speaks_to_both(self, served, secure):
        root = [served.https, "--cacert", str(local_certificate().ca)] if secure else [served.http]
        command = ["curl", "-sS", "--noproxy", "*", "-g", f"{root[0]}{G}?$filter=isDefault%20eq%20true", *root[1:]]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)

        assert '"name":"Default"' in said.stdout

    def test_every_answer_is_dated(self, client):
        """R57."""
        dates = [parsedate_to_datetime(client.get(path).headers["Date"]) for path in (G, "/nowhere", "/_mock/health")]

        assert all(abs(datetime.now(UTC) - each) < timedelta(minutes=1) for each in dates)


class TestWire:
    """What no client library would send."""

    @pytest.mark.parametrize(
        "head",
        [
            b"GET /beta/\xff HTTP/1.1\r\nHost: h",
            b"GET /beta/applications?$filter=\xff HTTP/1.1\r\nHost: h",
            b"GET /beta/applications/a\x00b HTTP/1.1\r\nHost: h",
            b"GET /beta HTTP/1.1\r\nHost: h\r\nclient-request-id: a\rb",
            b"GET /beta HTTP/1.1\r\nHost: h\r\nclient-request-id: a\x01b",
            b"GET /beta HTTP/1.1\r\nHost: h\r\nclient-request-id: a\xffb",
            b"GET /beta HTTP/1.1\r\nHost: a\"b'c",
            b"GET /beta HTTP/1.1\r\nHost: h\r\nHost: i",
            b"GET /" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: h",
            b"GET beta HTTP/1.1\r\nHost: h",
            b"GET http://other/beta/nowhere HTTP/1.1\r\nHost: h",
            b"OPTIONS * HTTP/1.1\r\nHost: h",
            b"NONSENSE /beta HTTP/1.1\r\nHost: h",
            b"POST /beta/applications HTTP/1.1\r\nHost: h\r\nContent-Length: x",
            b"nonsense",
        ],
        ids=repr,
    )
    def test_no_bytes_break_the_server(self, served, client, head):
        at = urlsplit(served.http)
        with socket.create_connection((at.hostname, at.port), timeout=10) as connection:
            connection.sendall(head + b"\r\nConnection: close\r\n\r\n")
            said = b"".join(iter(lambda: connection.recv(65536), b""))

        assert said == b"" or said.split()[1][:1] in (b"2", b"3", b"4")
        assert b"\r\nb" not in said.partition(b"\r\n\r\n")[0]
        assert client.get("/_mock/health").status_code == 200

    def test_a_body_of_ten_megabytes_is_refused_in_the_one_shape(self, client):
        answer = client.post(G, content=b"x" * 10_000_000)

        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "RequestEntityTooLarge")

    def test_a_slash_in_a_key_stays_in_the_key(self, client):
        message = client.get(f"{G}/a%2Fb").json()["error"]["message"]

        assert message == "Connector group 'a/b' not found."
