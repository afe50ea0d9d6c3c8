"""What surrounds every answer: the usual headers, whose request it is, which sandbox is meant."""

from __future__ import annotations

import sys
from io import StringIO
from wsgiref.validate import validator

import pytest
from web.asking import LYON, NEW, NOBODY, PARIS, Mock, P, environ, refusal, to_group

G = f"{P}/connectorGroups"
EVERY_KIND = [
    ("GET", G, None, 200),
    ("HEAD", G, None, 200),
    ("GET", f"{G}/$count", None, 200),
    ("POST", G, {"name": "Berlin"}, 200),
    ("PATCH", f"{G}/{PARIS}", {"name": "Paris 2"}, 204),
    ("DELETE", f"{G}/{LYON}", None, 204),
    ("POST", f"{P}/connectors/{NEW}/memberOf/$ref", to_group(PARIS), 204),
    ("OPTIONS", G, None, 204),
    ("GET", f"{G}/{NOBODY}", None, 404),
    ("GET", "/beta/nowhere", None, 400),
    ("GET", "/beta", None, 200),
    ("PUT", G, {}, 405),
    ("FOO", G, {}, 405),
    ("POST", G, b"{", 400),
    ("POST", G, b"x" * 5_000_000, 413),
    ("GET", f"{G}?$search=x", None, 501),
    ("GET", "/sandboxes/nope/beta/applications", None, 404),
]
ELSEWHERE = [
    ("GET", "/_mock/health", None, 200),
    ("POST", "/_mock/reset", None, 204),
    ("GET", "/_mock/nowhere", None, 404),
    ("GET", "/_mock/reset", None, 405),
    ("GET", "/nowhere", None, 404),
]
ALWAYS = {
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
    "Strict-Transport-Security": "max-age=31536000",
}
GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def crash(*_: object) -> None:
    raise RuntimeError("the reason")


class TestHeaders:
    @pytest.mark.parametrize(("method", "path", "body", "status"), EVERY_KIND + ELSEWHERE)
    def test_every_answer_has_the_usual_headers(self, mock, method, path, body, status):
        """R57: those of a real answer (msgraph-sdk-powershell issue 2428)."""
        answer = mock.ask(method, path, body)

        assert answer.status == status
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
        assert answer.headers["x-ms-ags-diagnostic"].startswith('{"ServerInfo":{"DataCenter":')
        assert len(answer.headers["request-id"]) == 36
        assert answer.headers["client-request-id"] == answer.headers["request-id"]

    @pytest.mark.parametrize(("method", "path", "body", "status"), EVERY_KIND)
    def test_the_graph_says_its_odata_version_and_lets_every_origin_in(self, mock, method, path, body, status):
        """graph_reference 5.5."""
        headers = mock.ask(method, path, body).headers

        assert (headers["OData-Version"], headers["Access-Control-Allow-Origin"]) == ("4.0", "*")

    @pytest.mark.parametrize(("method", "path", "body", "status"), ELSEWHERE)
    def test_the_control_api_lets_no_other_origin_in(self, mock, method, path, body, status):
        headers = mock.ask(method, path, body, Origin="http://localhost:8365").headers

        assert [name for name, _ in headers if name.startswith("Access-Control")] == []

    @pytest.mark.parametrize(("method", "path", "body", "status"), EVERY_KIND + ELSEWHERE)
    def test_no_header_comes_twice(self, mock, method, path, body, status):
        names = [name.lower() for name, _ in mock.ask(method, path, body).headers]

        assert len(names) == len(set(names))

    @pytest.mark.parametrize(("method", "path", "body", "status"), EVERY_KIND + ELSEWHERE)
    def test_content_length_and_type_are_those_of_the_body(self, mock, method, path, body, status):
        answer = mock.ask(method, path, body)
        length = answer.headers.get("Content-Length", "0")

        assert method == "HEAD" or length == str(len(answer.body))
        assert ("Content-Type" in answer.headers) == (length != "0")

    def test_request_ids_differ(self, mock):
        ids = {mock.get(G).headers["request-id"] for _ in range(100)}

        assert len(ids) == 100

    @pytest.mark.parametrize("path", [G, f"{G}/nope", "/_mock/health", "/nowhere"])
    def test_a_client_request_id_comes_back(self, mock, path):
        """R57."""
        answer = mock.get(path, **{"client-request-id": "abc"})

        assert answer.headers["client-request-id"] == "abc"
        assert answer.headers["request-id"] != "abc"

    def test_a_refusal_repeats_both_ids(self, mock):
        """R56."""
        answer = mock.get(f"{G}/nope", **{"client-request-id": 'a"\\b'})

        assert refusal(answer)[0] == 404
        assert answer.json()["error"]["innerError"]["client-request-id"] == 'a"\\b'

    @pytest.mark.parametrize("length", ["no", "-5", "99999999999999999999"])
    def test_a_content_length_that_is_none_is_no_crash(self, mock, length):
        asked = environ("POST", G, {"name": "x"}, {}) | {"CONTENT_LENGTH": length}
        said: list = []
        b"".join(mock.app(asked, lambda *each: said.extend(each)))

        assert said[0][0] in "24"


class TestRefusals:
    @pytest.mark.parametrize(
        ("method", "path", "body", "status"), [each for each in EVERY_KIND + ELSEWHERE if each[3] > 399]
    )
    def test_every_family_has_the_one_shape(self, mock, method, path, body, status):
        """R56: the Graph's, the router's, the limits', the control API's, that of an unknown sandbox."""
        assert refusal(mock.ask(method, path, body))[0] == status

    @pytest.mark.parametrize(
        ("name", "path"),
        [("mockserver.web.views.answer", G), ("mockserver.web.control.tenants.to_document", "/_mock/tenant")],
    )
    def test_a_crash_has_the_one_shape_and_tells_nothing(self, mock, monkeypatch, caplog, name, path):
        """R56: the log has the cause under the request-id."""
        monkeypatch.setattr(name, crash)
        answer = mock.get(path)

        assert refusal(answer) == (500, "InternalServerError")
        assert b"the reason" not in answer.body
        assert answer.headers["request-id"] in caplog.text
        assert "the reason" in caplog.text

    def test_a_crash_leaves_the_tenant_as_it_was(self, mock, monkeypatch):
        before = mock.tenant
        monkeypatch.setattr("mockserver.sandbox.steps.apply", crash)
        answer = mock.post(G, {"name": "Berlin"})

        assert refusal(answer) == (500, "InternalServerError")
        assert mock.tenant is before

    def test_after_a_crash_the_mock_goes_on(self, mock, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr("mockserver.sandbox.steps.apply", crash)
            mock.post(G, {"name": "Berlin"})

        assert mock.post(G, {"name": "Berlin"}).status == 200

    def test_what_no_source_verifies_is_marked(self, mock):
        """Q26."""
        marked, verified = mock.get(f"{G}/{NOBODY}"), mock.get("/beta/nowhere")

        assert marked.headers["x-mock-unverified"] == "true"
        assert "x-mock-unverified" not in verified.headers


class TestPreflight:
    def test_a_browser_may_ask_for_any_method_and_header(self, mock):
        """graph_reference 5.5: the Graph lets every origin in."""
        asked = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "x-one, authorization"}
        answer = mock.ask("OPTIONS", f"{G}/{PARIS}", Origin="https://page.example", **asked)

        assert (answer.status, answer.body, answer.headers["Access-Control-Allow-Origin"]) == (204, b"", "*")
        assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
        assert answer.headers["Access-Control-Allow-Headers"] == "x-one, authorization"

    @pytest.mark.parametrize("path", ["/_mock/tenant", "/_mock/reset"])
    def test_the_control_api_is_not_for_pages_of_other_origins(self, mock, path):
        answer = mock.ask("OPTIONS", path, Origin="https://page.example")

        assert refusal(answer) == (403, "accessDenied")
        assert "Access-Control-Allow-Origin" not in answer.headers


class TestSandboxes:
    def test_a_prefix_names_one_and_belongs_to_every_address(self, mock):
        answer = mock.post(f"/sandboxes/default{G}", {"name": "Berlin"})

        assert answer.headers["Location"].startswith(f"http://localhost:8365/sandboxes/default{G}/")
        assert answer.json()["@odata.context"].startswith("http://localhost:8365/sandboxes/default/beta/$metadata#")

    def test_a_header_names_one(self, mock):
        assert mock.get(G, **{"x-mock-sandbox": "default"}).status == 200

    @pytest.mark.parametrize("path", [G, "/v1.0/applications", "/_mock/tenant"])
    @pytest.mark.parametrize("way", ["prefix", "header"])
    def test_one_that_is_unknown_is_not_made_by_accident(self, mock, path, way):
        answer = mock.get(f"/sandboxes/nope{path}") if way == "prefix" else mock.get(path, **{"x-mock-sandbox": "nope"})

        assert refusal(answer) == (404, "sandboxNotFound")
        assert [each.name for each in mock.world] == ["default"]

    def test_the_prefix_beats_the_header(self, mock):
        assert mock.get(f"/sandboxes/default{G}", **{"x-mock-sandbox": "nope"}).status == 200

    @pytest.mark.parametrize("name", ["", "%0d%0aSet-Cookie:%20a=b", "%00", "%FF", "a b", "..", "x" * 10_000])
    def test_no_name_does_any_harm(self, mock, name):
        answer = mock.get(f"/sandboxes/{name}{G}")

        assert refusal(answer)[0] == 404
        assert "Set-Cookie" not in answer.headers


class TestAddresses:
    @pytest.mark.parametrize(
        "host", ["graph.example", "[::1]:80", "mock_server", 'a"b', "a'b<c>", "\xe9", "user@host", "a/b", "a?b#c"]
    )
    def test_any_host_gives_json_and_no_new_header(self, mock, host):
        answer = mock.post(G, {"name": "Berlin"}, Host=host)

        assert (answer.status, answer.json()["name"]) == (200, "Berlin")
        assert {*answer.headers.keys()} == {*mock.post(G, {"name": "Berlin"}).headers.keys()}

    @pytest.mark.parametrize("host", ["x" * 5000, "a..b", ".", "[", "xn--a"])
    def test_a_host_that_is_none_does_no_harm(self, mock, host):
        answer = mock.get(G, Host=host)

        assert answer.status == 200 or refusal(answer) == (400, "BadRequest")

    def test_a_request_without_a_host_gets_the_servers(self, mock):
        asked = environ("GET", G, None, {})
        del asked["HTTP_HOST"]
        body = b"".join(mock.app(asked, lambda *_: None))

        assert b'"@odata.context":"http://127.0.0.1:8365/beta/' in body

    def test_https_is_told_from_http(self, mock):
        asked = environ("GET", G, None, {}) | {"wsgi.url_scheme": "https"}
        body = b"".join(mock.app(asked, lambda *_: None))

        assert b'"@odata.context":"https://localhost:8365/beta/' in body

    def test_an_external_url_takes_the_place_of_the_host(self):
        answer = Mock(external_url="https://mock.example/graph").post(f"/sandboxes/default{G}", {"name": "Berlin"})

        assert answer.headers["Location"].startswith(f"https://mock.example/graph/sandboxes/default{G}/")
        assert answer.json()["@odata.context"].startswith("https://mock.example/graph/sandboxes/default/beta/")


@pytest.mark.parametrize(("method", "path", "body", "status"), [each for each in EVERY_KIND if each[0] != "FOO"])
def test_the_app_is_what_wsgi_demands(mock, method, path, body, status):
    asked = environ(method, path, body, {}) | {"wsgi.errors": sys.stderr, "wsgi.input": _Input(method, path, body)}
    said: list = []
    chunks = validator(mock.app)(asked, lambda *each: said.extend(each[:2]) or StringIO().write)
    content = b"".join(chunks)
    chunks.close()

    assert (int(said[0][:3]), bool(content)) == (status, status != 204 and method != "HEAD")


class _Input:
    """The body as the validator wants it: with every method that PEP 3333 names."""

    def __init__(self, method: str, path: str, body: object) -> None:
        self._input = environ(method, path, body, {})["wsgi.input"]

    def __getattr__(self, name: str) -> object:
        return getattr(self._input, name)

    def __iter__(self) -> object:
        return iter(self._input)
