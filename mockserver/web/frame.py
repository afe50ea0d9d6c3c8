"""What surrounds every answer, Graph's, the mock's own or an error: which sandbox is meant, and the usual headers.

It is plain WSGI around the Flask app, so that nothing Flask answers by itself escapes it. It also takes the Graph's
paths apart as far as the version: what follows is a language of its own, which Flask's router need not look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from urllib.parse import quote
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_PREFIX = "/sandboxes/"

VERSIONS = ("beta", "v1.0")

_ALWAYS = [
    ("Cache-Control", "no-cache"),
    ("Vary", "Accept-Encoding"),
    ("Strict-Transport-Security", "max-age=31536000"),
    (
        "x-ms-ags-diagnostic",
        '{"ServerInfo":{"DataCenter":"West Europe","Slice":"E","Ring":"5","ScaleUnit":"000","RoleInstance":"MOCK"}}',
    ),
]
"""R57, graph_reference 5.5."""

_EXPOSED = (
    "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, "
    "SdkVersion, WWW-Authenticate, x-ms-client-gcc-tenant, Retry-After"
)

_OF_THE_GRAPH = [
    *_ALWAYS,
    ("OData-Version", "4.0"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", _EXPOSED),
]
"""The control API is for no page of another origin, so the last one is the Graph's alone."""

SANDBOX, REQUEST_ID, CLIENT_REQUEST_ID = "mockserver.sandbox", "mockserver.request_id", "mockserver.client_request_id"
GRAPH_PATH = "mockserver.graph_path"
"""Where a view finds in its environ what was found out here; the sandbox is None where neither path nor header says."""

FOUND, REFUSED = "mockserver.found", "mockserver.refused"
"""Where a view leaves the name of the sandbox that the request belongs to, and the code of its refusal, for the log."""

WAIT, CUT = "mockserver.wait", "mockserver.cut"
"""Where a view leaves the seconds for which its answer is held back, and what of it is sent before the connection is
closed: `nothing`, or `half` of the body. The listeners' bridge does both; without it nobody waits, and an answer that
is cut raises ConnectionResetError where that happens, so that no caller takes it for a whole one.
"""

STREAM = "mockserver.stream"
"""Where a view leaves an asynchronous generator of the bytes that follow its answer, until it ends or the client goes.
The bridge awaits and closes it; without the bridge the answer ends where the view ended it.
"""

_process, _number = str(uuid4())[:24], count(1)


def new_request_id() -> str:
    """Unique, and cheap: the first part of one GUID for this process, then a number."""
    return f"{_process}{next(_number):012x}"


def framed(app: WSGIApplication) -> WSGIApplication:
    """The app with a sandbox in its environ and Graph's headers on all it answers."""

    def frame(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[SANDBOX] = _sandbox(environ)
        request_id = environ[REQUEST_ID] = new_request_id()
        client_request_id = environ[CLIENT_REQUEST_ID] = environ.get("HTTP_CLIENT_REQUEST_ID") or request_id
        usual = [("request-id", request_id), ("client-request-id", client_request_id)]
        usual += _OF_THE_GRAPH if _graph(environ) else _ALWAYS

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
            return start_response(status, headers + usual)

        chunks = app(environ, start)
        return _cut(chunks, environ[CUT]) if CUT in environ else chunks

    return frame


def _cut(chunks: Iterable[bytes], sent: str) -> Iterator[bytes]:
    """So much of the answer as is sent before the connection breaks, and then its end."""
    try:
        body = b"".join(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    if sent == "half":
        yield body[: len(body) // 2]
    raise ConnectionResetError("a fault of the mock was ordered to break this connection")


def _sandbox(environ: WSGIEnvironment) -> str | None:
    """The sandbox named by a prefix, which then belongs to all addresses, or by a header (interface 2)."""
    path: str = environ["PATH_INFO"]
    if path.startswith(_PREFIX):
        name, slash, rest = path[len(_PREFIX) :].partition("/")
        environ["SCRIPT_NAME"] = f"{environ['SCRIPT_NAME']}{_PREFIX}{name}"
        environ["PATH_INFO"] = slash + rest
        return name
    return environ.get("HTTP_X_MOCK_SANDBOX") or None


def _graph(environ: WSGIEnvironment) -> bool:
    """Whether this is a request to the Graph; if so, the router is shown the version alone."""
    version, slash, rest = environ["PATH_INFO"][1:].partition("/")
    if version not in VERSIONS:
        return False
    environ["PATH_INFO"] = f"/{version}"
    environ[GRAPH_PATH] = slash and _encoded(environ, version, rest)
    return True


def _encoded(environ: WSGIEnvironment, version: str, rest: str) -> str:
    """The path behind the version as it was sent: once decoded, a `/` in a key could end a segment."""
    sent, marker = environ.get("REQUEST_URI", ""), f"/{version}/"
    at = sent.find(marker, len(environ["SCRIPT_NAME"]))
    return quote(rest, encoding="latin-1") if at < 0 else sent[at + len(marker) :].partition("?")[0]
