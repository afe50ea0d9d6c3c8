"""Served GET by id against a bare Flask view behind the same bridge: `python tests/bench/get_by_id.py`."""

from __future__ import annotations

import orjson
from flask import Flask, Response
from in_process import P, call
from served import compare

from mockserver.serve import app_of
from mockserver.settings import Settings


def ours() -> Flask:
    return app_of(Settings())


def path() -> str:
    key = orjson.loads(call(ours(), f"{P}/connectors", "$top=1"))["value"][0]["id"]
    return f"{P}/connectors/{key}"


def bare() -> Flask:
    answer = call(ours(), path())
    app = Flask("bare")
    app.add_url_rule("/bare", "bare", lambda: Response(answer, mimetype="application/json"))
    return app


if __name__ == "__main__":
    compare("get_by_id:ours", path(), "get_by_id:bare", "/bare")
