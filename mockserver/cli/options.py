"""The options of a command, and where their values come from: flag beats variable beats file.

Every option has an environment variable by one rule, `--https-port` is MOCKSERVER_HTTPS_PORT.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

_PREFIX = "MOCKSERVER_"
_OTHER_VARIABLES = frozenset({"MOCKSERVER_DATA"})
"""Variables that no option reads: where the certificate is kept."""


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """A click option with its environment variable, and its default shown."""
    variable = _PREFIX + names[0].lstrip("-").replace("-", "_").upper()
    return click.option(*names, envvar=variable, show_envvar=True, **{"show_default": True, **settings})


def check_variables(context: click.Context) -> None:
    """A misspelt variable would otherwise be passed over in silence.

    Raises click.UsageError for one of our prefix that no option of any command reads.
    """
    everything = context.find_root().command
    known = {each.envvar for command in _commands(everything) for each in command.params} | _OTHER_VARIABLES
    for name in os.environ:
        if name.startswith(_PREFIX) and name not in known:
            raise click.UsageError(f"There is no option for the environment variable {name}.", context)


def _commands(command: click.Command) -> Iterator[click.Command]:
    """The command itself, or where it is a group, all that are below it."""
    if not isinstance(command, click.Group):
        yield command
        return
    for each in command.commands.values():
        yield from _commands(each)


def from_file(context: click.Context, _: click.Parameter, path: Path | None) -> Path | None:
    """The file's values as defaults, which variables and flags then beat; the callback of an option that names it.

    Raises click.BadParameter for a file that cannot be read, an unknown option, a value that its option does not take.
    """
    if path is None:
        return None
    values = {name.replace("-", "_"): value for name, value in _read(path).items()}
    options = {each.name: each for each in context.command.params}
    for name in values.keys() - options.keys():
        raise click.BadParameter(f"{path}: there is no option {name!r}")
    for name, value in values.items():
        _check_value(context, options[name], value, f"{path}: {name.replace('_', '-')}")
    context.default_map = values
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise click.BadParameter(f"{path}: {problem}") from None


def _check_value(context: click.Context, parameter: click.Parameter, value: Any, place: str) -> None:
    """click takes defaults on trust, so what a file says is read here as a flag or a variable would be."""
    if not _is_of_its_kind(parameter, value):
        raise click.BadParameter(f"{place}: not one value of its kind")
    try:
        parameter.type_cast_value(context, value)
    except (click.BadParameter, TypeError, ValueError) as problem:
        raise click.BadParameter(f"{place}: {problem}") from None


def _is_of_its_kind(parameter: click.Parameter, value: Any) -> bool:
    """One value: true or false for a flag, and for nothing but a flag."""
    if isinstance(value, list | dict):
        return False
    return not isinstance(parameter, click.Option) or parameter.is_flag is isinstance(value, bool)
