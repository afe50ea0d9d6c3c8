"""A mock in this process and one that is asked over a socket: what holds for one holds for the other."""

from __future__ import annotations

import pytest

from mockserver import MockServer, RemoteMock

TOKEN = "told"


@pytest.fixture(scope="session")
def here():
    """A mock in this process, of which no listener is ever started."""
    return MockServer(control_token=TOKEN)


@pytest.fixture(scope="session")
def served():
    with MockServer(control_token=TOKEN, https_port=None) as mock:
        yield mock


@pytest.fixture(scope="session", params=["here", "elsewhere"])
def mock(request, here, served):
    return here if request.param == "here" else RemoteMock(served.url, control_token=TOKEN)


@pytest.fixture
def graph(mock):
    with mock.fork() as fork:
        yield fork
