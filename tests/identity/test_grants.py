"""What `/token` answers to each grant (identity/grants.py). Numbers: clients.md 1.3, Microsoft's list."""

from __future__ import annotations

import base64
import hashlib
import json

import jwt
import pytest
from identity.desks import DEMO, NOW, PUBLIC, READER, ROOT, TENANT, UNKNOWN, Codes, desk, key

from mockserver.identity import refusals
from mockserver.identity.grants import granted, managed_identity
from mockserver.identity.sign_ins import SignIn

GRAPH = "https://graph.microsoft.com/.default"
SECRET = {"grant_type": "client_credentials", "client_id": DEMO, "client_secret": "mock-secret", "scope": GRAPH}
PASSWORD = {
    "grant_type": "password", "client_id": PUBLIC, "username": "amy@contoso.onmicrosoft.com",
    "password": "amy's own", "scope": "https://graph.microsoft.com/Directory.Read.All openid",
}  # fmt: skip
LATER = NOW.timestamp() + 600


def claims(token):
    """Signed by the key and by nobody else."""
    untimed = dict.fromkeys(("verify_aud", "verify_exp", "verify_nbf", "verify_iat"), False)
    return jwt.decode(token, key().public, algorithms=["RS256"], options=untimed)


def access(form, **changes):
    return claims(granted(form, desk(**changes))["access_token"])


def refused(form, kind, **changes):
    with pytest.raises(kind) as caught:
        granted(form, desk(**changes))
    assert caught.value.description.startswith(f"AADSTS{kind.number}: ")
    return caught.value


def test_a_secret_gets_a_program_a_token_of_entras_claims():
    answer = granted(SECRET, desk())
    found = claims(answer["access_token"])

    assert {name: answer[name] for name in ("token_type", "expires_in", "ext_expires_in")} == {
        "token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599,
    }  # fmt: skip
    assert set(answer) == {"token_type", "expires_in", "ext_expires_in", "access_token"}
    assert found["aud"] == "https://graph.microsoft.com"
    assert found["iss"] == f"https://sts.windows.net/{TENANT}/"
    assert (found["tid"], found["appid"], found["idtyp"], found["ver"]) == (TENANT, DEMO, "app", "1.0")
    assert (found["iat"], found["nbf"], found["exp"]) == (int(NOW.timestamp()),) * 2 + (int(NOW.timestamp()) + 3599,)
    assert found["app_displayname"] == "Demo client"
    assert found["oid"] == found["sub"] != DEMO
    assert "Directory.ReadWrite.All" in found["roles"]
    assert not {"scp", "upn"} & set(found)


def test_a_program_gets_the_permissions_of_its_fixture():
    assert access({**SECRET, "client_id": READER, "client_secret": "s3cret"})["roles"] == ["Directory.Read.All"]


def test_a_token_for_another_resource_has_no_permissions_of_the_graph():
    found = access({**SECRET, "scope": "https://management.azure.com//.default"})

    assert found["aud"] == "https://management.azure.com/"
    assert "roles" not in found


@pytest.mark.parametrize("resource", ["https://management.azure.com/", "https://management.core.windows.net/"])
def test_both_names_of_azure_resource_manager_are_known_however_strict(resource):
    """clients.md 3.1: the Azure CLI asks for the older one."""
    assert access({**SECRET, "scope": f"{resource}/.default"}, strict=True)["aud"] == resource


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("change", "kind", "status", "error"),
    [
        ({"client_secret": "wrong"}, refusals.WrongSecret, 401, "invalid_client"),
        ({"client_secret": ""}, refusals.NoClientProof, 401, "invalid_client"),
        ({"client_id": READER}, refusals.WrongSecret, 401, "invalid_client"),
        ({"client_id": PUBLIC, "client_secret": ""}, refusals.NoClientProof, 401, "invalid_client"),
        ({"client_id": ""}, refusals.MissingParameter, 400, "invalid_request"),
        ({"grant_type": ""}, refusals.MissingParameter, 400, "invalid_request"),
        ({"grant_type": "implicit"}, refusals.UnsupportedGrant, 400, "unsupported_grant_type"),
        ({"scope": "User.Read"}, refusals.NotDefault, 400, "invalid_scope"),
    ],
)
def test_a_wrong_form_is_refused_in_every_mode(change, kind, status, error, strict):
    found = refused({**SECRET, **change}, kind, strict=strict)

    assert (found.status, found.error) == (status, error)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ({**SECRET, "client_id": UNKNOWN}, refusals.NoSuchClient),
        ({**SECRET, "scope": "https://vault.azure.net/.default"}, refusals.InvalidResource),
        ({**PASSWORD, "username": "nobody@contoso.onmicrosoft.com"}, refusals.NoSuchUser),
        ({**PASSWORD, "scope": "https://graph.microsoft.com/No.Such"}, refusals.NoSuchScope),
    ],
)
def test_what_the_tenant_does_not_know_is_refused_only_strictly(form, kind):
    refused(form, kind, strict=True)

    assert access(form)["tid"] == TENANT


def test_the_demo_identity_is_unknown_where_it_may_not_log_in():
    refused(SECRET, refusals.NoSuchClient, strict=True, demo=False)
    refused({**PASSWORD, "username": "admin@contoso.onmicrosoft.com", "password": "mock-password"},
            refusals.NoSuchUser, strict=True, demo=False)  # fmt: skip


def test_without_the_demo_identity_a_user_without_a_password_has_none():
    refused({**PASSWORD, "username": "bob@contoso.onmicrosoft.com", "password": "mock-password"},
            refusals.WrongPassword, demo=False)  # fmt: skip


def test_a_password_gets_a_user_all_three_tokens():
    answer = granted(PASSWORD, desk())
    found, who = claims(answer["access_token"]), claims(answer["id_token"])
    uid = json.loads(base64.urlsafe_b64decode(answer["client_info"] + "=="))

    assert (found["upn"], found["scp"], found["idtyp"]) == ("Amy@contoso.onmicrosoft.com", "Directory.Read.All", "user")
    assert "roles" not in found
    assert (who["aud"], who["iss"], who["preferred_username"]) == (PUBLIC, f"{ROOT}/{TENANT}/v2.0", found["upn"])
    assert uid == {"uid": found["oid"], "utid": TENANT}
    assert answer["scope"] == "openid https://graph.microsoft.com/Directory.Read.All"


@pytest.mark.parametrize("password", ["wrong", "mock-password"])
def test_a_wrong_password_is_refused(password):
    assert refused({**PASSWORD, "password": password}, refusals.WrongPassword).status == 400


def test_the_demo_password_is_that_of_a_user_without_one():
    form = {**PASSWORD, "username": "BOB@contoso.onmicrosoft.com", "password": "mock-password"}

    assert "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3" in access(form)["wids"]


def test_a_user_without_a_role_has_none():
    assert access(PASSWORD)["wids"] == ["b79fbf4d-3ef9-4689-8143-76b194e85509"]


def test_default_gives_a_user_every_permission():
    assert "OnPremisesPublishingProfiles.ReadWrite.All" in access({**PASSWORD, "scope": GRAPH})["scp"].split()


def refresh(token, **changes):
    return {"grant_type": "refresh_token", "client_id": PUBLIC, "refresh_token": token, **changes}


def test_a_refresh_token_gets_new_tokens_for_the_same_scope():
    token = granted(PASSWORD, desk())["refresh_token"]

    assert access(refresh(token), now=LATER)["scp"] == "Directory.Read.All"
    assert (
        access(refresh(token, scope="https://management.azure.com/.default"))["aud"] == "https://management.azure.com/"
    )


@pytest.mark.parametrize(
    ("change", "now"),
    [({"refresh_token": "nonsense"}, LATER), ({"client_id": DEMO}, LATER), ({}, NOW.timestamp() + 91 * 86400)],
)
def test_a_refresh_token_that_is_none_or_another_programs_or_too_old_is_refused(change, now):
    token = granted(PASSWORD, desk())["refresh_token"]

    refused({**refresh(token), **change}, refusals.BadRefreshToken, now=now)


def test_an_access_token_is_no_refresh_token():
    refused(refresh(granted(PASSWORD, desk())["access_token"]), refusals.BadRefreshToken)


VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
CODE = SignIn(
    PUBLIC, f"openid {GRAPH}", LATER, user="bob@contoso.onmicrosoft.com", redirect_uri="http://localhost:1234",
    nonce="n-1", challenge=CHALLENGE, method="S256",
)  # fmt: skip
REDEEM = {
    "grant_type": "authorization_code", "client_id": PUBLIC, "code": "c0de", "redirect_uri": "http://localhost:1234",
    "code_verifier": VERIFIER,
}  # fmt: skip


def test_a_code_gets_tokens_once():
    codes = Codes(c0de=CODE)
    answer = granted(REDEEM, desk(codes))

    assert claims(answer["access_token"])["upn"] == "bob@contoso.onmicrosoft.com"
    assert claims(answer["id_token"])["nonce"] == "n-1"
    with pytest.raises(refusals.SpentCode):
        granted(REDEEM, desk(codes))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"code": "another"}, refusals.SpentCode),
        ({"code_verifier": "w" * 43}, refusals.WrongVerifier),
        ({"code_verifier": ""}, refusals.WrongVerifier),
        ({"redirect_uri": "http://localhost:4321"}, refusals.WrongRedirect),
        ({"client_id": DEMO}, refusals.WrongCode),
    ],
)
def test_a_code_is_worth_nothing_to_anybody_else(change, kind):
    codes = Codes(c0de=CODE)
    with pytest.raises(kind):
        granted({**REDEEM, **change}, desk(codes))

    assert "c0de" in codes


def test_a_code_passes():
    with pytest.raises(refusals.SpentCode):
        granted(REDEEM, desk(Codes(c0de=CODE), now=LATER))


DEVICE = SignIn(PUBLIC, GRAPH, LATER, device="BCDF23456")
POLL = {"client_id": PUBLIC, "device_code": "dev1ce"}


@pytest.mark.parametrize("kind", ["device_code", "urn:ietf:params:oauth:grant-type:device_code"])
@pytest.mark.parametrize("name", ["device_code", "code"])
def test_a_device_waits_until_somebody_has_signed_in(kind, name):
    form = {"grant_type": kind, "client_id": PUBLIC, name: "dev1ce"}
    codes = Codes(dev1ce=DEVICE)
    with pytest.raises(refusals.AuthorizationPending) as pending:
        granted(form, desk(codes))
    codes["dev1ce"] = SignIn(PUBLIC, GRAPH, LATER, device="BCDF23456", user="bob@contoso.onmicrosoft.com")

    assert (pending.value.status, pending.value.error) == (400, "authorization_pending")
    assert claims(granted(form, desk(codes))["access_token"])["upn"] == "bob@contoso.onmicrosoft.com"
    assert not codes


@pytest.mark.parametrize(
    ("sign_in", "change", "kind"),
    [
        (DEVICE, {"device_code": "another"}, refusals.DeviceCodeExpired),
        (DEVICE, {"client_id": DEMO}, refusals.WrongCode),
        (SignIn(PUBLIC, GRAPH, LATER, device="B", declined=True), {}, refusals.AuthorizationDeclined),
        (SignIn(PUBLIC, GRAPH, NOW.timestamp(), device="B"), {}, refusals.DeviceCodeExpired),
        (CODE, {}, refusals.WrongCode),
    ],
)
def test_a_device_code_that_is_no_good_is_refused(sign_in, change, kind):
    with pytest.raises(kind):
        granted({"grant_type": "device_code", **POLL, **change}, desk(Codes(dev1ce=sign_in)))


def on_behalf(assertion, **changes):
    return {
        "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "client_id": DEMO, "client_secret": "mock-secret",
        "assertion": assertion, "requested_token_use": "on_behalf_of", "scope": GRAPH, **changes,
    }  # fmt: skip


def test_a_program_calls_on_for_the_user_that_called_it():
    token = granted({**PASSWORD, "scope": f"api://{DEMO}/.default"}, desk())["access_token"]
    found = access(on_behalf(token))

    assert (found["upn"], found["appid"]) == ("Amy@contoso.onmicrosoft.com", DEMO)


@pytest.mark.parametrize(
    ("assertion", "kind"),
    [
        (lambda: "nonsense", refusals.BadOnBehalfAssertion),
        (lambda: granted(SECRET, desk())["access_token"], refusals.BadOnBehalfAssertion),
        (lambda: granted(PASSWORD, desk(now=NOW.timestamp() - 4000))["access_token"], refusals.BadOnBehalfAssertion),
    ],
)
def test_what_speaks_for_no_user_is_refused(assertion, kind):
    refused(on_behalf(assertion()), kind)


def test_on_behalf_of_needs_a_program_that_proves_itself():
    token = granted(PASSWORD, desk())["access_token"]

    refused(on_behalf(token, client_secret=""), refusals.NoClientProof)


def test_a_machine_has_an_identity_of_its_own():
    answer = managed_identity("https://graph.microsoft.com", DEMO, desk())

    assert claims(answer["access_token"])["idtyp"] == "app"
    assert answer["resource"] == "https://graph.microsoft.com"
    assert answer["client_id"] == DEMO
    assert answer["expires_on"] == str(int(NOW.timestamp()) + 3599)
