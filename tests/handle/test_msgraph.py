"""Microsoft's typed client in process: all its middleware, and no socket (clients.md 1.2)."""

from __future__ import annotations

import asyncio
import socket
import warnings

import pytest
from azure.core.credentials import AccessToken
from kiota_abstractions.base_request_configuration import RequestConfiguration


@pytest.fixture
def no_socket(monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was connected")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def quiet():
    """The SDK warns of its own parts where it imports them, which it does piece by piece."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


@pytest.fixture
def play(graph):
    """Plays a story, which is a coroutine function of a client."""
    return lambda story: asyncio.run(story(graph.msgraph_client()))


def proxy(client):
    return client.on_premises_publishing_profiles.by_on_premises_publishing_profile_id("applicationProxy")


def groups(client):
    return proxy(client).connector_groups


def asking(builder, **options):
    parameters = getattr(type(builder), f"{type(builder).__name__}GetQueryParameters")
    return RequestConfiguration(query_parameters=parameters(**options))


def test_it_reads_and_writes(play):
    async def story(client):
        from msgraph_beta.generated.models.connector_group import ConnectorGroup

        made = await groups(client).post(ConnectorGroup(name="Berlin"))
        await groups(client).by_connector_group_id(made.id).patch(ConnectorGroup(name="Potsdam"))
        return (await groups(client).by_connector_group_id(made.id).get()).name

    assert play(story) == "Potsdam"


def test_a_refusal_is_the_clients_own_error(play):
    from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError

    with pytest.raises(ODataError) as refused:
        play(lambda client: groups(client).by_connector_group_id("f0000000-0000-4000-8000-000000000000").get())

    assert (refused.value.response_status_code, refused.value.error.code) == (404, "ConnectorGroup_NotFound")


def test_its_page_iterator_follows_the_links(play):
    async def story(client):
        from msgraph_core.tasks.page_iterator import PageIterator

        seen, builder = [], proxy(client).connectors
        first = await builder.get(asking(builder, top=7))
        await PageIterator(first, client.request_adapter).iterate(lambda row: seen.append(row.id) or True)
        return seen

    assert len(set(play(story))) == 25


def test_a_batch_of_absolute_addresses_is_answered(play):
    async def story(client):
        from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError
        from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
        from msgraph_core.requests.batch_request_content import BatchRequestContent

        content = BatchRequestContent()
        for builder in (groups(client), client.applications):
            content.add_request_information(builder.to_get_request_information())
        answered = await BatchRequestBuilder(client.request_adapter, {"XXX": ODataError}).post(content)
        return [each.status for each in answered.responses.values()]

    assert play(story) == [200, 200]


def test_its_middleware_runs(play, graph):
    """It tries again after a 503."""
    graph.fault(status=503, retry_after=1, times=1)
    found = play(lambda client: groups(client).get())

    assert len(found.value) == 8
    assert [each["status"] for each in graph.requests] == [503, 200]


def test_it_needs_no_socket(here, no_socket):
    with here.fork() as graph:
        found = asyncio.run(groups(graph.msgraph_client()).get())

    assert len(found.value) == 8


def test_without_a_credential_it_sends_no_token(play, graph):
    play(lambda client: groups(client).get())

    assert "caller" not in graph.requests[-1]


def test_with_a_credential_it_sends_its_token(graph):
    class Known:
        def get_token(self, *scopes, **_):
            return AccessToken(TOKEN, 4_000_000_000)

    asyncio.run(groups(graph.msgraph_client(Known())).get())

    assert graph.requests[-1]["caller"]["application"] == "terraform"


TOKEN = "e30.eyJhcHBpZCI6InRlcnJhZm9ybSJ9."
"""A JWT that is signed by nobody: appid is terraform."""
