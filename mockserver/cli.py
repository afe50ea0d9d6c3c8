"""The command `mockserver`: options in, one call, text out.

Every option has an environment variable by one rule, `--https-port` is MOCKSERVER_HTTPS_PORT; flag beats variable
beats file. What a command needs is imported when it runs, so that `serve` starts fast.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockserver import __version__
from mockserver.logs import FORMATS, LEVELS
from mockserver.settings import AUTHS, CLOCKS, DEMO_IDENTITIES

if TYPE_CHECKING:
    from mockserver.running import Running
    from mockserver.serve import Prepared
    from mockserver.steering import Steered

_PREFIX = "MOCKSERVER_"
_WAYS = ("endpoints", "proxy", "managed-identity")
_SHELLS = ("sh", "powershell", "json")
_OTHER_VARIABLES = frozenset({"MOCKSERVER_DATA"})
"""Variables that no option reads: where the certificate is kept."""


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """A click option with its environment variable, and its default shown."""
    variable = _PREFIX + names[0].lstrip("-").replace("-", "_").upper()
    return click.option(*names, envvar=variable, show_envvar=True, **{"show_default": True, **settings})


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:
    """Emulates Microsoft Graph's connector-group API over an in-memory tenant."""


def _usual_level() -> str:
    """Lines for whoever watches; a program that starts the mock may never read them, and a full pipe would stop it."""
    return "info" if sys.stderr.isatty() else "warning"


def _from_file(context: click.Context, _: click.Parameter, path: Path | None) -> Path | None:
    """The file's values as defaults, which variables and flags then beat."""
    if path is None:
        return None
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise click.BadParameter(f"{path}: {problem}") from None
    known = {each.name for each in context.command.params}
    named = {name.replace("-", "_"): value for name, value in values.items()}
    for name in named.keys() - known:
        raise click.BadParameter(f"{path}: there is no option {name!r}")
    for name, value in named.items():
        _check_value(context, path, name, value)
    context.default_map = named
    return path


def _check_value(context: click.Context, path: Path, name: str, value: Any) -> None:
    """click takes defaults on trust, so what a file says is read here as a flag or a variable would be."""
    option = next(each for each in context.command.params if each.name == name)
    try:
        if isinstance(value, list | dict) or (
            isinstance(option, click.Option) and option.is_flag is not isinstance(value, bool)
        ):
            raise click.BadParameter("not one value of its kind")
        option.type_cast_value(context, value)
    except (click.BadParameter, TypeError, ValueError) as problem:
        raise click.BadParameter(f"{path}: {name.replace('_', '-')}: {problem}") from None


def _check_variables(context: click.Context) -> None:
    """A misspelt variable would otherwise be passed over in silence."""
    known = {each.envvar for command in _commands(cli) for each in command.params} | _OTHER_VARIABLES
    for name in os.environ:
        if name.startswith(_PREFIX) and name not in known:
            raise click.UsageError(f"There is no option for the environment variable {name}.", context)


def _commands(group: click.Group) -> list[click.Command]:
    below = (_commands(each) if isinstance(each, click.Group) else [each] for each in group.commands.values())
    return [command for commands in below for command in commands]


@cli.command()
@option("--config", type=click.Path(dir_okay=False, path_type=Path), callback=_from_file, is_eager=True,
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
    _check_variables(context)
    from mockserver.serve import serve as run

    with _plainly_refused():
        run(**options)


@cli.command()
@option("--no-browser", is_flag=True, help="Open no page.")
@click.pass_context
def demo(context: click.Context, /, no_browser: bool, **options: Any) -> None:
    """Serve, and show the sample configurations of connector groups on a page, one after the other.

    Each is a sandbox of its own, with what to do there and what to look at (GET /_mock/story).
    """
    _check_variables(context)
    from mockserver import browser
    from mockserver.serve import page_of
    from mockserver.serve import serve as run

    with _plainly_refused():
        run(on_ready=lambda settings: None if no_browser else browser.show(page_of(settings)), story=True, **options)


demo.params = [*serve.params, *demo.params]


@cli.group()
def fixture() -> None:
    """Check, list, show and invent tenants."""


@fixture.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """Check fixture files; every problem with its file, line and key."""
    from mockserver.seed.catalogue import check as problems_of

    wrong = False
    for file in files:
        problems = problems_of(file)
        wrong = wrong or bool(problems)
        click.echo("\n".join(str(each) for each in problems) or f"{file}: ok")
    sys.exit(1 if wrong else 0)


@fixture.command("list")
def list_fixtures() -> None:
    """The ready-made tenants."""
    from mockserver.seed import catalogue

    names = catalogue.names()
    width = max(map(len, names))
    for name in names:
        click.echo(f"{name:{width}}  {catalogue.describe(name)}")


@fixture.command()
@click.argument("name")
def show(name: str) -> None:
    """Print a ready-made tenant, to start your own from."""
    from mockserver.seed import catalogue

    with _plainly_refused():
        click.echo(catalogue.path(name).read_text(encoding="utf-8"), nl=False)


@fixture.command()
@click.option("--connectors", default=25, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--groups", default=8, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--applications", default=40, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same bytes, with the same faker.")
@click.option("--json", "as_json", is_flag=True, help="JSON, which loads much faster; YAML otherwise.")
def invent(connectors: int, groups: int, applications: int, seed: int, as_json: bool) -> None:
    """Write an invented tenant to standard output."""
    from mockserver.seed import invented

    dump = invented.dump_json if as_json else invented.dump_yaml
    with _progress("Inventing", 2 * (connectors + applications)) as told:
        text = dump(invented.invent(connectors, groups, applications, seed, told), told)
    click.echo(text, nl=False)


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int], object]]:
    """A bar on standard error for whoever watches; yields what is told of steps that are done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


@cli.command()
def routes() -> None:
    """Every method and path that is served."""
    from mockserver.serve import served_routes

    for method, path in served_routes():
        click.echo(f"{method:6} {path}")


@cli.group()
def cert() -> None:
    """The local CA that the https listener's certificate is signed by."""


@cert.command("path")
def cert_path() -> None:
    """Where its certificate is: for REQUESTS_CA_BUNDLE, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS."""
    from mockserver.identity.certificate import local_certificate

    with _plainly_refused():
        click.echo(local_certificate().ca)


@cert.command("show")
def cert_show() -> None:
    """Print it."""
    from mockserver.identity.certificate import local_certificate

    with _plainly_refused():
        click.echo(local_certificate().ca.read_text(encoding="ascii"), nl=False)


def at_address(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a running mock is found."""
    token = option("--control-token", default="", help="What its control API asks for.")
    port = option("--port", default=8365, type=click.IntRange(1, 65535), help="Its http port.")
    host = click.option("--host", default="127.0.0.1", show_default=True, help="Where it runs.")
    decorated: Callable[..., Any] = host(port(token(command)))
    return decorated


@cli.command()
@at_address
def status(host: str, port: int, control_token: str) -> None:
    """Is one running at this address, and with what? Exit 1 where none is."""
    root = _root(host, port)
    click.echo(f"running: {root} {_asked(root, control_token).described()}")


@cli.command()
@click.option("--way", default="endpoints", show_default=True, type=click.Choice(_WAYS), help="See above.")
@click.option("--shell", default="sh", show_default=True, type=click.Choice(_SHELLS), help="Whose language to write.")
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

    root = _root(host, port)
    mock = _asked(root, control_token)
    with _plainly_refused():
        made = environment.exported(way, root, mock, data_folder() / "certificate", os.environ)
        click.echo(environment.SHELLS[shell](made), nl=False)


@cli.command(context_settings={"allow_interspersed_args": False})
@click.option("--way", default="proxy", show_default=True, type=click.Choice(_WAYS), help="As with env.")
@at_address
@click.argument("command", nargs=-1, required=True, metavar="[--] COMMAND...", type=click.UNPROCESSED)
@click.pass_context
def exec(context: click.Context, /, way: str, host: str, port: int, control_token: str, command: list[str]) -> None:  # noqa: A001
    """Run a program, unmodified, with the environment that env prints.

    Where no mock runs at the address, one is started on free ports, as the variables of serve describe it
    (MOCKSERVER_TENANT, ...), and stopped after. Exit code is the program's, or 128 and the number of the signal that
    ended it; 127 where there is no such command.
    """
    _check_variables(context)
    from mockserver.exec import Unavailable, execute

    try:
        with _plainly_refused():
            code = execute(command, way, _root(host, port), control_token, partial(_prepared, way))
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


def _root(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _asked(root: str, token: str) -> Running:
    from mockserver.running import ask

    try:
        return ask(root, token)
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"no mock answers at {root} ({problem})") from None


def at_sandbox(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a sandbox of a running mock is found; the command is given the `Steered` one."""

    @wraps(command)
    def found(host: str, port: int, sandbox: str, control_token: str, **options: Any) -> None:
        from mockserver.handle import ControlRefused
        from mockserver.steering import Steered

        try:
            with _plainly_refused():
                command(Steered(_root(host, port), sandbox, control_token), **options)
        except ControlRefused as refused:
            raise click.ClickException(str(refused)) from None

    return at_address(option("--sandbox", default="default", help="Which of its sandboxes.")(found))


@cli.group()
def state() -> None:
    """Export, import and reset the tenant of a running mock; export that of a state file."""


@state.command("export")
@click.option("--json", "as_json", is_flag=True, help="JSON; YAML otherwise.")
@click.option("--file", type=click.Path(dir_okay=False, path_type=Path),
              help="The state file of a mock that does not run, instead of one that does.")  # fmt: skip
@at_sandbox
def state_export(at: Steered, as_json: bool, file: Path | None) -> None:
    """Write the whole tenant to standard output, as a fixture."""
    click.echo(at.exported(file, as_json=as_json), nl=False)


@state.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@at_sandbox
def state_import(at: Steered, file: Path) -> None:
    """Replace the tenant by that of a fixture file; a file with problems replaces nothing."""
    at.load(file)


@state.command("reset")
@at_sandbox
def state_reset(at: Steered) -> None:
    """Everything as it was when the mock was first started: tenant, clock, faults, journal."""
    at.reset()


@cli.group()
def snapshot() -> None:
    """Save the state of a running mock, and go back to it."""


@snapshot.command("save")
@click.argument("name")
@at_sandbox
def snapshot_save(at: Steered, name: str) -> None:
    """Give the present state a name; one that had it before loses it."""
    at.save(name)


@snapshot.command("load")
@click.argument("name")
@at_sandbox
def snapshot_load(at: Steered, name: str) -> None:
    """Go back to a state."""
    at.restore(name)


@snapshot.command("list")
@at_sandbox
def snapshot_list(at: Steered) -> None:
    """The names, each with the time it was in the tenant."""
    for name, now in at.snapshots():
        click.echo(f"{name}  {now}")


@snapshot.command("delete")
@click.argument("name")
@at_sandbox
def snapshot_delete(at: Steered, name: str) -> None:
    """Forget a state."""
    at.forget(name)


class _plainly_refused:  # noqa: N801 (used as a word in a sentence)
    """What cannot be done is one sentence on standard error and exit 2, not a traceback."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, _: object) -> None:
        if isinstance(problem, OSError | ValueError | LookupError):
            click.echo(f"mockserver: {problem}", err=True)
            sys.exit(2)


def main() -> None:
    """The entry point."""
    cli(prog_name="mockserver")
