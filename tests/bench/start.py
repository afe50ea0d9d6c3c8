"""How soon `serve` answers and how much memory it keeps: `python tests/bench/start.py`."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path


def started(*options: str) -> tuple[float, float]:
    """Seconds from the process's start to its first answer, and then its resident memory in MB."""
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--https-port", "0", *options]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = next(line for line in process.stdout if line.startswith("Ready: "))
        path = "/beta/onPremisesPublishingProfiles/applicationProxy/connectors?$top=1"
        with urllib.request.urlopen(line.split()[1] + path) as answer:
            json.load(answer)
        taken = time.perf_counter() - begin
        status = Path(f"/proc/{process.pid}/status").read_text()
        kilobytes = int(next(row for row in status.splitlines() if row.startswith("VmRSS")).split()[1])
        process.terminate()
    return taken, kilobytes / 1024


def report(name: str, *options: str, runs: int = 5) -> None:
    taken = [started(*options) for _ in range(runs + 1)][1:]
    seconds, megabytes = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"{name}: first answer after {seconds:.2f} s, then {megabytes:.0f} MB")


if __name__ == "__main__":
    report("default tenant")
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.json"
        command = [sys.executable, "-m", "mockserver", "fixture", "invent", "--connectors", "100000", "--json"]
        with large.open("w") as file:
            subprocess.run(command, stdout=file, check=True)
        report("100,000 connectors", "--tenant", str(large), runs=3)
