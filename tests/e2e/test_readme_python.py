"""What the README shows of Python is run, each example in a folder of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```python\n# (\w+\.py)\n(.*?)```", README, re.DOTALL))


def run(folder, name, *command):
    (folder / name).write_text(EXAMPLES[name], encoding="utf-8")
    return subprocess.run([sys.executable, *command, name], cwd=folder, capture_output=True, text=True)


def test_the_example_of_pytest_passes(tmp_path):
    done = run(tmp_path, "test_failover.py", "-m", "pytest", "-q", "-W", "error", "-p", "no:schemathesis")

    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_the_example_of_unittest_passes(tmp_path):
    done = run(tmp_path, "test_groups.py", "-W", "error", "-m", "unittest")

    assert "Ran 1 test" in done.stderr
    assert done.stderr.endswith("OK\n")


def test_the_example_of_a_program_prints_a_number(tmp_path):
    done = run(tmp_path, "count.py", "-W", "error")

    assert re.fullmatch(r"\d+ connectors at http://127.0.0.1:\d+/sandboxes/[\w-]+\n", done.stdout), done.stderr
