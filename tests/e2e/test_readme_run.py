"""What the README shows is run, word by word; only ports are others."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from e2e.conftest import LONGEST, ready
from e2e.stories import http_client

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:8365"
COMMIT = subprocess.run(["git", "rev-parse", "--verify", "HEAD"], cwd=ROOT, capture_output=True, check=False).returncode
PORTS = "--port 0 --https-port 0"


def fence(language: str) -> str:
    """The first block of that language."""
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)[1]


def words(start: str) -> list[list[str]]:
    """The commands in the text that begin so, as arguments."""
    found = re.findall(rf"`mockserver ({start}[^`]*)`", README)
    return [text.split() for text in dict.fromkeys(found)]


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mockserver", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=folder, check=False)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_curl_prints_what_is_shown(served):
    line, printed = fence("console").rstrip("\n").split("\n")
    command = shlex.split(line.removeprefix("$ ").replace(SHOWN, served.http))
    said = subprocess.run([*command, "--noproxy", "*"], capture_output=True, text=True, check=True, timeout=30).stdout

    assert said.replace(served.http, SHOWN) == printed


def test_the_python_block_prints_the_names_of_the_groups(served):
    program = fence("python").replace(SHOWN, served.http)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "['Default', 'Paris Headquarters', 'Frankfurt Datacenter', 'Chicago Plant', 'Singapore Office', "
        "'Azure West Europe', 'Vendor Network', 'Dublin Disaster Recovery']\n"
    )


@pytest.mark.parametrize("arguments", words("fixture"), ids=" ".join)
def test_a_fixture_command_does_what_is_said(tmp_path, arguments):
    shown = run("fixture", "show", "recommended", folder=tmp_path)
    (tmp_path / "my-tenant.yaml").write_text(shown.stdout, encoding="utf-8")
    done = run(*arguments, folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_the_invented_tenant_is_as_large_as_is_said(tmp_path):
    (arguments,) = words("fixture invent")
    document = json.loads(run(*arguments, folder=tmp_path).stdout)

    assert len(document["connectors"]) == int(arguments[arguments.index("--connectors") + 1])


@pytest.mark.parametrize("arguments", words("routes"), ids=" ".join)
def test_the_command_for_routes_lists_them(tmp_path, arguments):
    assert run(*arguments, folder=tmp_path).stdout.startswith("GET ")


@pytest.mark.fresh
@pytest.mark.skipif(COMMIT != 0, reason="the working tree has no commit to clone")
def test_the_first_command_serves_in_a_fresh_clone(tmp_path):
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tmp_path / "clone")], check=True, timeout=60)
    # The signal is for the whole group; the shell waits for the service and hands on its exit code.
    line = f"trap : TERM; {fence('sh').strip()} {PORTS}"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(
        ["sh", "-c", line], cwd=tmp_path / "clone", text=True, start_new_session=True, **pipes
    ) as shell:
        try:
            root, *_ = ready(shell)
            with http_client(root) as client:
                groups = client.get("/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups").json()
            os.killpg(shell.pid, signal.SIGTERM)
            shell.wait(LONGEST)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGKILL)

    assert groups["value"][0]["name"] == "Default"
    assert shell.returncode == 0
