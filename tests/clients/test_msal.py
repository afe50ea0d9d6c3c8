"""MSAL alone, in every way it has to log in (clients.md 1.3), with the addresses of the mock."""

from __future__ import annotations

import msal
import pytest
import requests
from clients.browser import brought_back, sign_in
from clients.conftest import signed_by_itself
from clients.known import CLIENT, OWN, PASSWORD, PATH, PUBLIC, SCOPE, SECRET, TENANT, USER

READ = ["https://graph.microsoft.com/Directory.ReadWrite.All"]


@pytest.fixture
def session(told):
    """A session of requests that knows the mock's certificate from the environment."""
    told("endpoints")
    with requests.Session() as session:
        yield session


@pytest.fixture
def confidential(session, mock):
    def made(credential=SECRET, client=CLIENT):
        return msal.ConfidentialClientApplication(
            client, credential, authority=f"{mock.https}/{TENANT}", instance_discovery=False, http_client=session
        )

    return made


@pytest.fixture
def public(session, mock):
    def made(tenant=TENANT):
        return msal.PublicClientApplication(
            PUBLIC, authority=f"{mock.https}/{tenant}", instance_discovery=False, http_client=session
        )

    return made


@pytest.fixture
def first_group(session, mock):
    """The name of the first group, as the Graph tells it to who has that token."""

    def asked(answer):
        assert "access_token" in answer, answer
        said = session.get(
            f"{mock.https}{PATH}/connectorGroups", headers={"Authorization": f"Bearer {answer['access_token']}"}
        )
        return said.json()["value"][0]["name"]

    return asked


def test_a_secret(confidential, first_group):
    assert first_group(confidential().acquire_token_for_client([SCOPE])) == "Default"


def test_a_certificate(confidential, first_group, mock, certificate):
    mock.add_program(clientId=OWN, certificate=certificate.public)
    proof = {"private_key": certificate.key, "public_certificate": certificate.public}

    assert first_group(confidential(proof, OWN).acquire_token_for_client([SCOPE])) == "Default"


def test_a_certificate_of_somebody_else(confidential, mock, certificate):
    mock.add_program(clientId=OWN, certificate=signed_by_itself().public)
    proof = {"private_key": certificate.key, "public_certificate": certificate.public}

    assert confidential(proof, OWN).acquire_token_for_client([SCOPE])["error"] == "invalid_client"


def test_a_token_is_kept(confidential):
    application = confidential()
    tokens = [application.acquire_token_for_client([SCOPE]) for _ in range(2)]

    assert tokens[0]["access_token"] == tokens[1]["access_token"]
    assert tokens[1]["token_source"] == "cache"


@pytest.mark.filterwarnings("ignore:This API has been deprecated for public client flows")
def test_a_password_and_then_its_refresh_token(public, first_group):
    application = public("adfs")
    first = application.acquire_token_by_username_password(USER, PASSWORD, READ)
    again = application.acquire_token_silent(READ, application.get_accounts()[0], force_refresh=True)

    assert (first_group(first), first_group(again)) == ("Default", "Default")
    assert again["access_token"] != first["access_token"]


def test_a_device_code_that_a_person_types_in(public, first_group, session):
    application = public()
    flow = application.initiate_device_flow(READ)
    sign_in(session, flow["verification_uri"], USER, PASSWORD, user_code=flow["user_code"])

    assert first_group(application.acquire_token_by_device_flow(flow)) == "Default"


@pytest.mark.parametrize("mode", ["form_post", "query"])
@pytest.mark.filterwarnings("ignore:response_mode='form_post' is recommended")
def test_a_code_of_the_sign_in_page_with_pkce(mode, public, first_group, session):
    application = public()
    flow = application.initiate_auth_code_flow(READ, "http://localhost:5000/callback", response_mode=mode)
    said = brought_back(sign_in(session, flow["auth_uri"], USER, PASSWORD))
    answer = application.acquire_token_by_auth_code_flow(flow, said)

    assert first_group(answer) == "Default"
    assert answer["id_token_claims"]["preferred_username"] == USER


def test_a_wrong_secret(confidential):
    answer = confidential("wrong").acquire_token_for_client([SCOPE])

    assert (answer["error"], answer["error_codes"]) == ("invalid_client", [7000215])


@pytest.mark.filterwarnings("ignore:This API has been deprecated for public client flows")
def test_a_wrong_password(public):
    answer = public("adfs").acquire_token_by_username_password(USER, "wrong", READ)

    assert (answer["error"], answer["error_codes"]) == ("invalid_grant", [50126])
