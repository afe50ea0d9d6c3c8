"""Bodies of the control API: an object whose members are each of a kind, with every problem named at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from mockserver.core.duration import duration, fine_duration
from mockserver.core.errors import InvalidControl
from mockserver.derive.openapi_names import operation_ids
from mockserver.model import MODELS
from mockserver.sandbox import fits

Kind = Callable[[Any], Any]
"""What a member means. Raises ValueError, which says what it should be."""


class _Problems(ValueError):
    """What is wrong with an object, by the names of its members."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{name}: {message}" if name else message for name, message in found))
        self.found = found


def members(said: Any, kinds: Mapping[str, Kind], needed: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the members mean that are there and not null. Raises InvalidControl with all that is wrong."""
    try:
        return obj(kinds, needed)(said)  # type: ignore[no-any-return]
    except _Problems as problems:
        error = InvalidControl(message=str(problems))
        error.details = tuple(
            {"code": error.code, "target": name, "message": message} for name, message in problems.found
        )
        raise error from None


def obj(kinds: Mapping[str, Kind], needed: tuple[str, ...] = ()) -> Kind:
    """An object of such members and no others."""

    def read(said: Any) -> dict[str, Any]:
        if not isinstance(said, Mapping):
            raise _Problems([("", "an object is expected")])
        values: dict[str, Any] = {}
        found = [(name, "is missing") for name in needed if said.get(name) is None]
        for name, value in said.items():
            if name not in kinds:
                found.append((name, f"is not known; there are {', '.join(kinds)}"))
            elif value is not None:
                _put(values, found, name, kinds[name], value)
        if found:
            raise _Problems(found)
        return values

    return read


def _put(values: dict[str, Any], found: list[tuple[str, str]], name: str, kind: Kind, value: Any) -> None:
    try:
        values[name] = kind(value)
    except _Problems as inner:
        found += [(f"{name}.{each}" if each else name, message) for each, message in inner.found]
    except (ValueError, OverflowError) as problem:
        found.append((name, str(problem)))


def text(said: Any) -> str:
    if not isinstance(said, str) or not said:
        raise ValueError("a text is expected")
    return said


def texts(said: Any) -> list[str]:
    if not isinstance(said, list):
        raise ValueError("a list of texts is expected")
    return [text(each) for each in said]


def operation(said: Any) -> str:
    """The id of an operation, or what some ids fit: `*` stands for any text."""
    pattern = text(said)
    if not any(fits(pattern, each) for version in MODELS for each in operation_ids(version).values()):
        raise ValueError("no operation has such an id; /_mock/openapi.json lists them, and * stands for any text")
    return pattern


def flag(said: Any) -> bool:
    if not isinstance(said, bool):
        raise ValueError("true or false is expected")
    return said


def mapping(said: Any) -> Mapping[str, Any]:
    """An object, whatever is in it."""
    if not isinstance(said, Mapping):
        raise ValueError("an object is expected")
    return said


def list_of(kind: Kind) -> Kind:
    """A list whose members are all of a kind."""

    def read(said: Any) -> list[Any]:
        if not isinstance(said, list):
            raise ValueError("a list is expected")
        return [kind(each) for each in said]

    return read


def whole(least: int, most: int = 1_000_000_000) -> Kind:
    """A whole number of that range."""

    def read(said: Any) -> int:
        if type(said) is not int or not least <= said <= most:
            raise ValueError(f"a whole number from {least} to {most} is expected")
        return said

    return read


def share(said: Any) -> float:
    """A number above 0, up to 1."""
    if type(said) not in (int, float) or not 0 < said <= 1:
        raise ValueError("a number above 0 and up to 1 is expected")
    return float(said)


def one_of(*words: str) -> Kind:
    def read(said: Any) -> Any:
        if said not in words:
            raise ValueError(f"one of {', '.join(words)} is expected")
        return said

    return read


def length(said: Any) -> timedelta:
    """A duration in whole seconds."""
    return duration(text(said))


def seconds(said: Any) -> float:
    """A duration above zero, in seconds, perhaps with a fraction."""
    found = fine_duration(text(said)).total_seconds()
    if not found:
        raise ValueError("a duration above zero is expected")
    return found


def moment(said: Any) -> datetime:
    """A moment with its zone."""
    try:
        found = datetime.fromisoformat(text(said))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError("a moment such as 2031-05-06T07:08:09Z is expected")
    return found
