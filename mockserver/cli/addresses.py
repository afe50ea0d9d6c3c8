"""The options by which a running mock is found, and a sandbox of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from mockserver.cli.options import option
from mockserver.cli.refusing import plainly_refused


def at_address(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a running mock is found: the command is given `host`, `port` and `control_token`."""
    token = option("--control-token", default="", help="What its control API asks for.")
    port = option("--port", default=8365, type=click.IntRange(1, 65535), help="Its http port.")
    host = click.option("--host", default="127.0.0.1", show_default=True, help="Where it runs.")
    decorated: Callable[..., Any] = host(port(token(command)))
    return decorated


def at_sandbox(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a sandbox of a running mock is found; the command is given the `Steered` one."""

    @wraps(command)
    def found(host: str, port: int, sandbox: str, control_token: str, **options: Any) -> None:
        from mockserver.handle import ControlRefused
        from mockserver.steering import Steered

        try:
            with plainly_refused():
                command(Steered(root_of(host, port), sandbox, control_token), **options)
        except ControlRefused as refused:
            raise click.ClickException(str(refused)) from None

    return at_address(option("--sandbox", default="default", help="Which of its sandboxes.")(found))


def root_of(host: str, port: int) -> str:
    """The URL of the mock there, without a path."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
