"""Fixtures for tests of what talks to the Graph: a mock for the session, and a tenant of its own for every test.

Loaded by pytest wherever the package is installed, so it imports nothing of the mock before a test asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from mockserver.handle import GraphTenant
    from mockserver.handle.mock import Mock

_GRAPH = pytest.StashKey["GraphTenant"]()
_LONGEST = 50
"""So many requests are shown of a failed test, the last ones."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mockserver", "a mock of Microsoft Graph's connector groups")
    group.addoption(
        "--graph-mock-url", metavar="URL", help="Use the mock that runs there, such as http://127.0.0.1:8365."
    )
    group.addoption(
        "--graph-mock-token", metavar="TOKEN", default="", help="What the control API of that mock asks for."
    )
    group.addoption("--graph-mock-behaviour", metavar="NAME", help="observed, documented or strict, and single quirks.")
    parser.addini("graph_mock_behaviour", "The behaviour where no option and no marker says it.", default="observed")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "graph(tenant, clock, behaviour): what the tenant of this test's `graph` is like"
    )


@pytest.fixture(scope="session")
def graph_tenant() -> str | Path:
    """What every test starts from: a ready-made tenant or a fixture file. Override it to choose."""
    from mockserver.settings import Settings

    return Settings.tenant


@pytest.fixture(scope="session")
def graph_mock(request: pytest.FixtureRequest, graph_tenant: str | Path) -> Iterator[Mock]:
    """The mock: in this process or, by `--graph-mock-url`, one already running."""
    from mockserver.handle import MockServer, RemoteMock

    options = request.config.option
    if options.graph_mock_url:
        yield RemoteMock(options.graph_mock_url, control_token=options.graph_mock_token)
        return
    mock = MockServer(graph_tenant, behaviour=_behaviour(request.config))
    yield mock
    mock.stop()


@pytest.fixture
def graph(request: pytest.FixtureRequest, _graph_fork: Callable[..., GraphTenant]) -> Iterator[GraphTenant]:
    """A tenant that belongs to this test alone, as the marker `graph` describes it."""
    with _graph_fork(**_asked_for(request.node)) as fork:
        request.node.stash[_GRAPH] = fork
        yield fork
        del request.node.stash[_GRAPH]


@pytest.fixture(scope="session")
def _graph_fork(
    request: pytest.FixtureRequest, graph_mock: Mock, graph_tenant: str | Path
) -> Iterator[Callable[..., GraphTenant]]:
    """Forks of the tenants that markers ask for; each of these is loaded once in a session."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    session, numbers = uuid4().hex[:12], count(1)

    def name() -> str:
        return f"pytest-{worker}-{session}-{next(numbers)}"

    with ExitStack() as opened:

        @cache
        def first(tenant: str | Path, behaviour: str, clock: str) -> GraphTenant:
            return opened.enter_context(graph_mock.fork(name(), tenant=tenant, behaviour=behaviour, clock=clock))

        def fork(
            tenant: str | Path = graph_tenant, behaviour: str = _behaviour(request.config), clock: str = "live"
        ) -> GraphTenant:
            return first(tenant, behaviour, clock).fork(name())

        yield fork


def _behaviour(config: pytest.Config) -> str:
    return str(config.option.graph_mock_behaviour or config.getini("graph_mock_behaviour"))


def _asked_for(item: pytest.Item) -> dict[str, Any]:
    """What the nearest marker `graph` says."""
    marker = item.get_closest_marker("graph")
    if marker is None:
        return {}
    unknown = sorted(marker.kwargs.keys() - {"tenant", "clock", "behaviour"})
    if marker.args or unknown:
        said = ", ".join([*map(repr, marker.args), *unknown])
        pytest.fail(f"the marker graph takes tenant=, clock= and behaviour=, not {said}", pytrace=False)
    return dict(marker.kwargs)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test's report carries what it asked the mock."""
    report = yield
    fork = item.stash.get(_GRAPH, None)
    if report.failed and fork is not None:
        report.sections.append(("mockserver requests", _journal(fork)))
    return report


def _journal(fork: GraphTenant) -> str:
    """A line for each request; where the journal cannot be had, why."""
    try:
        entries = fork.requests
    except Exception as problem:
        return f"not to be had: {problem}"
    shown = [_line(each) for each in entries]
    left_out = [f"({len(shown) - _LONGEST} before these)"] if len(shown) > _LONGEST else []
    return "\n".join([*left_out, *shown[-_LONGEST:]]) or "none"


def _line(entry: dict[str, Any]) -> str:
    """`GET /beta/applications?$top=1 -> 404 Request_ResourceNotFound`"""
    query = f"?{entry['query']}" if entry.get("query") else ""
    return f"{entry['method']} {entry['path']}{query} -> {entry['status']} {entry.get('code', '')}".rstrip()
