"""Microsoft's own addresses lead to the mock in this process: no server, no socket (clients.md 1.2, way D)."""

from __future__ import annotations

import asyncio
import socket
import warnings

import msal
import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential, UsernamePasswordCredential
from clients.known import CLIENT, GRAPH, PASSWORD, PATH, PUBLIC, SCOPE, SECRET, TENANT, USER
from clients.sdk import WORKED, worked

from mockserver import MockServer

old_fashioned = pytest.mark.filterwarnings("ignore:UsernamePasswordCredential is deprecated")


@pytest.fixture
def graph(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it went out"))
    with MockServer(auth="strict").fork() as graph:
        yield graph


@pytest.fixture
def session(graph):
    with graph.requests_session() as session:
        yield session


@pytest.mark.parametrize(
    "credential",
    [
        pytest.param(lambda over: ClientSecretCredential(TENANT, CLIENT, SECRET, transport=over), id="secret"),
        pytest.param(
            lambda over: UsernamePasswordCredential(PUBLIC, USER, PASSWORD, tenant_id=TENANT, transport=over),
            id="password",
            marks=old_fashioned,
        ),
    ],
)
def test_a_credential_logs_the_sdk_in(credential, graph):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        told = asyncio.run(worked(graph.msgraph_client(credential(graph.azure_transport()))))

    assert told == WORKED


def test_a_wrong_secret_says_what_entra_says(graph):
    credential = ClientSecretCredential(TENANT, CLIENT, "wrong", transport=graph.azure_transport())

    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        credential.get_token(SCOPE)


def test_msal_logs_in(session):
    authority = f"https://login.microsoftonline.com/{TENANT}"
    application = msal.ConfidentialClientApplication(CLIENT, SECRET, authority=authority, http_client=session)
    token = application.acquire_token_for_client([SCOPE])["access_token"]
    answer = session.get(f"{GRAPH}{PATH}/connectorGroups", headers={"Authorization": f"Bearer {token}"})

    assert answer.json()["value"][0]["name"] == "Default"
