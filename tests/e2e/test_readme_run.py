"""What the README shows is run: the curl with its output, the Python example, its first command in a fresh clone."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8365"


def fence(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)[1]


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_curl_prints_what_is_shown(served):
    command, output = fence("console").removeprefix("$ ").split("\n", 1)
    run = subprocess.run(shlex.split(command.replace(ADDRESS, served.http)), capture_output=True, text=True, check=True)

    assert output.strip() == run.stdout.replace(served.http, ADDRESS)


def test_the_python_example_prints_the_groups(served):
    script = fence("python").replace(ADDRESS, served.http)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout.startswith("['Default', ")


@pytest.mark.parametrize("line", re.findall(r"`(mockserver fixture (?:list|show)[^`]*)`", README))
def test_a_fixture_command_runs(line):
    run = subprocess.run([sys.executable, "-m", *line.split()], capture_output=True, text=True)

    assert (0, "") == (run.returncode, run.stderr)


@pytest.mark.fresh
def test_the_first_command_serves_from_a_fresh_clone(tmp_path):
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tmp_path / "clone")], check=True)
    command = fence("sh").strip() + " --port 0 --https-port 0"
    with subprocess.Popen(
        ["bash", "-c", command.replace("&& .venv/bin/mockserver", "&& exec .venv/bin/mockserver")],
        cwd=tmp_path / "clone",
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        ready = next(line for line in process.stdout if line.startswith("Ready: "))
        process.terminate()

    assert (0, 2) == (process.returncode, len(ready.split()[1:]))
