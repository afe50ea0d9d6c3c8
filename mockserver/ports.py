"""Ports of this machine, bound before anything serves, and what to call them."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterable
from contextlib import ExitStack

BACKLOG = 400
"""Connections waiting or served at once, for each port: two ports stay below the usual limit of 1024 open files."""

LOOPBACK = "127.0.0.1"

_REACHED_AT = {"0.0.0.0": LOOPBACK, "::": "::1"}
"""No client connects to "every interface"."""


class PortError(OSError):
    """A port is taken, or the host is none of this machine's; the text is a sentence for the user."""


def bound(places: Iterable[tuple[str, int]]) -> list[socket.socket]:
    """A listening socket for each host and port, 0 for a free one; or none at all, and PortError."""
    with ExitStack() as opened:
        sockets = [opened.enter_context(_bound_to(host, port)) for host, port in places]
        opened.pop_all()
    return sockets


def _bound_to(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        listening = socket.create_server(address, family=family, backlog=BACKLOG)
    except OSError as error:
        raise PortError(_refusal(error, host, port)) from error
    # Connections inherit it; without, an answer in two pieces waits for the client's acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program."
    reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
    return f"Cannot listen on port {port} of {host}: {reason}."


def url(scheme: str, host: str, listening: socket.socket) -> str:
    """Where a client reaches what was bound to that host."""
    reached_at = _REACHED_AT.get(host, host)
    if scheme == "https" and reached_at == LOOPBACK:
        reached_at = "localhost"  # a certificate is for this name first of all
    name = f"[{reached_at}]" if ":" in reached_at else reached_at
    return f"{scheme}://{name}:{listening.getsockname()[1]}"


def reached(listening: socket.socket) -> tuple[str, int]:
    """The address and port at which this very machine connects to it."""
    host, port, *_ = listening.getsockname()
    return _REACHED_AT.get(host, host), port
