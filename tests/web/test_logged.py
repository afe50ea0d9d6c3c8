"""The line that each request leaves in the log, whatever it was for, and what is never in it."""

from __future__ import annotations

import json
import logging
from io import StringIO
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web.asking import NOBODY, Mock, P

from mockserver import logs
from mockserver.logs.requests import log

G = f"{P}/connectorGroups"
FORM = "application/x-www-form-urlencoded"
CLIENT = {"client_id": "22222222-2222-4222-8222-222222222222", "client_secret": "mock-secret"}
ADMIN = {"username": "admin@contoso.onmicrosoft.com", "password": "mock-password"}
BACK = "http://localhost/back"
CONTROL_TOKEN = "c0ntrol-t0ken"
VERIFIER = "a-code-verifier-that-is-long-enough-for-its-job-of-43"

MOCK = Mock()


def lines(act, level="info"):
    """What the log says of it, as JSON."""
    stream = StringIO()
    with logs.written(stream, level, "json"):
        act()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def text(act, form="text"):
    """The same, all of it, as it is written."""
    stream = StringIO()
    with logs.written(stream, "debug", form):
        act()
    return stream.getvalue()


def crash(*_):
    raise RuntimeError("the reason")


class TestLines:
    @pytest.mark.parametrize(
        ("method", "target", "body", "expected"),
        [
            ("GET", f"{G}?$top=1", None, ("default", 200, "")),
            ("POST", G, b"{", ("default", 400, "BadRequest")),
            ("GET", f"{G}/{NOBODY}", None, ("default", 404, "ConnectorGroup_NotFound")),
            ("GET", f"{P}/nowhere", None, ("default", 404, "")),
            ("OPTIONS", G, None, ("", 204, "")),
            ("FOO", G, {}, ("", 405, "Request_BadRequest")),
            ("GET", "/nowhere", None, ("", 404, "itemNotFound")),
            ("GET", "/_mock/tenant", None, ("default", 200, "")),
            ("GET", "/_mock/sandboxes/nope", None, ("", 404, "sandboxNotFound")),
            ("POST", "/_mock/snapshots/nope/restore", None, ("default", 404, "snapshotNotFound")),
            ("GET", "/sandboxes/nope/beta/applications", None, ("", 404, "sandboxNotFound")),
            ("GET", "/sandboxes/default/beta/applications", None, ("default", 200, "")),
            ("GET", "/common/discovery/v2.0/keys", None, ("", 200, "")),
            ("POST", "/common/oauth2/v2.0/token", None, ("default", 400, "AADSTS900144")),
            ("POST", "/beta/$batch", {"requests": [{"id": "1", "method": "GET", "url": "/me"}] * 2},
             ("default", 400, "BadRequest")),
        ],
    )  # fmt: skip
    def test_every_request_is_one_line(self, method, target, body, expected):
        mock = Mock()
        replies = []
        (line,) = lines(lambda: replies.append(mock.ask(method, target, body)))

        assert (line["method"], line["path"]) == (method, target)
        assert (line["sandbox"], line["status"], line["code"]) == expected
        assert line["requestId"] == replies[0].headers["request-id"]
        assert line["milliseconds"] > 0

    def test_a_batch_is_one_line_whatever_is_in_it(self):
        parts = [{"id": str(n), "method": "GET", "url": "/applications"} for n in range(3)]

        assert len(lines(lambda: Mock().post("/beta/$batch", {"requests": parts}))) == 1

    def test_the_sandbox_is_the_one_that_was_found(self):
        mock = Mock()
        mock.post("/_mock/sandboxes", {"name": "one"})
        tenant = mock.get("/_mock/sandboxes/one").json()["tenantId"]
        token = mock.ask("POST", f"/{tenant}/oauth2/v2.0/token",
                         urlencode({**CLIENT, "grant_type": "client_credentials"}).encode(),
                         **{"Content-Type": FORM}).json()["access_token"]  # fmt: skip
        asked = ({"Authorization": f"Bearer {token}"}, {"x-mock-sandbox": "one"}, {})
        said = lines(lambda: [mock.get(G, **headers) for headers in asked])

        assert [each["sandbox"] for each in said] == ["one", "one", "default"]

    def test_a_crash_is_told_under_its_request_id_and_has_its_line_too(self, monkeypatch):
        monkeypatch.setattr("mockserver.web.views.answer", crash)
        failed, line = lines(lambda: Mock().get(G))

        assert line["requestId"] in failed["message"]
        assert failed["exception"].endswith("RuntimeError: the reason")
        assert (line["status"], line["code"]) == (500, "InternalServerError")

    @pytest.mark.parametrize("path", ["/_mock/health", "/_mock/ready", "/sandboxes/default/_mock/health"])
    def test_what_is_asked_again_and_again_is_a_line_at_debug_only(self, path):
        mock = Mock()

        assert (lines(lambda: mock.get(path)), len(lines(lambda: mock.get(path), "debug"))) == ([], 1)

    @pytest.mark.parametrize("target", [b"/beta/%0d%0aINFO%20forged", b"/beta/x?$top=%0aforged", b"/%1b[31m"])
    def test_nobody_writes_a_line_of_his_own(self, target):
        written = text(lambda: Mock().ask("GET", target))

        assert written.count("\n") == 1
        assert written.rstrip("\n").isprintable()


class TestSilence:
    def test_a_mock_in_a_program_says_nothing_unless_the_program_wants_it(self, capfd):
        Mock().get(G)

        assert capfd.readouterr() == ("", "")

    def test_a_program_gets_the_lines_by_the_loggers_of_the_standard_library(self, caplog):
        caplog.set_level(logging.INFO, "mockserver")
        Mock().get(G)

        (record,) = caplog.records
        assert (record.name, record.levelno) == (log.name, logging.INFO)
        assert record.getMessage().startswith(f"default GET {G} 200 ")


class TestSecrets:
    def flows(self, mock, secrets):
        """Every login there is, each good and wrong; all that nobody may read afterwards is put to the secrets."""

        def send(target, form, **headers):
            body = urlencode(form).encode()
            return mock.ask("POST", target, body, **{"Content-Type": FORM, "Cookie": "session=c00kie-w0rd"}, **headers)

        def token(**form):
            said = send("/common/oauth2/v2.0/token", {**CLIENT, **form}).json()
            secrets.update(said[name] for name in ("access_token", "refresh_token", "id_token") if name in said)
            return said

        secrets |= {CLIENT["client_secret"], ADMIN["password"], VERIFIER, CONTROL_TOKEN, "c00kie-w0rd", "wr0ng-secret"}
        known = token(grant_type="client_credentials")["access_token"]
        token(grant_type="client_credentials", client_secret="wr0ng-secret")
        refresh = token(grant_type="password", scope="openid offline_access", **ADMIN)["refresh_token"]
        token(grant_type="refresh_token", refresh_token=refresh)
        token(grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=known,
              requested_token_use="on_behalf_of")  # fmt: skip
        asked = {"client_id": CLIENT["client_id"], "response_type": "code", "redirect_uri": BACK, "scope": "openid",
                 "state": "st4te-w0rd", "code_challenge": VERIFIER, "code_challenge_method": "plain"}  # fmt: skip
        mock.get(f"/common/oauth2/v2.0/authorize?{urlencode(asked)}", Cookie="session=c00kie-w0rd")
        back = send("/common/oauth2/v2.0/authorize", {**asked, **ADMIN})
        code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
        secrets |= {code, "st4te-w0rd"}
        token(grant_type="authorization_code", code=code, redirect_uri=BACK, code_verifier=VERIFIER)
        mock.get(f"/back?{urlsplit(back.headers['Location']).query}")
        codes = send("/common/oauth2/v2.0/devicecode", {"client_id": CLIENT["client_id"], "scope": "openid"}).json()
        secrets |= {codes["device_code"], codes["user_code"]}
        mock.get(f"/devicelogin?user_code={codes['user_code']}")
        mock.post(f"/_mock/devices/{codes['user_code']}/approve", {}, **{"x-mock-token": CONTROL_TOKEN})
        mock.post(f"/_mock/devices/{codes['user_code']}/approve", {}, **{"x-mock-token": CONTROL_TOKEN})
        token(grant_type="device_code", device_code=codes["device_code"])
        for header in ({"Authorization": f"Bearer {known}"}, {"x-mock-token": CONTROL_TOKEN}, {"Cookie": known}):
            for path in (G, "/_mock/tenant", "/_mock/health", f"/beta/{known}", f"{G}?access_token={known}"):
                mock.get(path, **header)
        made = mock.post("/_mock/tokens", {}, **{"x-mock-token": CONTROL_TOKEN}).json()
        secrets.add(made["token"])
        mock.get(f"/msi/token?resource=https://graph.microsoft.com&secret={CLIENT['client_secret']}",
                 **{"X-IDENTITY-HEADER": "wr0ng-secret"})  # fmt: skip

    @pytest.mark.parametrize("form", ["text", "json"])
    @pytest.mark.parametrize("crashing", [False, True])
    def test_no_login_leaves_a_secret(self, form, crashing, monkeypatch):
        if crashing:
            monkeypatch.setattr("mockserver.web.views.answer", crash)
        mock, secrets = Mock(control_token=CONTROL_TOKEN), set()
        written = text(lambda: self.flows(mock, secrets), form)

        assert written.count("request-id=" if form == "text" else '"requestId"') > 30
        assert len(secrets) > 14
        assert [each for each in secrets if each in written or quote(each) in written] == []

    @given(
        secret=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30).map("QQ{}QQ".format),
        place=st.sampled_from(
            ["Authorization", "Cookie", "x-mock-token", "client-request-id", "x-mock-sandbox", "code", "client_secret",
             "password", "access_token", "whatever", "body", "control"]
        ),
        path=st.sampled_from([G, "/beta/$batch", "/_mock/tenant", "/common/oauth2/v2.0/token", "/nowhere"]),
    )  # fmt: skip
    def test_whatever_a_secret_is_and_wherever_it_stands_the_log_is_without_it(self, secret, place, path):
        written = text(lambda: self.ask(place, path, secret))

        assert "QQ" not in written
        assert written.count("\n") == 1

    def ask(self, place, path, secret):
        if place == "control":
            Mock(control_token=secret).get(f"{path}/{quote(secret, safe='')}?$filter={quote(secret)}")
        elif place == "body":
            MOCK.post(path, secret.encode())
        elif place[0].isupper() or "-" in place:
            MOCK.get(path, **{place: secret})
        else:
            MOCK.get(f"{path}?{urlencode({place: secret})}")
