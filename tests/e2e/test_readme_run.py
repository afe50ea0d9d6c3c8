"""What the README shows is run: the curl with its output, the Python example, its first command in a fresh clone."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from e2e.conftest import ready, serving

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8365"
GROUPS = "/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups"
MODULE = [sys.executable, "-m", "mockserver"]
COMMITTED = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True).returncode == 0


def fence(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)[1]


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_curl_prints_what_is_shown(served):
    command, output = fence("console").removeprefix("$ ").split("\n", 1)
    run = subprocess.run(shlex.split(command.replace(ADDRESS, served.http)), capture_output=True, text=True, check=True)

    assert output.strip() == run.stdout.replace(served.http, ADDRESS)


@pytest.mark.parametrize("line", re.findall(r"`(mockserver fixture (?:list|show)[^`]*)`", README))
def test_a_fixture_command_runs(line):
    run = subprocess.run([*MODULE, *line.split()[1:]], capture_output=True, text=True)

    assert (0, "") == (run.returncode, run.stderr)


def test_a_tenant_of_ones_own_is_started_from_a_ready_made_one(tmp_path):
    (file,) = set(re.findall(r"`mockserver fixture check ([^`]+)`", README))
    shown = subprocess.run([*MODULE, "fixture", "show", "recommended"], capture_output=True, check=True).stdout
    (tmp_path / file).write_bytes(shown)
    run = subprocess.run([*MODULE, "fixture", "check", file], capture_output=True, text=True, cwd=tmp_path)

    assert (run.returncode, run.stdout) == (0, f"{file}: ok\n")


def test_an_invented_tenant_is_as_large_as_is_said():
    (arguments,) = re.findall(r"`mockserver (fixture invent [^`]+)`", README)
    run = subprocess.run([*MODULE, *arguments.split()], capture_output=True, check=True)

    assert f"--connectors {len(json.loads(run.stdout)['connectors'])} " in arguments


def test_a_state_that_was_kept_is_exported(tmp_path, monkeypatch):
    (options,) = re.findall(r"`mockserver serve (--state [^`]+)`", README)
    (export,) = re.findall(r"`mockserver (state export --file [^`]+)`", README)
    monkeypatch.chdir(tmp_path)
    with serving(*options.split()) as mock:
        urlopen(Request(f"{mock.http}/_mock/connectors", b'{"machineName": "kept.example"}', method="POST")).close()
    run = subprocess.run([*MODULE, *export.split()], capture_output=True, text=True)

    assert "kept.example" in run.stdout


def test_the_demo_tells_its_story():
    """In the words of the README, but that no browser is opened and the ports are free ones."""
    (command,) = set(re.findall(r"`mockserver (demo)`", README))
    options = ["--no-browser", "--port", "0", "--https-port", "0"]
    with subprocess.Popen([*MODULE, command, *options], stdout=subprocess.PIPE, text=True) as process:
        root, *_ = ready(process)
        with urlopen(f"{root}/_mock/story") as answer:
            chapters = json.load(answer)["chapters"]
        process.terminate()

    assert [each["sandbox"] for each in chapters][:2] == ["default-only", "default-plus-isolated"]


@pytest.mark.fresh
@pytest.mark.skipif(not COMMITTED, reason="the working tree has no commit to clone")
def test_the_first_command_serves_from_a_fresh_clone(tmp_path):
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tmp_path / "clone")], check=True)
    command = fence("sh").strip() + " --port 0 --https-port 0"
    with subprocess.Popen(
        ["bash", "-c", command.replace("&& .venv/bin/mockserver", "&& exec .venv/bin/mockserver")],
        cwd=tmp_path / "clone",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        root, *others = ready(process)
        with urlopen(f"{root}{GROUPS}") as answer:
            groups = json.load(answer)["value"]
        process.terminate()

    assert (0, 1) == (process.returncode, len(others))
    assert groups[0]["name"] == "Default"
