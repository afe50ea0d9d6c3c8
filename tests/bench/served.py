"""Requests a second and latencies of a WSGI app behind the bridge, asked over kept-alive connections on loopback.

    python tests/bench/served.py                                   a bare Flask view
    python tests/bench/served.py APP PATH [APP PATH]               two apps in turns, and their ratio

An app is named `module:function`; the function takes nothing and returns it. Server and client are processes of their
own, so that neither takes time from the other's interpreter.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

BARE = "served:bare"


@dataclass(frozen=True)
class Figures:
    """What one run measured; latencies in milliseconds."""

    rate: float
    p50: float
    p99: float

    def __str__(self) -> str:
        return f"{self.rate:8.0f} requests/s   p50 {self.p50:6.2f} ms   p99 {self.p99:6.2f} ms"


def bare() -> WSGIApplication:
    """The least a Flask app can do."""
    from flask import Flask

    app = Flask("bare")
    app.get("/ping")(lambda: {"ok": True})
    return app


def compare(
    app_a: str,
    path_a: str,
    app_b: str,
    path_b: str,
    *,
    requests: int = 16_000,
    connections: int = 16,
    rounds: int = 5,
) -> float:
    """Asks both in turns, prints the medians and gives back how many times the rate of B the rate of A is."""
    with serving(app_a) as a, serving(app_b) as b:
        runs = [
            (load(a.url + path_a, requests, connections), load(b.url + path_b, requests, connections))
            for _ in range(rounds)
        ]
        for name, server, figures in ((app_a, a, [run[0] for run in runs]), (app_b, b, [run[1] for run in runs])):
            print(f"{median(figures)}   {server.megabytes():4.0f} MB   {name}")
    ratio = statistics.median(first.rate / second.rate for first, second in runs)
    print(f"ratio {ratio:.3f}")
    return ratio


def measure(app: str, path: str, *, requests: int = 16_000, connections: int = 16, rounds: int = 5) -> Figures:
    """Asks one app, prints the median run and gives it back."""
    with serving(app) as server:
        figures = median([load(server.url + path, requests, connections) for _ in range(rounds)])
        print(f"{figures}   {server.megabytes():4.0f} MB   {app}")
    return figures


def median(runs: list[Figures]) -> Figures:
    return Figures(*(statistics.median(figure) for figure in zip(*(asdict(run).values() for run in runs), strict=True)))


@dataclass(frozen=True)
class Server:
    """A server process and where it is reached."""

    url: str
    process: subprocess.Popen[str]

    def megabytes(self) -> float:
        """Its resident memory; not a number where the system does not tell."""
        status = Path(f"/proc/{self.process.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))


@contextmanager
def serving(app: str) -> Iterator[Server]:
    """The app in a process of its own, until the end of the block."""
    with subprocess.Popen([sys.executable, __file__, "--serve", app], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Server(process.stdout.readline().strip(), process)
        finally:
            process.terminate()


def load(url: str, requests: int, connections: int) -> Figures:
    """Asks for one address that many times, from a process of its own."""
    client = [sys.executable, str(Path(__file__).with_name("load.py")), url, str(requests), str(connections)]
    return Figures(**json.loads(subprocess.run(client, stdout=subprocess.PIPE, check=True).stdout))


def serve(app: str) -> None:
    from mockserver.server import Listeners, run

    module, _, function = app.partition(":")
    made = getattr(importlib.import_module(module), function)()
    run(Listeners(), made, lambda at: print(at.http, flush=True))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("apps", nargs="*", default=[BARE, "/ping"], metavar="APP PATH")
    options.add_argument("--requests", type=int, default=16_000)
    options.add_argument("--connections", type=int, default=16)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--serve", help=argparse.SUPPRESS)
    given = options.parse_args()
    sizes = {"requests": given.requests, "connections": given.connections}
    if given.serve:
        serve(given.serve)
    elif len(given.apps) == 4:
        compare(*given.apps, **sizes, rounds=given.rounds)
    else:
        measure(*given.apps, **sizes, rounds=given.rounds)


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
