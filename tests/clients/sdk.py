"""Microsoft's SDK as a program has it: it makes its own HTTP client, from the environment the program runs in."""

from __future__ import annotations

import asyncio
import warnings
from typing import Any

from clients.known import GRAPH, NOWHERE, PATH, SCOPE
from e2e.stories import Story, proxy

WORKED = ("Berlin", ["Berlin"], "ConnectorGroup_NotFound")
"""What `worked` tells."""


def sdk(credential: Any, story: Story, root: str = GRAPH) -> Any:
    """What the story, a coroutine function of the SDK's client, tells where the client has this credential."""

    async def play() -> Any:
        from msgraph_beta import GraphServiceClient

        graph = GraphServiceClient(credential, scopes=[SCOPE])
        graph.request_adapter.base_url = f"{root}/beta"
        try:
            return await story(graph)
        finally:
            await _close(graph, credential)

    with warnings.catch_warnings():
        # The SDK warns of its own parts where it imports them, which it does piece by piece.
        warnings.simplefilter("ignore", DeprecationWarning)
        return asyncio.run(play())


async def names(graph: Any) -> list[str]:
    """What the connector groups are called."""
    return [group.name for group in (await proxy(graph).connector_groups.get()).value]


async def worked(graph: Any) -> tuple[str, list[str], str]:
    """An administrator's morning: makes a group, moves a connector into it, asks for a group that is not there.

    Tells what was made, the groups of the connector, and the code of the refusal.
    """
    from msgraph_beta.generated.models.connector_group import ConnectorGroup
    from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError
    from msgraph_beta.generated.models.reference_create import ReferenceCreate

    made = await proxy(graph).connector_groups.post(ConnectorGroup(name="Berlin"))
    first = (await proxy(graph).connectors.get()).value[0]
    member_of = proxy(graph).connectors.by_connector_id(first.id).member_of
    await member_of.ref.post(ReferenceCreate(odata_id=f"{GRAPH}{PATH}/connectorGroups/{made.id}"))
    try:
        await proxy(graph).connector_groups.by_connector_group_id(NOWHERE).get()
    except ODataError as refused:
        return made.name, [group.name for group in (await member_of.get()).value], refused.error.code
    raise AssertionError("it was not refused")


async def _close(graph: Any, credential: Any) -> None:
    client = graph.request_adapter._http_client
    for each in (client._transport, *client._mounts.values()):
        if each is not None:
            # What the SDK puts in front of a transport does not pass it on.
            await each.transport.aclose()
    closing = credential.close()
    if closing is not None:
        await closing
