"""Shows a page in this user's browser, where there is one and a desktop to show it on."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from contextlib import suppress


def show(page: str) -> None:
    """Opens the page, from a thread of its own as some browsers take their time. Never fails; maybe nothing happens."""
    if _has_desktop():
        threading.Thread(target=_open, args=(page,), daemon=True).start()


def _has_desktop() -> bool:
    """Without one, `webbrowser` would start a browser of the terminal, which then belongs to it."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("darwin", "win32") or any(os.environ.get(each) for each in wanted)


def _open(page: str) -> None:
    with suppress(Exception):  # whatever a browser does wrong, the mock is there
        webbrowser.open(page)
