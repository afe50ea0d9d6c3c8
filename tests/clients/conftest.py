"""Real clients of the service, each told of a served mock as its user tells it: by the environment it runs in.

The mock is strict about tokens, so that a client which sends none is noticed. What is not installed is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.request import Request, urlopen

import pytest
import trustme
from e2e.conftest import ready, started

LONGEST = 120
"""Seconds that a client may take."""

KEPT = ("PATH", "LANG", "SYSTEMROOT")
"""All that a client gets of the environment of the tests: no proxies, no authorities, no home."""

PACKAGES = ("@azure/identity", "@microsoft/microsoft-graph-client", "@microsoft/msgraph-beta-sdk")


@dataclass(frozen=True)
class Mock:
    """A served mock, and how it is found."""

    http: str
    https: str
    folder: Path
    """Where it keeps its files, apart from those of the user's own mocks."""

    @property
    def variables(self) -> dict[str, str]:
        """By these `mockserver` finds it."""
        return {"MOCKSERVER_DATA": str(self.folder), "MOCKSERVER_PORT": self.http.rpartition(":")[2]}

    @cache  # noqa: B019 (there is one mock for all tests)
    def environment(self, way: str) -> Mapping[str, str]:
        """What `mockserver env` has a clean shell export so that clients come in this way (clients.md 0)."""
        command = [sys.executable, "-m", "mockserver", "env", "--way", way, "--shell", "json"]
        run = subprocess.run(command, env=clean() | self.variables, capture_output=True, check=True, timeout=LONGEST)
        return {name: value for name, value in json.loads(run.stdout).items() if value is not None}

    def reset(self) -> None:
        self._control("POST", "/reset")

    def add_group(self, name: str) -> None:
        with self._changed() as document:
            document["connectorGroups"].append({"name": name})

    def add_program(self, **client: object) -> None:
        """One more that may log in, as a fixture describes it."""
        with self._changed() as document:
            document["tenant"].setdefault("clients", []).append(client)

    @contextmanager
    def _changed(self) -> Iterator[dict[str, Any]]:
        document = json.loads(self._control("GET", "/tenant"))
        yield document
        self._control("PUT", "/tenant", json.dumps(document).encode())

    def _control(self, method: str, path: str, body: bytes | None = None) -> bytes:
        request = Request(f"{self.http}/_mock{path}", body, {"Content-Type": "application/json"}, method=method)
        with urlopen(request) as answer:
            return bytes(answer.read())


@dataclass(frozen=True)
class Place:
    """A folder and an environment for programs to run in."""

    folder: Path
    variables: Mapping[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """What a program does there."""
        with self.start(*command) as process:
            return ended(process)

    @contextmanager
    def start(self, *command: str) -> Iterator[subprocess.Popen[str]]:
        """A program at work there, until the block ends."""
        own = {"HOME": str(self.folder), "TMPDIR": str(self.folder)}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(
            command, cwd=self.folder, env={**self.variables, **own}, text=True, start_new_session=True, **pipes
        ) as process:
            too_long = Timer(LONGEST, _kill, [process])
            too_long.start()
            try:
                yield process
            finally:
                too_long.cancel()
                _kill(process)

    def says(self, *command: str) -> str:
        """What it says where nothing goes wrong."""
        run = self.run(*command)
        assert run.returncode == 0, f"{run.args} ended with {run.returncode}:\n{run.stdout}\n{run.stderr}"
        return run.stdout


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """What is left of it to read, once it has ended by itself."""
    said, complained = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, said, complained)


def _kill(process: subprocess.Popen[str]) -> None:
    """With what it has started, as many a client is a script that runs another one."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def clean() -> dict[str, str]:
    """An environment that says nothing of proxies, certificates and logins."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def installed(program: str, how: str) -> str:
    """Where a program is, or the test is skipped with how to install it."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"needs {program} on PATH: {how}")
    return found


@pytest.fixture(scope="session")
def strict_mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mock]:
    """One for all tests; https, a proxy, and strict about tokens."""
    folder = tmp_path_factory.mktemp("mock")
    options = ("--port", "0", "--https-port", "0", "--proxy-port", "0", "--auth", "strict")
    with started(*options, MOCKSERVER_DATA=str(folder)) as process:
        yield Mock(*ready(process), folder)


@pytest.fixture
def mock(strict_mock: Mock) -> Mock:
    """The same, its tenant as it was seeded."""
    strict_mock.reset()
    return strict_mock


@pytest.fixture
def shell(mock: Mock, tmp_path: Path) -> Place:
    """Where a user types who has installed everything, and has told nobody of the mock yet."""
    own = str(Path(sys.executable).parent)
    return Place(tmp_path, clean() | mock.variables | {"PATH": os.pathsep.join([own, os.environ["PATH"]])})


@pytest.fixture
def place_of(mock: Mock, tmp_path: Path) -> Callable[..., Place]:
    """Where programs come in by a way, and have these variables besides."""
    return lambda way, **besides: Place(tmp_path, {**clean(), **mock.environment(way), **besides})


@pytest.fixture
def told(mock: Mock, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Tells this very process of the mock, for clients that run in it; nothing else is told it any more."""
    for name in set(os.environ) - set(clean()):
        monkeypatch.delenv(name)

    def tell(way: str) -> None:
        for name, value in mock.environment(way).items():
            monkeypatch.setenv(name, value)

    return tell


@dataclass(frozen=True)
class Signed:
    """A program's certificate in PEM: for those who check it, and with its key for the program itself."""

    public: str
    key: str

    @property
    def whole(self) -> bytes:
        return f"{self.key}{self.public}".encode()


@pytest.fixture(scope="session")
def certificate() -> Signed:
    """The one of a program."""
    return signed_by_itself()


def signed_by_itself() -> Signed:
    """A new one, which nobody knows."""
    made = trustme.CA(key_type=trustme.KeyType.RSA)
    return Signed(made.cert_pem.bytes().decode(), made.private_key_pem.bytes().decode())


@pytest.fixture(scope="session")
def az_program() -> str:
    return installed("az", "pip install azure-cli")


@pytest.fixture(scope="session")
def m365_program() -> str:
    return installed("m365", "npm install -g @pnp/cli-microsoft365")


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """The folder of Microsoft's packages for Node, as NODE_PATH names it."""
    installed("node", "https://nodejs.org")
    for folder in filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)):
        if all(Path(folder, package).is_dir() for package in PACKAGES):
            return Path(folder).absolute()
    pytest.skip(f"needs npm install --prefix DIR {' '.join(PACKAGES)}, then NODE_PATH=DIR/node_modules")
