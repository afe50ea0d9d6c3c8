"""What a tenant of its own costs a test, in process: `python tests/bench/isolation.py`.

Forked, looked at, asked once for an entity, dropped; beside it the same request to a tenant that all tests share.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import orjson
from in_process import P, document, pair, seconds

from mockserver import MockServer
from mockserver.handle import GraphTenant


def isolated(start: GraphTenant) -> Callable[[], object]:
    def use() -> None:
        with start.fork() as graph:
            assert graph.tenant is not None

    return use


def asked(start: GraphTenant) -> tuple[Callable[[], object], Callable[[], object]]:
    """A request to a fork of its own, and one to the tenant that is there anyway; by the app's own door."""
    key = next(iter(start.tenant.all("connector")))
    mock = start._mock

    def ask(name: str) -> None:
        assert mock.exchange("GET", f"https://localhost/sandboxes/{name}{P}/connectors/{key}", [], b"").status == 200

    def own() -> None:
        with start.fork() as graph:
            ask(graph.name)

    return own, lambda: ask(start.name)


if __name__ == "__main__":
    mock, file = MockServer(), Path(tempfile.mkdtemp()) / "tenant.json"
    for size in (100, 10_000, 100_000):
        file.write_bytes(orjson.dumps(document(size)))
        with mock.fork(tenant=file) as start:
            use = isolated(start)
            use()
            alone = min(seconds(use, 200) for _ in range(9))
            own, shared = pair(*asked(start), 200)
            print(
                f"{size:7} connectors: forked, looked at and dropped in {alone * 1e3:.3f} ms; "
                f"with a GET {own * 1e3:.3f} ms, of which the GET {shared * 1e3:.3f} ms"
            )
