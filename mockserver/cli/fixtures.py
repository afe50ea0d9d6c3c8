"""`mockserver fixture`: tenants as documents."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from mockserver.cli.refusing import plainly_refused


@click.group()
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

    with plainly_refused():
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
