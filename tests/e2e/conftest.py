"""Served processes, Microsoft's own client for them, and their control API."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.request import Request, urlopen

import httpx
import pytest
from e2e.stories import Administrator, http_client


@dataclass(frozen=True)
class Served:
    """A running `mockserver serve`: its addresses and its process."""

    http: str
    https: str
    process: subprocess.Popen[str]


@contextmanager
def serving(*options: str, **variables: str) -> Iterator[Served]:
    """`mockserver serve` on free ports, until the block ends."""
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--https-port", "0", *options]
    environment = os.environ | variables
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            line = next(line for line in process.stdout if line.startswith("Ready: "))
            yield Served(*line.split()[1:], process)
        finally:
            process.terminate()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "tenant(name): which ready-made tenant the `served` of this test has")


@pytest.fixture(scope="session")
def process_of() -> Iterator[Callable[[str], Served]]:
    """The process that serves a ready-made tenant: one for all tests, as each test finds it reset."""
    started: list[Served] = []
    with ExitStack() as running:

        @cache
        def process(tenant: str) -> Served:
            started.append(running.enter_context(serving("--tenant", tenant)))
            return started[-1]

        yield process
        for each in started:
            each.process.terminate()


@pytest.fixture(scope="session")
def administrator_of() -> Iterator[Callable[[str], Administrator]]:
    """Who administers what is served at an address: a client takes a while to be made."""
    with ExitStack() as working:
        yield cache(lambda root: working.enter_context(Administrator(root)))


@pytest.fixture
def served(request: pytest.FixtureRequest, process_of: Callable[[str], Served]) -> Served:
    """The tenant named by the `tenant` marker, as it was seeded."""
    marker = request.node.get_closest_marker("tenant")
    found = process_of(marker.args[0] if marker else "contoso")
    assert urlopen(Request(f"{found.http}/_mock/reset", method="POST")).status == 204
    return found


@pytest.fixture
def admin(served: Served, administrator_of: Callable[[str], Administrator]) -> Administrator:
    """Who administers the served tenant, and has seen nothing of it yet."""
    somebody = administrator_of(served.http)
    somebody.forget()
    return somebody


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Requests to the served mock."""
    with http_client(served.http) as asking:
        yield asking
