"""Microsoft's typed client driven through every operation it declares around connector groups (`sdk_operations`)."""

from __future__ import annotations

import asyncio
import json
import os
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from e2e.conftest import serving
from e2e.sdk_operations import DOCUMENT, GRAPH, NOT_SERVED, ROWS, At, Call, Refused, Row, contents, seen
from tenants import NOW

from mockserver.core.behaviour import Behaviour
from mockserver.core.commands import apply_all
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Clock, State
from mockserver.seed.document import from_document
from mockserver.settings import Settings
from mockserver.web.app import create_app
from mockserver.world import World

SHARED = Path(os.environ.get("MOCKSERVER_SHARED") or Path(__file__).parents[3] / "shared")
ANNEX = SHARED / "spec" / "graph_reference.md"
SMOKE = [
    ("POST", "/applicationTemplates/{applicationTemplate-id}/instantiate"),
    ("GET", "/applications/{application-id}/connectorGroup/$ref"),
    ("PUT", "/applications/{application-id}/connectorGroup/$ref"),
    ("GET", "~/connectorGroups/$count"),
    ("POST", "~/connectorGroups"),
    ("GET", "~/connectorGroups/{connectorGroup-id}/applications(uniqueName='{uniqueName}')"),
    ("DELETE", "~/connectorGroups/{connectorGroup-id}/members/$ref"),
    ("PATCH", "~/connectors/{connector-id}"),
]

pytestmark = pytest.mark.heavy


class InProcess(httpx.AsyncBaseTransport):
    """To an app of this process, whatever the host (clients.md 1.2); keeps what was asked."""

    def __init__(self) -> None:
        self.app: Any = None
        self.asked: list[tuple[str, str]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        path = unquote(request.url.raw_path.partition(b"?")[0].decode())
        self.asked.append((request.method, path.replace("//", "/").removeprefix("/beta")))
        answer = httpx.WSGITransport(app=self.app).handle_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.read())


class Client:
    """The typed client over a transport, in one event loop."""

    def __init__(self, transport: httpx.AsyncBaseTransport, root: str = GRAPH) -> None:
        from kiota_abstractions.authentication import AnonymousAuthenticationProvider
        from msgraph_beta import GraphRequestAdapter, GraphServiceClient
        from msgraph_beta.graph_request_adapter import options
        from msgraph_core import GraphClientFactory

        self.transport, self.runner = transport, asyncio.Runner()
        client = httpx.AsyncClient(base_url=root, transport=transport)
        client = GraphClientFactory.create_with_default_middleware(options=options, client=client)
        adapter = GraphRequestAdapter(AnonymousAuthenticationProvider(), client=client)
        adapter.base_url = str(client.base_url)
        with warnings.catch_warnings():
            # The SDK warns of its own parts where it imports them, which it does piece by piece.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.at = At(GraphServiceClient(request_adapter=adapter))

    def read(self, call: Call) -> Any:
        """What a person reads of the answer, or the refusal."""
        from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError

        try:
            return seen(self.runner.run(self._played(call)))
        except ODataError as refused:
            return refused.response_status_code, refused.error.code

    async def _played(self, call: Call) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return await call(self.at)

    def close(self) -> None:
        self.runner.run(self.transport.aclose())
        self.runner.close()


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    opened = Client(InProcess())
    yield opened
    opened.close()


@lru_cache
def tenant(behaviour: str) -> Tenant:
    """A value, so all tests may start from the same one."""
    chosen = Behaviour.parse(behaviour, QUIRKS)
    return apply_all(from_document(DOCUMENT, behaviour=chosen, now=NOW), tuple(contents()))


def meeting(client: Client, behaviour: str) -> Client:
    """The client before a mock of that behaviour that nobody has asked yet."""
    client.world = World(State(tenant(behaviour), Clock(frozen=NOW)))
    client.transport.app = create_app(client.world, Settings())
    client.transport.asked.clear()
    return client


def named(row: Row) -> str:
    return f"{row.method} {row.path}"


def template(row: Row) -> str:
    """What matches the requests of the operation."""
    return re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(" ".join(row.operation)))


def read_of(expected: Any) -> Any:
    """What is read where this is expected."""
    return (expected.status, expected.code) if isinstance(expected, Refused) else expected


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_each_operation_is_sent_and_answered_as_the_table_says(client, row):
    """Annex A: its templates are the client's own."""
    expected = row.answer if row.by_default is None else row.by_default
    found = meeting(client, "observed").read(row.call)
    ((method, path),) = client.transport.asked

    assert read_of(expected) == found
    assert re.fullmatch(template(row), f"{method} {path}")


@pytest.mark.parametrize("row", [each for each in ROWS if each.by_default], ids=named)
def test_what_is_refused_by_default_can_be_opened(client, row):
    """Q22: connectors and sensors are written, profiles made and deleted."""
    assert row.answer == meeting(client, "observed,Q22=allowed").read(row.call)


@pytest.mark.parametrize("row", [each for each in ROWS if each.then], ids=named)
def test_what_was_written_is_read_afterwards(client, row):
    meeting(client, "observed,Q22=allowed").read(row.call)
    call, expected = row.then

    assert read_of(expected) == client.read(call)


@pytest.mark.parametrize("row", [each for each in ROWS if each.by_default], ids=named)
def test_what_is_refused_changes_nothing(client, row):
    meeting(client, "observed").read(row.call)

    assert client.world.sandbox("default").tenant is tenant("observed")


@pytest.mark.parametrize(("place", "call"), NOT_SERVED)
@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        ("observed", (404, "")),
        ("observed,Q17=Request_ResourceNotFound", (404, "Request_ResourceNotFound")),
        ("observed,U29=empty", []),
    ],
)
def test_a_profile_has_not_every_child_that_the_client_declares(client, place, call, behaviour, expected):
    """R55, U-29: microsoft-graph-docs issues 8929, 13473."""
    if behaviour.endswith("empty") and place.endswith("applicationSegments"):
        expected = ["files.corp"]  # not contained by a profile, so the same below each that has them

    assert expected == meeting(client, behaviour).read(call)


class TestTheTable:
    def test_it_has_no_operation_twice(self):
        operations = [row.operation for row in ROWS]

        assert len(operations) == len(set(operations)) == 108

    def test_it_is_annex_a(self):
        """graph_reference, Annex A: machine-derived from the SDK's request builders."""
        if not ANNEX.is_file():
            pytest.skip(f"the specification is not at {ANNEX} (MOCKSERVER_SHARED names its place)")

        assert annex(ANNEX.read_text(encoding="utf-8")) == {row.operation for row in ROWS}

    def test_what_is_written_is_read_again(self):
        writes = {row.operation for row in ROWS if row.method != "GET" and not isinstance(row.answer, Refused)}

        assert {row.operation for row in ROWS if row.then} == writes


def annex(text: str) -> set[tuple[str, str]]:
    """The operations in the table of Annex A."""
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", text.partition("## Annex A")[2], re.MULTILINE)
    profile = "/onPremisesPublishingProfiles/{onPremisesPublishingProfile-id}"
    return {
        (method, path.replace("~", profile))
        for path, methods in rows
        for method in re.findall("GET|POST|PUT|PATCH|DELETE", methods)
    }


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("tenant") / "operations.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    with serving("--tenant", str(file)) as running:
        yield running.http


@pytest.fixture(scope="module")
def distant(served: str) -> Iterator[Client]:
    opened = Client(httpx.AsyncHTTPTransport(trust_env=False), f"{served}/beta")
    yield opened
    opened.close()


@pytest.mark.parametrize("row", [each for each in ROWS if (each.method, each.path) in SMOKE], ids=named)
def test_a_served_mock_answers_the_same(served, distant, row):
    """clients.md 1.1: over a socket as in process, but for the root of what it says of itself."""
    assert httpx.post(f"{served}/_mock/reset", trust_env=False).status_code == 204

    expected = row.answer if row.by_default is None else row.by_default
    found = distant.read(row.call)

    assert read_of(expected) == (found.replace(f"{served}/beta", GRAPH) if isinstance(found, str) else found)
