"""The page at `/`: a blueprint that serves files, and nothing else. All it does goes through the API that tools use.

    page/      index.html, the styles, and one ES module for each subject; app.js puts them together
    vendor/    Preact, htm and signals, as they were published; its README says which and why

No build step: a browser loads the modules as they are. Every address in them is relative, so the page works below a
sandbox's prefix and behind `--external-url`. The policy of the headers lets nothing in from elsewhere, no inline
script and no inline style among it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Response, request

from mockserver.core.errors import NoSuchAddress
from mockserver.web.routes import Route, bind

ASSETS = "_page"
"""The folder, below `/`, that the page's own files seem to be in."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOLDER = Path(__file__).parent


class File(NamedTuple):
    """A file of the page, as it is sent."""

    content: bytes
    type: str
    tag: str


def blueprint() -> Blueprint:
    """The views of the page; they ask for no token, since there is nothing of a tenant in it."""
    made = Blueprint("page", __name__)
    made.after_request(_guarded)
    bind(made, ROUTES)
    return made


def show_page() -> Response:
    """The page. Its addresses are relative; the router sends who asks without the slash at the end to where it is."""
    return _sent(files()["index.html"])


def show_file(name: str) -> Response:
    found = files().get(name)
    if found is None:
        raise NoSuchAddress(path=request.path)
    return _sent(found)


ROUTES: tuple[Route, ...] = (("GET", "/", show_page), ("GET", f"/{ASSETS}/<path:name>", show_file))


def _sent(file: File) -> Response:
    response = Response(file.content, content_type=file.type)
    response.set_etag(file.tag)
    response.make_conditional(request)
    return response


def _guarded(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


@cache
def files() -> dict[str, File]:
    """Every file of the page by its name below `_page`: those of `page/` plainly, the libraries below `vendor/`."""
    return dict(_found(_FOLDER / "page", "")) | dict(_found(_FOLDER / "vendor", "vendor/"))


def _found(folder: Path, prefix: str) -> Iterator[tuple[str, File]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _TYPES:
            content = path.read_bytes()
            tag = blake2b(content, digest_size=8).hexdigest()
            yield prefix + path.relative_to(folder).as_posix(), File(content, _TYPES[path.suffix], tag)
