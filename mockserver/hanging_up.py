"""Hangs up on a client: granian gives nobody the connections it serves, but they are open files of this process."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_OPEN_FILES = Path("/dev/fd")

_INTERNET = (socket.AF_INET, socket.AF_INET6)

Address = tuple[str, str]
"""Host and port, as ASGI has them."""


def hang_up(server: Address, client: Address) -> bool:
    """Close the connection between these two, whatever is under way; whether it was found.

    It never is on a system that does not list the open files of a process: Windows.
    """
    for descriptor in _open_sockets():
        # A copy, because the number may mean another file by the time it is looked at.
        with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as found:
            if found.family in _INTERNET and _is_between(found, server, client):
                found.shutdown(socket.SHUT_RDWR)
                return True
    return False


def _open_sockets() -> Iterator[int]:
    try:
        descriptors = [int(each.name) for each in _OPEN_FILES.iterdir()]
    except OSError:
        return
    for each in descriptors:
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(each).st_mode):
                yield each


def _is_between(found: socket.socket, server: Address, client: Address) -> bool:
    (_, here, *_), (peer, there, *_) = found.getsockname(), found.getpeername()
    return (str(here), peer, str(there)) == (server[1], *client)
