"""An administrator who works with Microsoft's typed SDK and calls things by their names, for stories told in tests."""

from __future__ import annotations

import asyncio
import json
import warnings
from collections.abc import Callable
from typing import Any, Self

import httpx

JSON = "application/json"

Story = Callable[[Any], Any]


class Sdk:
    """msgraph-beta-sdk against a served mock: one client, in one event loop; `run` plays what is told with it."""

    def __init__(self, root: str, **transport: Any) -> None:
        self.base_url = f"{root}/beta"
        self._transport = httpx.AsyncHTTPTransport(trust_env=False, **transport)
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        from kiota_abstractions.authentication import AnonymousAuthenticationProvider
        from msgraph_beta import GraphRequestAdapter, GraphServiceClient
        from msgraph_beta.graph_request_adapter import options
        from msgraph_core import GraphClientFactory

        client = httpx.AsyncClient(base_url=self.base_url, transport=self._transport)
        client = GraphClientFactory.create_with_default_middleware(options=options, client=client)
        self.adapter = GraphRequestAdapter(AnonymousAuthenticationProvider(), client=client)
        self.adapter.base_url = self.base_url
        self.graph = GraphServiceClient(request_adapter=self.adapter)
        return self

    def __exit__(self, *_: object) -> None:
        # The client would leave it open: the SDK has put a transport of its own in front of it.
        self._runner.run(self._transport.aclose())
        self._runner.close()

    def run(self, story: Story) -> Any:
        """What the story, a coroutine function of the client, tells."""
        with warnings.catch_warnings():
            # The SDK warns of its own parts where it imports them, which it does piece by piece.
            warnings.simplefilter("ignore", DeprecationWarning)
            return self._runner.run(self._played(story))

    async def _played(self, story: Story) -> Any:
        return await story(self.graph)


class Administrator:
    """Runs the connector groups of a served tenant; what no administrator can do by the Graph goes to `/_mock`."""

    def __init__(self, root: str) -> None:
        self.sdk = Sdk(root, verify=False)
        self._known: dict[tuple[str, str], str] = {}
        self.control = http_client(f"{root}/_mock")

    def __enter__(self) -> Self:
        self.sdk.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.control.close()
        self.sdk.__exit__()

    def forget(self) -> None:
        """Everything may be different now."""
        self._known.clear()

    # --- What there is ---------------------------------------------------------------------------------------------

    def groups(self) -> list[Any]:
        return self._all(lambda graph: proxy(graph).connector_groups)

    def group(self, name: str) -> Any:
        return self._named(lambda graph: proxy(graph).connector_groups, "name", name)

    def connectors(self) -> list[Any]:
        return self._all(lambda graph: proxy(graph).connectors)

    def connector(self, machine: str) -> Any:
        return self._named(lambda graph: proxy(graph).connectors, "machineName", machine)

    def application(self, name: str) -> Any:
        return self._named(lambda graph: graph.applications, "displayName", name)

    def published(self, application: str) -> Any:
        """The application with its `onPremisesPublishing`."""
        key = self.key("application", application)

        async def read(graph: Any) -> Any:
            builder = graph.applications.by_application_id(key)
            return await builder.get(asking(builder, select=["id", "onPremisesPublishing"]))

        return self.sdk.run(read)

    def members(self, group: str) -> list[str]:
        """The machines of a group."""
        return sorted(each.machine_name for each in self.connectors_of(group))

    def connectors_of(self, group: str) -> list[Any]:
        key = self.key("group", group)
        return self._all(lambda graph: proxy(graph).connector_groups.by_connector_group_id(key).members)

    def active(self, group: str) -> list[str]:
        """The machines of a group that are heard of."""
        return sorted(each.machine_name for each in self.connectors_of(group) if each.status.value == "active")

    def applications(self, group: str) -> list[str]:
        """The names of the applications that a group serves."""
        return sorted(each.display_name for each in self.applications_of(self.key("group", group)))

    def applications_of(self, key: str) -> list[Any]:
        return self._all(lambda graph: proxy(graph).connector_groups.by_connector_group_id(key).applications)

    def groups_of(self, machine: str) -> list[str]:
        """The names of the groups that a connector is in: one, always."""
        key = self.key("connector", machine)
        return [each.name for each in self._all(lambda graph: proxy(graph).connectors.by_connector_id(key).member_of)]

    def group_of(self, application: str) -> str:
        """The name of the group that serves an application."""
        key = self.key("application", application)
        found = self.sdk.run(lambda graph: graph.applications.by_application_id(key).connector_group.get())
        return str(found.name)

    # --- What is done ----------------------------------------------------------------------------------------------

    def create_group(self, name: str, **properties: Any) -> Any:
        from msgraph_beta.generated.models.connector_group import ConnectorGroup

        made = ConnectorGroup(name=name, **properties)
        return self.sdk.run(lambda graph: proxy(graph).connector_groups.post(made))

    def change_group(self, name: str, **properties: Any) -> None:
        from msgraph_beta.generated.models.connector_group import ConnectorGroup

        key, change = self.key("group", name), ConnectorGroup(**properties)
        self.sdk.run(lambda graph: proxy(graph).connector_groups.by_connector_group_id(key).patch(change))

    def delete_group(self, name: str) -> None:
        key = self.key("group", name)
        self.sdk.run(lambda graph: proxy(graph).connector_groups.by_connector_group_id(key).delete())

    def move(self, machine: str, group: str) -> None:
        from msgraph_beta.generated.models.reference_create import ReferenceCreate

        key, reference = self.key("connector", machine), ReferenceCreate(odata_id=self.address(group))
        self.sdk.run(lambda graph: proxy(graph).connectors.by_connector_id(key).member_of.ref.post(reference))

    def assign(self, application: str, group: str) -> None:
        from msgraph_beta.generated.models.reference_update import ReferenceUpdate

        key, reference = self.key("application", application), ReferenceUpdate(odata_id=self.address(group))
        self.sdk.run(lambda graph: graph.applications.by_application_id(key).connector_group.ref.put(reference))

    def unassign(self, application: str) -> None:
        key = self.key("application", application)
        self.sdk.run(lambda graph: graph.applications.by_application_id(key).connector_group.ref.delete())

    def publish(self, name: str, url: str) -> None:
        """A new application, published: first made, then given its URL, as the service wants it."""
        from msgraph_beta.generated.models.application import Application
        from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError

        async def make_and_publish(graph: Any) -> None:
            made = await graph.applications.post(Application(display_name=name))
            change = graph.applications.by_application_id(made.id).to_patch_request_information(Application())
            # The service refuses the `@odata.type` that the SDK would write beside it.
            change.set_stream_content(json.dumps({"onPremisesPublishing": {"internalUrl": url}}).encode(), JSON)
            await graph.request_adapter.send_no_response_content_async(change, {"XXX": ODataError})

        self.sdk.run(make_and_publish)

    def delete_application(self, name: str) -> None:
        key = self.key("application", name)
        self.sdk.run(lambda graph: graph.applications.by_application_id(key).delete())

    def address(self, group: str) -> str:
        """A group as Microsoft's documentation refers to it."""
        root = "https://graph.microsoft.com/beta/onPremisesPublishingProfiles/applicationProxy"
        return f"{root}/connectorGroups/{self.key('group', group)}"

    # --- What happens on the machines ------------------------------------------------------------------------------

    def install(self, machine: str) -> None:
        self.control.post("/connectors", json={"machineName": machine}).raise_for_status()

    def start(self, machine: str) -> None:
        self.control.post(f"/connectors/{self.key('connector', machine)}/start").raise_for_status()

    def stop(self, machine: str) -> None:
        self.control.post(f"/connectors/{self.key('connector', machine)}/stop").raise_for_status()

    def uninstall(self, machine: str) -> None:
        self.control.delete(f"/connectors/{self.key('connector', machine)}").raise_for_status()

    def silence(self, *machines: str, since: str = "PT10M") -> None:
        """These machines were last heard of so long ago."""
        document = self.control.get("/tenant").json()
        for row in document["connectors"]:
            if row["machineName"] in machines:
                row |= {"lastHeartbeat": since, "stopped": True}
        self.control.put("/tenant", json=document).raise_for_status()

    def key(self, kind: str, name: str) -> str:
        """The id of what is called so. It is asked for once: reading an entity costs the SDK 10 ms."""
        if (kind, name) not in self._known:
            self._known[kind, name] = getattr(self, kind)(name).id
        return self._known[kind, name]

    def _all(self, of: Story) -> list[Any]:
        async def read(graph: Any) -> Any:
            return await of(graph).get()

        return list(self.sdk.run(read).value)

    def _named(self, of: Story, name: str, value: str) -> Any:
        quoted = value.replace("'", "''")

        async def find(graph: Any) -> Any:
            return await of(graph).get(asking(of(graph), filter=f"{name} eq '{quoted}'"))

        (found,) = self.sdk.run(find).value
        return found


def http_client(root: str) -> httpx.Client:
    """A client for an http address, which is made fast as it looks for no certificates."""
    return httpx.Client(base_url=root, trust_env=False, verify=False)


def proxy(graph: Any) -> Any:
    """The profile that all this is below."""
    return graph.on_premises_publishing_profiles.by_on_premises_publishing_profile_id("applicationProxy")


def asking(builder: Any, **options: Any) -> Any:
    """Query options for a GET of that builder."""
    from kiota_abstractions.base_request_configuration import RequestConfiguration

    parameters = getattr(type(builder), f"{type(builder).__name__}GetQueryParameters")
    return RequestConfiguration(query_parameters=parameters(**options))


def refusal_of(act: Callable[[], object]) -> tuple[int, str]:
    """Status and code of the error that Microsoft's SDK raises."""
    from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError

    try:
        act()
    except ODataError as refused:
        return refused.response_status_code, refused.error.code
    raise AssertionError("it was not refused")
