"""All sandboxes of a process, by name; `default` is always there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from mockserver.core.errors import UnknownSandbox
from mockserver.sandbox import Sandbox, State

DEFAULT = "default"


class World:
    """The registry of sandboxes."""

    def __init__(self, state: State) -> None:
        self.started = datetime.now(UTC)
        self._sandboxes = {DEFAULT: Sandbox(DEFAULT, state)}

    def __iter__(self) -> Iterator[Sandbox]:
        return iter(tuple(self._sandboxes.values()))

    def __len__(self) -> int:
        return len(self._sandboxes)

    def sandbox(self, name: str) -> Sandbox:
        """The sandbox of that name. Raises UnknownSandbox: none is ever made by accident."""
        found = self._sandboxes.get(name)
        if found is None:
            raise UnknownSandbox(name=name)
        return found
