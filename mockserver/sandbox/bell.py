"""Who wants to know at once that a sandbox has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mockserver.core.errors import TooManyStreams

MOST = 100
"""So many may listen to one sandbox."""


class Bell:
    """Rung after every change. Whoever rings waits for nobody, so a listener only notes that it is to look again."""

    def __init__(self) -> None:
        self.rung = 0
        """How often; a number for the state after that change."""
        self._listeners: dict[object, Callable[[], object]] = {}

    def __len__(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def ring(self) -> None:
        """To be called with the sandbox's lock held, from any thread."""
        self.rung += 1
        if self._listeners:
            for wake in tuple(self._listeners.values()):
                wake()

    def check_room(self) -> None:
        """Raises TooManyStreams where nobody else may listen."""
        if len(self._listeners) >= MOST:
            raise TooManyStreams(limit=MOST)

    @contextmanager
    def heard(self, wake: Callable[[], object]) -> Iterator[None]:
        """`wake` is called after every change, in the thread that made it, until the block ends."""
        key = object()
        self._listeners[key] = wake
        try:
            yield
        finally:
            del self._listeners[key]
