"""`mockserver serve` and `demo`: the service in the foreground; `routes`: what it serves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mockserver.cli.options import check_variables, from_file, option
from mockserver.cli.refusing import plainly_refused
from mockserver.logs import FORMATS, LEVELS
from mockserver.settings import AUTHS, CLOCKS, DEMO_IDENTITIES


def _usual_level() -> str:
    """Lines for whoever watches; a program that starts the mock may never read them, and a full pipe would stop it."""
    return "info" if sys.stderr.isatty() else "warning"


@click.command()
@option("--config", type=click.Path(dir_okay=False, path_type=Path), callback=from_file, is_eager=True,
        expose_value=False, help="A TOML file of these options.")  # fmt: skip
@option("--tenant", default="contoso", help="A ready-made tenant or a fixture file.")
@option("--init", default="", metavar="FOLDER",
        help="A folder of fixtures; each becomes a sandbox of its name, default.yaml the default one.")  # fmt: skip
@option("--host", default="127.0.0.1", help="The address to listen on.")
@option("--port", default=8365, type=click.IntRange(0, 65535), help="The http port; 0 takes a free one.")
@option("--https-port", default=8366, type=click.IntRange(0, 65535), help="The https port; 0 takes a free one.")
@option("--no-tls", is_flag=True, help="No https listener.")
@option("--certificate", default="", metavar="FILE", help="Your own chain for https (PEM), instead of a local one.")
@option("--key", default="", metavar="FILE", help="Its key (PEM, without a passphrase).")
@option("--proxy-port", type=click.IntRange(0, 65535), help="A port for a CONNECT proxy that has unmodified programs "
        "reach the mock at the service's own addresses; 0 takes a free one; off by default.")  # fmt: skip
@option("--auth", default="lenient", type=click.Choice(AUTHS),
        help="off looks at no token; lenient believes any or none; strict checks it, then the permission.")  # fmt: skip
@option("--demo-identity", default="loopback", type=click.Choice(DEMO_IDENTITIES),
        help="From where the published client and user may log in.")  # fmt: skip
@option("--auto-approve", is_flag=True, help="Sign-ins and device codes are approved at once, as the demo user.")
@option("--behaviour", default="observed", help="observed, documented or strict, and single quirks: observed,Q1=201.")
@option("--clock", default="live", type=click.Choice(CLOCKS), help="Does time pass by itself?")
@option("--seed", default=0, help="Where the ids of new entities are drawn from.")
@option("--state", default="", metavar="FILE",
        help="Keep all sandboxes in this file; tenant, behaviour, clock and seed are for a new one.")  # fmt: skip
@option("--external-url", default="", help="The root of absolute addresses, where the request's own is not right.")
@option("--port-file", type=click.Path(dir_okay=False, path_type=Path), help="Write the addresses to this file.")
@option("--control-token", default="", help="What the control API asks for.")
@option("--sandboxes", default=10_000, type=click.IntRange(0), help="How many sandboxes there may be.")
@option("--journal", default=1_000, type=click.IntRange(0, 1_000_000), help="How many requests a sandbox remembers.")
@option("--log-level", default=_usual_level, type=click.Choice(LEVELS),
        show_default="info on a terminal, else warning", help="At info there is a line for each request.")  # fmt: skip
@option("--log-format", default="text", type=click.Choice(tuple(FORMATS)), help="How standard error is written.")
@click.pass_context
def serve(context: click.Context, /, **options: Any) -> None:
    """Run the service in the foreground."""
    check_variables(context)
    from mockserver.serve import serve as run

    with plainly_refused():
        run(**options)


@click.command()
@option("--no-browser", is_flag=True, help="Open no page.")
@click.pass_context
def demo(context: click.Context, /, no_browser: bool, **options: Any) -> None:
    """Serve, and show the sample configurations of connector groups on a page, one after the other.

    Each is a sandbox of its own, with what to do there and what to look at (GET /_mock/story).
    """
    check_variables(context)
    from mockserver import browser
    from mockserver.serve import page_of
    from mockserver.serve import serve as run

    with plainly_refused():
        run(on_ready=lambda settings: None if no_browser else browser.show(page_of(settings)), story=True, **options)


demo.params = [*serve.params, *demo.params]


@click.command()
def routes() -> None:
    """Every method and path that is served."""
    from mockserver.serve import served_routes

    for method, path in served_routes():
        click.echo(f"{method:6} {path}")
