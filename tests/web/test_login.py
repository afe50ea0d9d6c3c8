"""The token service over HTTP (web/login): what clients.md 6 says they need."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from web.asking import NOW, Mock

from mockserver.sandbox import Clock

DEMO = "22222222-2222-4222-8222-222222222222"
TENANT = "11111111-1111-4111-8111-111111111111"
ADMIN = {"username": "admin@contoso.onmicrosoft.com", "password": "mock-password"}
SECRET = {"grant_type": "client_credentials", "client_id": DEMO, "client_secret": "mock-secret"}
DOCUMENT = {
    "tenant": {"id": TENANT, "displayName": "Contoso", "defaultDomain": "contoso.onmicrosoft.com"},
    "users": [{"userPrincipalName": "amy@contoso.onmicrosoft.com", "displayName": "Amy <Admin>"}],
}
FORM = "application/x-www-form-urlencoded;charset=utf-8"


def mock_of(**settings):
    return Mock(document=DOCUMENT, **settings)


@pytest.fixture
def mock():
    return mock_of()


def send(mock, target, form, **headers):
    return mock.ask("POST", target, urlencode(form).encode(), **{"Content-Type": FORM}, **headers)


def token(mock, form, tenant="common", **headers):
    return send(mock, f"/{tenant}/oauth2/v2.0/token", form, **headers)


@pytest.mark.parametrize("tenant", [TENANT, "contoso.onmicrosoft.com", "common", "organizations", "another.example"])
def test_any_tenant_has_a_discovery_document_and_tokens(mock, tenant):
    found = mock.get(f"/{tenant}/v2.0/.well-known/openid-configuration").json()
    answer = token(mock, SECRET, tenant)

    assert found["token_endpoint"] == f"http://localhost:8365/{tenant}/oauth2/v2.0/token"
    assert {"issuer", "authorization_endpoint", "device_authorization_endpoint", "jwks_uri"} <= set(found)
    assert jwt.decode(answer.json()["access_token"], options={"verify_signature": False})["tid"] == TENANT


def test_every_address_of_the_discovery_document_is_served(mock):
    found = mock.get(f"/{TENANT}/v2.0/.well-known/openid-configuration").json()
    addresses = [value for name, value in found.items() if name.endswith(("_endpoint", "_uri"))]

    assert len(addresses) == 5
    for address in addresses:
        path = urlsplit(address).path
        assert {mock.get(path).status, send(mock, path, {}).status} & {200, 302, 400}, path


@pytest.mark.parametrize("tenant", [TENANT, "contoso.onmicrosoft.com"])
def test_the_issuer_of_id_tokens_is_the_one_discovered(mock, tenant):
    found = mock.get(f"/{tenant}/v2.0/.well-known/openid-configuration").json()
    answer = token(mock, {**SECRET, **ADMIN, "grant_type": "password", "scope": "openid"}, tenant).json()

    assert jwt.decode(answer["id_token"], options={"verify_signature": False})["iss"] == found["issuer"]


def test_adfs_has_documents_and_endpoints_of_its_own(mock):
    found = mock.get("/adfs/.well-known/openid-configuration").json()

    assert found["token_endpoint"] == "http://localhost:8365/adfs/oauth2/token"
    assert found["issuer"] == "http://localhost:8365/adfs"
    assert send(mock, "/adfs/oauth2/token", SECRET).status == 200


def test_the_published_keys_verify_its_tokens(mock):
    keys = jwt.PyJWKSet.from_dict(mock.get("/common/discovery/v2.0/keys").json())
    answer = token(mock, SECRET).json()["access_token"]
    key = keys[jwt.get_unverified_header(answer)["kid"]]

    assert jwt.decode(
        answer, key.key, algorithms=["RS256"], audience="https://graph.microsoft.com",
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )["appid"] == DEMO  # fmt: skip


def test_instance_discovery_leads_to_the_discovery_document(mock):
    asked = urlencode(
        {"authorization_endpoint": f"https://localhost/{TENANT}/oauth2/v2.0/authorize", "api-version": "1.0"}
    )
    found = mock.get(f"/common/discovery/instance?{asked}").json()

    assert found["tenant_discovery_endpoint"] == f"http://localhost:8365/{TENANT}/v2.0/.well-known/openid-configuration"
    assert found["metadata"][0]["aliases"] == ["localhost:8365"]
    assert mock.get("/common/discovery/instance").status == 400


def test_users_are_managed(mock):
    found = mock.get("/common/userrealm/amy@contoso.onmicrosoft.com?api-version=1.0").json()

    assert (found["account_type"], found["domain_name"]) == ("Managed", "contoso.onmicrosoft.com")


def test_a_refusal_has_entras_shape(mock):
    reply = token(mock, {**SECRET, "client_secret": "wrong"}, client_request_id="c0ffee")
    said = reply.json()

    assert reply.status == 401
    assert said["error"] == "invalid_client"
    assert said["error_description"].startswith("AADSTS7000215: Invalid client secret provided.")
    assert said["error_codes"] == [7000215]
    assert (said["correlation_id"], said["trace_id"]) == ("c0ffee", reply.headers["request-id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", said["timestamp"])
    assert "wrong" not in reply.body.decode()


def test_tokens_are_not_to_be_kept_and_open_to_pages_of_any_origin(mock):
    reply = token(mock, SECRET, Origin="https://app.example")
    asked = mock.ask("OPTIONS", "/common/oauth2/v2.0/token", Access_Control_Request_Headers="x-client-sku")

    assert "no-store" in reply.headers["Cache-Control"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert (asked.status, asked.headers["Access-Control-Allow-Headers"]) == (200, "x-client-sku")


def test_a_query_behind_the_endpoint_does_not_matter(mock):
    assert send(mock, "/common/oauth2/v2.0/token?client-request-id=1", SECRET).status == 200


def test_a_client_may_show_its_secret_in_a_header(mock):
    basic = base64.b64encode(f"{DEMO}:mock-secret".encode()).decode()
    form = {"grant_type": "client_credentials"}

    assert token(mock, form, Authorization=f"Basic {basic}").status == 200
    for wrong in ("Basic !!!", "Basic " + base64.b64encode(b"no colon").decode()):
        assert token(mock, form, Authorization=wrong).status == 400


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"a=b&a", b"{}", b"grant_type=%00"])
def test_a_strange_form_is_refused(mock, body):
    assert mock.ask("POST", "/common/oauth2/v2.0/token", body, **{"Content-Type": FORM}).status == 400


def test_strictly_there_are_only_this_tenants_names():
    strict = mock_of(auth="strict")

    assert token(strict, SECRET, "contoso.onmicrosoft.com").status == 200
    refused = token(strict, SECRET, "another.example")
    assert (refused.status, refused.json()["error_codes"]) == (400, [90002])


@pytest.mark.parametrize(
    ("said", "address", "status"),
    [
        ("loopback", "127.0.0.1", 200), ("loopback", "::1", 200), ("loopback", "203.0.113.5", 400),
        ("everywhere", "203.0.113.5", 200), ("off", "127.0.0.1", 400),
    ],
)  # fmt: skip
def test_the_demo_identity_logs_in_from_where_it_may(monkeypatch, said, address, status):
    monkeypatch.setattr("web.asking.PEER", address)

    assert token(mock_of(auth="strict", demo_identity=said), SECRET).status == status


def test_a_machine_asks_for_its_token_with_a_header(mock):
    target = "/msi/token?api-version=2019-08-01&resource=https://graph.microsoft.com"
    found = mock.get(target, X_IDENTITY_HEADER="x").json()

    assert found["expires_on"] == str(int(NOW.timestamp()) + 3599)
    assert found["token_type"] == "Bearer"
    assert mock.get(target).status == 400
    assert mock.get("/msi/token", X_IDENTITY_HEADER="x").status == 400


VERIFIER = "a" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
ASKED = {
    "client_id": DEMO, "response_type": "code", "redirect_uri": "http://localhost:5000/back?x=1", "state": "s&1",
    "scope": "openid https://graph.microsoft.com/.default", "code_challenge_method": "S256",
    "code_challenge": CHALLENGE,
}  # fmt: skip
AUTHORIZE = "/common/oauth2/v2.0/authorize"


def hidden(page):
    """What the page's form carries along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: value.replace("&amp;", "&") for name, value in found}


def query(reply):
    return {name: value for name, (value,) in parse_qs(urlsplit(reply.headers["Location"]).query).items()}


def redeem(mock, code):
    return token(mock, {
        "grant_type": "authorization_code", "client_id": DEMO, "client_secret": "mock-secret", "code": code,
        "redirect_uri": ASKED["redirect_uri"], "code_verifier": VERIFIER,
    })  # fmt: skip


def test_a_user_signs_in_on_a_page_and_the_program_gets_a_code(mock):
    page = mock.get(f"{AUTHORIZE}?{urlencode(ASKED)}")
    back = send(mock, AUTHORIZE, {**hidden(page.body.decode()), **ADMIN})
    code = query(back)["code"]
    answer = redeem(mock, code)

    assert page.headers["Content-Type"].startswith("text/html")
    assert back.status == 302
    assert query(back) == {"x": "1", "code": code, "state": "s&1"}
    assert jwt.decode(answer.json()["access_token"], options={"verify_signature": False})["upn"] == ADMIN["username"]
    assert redeem(mock, code).json()["error_codes"] == [70008]


def test_the_page_names_users_and_program_and_escapes_them(mock):
    page = mock.get(f"{AUTHORIZE}?{urlencode({**ASKED, 'state': '<script>'})}").body.decode()

    assert "Demo client" in page
    assert "Amy &lt;Admin&gt;" in page
    assert "<script>" not in page


def test_a_wrong_password_leaves_the_user_on_the_page(mock):
    page = send(mock, AUTHORIZE, {**ASKED, **ADMIN, "password": "wrong"})

    assert page.status == 400
    assert "AADSTS50126" in page.body.decode()
    assert hidden(page.body.decode()) == ASKED


def test_a_user_may_decline(mock):
    back = send(mock, AUTHORIZE, {**ASKED, "cancel": "1"})

    assert query(back)["error"] == "access_denied"
    assert query(back)["state"] == "s&1"


def test_nobody_is_signed_in_without_a_page(mock):
    back = mock.get(f"{AUTHORIZE}?{urlencode({**ASKED, 'prompt': 'none'})}")

    assert query(back)["error"] == "interaction_required"


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"client_id": ""}, 900144),
        ({"redirect_uri": ""}, 900144),
        ({"response_type": ""}, 900144),
        ({"response_type": "token"}, 700054),
        ({"redirect_uri": "javascript:alert(1)"}, 90023),
        ({"redirect_uri": "/here"}, 90023),
        ({"code_challenge_method": "S512"}, 501491),
    ],
)
def test_what_is_wrong_with_the_question_is_not_sent_back_to_anybody(mock, change, number):
    reply = mock.get(f"{AUTHORIZE}?{urlencode({**ASKED, **change})}")

    assert (reply.status, reply.json()["error_codes"]) == (400, [number])
    assert "Location" not in reply.headers


@pytest.mark.parametrize(("mode", "mark"), [("fragment", "#"), ("query", "&")])
def test_the_code_comes_back_the_way_that_was_asked_for(mock, mode, mark):
    back = send(mock, AUTHORIZE, {**ASKED, **ADMIN, "response_mode": mode})

    assert back.headers["Location"].startswith(f"{ASKED['redirect_uri']}{mark}code=")


def test_the_code_comes_back_in_a_form(mock):
    back = send(mock, AUTHORIZE, {**ASKED, **ADMIN, "response_mode": "form_post"})
    page = back.body.decode()

    assert back.status == 200
    assert f'action="{ASKED["redirect_uri"]}"' in page
    assert set(hidden(page)) == {"code", "state"}


def test_sign_ins_are_approved_at_once_where_that_is_wished():
    auto = mock_of(auto_approve=True)
    back = auto.get(f"{AUTHORIZE}?{urlencode({**ASKED, 'login_hint': 'amy@contoso.onmicrosoft.com'})}")
    answer = redeem(auto, query(back)["code"]).json()

    assert jwt.decode(answer["access_token"], options={"verify_signature": False})["name"] == "Amy <Admin>"


DEVICE = {"client_id": DEMO, "scope": "https://graph.microsoft.com/.default"}


def poll(mock, code):
    return token(
        mock, {"grant_type": "device_code", "client_id": DEMO, "client_secret": "mock-secret", "device_code": code}
    )


def test_a_device_is_signed_in_on_its_page(mock):
    codes = send(mock, "/common/oauth2/v2.0/devicecode", DEVICE).json()
    first = poll(mock, codes["device_code"])
    done = send(mock, "/devicelogin", {"user_code": codes["user_code"].lower(), **ADMIN})

    assert set(codes) >= {"user_code", "device_code", "verification_uri", "expires_in", "interval", "message"}
    assert codes["verification_uri"] == "http://localhost:8365/devicelogin"
    assert codes["user_code"] in codes["message"]
    assert (first.status, first.json()["error"]) == (400, "authorization_pending")
    assert "signed in" in done.body.decode()
    assert poll(mock, codes["device_code"]).status == 200
    assert poll(mock, codes["device_code"]).json()["error"] == "expired_token"


def test_a_device_is_declined_on_its_page(mock):
    codes = send(mock, "/common/oauth2/v2.0/devicecode", DEVICE).json()
    send(mock, "/devicelogin", {"user_code": codes["user_code"], "cancel": "1"})

    assert poll(mock, codes["device_code"]).json()["error"] == "authorization_declined"


@pytest.mark.parametrize("change", [{"user_code": "BCDFGHJKL"}, {"password": "wrong"}])
def test_a_wrong_code_or_password_leaves_the_device_waiting(mock, change):
    codes = send(mock, "/common/oauth2/v2.0/devicecode", DEVICE).json()
    page = send(mock, "/devicelogin", {"user_code": codes["user_code"], **ADMIN, **change})

    assert page.status == 400
    assert poll(mock, codes["device_code"]).json()["error"] == "authorization_pending"


def test_the_page_of_a_device_may_know_its_code_already(mock):
    assert 'value="BCDFGHJKL"' in mock.get("/devicelogin?user_code=BCDFGHJKL").body.decode()


def test_devices_are_approved_at_once_where_that_is_wished():
    auto = mock_of(auto_approve=True)
    codes = send(auto, "/common/oauth2/v2.0/devicecode", DEVICE).json()

    assert poll(auto, codes["device_code"]).status == 200


def test_a_device_code_passes_with_the_sandboxs_time(mock):
    codes = send(mock, "/common/oauth2/v2.0/devicecode", DEVICE).json()
    mock.sandbox.state = replace(mock.sandbox.state, clock=Clock(frozen=NOW + timedelta(minutes=15)))

    assert poll(mock, codes["device_code"]).json()["error"] == "expired_token"


def test_a_reset_forgets_sign_ins(mock):
    codes = send(mock, "/common/oauth2/v2.0/devicecode", DEVICE).json()
    mock.post("/_mock/reset")

    assert poll(mock, codes["device_code"]).json()["error"] == "expired_token"


def test_a_sandbox_has_a_token_service_of_its_own(mock):
    found = mock.get(f"/sandboxes/default/{TENANT}/v2.0/.well-known/openid-configuration").json()

    assert found["token_endpoint"] == f"http://localhost:8365/sandboxes/default/{TENANT}/oauth2/v2.0/token"


def test_signing_out_leads_where_the_program_says(mock):
    target = "/common/oauth2/v2.0/logout"

    assert (
        mock.get(f"{target}?post_logout_redirect_uri=http://localhost:1/").headers["Location"] == "http://localhost:1/"
    )
    assert mock.get(f"{target}?post_logout_redirect_uri=javascript:1").status == 200


def test_the_azure_cli_finds_its_cloud_and_its_tenant(mock):
    cloud = mock.get("/metadata/endpoints?api-version=2022-09-01").json()

    assert cloud["authentication"]["loginEndpoint"] == "http://localhost:8365/"
    assert cloud["microsoftGraphResourceId"] == "http://localhost:8365/"
    assert cloud["authentication"]["audiences"][0] == "http://localhost:8365/"
    assert mock.get("/subscriptions?api-version=2022-12-01").json()["value"] == []
    assert mock.get("/tenants?api-version=2022-12-01").json()["value"][0]["tenantId"] == TENANT


def test_the_token_service_of_a_sandbox_is_found_by_its_tenant(mock):
    made = mock.post("/_mock/sandboxes", {"name": "a"}).json()
    answer = token(mock, SECRET, made["tenantId"]).json()["access_token"]
    mock.post("/sandboxes/a/beta/applications", {"displayName": "Only there"})

    assert jwt.decode(answer, options={"verify_signature": False})["tid"] == made["tenantId"]
    assert len(mock.get("/beta/applications", Authorization=f"Bearer {answer}").ids) == 1
    assert mock.get("/beta/applications").ids == []
