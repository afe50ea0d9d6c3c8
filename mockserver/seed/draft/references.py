"""Names of entities, as other entities write them."""

from __future__ import annotations

from collections.abc import Iterable

from mockserver.seed.problems import shown, suggestion

Named = Iterable[tuple[str | None, str]]
"""Names and ids; not everything has a name."""

_GUESSES = 100
"""How many wrong references are answered with a suggestion; each costs a comparison with every name."""


class References:
    """What names lead to. An id will do too, and has to where a name is not unique.

    A name that means something in one layer means that, whatever it means in the layers after it.
    """

    def __init__(self, noun: str, *layers: Named) -> None:
        self._noun = noun
        self._by_name: dict[str | None, str | None] = {}
        self._ids: set[str] = set()
        for layer in reversed(layers):
            self._by_name |= self._read(layer)
        self._guesses = _GUESSES

    def _read(self, layer: Named) -> dict[str | None, str | None]:
        by_name: dict[str | None, str | None] = {}
        for name, key in layer:
            by_name[name] = None if name in by_name else key
            self._ids.add(key)
        return by_name

    def find(self, reference: str) -> str:
        """The id of what is meant. Raises LookupError, saying why, where that is not clear."""
        if reference.lower() in self._ids:
            return reference.lower()
        found = self._by_name.get(reference)
        if found is not None:
            return found
        if reference in self._by_name:
            raise LookupError(f"there is more than one {self._noun} {shown(reference)}; write the id of the one meant")
        raise LookupError(f"there is no {self._noun} {shown(reference)}{self._guess(reference)}")

    def written(self, name: str | None, key: str) -> str:
        """How to refer to the entity of that name and id: by its name where that leads back to it."""
        clear = name and name.strip() and self._by_name.get(name) == key and name.lower() not in self._ids
        return name if clear and name else key

    def _guess(self, reference: str) -> str:
        self._guesses -= 1
        return suggestion(reference, filter(None, self._by_name)) if self._guesses >= 0 else ""
