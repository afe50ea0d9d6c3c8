"""What a request costs inside the process, as ratios taken in one run: `python tests/bench/in_process.py`.

Each pair is measured in turns, so that a machine that changes its speed changes both.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import orjson
from flask import Flask, Response

from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import State
from mockserver.seed.document import from_document
from mockserver.settings import Settings
from mockserver.web.app import create_app
from mockserver.world import World

P = "/beta/onPremisesPublishingProfiles/applicationProxy"


def document(connectors: int) -> dict:
    groups = [f"Site {n}" for n in range(8)]
    return {
        "tenant": {"displayName": "Bench", "defaultDomain": "bench.onmicrosoft.com", "region": "eur"},
        "connectorGroups": [{"name": "Default", "isDefault": True}, *({"name": name} for name in groups)],
        "connectors": [
            {
                "machineName": f"m{n:06}.contoso.com",
                "externalIp": "203.0.113.10",
                "version": "1.5.4522.0",
                "memberOf": groups[n % 8],
            }
            for n in range(connectors)
        ],
    }


def world(connectors: int) -> World:
    behaviour = Behaviour(QUIRKS, "observed")
    return World(State(from_document(document(connectors), behaviour=behaviour, now=datetime.now(UTC))))


def call(
    app: Flask, path: str, query: str = "", method: str = "GET", body: bytes = b"", authorization: str = ""
) -> bytes:
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REQUEST_URI": f"{path}?{query}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8365",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8365",
        "HTTP_AUTHORIZATION": authorization,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
    }
    status = []
    chunks = app(environ, lambda line, headers, exc_info=None: status.append(line))
    answer = b"".join(chunks)
    chunks.close()
    assert status[0][0] == "2", (status, answer)
    return answer


def seconds(act: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - start) / times


def pair(one: Callable[[], object], other: Callable[[], object], times: int, rounds: int = 15) -> tuple[float, float]:
    """The medians of both, measured in turns."""
    one(), other()
    taken = [(seconds(one, times), seconds(other, times)) for _ in range(rounds)]
    return statistics.median(a for a, _ in taken), statistics.median(b for _, b in taken)


def bare(answer: bytes, path: str) -> Flask:
    app = Flask("bare")
    app.add_url_rule(path, view_func=lambda: Response(answer, mimetype="application/json"), endpoint="bare")
    return app


def get_by_id(app: Flask, key: str) -> None:
    path = f"{P}/connectors/{key}"
    beside = bare(call(app, path), "/bare")
    ours, theirs = pair(lambda: call(app, path), lambda: call(beside, "/bare"), 300)
    print(f"GET by id / bare Flask view of the same bytes: {ours / theirs:.2f}  ({ours * 1e6:.0f} us)")


def pages(app: Flask, key: str) -> None:
    get = f"{P}/connectors/{key}"
    page, one = pair(lambda: call(app, f"{P}/connectors", "$top=100"), lambda: call(app, get), 100)
    print(f"page of 100 of 10,000 - GET by id: {(page - one) * 1e3:.2f} ms")
    query = "$filter=status eq 'active' and contains(machineName,'99')&$select=id,machineName&$top=100&$count=true"
    filtered, one = pair(lambda: call(app, f"{P}/connectors", query), lambda: call(app, get), 5)
    print(f"filtered, selected, counted page of 100 of 10,000: {filtered * 1e3:.2f} ms  ({filtered / one:.0f} GETs)")


def batches(app: Flask, key: str) -> None:
    path = f"/onPremisesPublishingProfiles/applicationProxy/connectors/{key}"
    body = orjson.dumps({"requests": [{"id": str(n), "method": "GET", "url": path} for n in range(20)]})
    batch, one = pair(
        lambda: call(app, "/beta/$batch", method="POST", body=body), lambda: call(app, f"/beta{path}"), 50
    )
    print(f"a batch of 20 reads / 20 single reads: {batch / one / 20:.2f}")


def tokens() -> None:
    """What it costs to believe a token that was seen before, beside looking at none."""
    apps = {mode: create_app(world(100), Settings(auth=mode)) for mode in ("off", "strict")}
    path = f"{P}/connectorGroups"
    said = call(apps["strict"], "/_mock/tokens", method="POST", body=b"{}")
    token = orjson.loads(said)["authorization"]
    strict, off = pair(
        lambda: call(apps["strict"], path, authorization=token),
        lambda: call(apps["off"], path, authorization=token),
        300,
    )
    print(f"--auth strict with a valid token - off: {(strict - off) * 1e6:.1f} us")


def moves() -> None:
    def mover(size: int) -> Callable[[], object]:
        app = create_app(world(size), Settings())
        groups = [each["id"] for each in orjson.loads(call(app, f"{P}/connectorGroups"))["value"]]
        keys = [each["id"] for each in orjson.loads(call(app, f"{P}/connectors", "$top=90"))["value"]]
        bodies = [orjson.dumps({"@odata.id": f"https://graph.microsoft.com{P}/connectorGroups/{g}"}) for g in groups]
        turns = iter(range(10**9))

        def move() -> object:
            turn = next(turns)
            path = f"{P}/connectors/{keys[turn % 90]}/memberOf/$ref"
            return call(app, path, method="POST", body=bodies[turn % len(bodies)])

        return move

    large, small = pair(mover(10_000), mover(100), 200)
    print(f"a move among 10,000 connectors / among 100: {large / small:.2f}  ({large * 1e6:.0f} us)")


if __name__ == "__main__":
    bench = create_app(world(10_000), Settings())
    key = orjson.loads(call(bench, f"{P}/connectors", "$skip=5000&$top=1"))["value"][0]["id"]
    get_by_id(bench, key)
    pages(bench, key)
    batches(bench, key)
    tokens()
    moves()
