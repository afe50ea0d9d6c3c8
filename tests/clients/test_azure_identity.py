"""The credentials of azure-identity log Microsoft's SDK in, as its documentation writes programs (clients.md 1.1).

Way A: told the addresses of the mock. Way B: unchanged, through the proxy. Way C: with the identity of a machine.
"""

from __future__ import annotations

import pytest
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    CertificateCredential,
    ClientSecretCredential,
    DefaultAzureCredential,
    DeviceCodeCredential,
    EnvironmentCredential,
    ManagedIdentityCredential,
    UsernamePasswordCredential,
)
from azure.identity.aio import ClientSecretCredential as AioClientSecretCredential
from clients.browser import sign_in
from clients.known import CLIENT, OWN, PASSWORD, PUBLIC, SECRET, TENANT, USER
from clients.sdk import WORKED, names, sdk, worked

TENANT_ID = "11111111-1111-4111-8111-111111111111"

old_fashioned = pytest.mark.filterwarnings("ignore:UsernamePasswordCredential is deprecated")


def approved(page, code, _):
    """A person types the code in and signs in, while the program waits."""
    with requests.Session() as browser:
        sign_in(browser, page, USER, PASSWORD, user_code=code)


def secret(given=SECRET, tenant=TENANT, kind=ClientSecretCredential):
    return lambda **options: kind(tenant, CLIENT, given, **options)


def password(given=PASSWORD, tenant=TENANT):
    return lambda **options: UsernamePasswordCredential(PUBLIC, USER, given, tenant_id=tenant, **options)


def device_code(**options):
    return DeviceCodeCredential(PUBLIC, tenant_id=TENANT, prompt_callback=approved, **options)


UNCHANGED = [
    pytest.param(secret(), id="secret"),
    pytest.param(secret(tenant=TENANT_ID), id="secret-tenant-id", marks=pytest.mark.heavy),
    pytest.param(secret(kind=AioClientSecretCredential), id="secret-aio", marks=pytest.mark.heavy),
    pytest.param(EnvironmentCredential, id="environment", marks=pytest.mark.heavy),
    pytest.param(DefaultAzureCredential, id="default", marks=pytest.mark.heavy),
    pytest.param(device_code, id="device-code"),
]
BY_PASSWORD = [pytest.param(password(), id="password", marks=old_fashioned)]
BY_PASSWORD_OF_ADFS = [pytest.param(password(tenant="adfs"), id="password", marks=old_fashioned)]
"""MSAL asks without the port of what kind a user is, but for this tenant (clients.md 1.1)."""


@pytest.mark.parametrize("credential", [*UNCHANGED, *BY_PASSWORD])
def test_an_unchanged_program_works_through_the_proxy(credential, told):
    told("proxy")

    assert sdk(credential(), worked) == WORKED


@pytest.mark.parametrize("credential", [*UNCHANGED, *BY_PASSWORD_OF_ADFS])
def test_a_program_that_is_told_the_addresses_works(credential, told, mock):
    told("endpoints")

    assert sdk(credential(authority=mock.https, disable_instance_discovery=True), worked, mock.https) == WORKED


def test_a_managed_identity_works_without_tls(told, mock):
    told("managed-identity")

    assert sdk(ManagedIdentityCredential(), worked, mock.http) == WORKED


def test_a_certificate_that_the_tenant_knows_logs_in(told, mock, certificate):
    told("proxy")
    mock.add_program(clientId=OWN, certificate=certificate.public)
    credential = CertificateCredential(TENANT, OWN, certificate_data=certificate.whole)

    assert sdk(credential, names)[0] == "Default"


@pytest.mark.parametrize(
    ("credential", "text"),
    [
        pytest.param(secret("wrong"), "AADSTS7000215", id="secret"),
        pytest.param(secret("wrong", kind=AioClientSecretCredential), "AADSTS7000215", id="secret-aio"),
        pytest.param(secret(tenant="fabrikam.onmicrosoft.com"), "Unable to get authority configuration", id="tenant"),
        pytest.param(password("wrong"), "AADSTS50126", id="password", marks=old_fashioned),
    ],
)
def test_a_wrong_login_says_what_is_wrong(credential, text, told):
    told("proxy")

    with pytest.raises(ClientAuthenticationError, match=text):
        sdk(credential(), names)


def test_a_program_without_permission_is_told_so(told, mock):
    from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError

    told("proxy")
    mock.add_program(clientId=OWN, secret="own-secret", permissions=["User.Read.All"])

    with pytest.raises(ODataError) as refused:
        sdk(ClientSecretCredential(TENANT, OWN, "own-secret"), names)
    assert (refused.value.response_status_code, refused.value.error.code) == (403, "Authorization_RequestDenied")
