"""What nobody should send: each is refused in the Graph's shape, with the right status, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from web.asking import (
    ADFS,
    DEFAULT,
    FILES,
    GRAPH,
    LYON,
    NEW,
    NOBODY,
    OSAKA,
    OSAKA_1,
    PARIS,
    PARIS_1,
    PERTH,
    PLAIN,
    WIKI,
    Mock,
    P,
    refusal,
    to_connector,
    to_group,
)

A = "/beta/applications"
C = f"{P}/connectors"
G = f"{P}/connectorGroups"
MOVE = f"{C}/{NEW}/memberOf/$ref"
ASSIGN = f"{A}/{WIKI}/connectorGroup/$ref"

UNREADABLE = (400, "BadRequest")
UNFIT = (400, "InvalidJson_BadRequest")
BAD = (400, "BadRequest")
DIRECTORY = (400, "Request_BadRequest")
NOWHERE = (400, "InvalidReference_BadRequest")
NO_GROUP = (404, "ConnectorGroup_NotFound")
NO_CONNECTOR = (404, "Connector_NotFound")
NO_APPLICATION = (404, "Application_NotFound")
NO_RESOURCE = (404, "Request_ResourceNotFound")
TAKEN = (400, "InternalUrl_Duplicate")
UNKNOWN_TO_THE_MOCK = (501, "notSupported")
TOO_LARGE = (413, "RequestEntityTooLarge")

NOT_JSON = [b"", b"{", b"}", b'{"name":"a"', b"name=a", b"\xff\xfe", b'{"name":"\xff"}', b"NaN", b'{"name":NaN}',
            b"\xef\xbb\xbf{}", b"[" * 100_000, b'{"a":' * 100_000, b'{"name":"a"}{"name":"b"}', b'{"name":"\\ud800"}',
            b"\0", b"'a'"]  # fmt: skip
NOT_AN_OBJECT = [b"[]", b"null", b"true", b"1", b'"x"', b'[{"name":"a"}]']

NOT_A_GROUP = [
    ({}, DIRECTORY),
    ({"region": "eur"}, DIRECTORY),
    ({"name": None}, DIRECTORY),
    ({"name": ""}, DIRECTORY),
    ({"name": " \t"}, DIRECTORY),
    ({"name": 5}, BAD),
    ({"name": True}, BAD),
    ({"name": ["a"]}, BAD),
    ({"name": {"a": "b"}}, BAD),
    ({"name": "a\0b"}, BAD),
    ({"name": "a", "Name": "b"}, UNFIT),
    ({"name": "a", "nonsense": 1}, BAD),
    ({"name": "a", "members": []}, BAD),
    ({"name": "a", "members@odata.bind": []}, UNKNOWN_TO_THE_MOCK),
    ({"name": "a", "@odata.nonsense": 1}, BAD),
    ({"name": "a", "region": "moon"}, BAD),
    ({"name": "a", "region": ""}, BAD),
    ({"name": "a", "region": 1}, BAD),
    ({"name": "a", "region": ["eur"]}, BAD),
    ({"name": "a", "region": "unknownFutureValue"}, BAD),
    ({"name": "a", "": 1}, BAD),
    ({"name": "a", "lastHeartbeat": 1}, BAD),
    ({"name": "a", "x" * 10_000: 1}, BAD),
]
NOT_A_CHANGE = [
    (f"{G}/{PARIS}", {"name": None}, DIRECTORY),
    (f"{G}/{PARIS}", {"name": ""}, DIRECTORY),
    (f"{G}/{PARIS}", {"name": 5}, BAD),
    (f"{G}/{PARIS}", {"nonsense": 1}, BAD),
    (f"{G}/{PARIS}", {"isDefault": True}, DIRECTORY),
    (f"{G}/{PARIS}", {"isDefault": None}, DIRECTORY),
    (f"{G}/{PARIS}", {"name": "ok", "id": NOBODY}, DIRECTORY),
    (f"{G}/{PARIS}", {"region": None}, (400, "ConnectorGroupRegion_BadRequest")),
    (f"{G}/{PARIS}", {"name": "ok", "region": "moon"}, BAD),
    (f"{G}/{NOBODY}", {"name": "ok"}, NO_GROUP),
    (P, {"isEnabled": "true"}, BAD),
    (P, {"isEnabled": 1}, BAD),
    (P, {"id": "x"}, DIRECTORY),
    (P, {"nonsense": True}, BAD),
    ("/beta/onPremisesPublishingProfiles/nonsense", {"isEnabled": True}, NO_RESOURCE),
    (f"{A}/{WIKI}", {"displayName": ""}, DIRECTORY),
    (f"{A}/{WIKI}", {"displayName": 5}, BAD),
    (f"{A}/{WIKI}", {"tags": "a"}, UNFIT),
    (f"{A}/{WIKI}", {"tags": None}, DIRECTORY),
    (f"{A}/{WIKI}", {"tags": ["a", 5]}, BAD),
    (f"{A}/{WIKI}", {"web": {"redirectUris": [None]}}, DIRECTORY),
    (f"{A}/{WIKI}", {"web": {"nonsense": 1}}, BAD),
    (f"{A}/{WIKI}", {"appId": NOBODY}, DIRECTORY),
    (f"{A}/{WIKI}", {"nonsense": 1}, DIRECTORY),
    (f"{A}/{WIKI}", {"connectorGroup": {"id": LYON}}, DIRECTORY),
    (f"{A}/{WIKI}", {"connectorGroup@odata.bind": "x"}, UNKNOWN_TO_THE_MOCK),
    (f"{A}/{WIKI}", {"onPremisesPublishing": []}, UNFIT),
    (f"{A}/{WIKI}", {"onPremisesPublishing": {"nonsense": 1}}, BAD),
    (f"{A}/{WIKI}", {"onPremisesPublishing": {"isSecureCookieEnabled": "yes"}}, BAD),
    (f"{A}/{WIKI}", {"onPremisesPublishing": {"externalAuthenticationType": "magic"}}, BAD),
    (f"{A}/{WIKI}", {"onPremisesPublishing": {"internalUrl": 5}}, BAD),
    (f"{A}/{WIKI}", {"onPremisesPublishing": {"internalUrl": "https://files.contoso.com"}}, TAKEN),
    (f"{A}/{NOBODY}", {"displayName": "x"}, NO_RESOURCE),
    (f"{A}/{NOBODY}/onPremisesPublishing", {"isDeviceAccessEnabled": True}, NO_RESOURCE),
    (f"{A}/{WIKI}/onPremisesPublishing", {"isDeviceAccessEnabled": "perhaps"}, BAD),
    (f"{A}/{WIKI}/onPremisesPublishing", {"segmentsConfiguration": {}}, DIRECTORY),
]  # fmt: skip
NOT_A_REFERENCE: list[tuple[Any, tuple[int, str]]] = [
    ({}, UNFIT),
    ([], UNFIT),
    (None, UNREADABLE),
    ("x", UNFIT),
    ({"@odata.id": None}, UNFIT),
    ({"@odata.id": 5}, UNFIT),
    ({"@odata.id": [f"{GRAPH}{G}/{PARIS}"]}, UNFIT),
    ({"id": PARIS}, UNFIT),
    (to_group(PARIS) | {"nonsense": 1}, BAD),
    ({"@odata.id": ""}, NOWHERE),
    ({"@odata.id": "/"}, NOWHERE),
    ({"@odata.id": PARIS}, NOWHERE),
    ({"@odata.id": f"connectorGroups/{PARIS}"}, NOWHERE),
    ({"@odata.id": f"{GRAPH}{G}"}, NOWHERE),
    ({"@odata.id": f"{GRAPH}{G}/{PARIS}/members"}, NOWHERE),
    ({"@odata.id": f"{GRAPH}{G}/{PARIS}/$ref"}, NOWHERE),
    ({"@odata.id": f"{GRAPH}/beta/beta{G.removeprefix('/beta')}/{PARIS}"}, NOWHERE),
    ({"@odata.id": f"{GRAPH}{A}/{WIKI}"}, NOWHERE),
    (to_connector(PARIS_1), NOWHERE),
    ({"@odata.id": "http://["}, NOWHERE),
    ({"@odata.id": "javascript:alert(1)"}, NOWHERE),
    ({"@odata.id": "\0"}, NOWHERE),
    ({"@odata.id": "x" * 100_000}, NOWHERE),
    ({"@odata.id": "/" * 100_000}, NOWHERE),
    ({"@odata.id": f"{GRAPH}/beta/onPremisesPublishingProfiles/nonsense/connectorGroups/{PARIS}"}, NO_RESOURCE),
    (to_group(NOBODY), NO_GROUP),
    (to_group(ADFS), NO_GROUP),
    (to_group("x" * 10_000), NO_GROUP),
    (to_group("%00"), NO_GROUP),
    (to_group("%FF"), NO_GROUP),
]
BROKEN_RULES = [
    ("DELETE", f"{G}/{DEFAULT}", None, (400, "DefaultConnectorGroup_BadRequest")),
    ("DELETE", f"{G}/{PARIS}", None, (400, "ConnectorGroupNotEmpty_BadRequest")),
    ("PATCH", f"{G}/{PARIS}", {"region": "nam"}, (400, "ConnectorGroupRegion_BadRequest")),
    ("POST", f"{C}/{OSAKA_1}/memberOf/$ref", to_group(PERTH), (400, "ConnectorGroupRegion_BadRequest")),
    ("POST", f"{G}/{PERTH}/members/$ref", to_connector(OSAKA_1), (400, "ConnectorGroupRegion_BadRequest")),
    ("POST", f"{G}/{ADFS}/members/$ref", to_connector(NEW), NO_GROUP),
    ("POST", f"{G}/{PARIS}/members/$ref", to_connector(NOBODY), NO_CONNECTOR),
    ("POST", f"{G}/{PARIS}/members/$ref", to_group(PARIS), NOWHERE),
    ("PUT", f"{A}/{PLAIN}/connectorGroup/$ref", to_group(PARIS), NO_APPLICATION),
    ("DELETE", f"{A}/{PLAIN}/connectorGroup/$ref", None, NO_APPLICATION),
    ("DELETE", f"{A}/{FILES}/connectorGroup/$ref", None, (400, "ApplicationOnDefaultConnectorGroup_BadRequest")),
    ("DELETE", f"{C}/{NEW}/memberOf/{DEFAULT}/$ref", None, (400, "ConnectorOnDefaultConnectorGroup_BadRequest")),
    ("DELETE", f"{C}/{NEW}/memberOf/{OSAKA}/$ref", None, NO_GROUP),
    ("DELETE", f"{A}/{NOBODY}", None, NO_RESOURCE),
    ("POST", A, {"description": "x"}, DIRECTORY),
    ("POST", A, {"displayName": "x", "onPremisesPublishing": {}}, DIRECTORY),
    ("PATCH", f"{A}/{WIKI}", {"displayName": "x", "onPremisesPublishing": None}, DIRECTORY),
]
BAD_QUERIES = [
    ("$filter=", BAD),
    ("$filter", BAD),
    ("$filter=name", BAD),
    ("$filter=name eq", BAD),
    ("$filter=name eq 'a", BAD),
    ("$filter=name eq 5", BAD),
    ("$filter=nonsense eq 1", BAD),
    ("$filter=lastHeartbeat eq null", BAD),
    ("$filter=(name eq 'a'", BAD),
    ("$filter=name eq 'a' nonsense", BAD),
    ("$filter=nonsense(name)", BAD),
    ("$filter=%FF", BAD),
    ("%FF=1", BAD),
    ("$filter=" + "(" * 10_000 + "true" + ")" * 10_000, BAD),
    ("$filter=" + "not " * 10_000 + "true", BAD),
    ("$filter=$it/name eq 'a'", UNKNOWN_TO_THE_MOCK),
    ("$orderby=nonsense", BAD),
    ("$orderby=name sideways", BAD),
    ("$orderby=members", BAD),
    ("$top=-1", BAD),
    ("$top=x", BAD),
    ("$top=1.5", BAD),
    ("$top=", BAD),
    ("$top=%D9%A1", BAD),
    ("$top=1&$top=1", BAD),
    ("$top=1&%24TOP=1", BAD),
    ("$skip=-1", BAD),
    ("$count=maybe", BAD),
    ("$select=nonsense", BAD),
    ("$select=id,,name", BAD),
    ("$select=lastHeartbeat", BAD),
    ("$expand=nonsense", BAD),
    ("$expand=name", BAD),
    ("$expand=members,members", BAD),
    ("$expand=members(", BAD),
    ("$expand=members()", BAD),
    ("$expand=members($nonsense=1)", BAD),
    ("$expand=members($expand=memberOf($expand=members($expand=memberOf)))", BAD),
    ("$expand=" + "members($expand=memberOf($expand=" * 25 + "members" + "))" * 25, BAD),
    ("$skiptoken=nonsense", BAD),
    ("$format=xml", BAD),
    ("$nonsense=1", BAD),
    ('$search="x"', UNKNOWN_TO_THE_MOCK),
    ("$apply=x", UNKNOWN_TO_THE_MOCK),
    ("$compute=x", UNKNOWN_TO_THE_MOCK),
    ("$deltatoken=x", UNKNOWN_TO_THE_MOCK),
]
BAD_PATHS: list[tuple[str | bytes, tuple[int, str]]] = [
    ("/nowhere", (404, "itemNotFound")),
    ("/_mock/nowhere", (404, "itemNotFound")),
    ("/BETA/applications", (404, "itemNotFound")),
    (b"/\xff\xfe", (404, "itemNotFound")),
    ("/%FF", (404, "itemNotFound")),
    ("/%00", (404, "itemNotFound")),
    ("/" + "x" * 10_000, (404, "itemNotFound")),
    ("/%0d%0aSet-Cookie:%20a=b", (404, "itemNotFound")),
    ("/beta/nowhere", BAD),
    ("/beta/" + "x" * 10_000, BAD),
    ("/beta" + "/x" * 5_000, BAD),
    ("/beta/../_mock/tenant", BAD),
    ("/beta/%2e%2e/_mock/tenant", BAD),
    ("/beta/%FF", BAD),
    (b"/beta/\xff", BAD),
    ("/beta/%00", BAD),
    ("/beta/$metadata/x", BAD),
    (f"{G}/x", NO_GROUP),
    (f"{G}/" + "x" * 10_000, NO_GROUP),
    (f"{G}/%FF", NO_GROUP),
    (f"{G}/%00", NO_GROUP),
    (f"{G}/{PARIS}%00", NO_GROUP),
    (f"{G}/%0d%0aSet-Cookie:%20a=b", NO_GROUP),
    (f"{G}/..%2f..", NO_GROUP),
    (f"{G}/'{PARIS}'", NO_GROUP),
    (f"{G}('')", NO_GROUP),
    (f"{G}()", BAD),
    (f"{G}('a'b')", BAD),
    (f"{G}(name='Paris')", BAD),
    (f"{G}/$nonsense", BAD),
    (f"{G}/$ref", BAD),
    (f"{G}/$value", BAD),
    (f"{G}/$count/x", BAD),
    (f"{G}/{PARIS}/nowhere", BAD),
    (f"{G}/{PARIS}/$value", BAD),
    (f"{G}/{PARIS}/name/x", BAD),
    (f"{G}/{NOBODY}/name", NO_GROUP),
    (f"{C}/{NOBODY}", NO_CONNECTOR),
    (f"{C}/{PARIS}", NO_CONNECTOR),
    (f"{C}/{NEW}/memberOf/{PARIS}/members", NO_GROUP),
    (f"{C}/{NEW}/lastHeartbeat", BAD),
    (f"{C}/{NEW}/stopped", BAD),
    (f"{A}/{NOBODY}", NO_RESOURCE),
    (f"{A}(appId='{WIKI}')", NO_RESOURCE),
    (f"{A}(nonsense='x')", BAD),
]


@pytest.fixture(scope="module")
def standing() -> Mock:
    """One mock for all tests here: nothing they do may change it."""
    return Mock()


@pytest.fixture
def refused(standing):
    """How a request is refused; the tenant is the very same after it, and so is what the control API shows of it."""
    before, shown = standing.tenant, standing.get("/_mock/tenant").body

    def asked(method: str, target: str | bytes, body: Any = None, **headers: str) -> tuple[int, str]:
        answer = standing.ask(method, target, body, **headers)

        assert standing.tenant is before
        assert standing.get("/_mock/tenant").body == shown
        assert "Set-Cookie" not in answer.headers

        return refusal(answer)

    return asked


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:16]))
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", G),
        ("PATCH", f"{G}/{PARIS}"),
        ("POST", A),
        ("PATCH", f"{A}/{WIKI}"),
        ("PATCH", P),
        ("PATCH", f"{A}/{WIKI}/onPremisesPublishing"),
        ("POST", MOVE),
        ("PUT", ASSIGN),
        ("PUT", "/_mock/tenant"),
        ("POST", "/_mock/connectors"),
    ],
)
def test_what_is_not_json_cannot_be_read(refused, method, path, body):
    """R62, U-24."""
    assert refused(method, path, body) == UNREADABLE


@pytest.mark.parametrize("body", NOT_AN_OBJECT, ids=repr)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", G), ("PATCH", f"{G}/{PARIS}"), ("POST", A), ("PATCH", P), ("POST", MOVE), ("PUT", ASSIGN)],
)
def test_what_is_json_but_no_object_is_not_valid_content(refused, method, path, body):
    """R62."""
    assert refused(method, path, body) == UNFIT


@pytest.mark.parametrize(("body", "expected"), NOT_A_GROUP, ids=lambda each: str(each)[:60])
def test_no_group_is_made_of_nonsense(refused, body, expected):
    assert refused("POST", G, body) == expected


@pytest.mark.parametrize(("path", "body", "expected"), NOT_A_CHANGE, ids=lambda each: str(each)[-60:])
def test_nothing_is_changed_to_nonsense(refused, path, body, expected):
    assert refused("PATCH", path, body) == expected


@pytest.mark.parametrize(("body", "expected"), NOT_A_REFERENCE, ids=lambda each: str(each)[:60])
@pytest.mark.parametrize(("method", "path"), [("POST", MOVE), ("PUT", MOVE), ("PUT", ASSIGN)])
def test_a_reference_leads_to_a_group(refused, method, path, body, expected):
    """R33, R36, U-3."""
    assert refused(method, path, body) == expected


@pytest.mark.parametrize(("method", "path", "body", "expected"), BROKEN_RULES)
def test_a_rule_of_the_service_is_not_broken(refused, method, path, body, expected):
    assert refused(method, path, body) == expected


@pytest.mark.parametrize(("query", "expected"), BAD_QUERIES, ids=lambda each: str(each)[:40])
def test_a_query_that_cannot_be_understood_is_refused(refused, query, expected):
    assert refused("GET", f"{G}?{query}") == expected


@pytest.mark.parametrize(
    "query", ["$top=1", "$skip=1", "$filter=true", "$orderby=name", "$count=true", "$skiptoken=ATE"]
)
@pytest.mark.parametrize("path", [f"{G}/{PARIS}", P, f"{A}/{WIKI}", f"{A}/{WIKI}/connectorGroup"])
def test_what_is_for_collections_is_refused_on_one_entity(refused, path, query):
    assert refused("GET", f"{path}?{query}") == BAD


@pytest.mark.parametrize(("path", "expected"), BAD_PATHS, ids=lambda each: str(each)[-40:])
def test_a_path_that_leads_nowhere_is_refused(refused, path, expected):
    assert refused("GET", path) == expected


@pytest.mark.parametrize(("path", "_"), BAD_PATHS, ids=lambda each: str(each)[-40:])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "NONSENSE", "x" * 1000])
def test_a_path_that_leads_nowhere_is_refused_whatever_the_method(refused, method, path, _):
    assert 400 <= refused(method, path, {"name": "x"})[0] < 500


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "MERGE", "get", "", "G E T", "\xff"])
@pytest.mark.parametrize("path", [P, G, f"{G}/{PARIS}", MOVE, A, ASSIGN, f"{C}/$count"])
def test_a_method_of_another_world_is_not_allowed(refused, method, path):
    assert refused(method, path, {"name": "x"}) == (405, "Request_BadRequest")


@pytest.mark.parametrize("path", [G, A, MOVE, ASSIGN, "/_mock/connectors", "/_mock/tenant"])
def test_a_body_of_ten_megabytes_is_too_large(refused, path):
    body = b'{"name":"' + b"x" * 10_000_000 + b'"}'
    method = "PUT" if path in (ASSIGN, "/_mock/tenant") else "POST"

    assert refused(method, path, body) == TOO_LARGE


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": 'a"b'},
        {"Host": "a\r\nSet-Cookie: a=b"},
        {"x-mock-sandbox": "a\r\nSet-Cookie: a=b"},
        {"client-request-id": "x" * 100_000},
        {"Prefer": "=,=;=,\xff"},
        {"If-Match": "\xff"},
        {"Accept": "\xff"},
        {"Origin": "\xff"},
        {"Authorization": "Bearer " + "x" * 100_000},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", f"{G}/x"), ("POST", MOVE), ("DELETE", f"{G}/{PARIS}"), ("PUT", "/_mock/tenant")]
)
def test_no_header_does_any_harm(refused, headers, method, path):
    assert 400 <= refused(method, path, **headers)[0] < 500


def test_every_problem_of_a_body_is_named_at_once(standing):
    error = standing.post(G, {"Name": 5, "region": "moon", "nonsense": 1}).json()["error"]
    said = [error["message"], *(each["message"] for each in error["details"])]

    assert sorted(text.split("'")[1] for text in said) == ["5", "moon", "nonsense"]


@pytest.mark.parametrize(
    ("value", "literal"), [(True, "true"), (5, "5"), (1.5, "1.5"), (["a"], '["a"]'), ({"a": None}, '{"a":null}')]
)
def test_a_value_is_shown_as_it_was_written(standing, value, literal):
    """graph_reference 5.4: in JSON, not in Python."""
    message = standing.post(G, {"name": value}).json()["error"]["message"]

    assert message == f"Cannot convert the literal '{literal}' to the expected type 'Edm.String'."


@pytest.mark.parametrize("length", [100, 10_000])
def test_a_long_word_is_cut_off_in_what_is_said_of_it(standing, length):
    answer = standing.get(f"{G}/{'x' * length}")

    assert len(answer.body) < 600
