"""Served processes, Microsoft's own client for them, and their control API."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.request import Request, urlopen

import httpx
import pytest
from e2e.stories import Administrator, http_client

LONGEST = 10
"""Seconds that a process may take to end."""


@dataclass(frozen=True)
class Served:
    """A running `mockserver serve`: its addresses and its process."""

    process: subprocess.Popen[str]
    http: str
    https: str = ""


@contextmanager
def started(*options: str, command: str = "serve", **variables: str) -> Iterator[subprocess.Popen[str]]:
    """`mockserver serve` (or `demo`) with these options, until the block ends; its errors are kept apart."""
    words = [sys.executable, "-m", "mockserver", command, *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, text=True, env=os.environ | variables, **pipes) as process:
        try:
            yield process
            process.terminate()
            process.wait(LONGEST)
        finally:
            process.kill()


@contextmanager
def serving(*options: str, command: str = "serve", **variables: str) -> Iterator[Served]:
    """The same on free ports, once it is ready."""
    with started("--port", "0", "--https-port", "0", *options, command=command, **variables) as process:
        yield Served(process, *ready(process))


def demonstrating(*options: str) -> AbstractContextManager[Served]:
    """`mockserver demo` on free ports, without opening a browser."""
    return serving("--no-browser", *options, command="demo")


def ready(process: subprocess.Popen[str]) -> list[str]:
    """The addresses it says it is ready at."""
    said = []
    for line in process.stdout or ():
        if line.startswith("Ready: "):
            return line.split()[1:]
        said.append(line)
    pytest.fail(f"it did not get ready: {''.join(said)} {process.communicate()[1]}")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "tenant(name): which ready-made tenant the `served` of this test has")


@pytest.fixture(scope="session", autouse=True)
def _signals_as_usual() -> None:
    """A shell has what it starts in the background ignore Ctrl-C, and so would all that is started here."""
    for number in {signal.SIGINT, getattr(signal, "SIGQUIT", signal.SIGINT)}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(scope="session")
def process_of() -> Iterator[Callable[[str], Served]]:
    """The process that serves a ready-made tenant: one for all tests, as each test finds it reset."""
    processes: list[Served] = []
    with ExitStack() as running:

        @cache
        def process(tenant: str) -> Served:
            processes.append(running.enter_context(serving("--tenant", tenant)))
            return processes[-1]

        yield process
        for each in processes:
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
