"""Where a sandbox is kept besides memory: the door through which it says what has changed.

The sandbox knocks under its lock, before anybody sees the new state; what cannot be kept has not happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mockserver.sandbox.state import State


@dataclass(frozen=True)
class Held:
    """What there is of a sandbox: the state it was made with, the present one, and those that have names."""

    first: State
    present: State
    saved: Mapping[str, State] = field(default_factory=dict)
    """In the order they were saved."""


class Shelf(Protocol):
    """Where one sandbox is kept. Everything raises StateNotKept, and then nothing has changed."""

    def put(self, state: State) -> None:
        """This is the present state."""

    def save(self, name: str, state: State) -> None:
        """This state has the name, which no other has any more."""

    def forget(self, name: str) -> None:
        """No state has the name any more."""

    def drop(self) -> None:
        """The sandbox is there no longer; what it says after that is not heard."""


class Store(Protocol):
    """Where all sandboxes are kept."""

    def held(self) -> Mapping[str, tuple[Held, Shelf]]:
        """The sandboxes that were kept before, by name, the oldest first."""

    def shelf(self, name: str, first: State) -> Shelf:
        """For a new sandbox, which starts with this state. Raises StateNotKept."""

    def close(self) -> None:
        """Nothing is kept any more."""


class Memory:
    """Keeps nothing: a sandbox lasts as long as the process."""

    def held(self) -> Mapping[str, tuple[Held, Shelf]]:
        return {}

    def shelf(self, name: str, first: State) -> Shelf:
        return self

    def put(self, state: State) -> None:
        pass

    def save(self, name: str, state: State) -> None:
        pass

    def forget(self, name: str) -> None:
        pass

    def drop(self) -> None:
        pass

    def close(self) -> None:
        pass


MEMORY = Memory()
