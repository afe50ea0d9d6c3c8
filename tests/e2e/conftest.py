"""A served process for each module that asks, and Microsoft's own client for it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest


@dataclass(frozen=True)
class Served:
    """A running `mockserver serve`: its addresses and its process."""

    http: str
    https: str
    process: subprocess.Popen[str]


@contextmanager
def serving(*options: str) -> Iterator[Served]:
    """`mockserver serve` on free ports, until the block ends."""
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--https-port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = next(line for line in process.stdout if line.startswith("Ready: "))
            yield Served(*line.split()[1:], process)
        finally:
            process.terminate()


class Sdk:
    """msgraph-beta-sdk against a served mock; `run` plays a coroutine that is given the client."""

    def __init__(self, root: str) -> None:
        self.base_url = f"{root}/beta"

    def run(self, story):
        from kiota_abstractions.authentication import AnonymousAuthenticationProvider
        from msgraph_beta import GraphRequestAdapter, GraphServiceClient

        async def play():
            adapter = GraphRequestAdapter(AnonymousAuthenticationProvider())
            adapter.base_url = self.base_url
            return await story(GraphServiceClient(request_adapter=adapter))

        return asyncio.run(play())


@pytest.fixture
def served(request) -> Iterator[Served]:
    """The tenant named by the module's or the test's `tenant` marker, in a process of its own."""
    marker = request.node.get_closest_marker("tenant")
    with serving("--tenant", marker.args[0] if marker else "contoso") as running:
        yield running


@pytest.fixture
def sdk(served: Served) -> Sdk:
    return Sdk(served.http)


@pytest.fixture
def control(served: Served) -> Iterator[httpx.Client]:
    """The control API of the served mock."""
    with httpx.Client(base_url=f"{served.http}/_mock") as client:
        yield client
