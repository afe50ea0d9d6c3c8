"""`mockserver status`, `env` and `exec`: a mock that runs, and programs that are to use it."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from mockserver.cli.addresses import at_address, root_of
from mockserver.cli.options import check_variables
from mockserver.cli.refusing import plainly_refused
from mockserver.cli.serving import serve

if TYPE_CHECKING:
    from mockserver.running import Running
    from mockserver.serve import Prepared

# Those of mockserver.environment, which is imported when a command runs.
WAYS = ("endpoints", "proxy", "managed-identity")
SHELLS = ("sh", "powershell", "json")


@click.command()
@at_address
def status(host: str, port: int, control_token: str) -> None:
    """Is one running at this address, and with what? Exit 1 where none is."""
    root = root_of(host, port)
    click.echo(f"running: {root} {_asked(root, control_token).described()}")


@click.command()
@click.option("--way", default="endpoints", show_default=True, type=click.Choice(WAYS), help="See above.")
@click.option("--shell", default="sh", show_default=True, type=click.Choice(SHELLS), help="Whose language to write.")
@at_address
def env(way: str, shell: str, host: str, port: int, control_token: str) -> None:
    """Print what to export so that SDKs and tools log in to the running mock: eval "$(mockserver env)".

    \b
    endpoints         the mock's own https address (AZURE_AUTHORITY_HOST, MSGRAPH_BASE_URL)
    proxy             the service's addresses, by the proxy of serve --proxy-port
    managed-identity  plain http, as on an Azure machine

    They log in as the demo client (AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET) and trust the mock's
    certificate besides what they trust anyway. MSGRAPH_BASE_URL is for your own programs: the address of the Graph with
    its version. With endpoints, credentials need disable_instance_discovery=True, or they ask Microsoft about the
    address first; the other ways need nothing in the program.
    """
    from mockserver import environment
    from mockserver.identity.kept import data_folder

    root = root_of(host, port)
    mock = _asked(root, control_token)
    with plainly_refused():
        made = environment.exported(way, root, mock, data_folder() / "certificate", os.environ)
        click.echo(environment.SHELLS[shell](made), nl=False)


@click.command("exec", context_settings={"allow_interspersed_args": False})
@click.option("--way", default="proxy", show_default=True, type=click.Choice(WAYS), help="As with env.")
@at_address
@click.argument("command", nargs=-1, required=True, metavar="[--] COMMAND...", type=click.UNPROCESSED)
@click.pass_context
def execute(context: click.Context, /, way: str, host: str, port: int, control_token: str, command: list[str]) -> None:
    """Run a program, unmodified, with the environment that env prints.

    Where no mock runs at the address, one is started on free ports, as the variables of serve describe it
    (MOCKSERVER_TENANT, ...), and stopped after. Exit code is the program's, or 128 and the number of the signal that
    ended it; 127 where there is no such command.
    """
    check_variables(context)
    from mockserver.exec import Unavailable
    from mockserver.exec import execute as run

    try:
        with plainly_refused():
            code = run(command, way, root_of(host, port), control_token, partial(_prepared, way))
    except Unavailable as problem:
        click.echo(f"mockserver: {problem}", err=True)
        code = problem.code
    sys.exit(code)


def _prepared(way: str) -> Prepared:
    """A mock on free ports, with the other options of `serve` from their variables."""
    from mockserver.serve import prepared

    ports = ["--port", "0", "--https-port", "0", *(["--proxy-port", "0"] if way == "proxy" else [])]
    options = serve.make_context("serve", ports).params
    for of_the_command in ("port_file", "log_level", "log_format"):
        del options[of_the_command]
    return prepared(**options)


def _asked(root: str, token: str) -> Running:
    from mockserver.running import ask

    try:
        return ask(root, token)
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"no mock answers at {root} ({problem})") from None
