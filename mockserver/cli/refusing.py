"""How a command says that it cannot do what it is asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def plainly_refused() -> Iterator[None]:
    """What cannot be done is one sentence on standard error and exit 2, not a traceback."""
    try:
        yield
    except (OSError, ValueError, LookupError) as problem:
        click.echo(f"mockserver: {problem}", err=True)
        sys.exit(2)
