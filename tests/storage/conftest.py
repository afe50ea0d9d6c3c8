"""A world that is kept in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from storage.restarts import Kept


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Callable[..., Kept]]:
    """Makes one; it is closed in the end."""
    with ExitStack() as closing:

        def make(*known: Any, **more: Any) -> Kept:
            made = Kept(tmp_path / "state.db", *known, **more)
            closing.callback(made.close)
            return made

        yield make
