"""The command `mockserver`: options in, one call, text out.

What a command needs is imported when it runs, so that `serve` starts fast.
"""

from __future__ import annotations

import click

from mockserver import __version__
from mockserver.cli.certificate import cert
from mockserver.cli.fixtures import fixture
from mockserver.cli.running import env, execute, status
from mockserver.cli.sandboxes import snapshot, state
from mockserver.cli.serving import demo, routes, serve

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:
    """Emulates Microsoft Graph's connector-group API over an in-memory tenant."""


for _command in (serve, demo, routes, fixture, cert, status, env, execute, state, snapshot):
    cli.add_command(_command)


def main() -> None:
    """The entry point."""
    cli(prog_name="mockserver")
