"""`mockserver state` and `mockserver snapshot`: what a sandbox of a running mock holds, and going back to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockserver.cli.addresses import at_sandbox

if TYPE_CHECKING:
    from mockserver.steering import Steered


@click.group()
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


@click.group()
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
