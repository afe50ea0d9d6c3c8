"""The way in to the Graph: a Flask request becomes a `Call`, its `Answer` a Flask response."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from wsgiref.types import WSGIEnvironment

from flask import Request, request

from mockserver.identity.access import Access
from mockserver.settings import Settings
from mockserver.web.answered import Answered
from mockserver.web.call import Answer, Call
from mockserver.web.frame import CLIENT_REQUEST_ID, CUT, FOUND, GRAPH_PATH, REFUSED, REQUEST_ID, SANDBOX, WAIT
from mockserver.web.graph import answer
from mockserver.web.watched import watched
from mockserver.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ENDPOINT = "graph"


def view(world: World, settings: Settings) -> Callable[[], Answered]:
    """The view of all below /beta and /v1.0; the rest of the path is in the environ, where the frame put it.

    It is of no blueprint: Flask would look for that one's functions before and after every request.
    """
    access = Access(settings.auth)

    def graph() -> Answered:
        current = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 (Flask documents it)
        if current.method == "OPTIONS":
            return Answered(_preflight(current))
        call = _call(world, settings, access, current)
        found = watched(call, answer)
        current.environ[FOUND], current.environ[REFUSED] = call.sandbox.name, found.code
        answered = Answered(found)
        if call.delay or call.fault is not None:
            current.environ.update(_held(call))
        return answered

    return graph


def _preflight(asked: Request) -> Answer:
    """What a browser asks before a page of another origin calls the Graph, which lets every origin in."""
    allowed = {"Access-Control-Allow-Methods": ", ".join(METHODS), "Access-Control-Max-Age": "3600"}
    return Answer(204, headers={**allowed, "Access-Control-Allow-Headers": _headers_asked_for(asked)})


def _headers_asked_for(asked: Request) -> str:
    return asked.headers.get("Access-Control-Request-Headers", "Authorization, Content-Type")


class _Headers:
    """The headers as WSGI keeps them; Werkzeug's own view of them costs ten times as much to ask."""

    def __init__(self, environ: WSGIEnvironment) -> None:
        self._environ = environ

    def get(self, key: str, default: str) -> str:
        found: str = self._environ.get(_variable(key), default)
        return found


@lru_cache(maxsize=256)
def _variable(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name == "CONTENT_TYPE" else f"HTTP_{name}"


def _encoded(query: str) -> str:
    """The query in ASCII: bytes that a careless client sent as they are, percent-encoded like the others."""
    return query if query.isascii() else quote(query.encode("latin-1"), safe="%!$&'()*+,;=:@/?")


def _held(call: Call) -> dict[str, Any]:
    """What the frame and the listeners are to do with the answer, by the fault that struck the call."""
    held: dict[str, Any] = {WAIT: call.delay} if call.delay else {}
    if call.fault is not None and call.fault.needs_a_connection:
        held[CUT] = "nothing" if call.fault.drop else "half"
    return held


def _call(world: World, settings: Settings, access: Access, asked: Request) -> Call:
    environ = asked.environ
    version = environ["PATH_INFO"][1:]
    root = settings.external_url or f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST') or asked.host}"
    return Call(
        sandbox=world.sandbox_of(environ[SANDBOX], environ.get("HTTP_AUTHORIZATION", "")),
        version=version,
        method=environ["REQUEST_METHOD"],
        path=environ[GRAPH_PATH],
        query=_encoded(environ.get("QUERY_STRING", "")),
        base=f"{root}{environ['SCRIPT_NAME']}/{version}",
        headers=_Headers(environ),
        read=asked.get_data,
        access=access,
        request_id=environ[REQUEST_ID],
        client_request_id=environ[CLIENT_REQUEST_ID],
    )
