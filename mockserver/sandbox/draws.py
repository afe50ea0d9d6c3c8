"""What is drawn by lot, from a seed and a count alone: the same seed draws the same, in the same order."""

from __future__ import annotations

from hashlib import blake2b
from uuid import UUID


class Draws:
    """Draws new ids, version 4 UUIDs by their form, and keeps count."""

    def __init__(self, seed: int, drawn: int) -> None:
        self._seed, self.drawn = seed, drawn

    def __call__(self) -> str:
        made = UUID(bytes=_bytes(f"{self._seed}:{self.drawn}"), version=4)
        self.drawn += 1
        return str(made)


def chance(seed: int, drawn: int) -> float:
    """The `drawn`th number from 0 to below 1, of a sequence that the ids have no part in."""
    return int.from_bytes(_bytes(f"chance:{seed}:{drawn}")[:7]) / 2**56


def _bytes(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
