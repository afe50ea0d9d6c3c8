"""Microsoft's own addresses lead to the WSGI app itself: no server, no socket (clients.md 1.2, way D)."""

from __future__ import annotations

import socket

import msal
import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline.transport import RequestsTransport
from azure.identity import ClientSecretCredential, UsernamePasswordCredential
from clients.in_process import AsyncWSGITransport, session_of
from clients.known import CLIENT, PASSWORD, PUBLIC, SCOPE, SECRET, TENANT, USER
from clients.sdk import WORKED, sdk, worked

from mockserver.serve import app_of
from mockserver.settings import Settings


@pytest.fixture
def app():
    return app_of(Settings(auth="strict"))


@pytest.fixture
def session(app, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it went out"))
    with session_of(app) as session:
        yield session


def over(session):
    """How azure-identity is told to use a session of requests."""
    return RequestsTransport(session=session, session_owner=False)


def test_a_secret_logs_the_sdk_in(session, app):
    credential = ClientSecretCredential(TENANT, CLIENT, SECRET, transport=over(session))

    assert sdk(credential, worked, transport=AsyncWSGITransport(app)) == WORKED


@pytest.mark.filterwarnings("ignore:UsernamePassword")
def test_a_password_logs_the_sdk_in(session, app):
    """In process no port is dropped."""
    credential = UsernamePasswordCredential(PUBLIC, USER, PASSWORD, tenant_id=TENANT, transport=over(session))

    assert sdk(credential, worked, transport=AsyncWSGITransport(app)) == WORKED


def test_a_wrong_secret_says_what_entra_says(session):
    credential = ClientSecretCredential(TENANT, CLIENT, "wrong", transport=over(session))

    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        credential.get_token(SCOPE)


def test_msal_logs_in(session):
    application = msal.ConfidentialClientApplication(
        CLIENT, SECRET, authority=f"https://login.microsoftonline.com/{TENANT}", http_client=session
    )

    assert application.acquire_token_for_client([SCOPE])["token_type"] == "Bearer"
