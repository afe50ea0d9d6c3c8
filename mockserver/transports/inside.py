"""One request into the WSGI app and its answer out, as values; the transports of all libraries come down to this."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

from mockserver.bridge import run, variable
from mockserver.web.frame import CUT, WAIT

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Headers = list[tuple[bytes, bytes]]

_PORTS = {"http": 80, "https": 443}


class Said(NamedTuple):
    """An answer, and what a fault makes of it."""

    status: int
    headers: Headers
    body: bytes
    wait: float = 0.0
    """So many seconds it is held back."""
    cut: str = ""
    """What comes of it before the connection breaks, if that does: `nothing` or `half`."""


@dataclass(frozen=True)
class Inside:
    """The app, and the sandbox that is meant where an address names none: Microsoft's own addresses do not."""

    app: WSGIApplication
    sandbox: str

    def exchange(self, method: str, url: str, headers: Iterable[tuple[bytes, bytes]] = (), body: bytes = b"") -> Said:
        """The app's answer. `url` is absolute, of any host, and percent-encoded as a request line has it."""
        environ = self._environ(method, urlsplit(url), headers, body)
        try:
            return Said(*run(self.app, environ), environ.get(WAIT, 0.0))
        except ConnectionResetError:
            return Said(0, [], b"", environ.get(WAIT, 0.0), environ[CUT])

    def _environ(
        self, method: str, url: SplitResult, headers: Iterable[tuple[bytes, bytes]], body: bytes
    ) -> dict[str, Any]:
        path = url.path or "/"
        environ: dict[str, Any] = {
            **_ALWAYS,
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": url.query,
            "REQUEST_URI": f"{path}?{url.query}" if url.query else path,
            "SERVER_NAME": url.hostname,
            "SERVER_PORT": str(url.port or _PORTS[url.scheme]),
            "HTTP_HOST": url.netloc.rpartition("@")[2],
            "HTTP_X_MOCK_SANDBOX": self.sandbox,
            "wsgi.url_scheme": url.scheme,
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        for name, value in headers:
            environ[variable(name)] = value.decode("latin-1")
        # A body sent in chunks is here as a whole.
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ["CONTENT_LENGTH"] = str(len(body))
        return environ


_ALWAYS = {
    "SCRIPT_NAME": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
