"""What a value in a fixture, or in what the control API is told, may be: said once, for the check, for the message and
for the JSON Schema.

A value is of a kind as it stands or refused; nothing is guessed, so "yes" is no boolean and 5 is no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from mockserver.core.duration import DURATION
from mockserver.core.edm import (
    BINARY,
    BOOLEAN,
    DATE_TIME_OFFSET,
    GUID,
    INT32,
    SENTINEL,
    STREAM,
    STRING,
    TIME_OF_DAY,
    EnumType,
    PrimitiveType,
)
from mockserver.seed.problems import shown, suggestion

_LONGEST_GUESS = 64


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of value: which values are of it, what to call it, its JSON Schema, and what such a value means."""

    wanted: str
    takes: Callable[[Any], bool]
    schema: Mapping[str, Any]
    means: Callable[[Any], Any] | None = None
    """Only for what is asked of the control API; a fixture's values stay as they are. May raise ValueError."""

    def refusal(self, value: Any) -> str:
        """What to say of a value that is not of this kind."""
        if isinstance(value, str) and len(value) < _LONGEST_GUESS:
            return f"{shown(value)} is not {self.wanted}{suggestion(value, self.schema.get('enum', ()))}"
        in_quotes = isinstance(value, bool | int | float) and self.takes(shown(value))
        return f"{shown(value)} is not {self.wanted}{'; put it in quotes' if in_quotes else ''}"


def _is_text(value: Any) -> bool:
    return type(value) is str and "\0" not in value and (value.isascii() or _can_be_sent(value))


def _can_be_sent(text: str) -> bool:
    """Half of a surrogate pair is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _by(check: Callable[[str], object]) -> Callable[[Any], bool]:
    """Takes the text for which `check` is true; the same few texts come again and again."""
    known = lru_cache(4096)(lambda text: bool(check(text)))
    return lambda value: type(value) is str and known(value)


def _matching(wanted: str, pattern: str) -> Kind:
    match = re.compile(pattern).fullmatch

    def takes(value: Any) -> bool:
        return type(value) is str and match(value) is not None and _is_text(value)

    return Kind(wanted, takes, {"type": "string", "pattern": f"^{pattern}$"})


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def whole_number(least: int, most: int) -> Kind:
    """A whole number within these bounds, both included."""

    def takes(value: Any) -> bool:
        return type(value) is int and least <= value <= most

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Kind(f"a whole number from {least} to {most}", takes, schema)


def one_of(names: Iterable[str]) -> Kind:
    """One of these words, spelled exactly so."""
    words = list(names)
    return Kind(f"one of {', '.join(words)}", _by(frozenset(words).__contains__), {"type": "string", "enum": words})


def one_of_or_id(names: Iterable[str]) -> Kind:
    """One of these words, or a GUID."""
    words = one_of(names)
    schema = {"type": "string", "anyOf": [{"enum": words.schema["enum"]}, {"pattern": ID.schema["pattern"]}]}
    return Kind(f"{words.wanted}, or a GUID", lambda value: words.takes(value) or ID.takes(value), schema)


@lru_cache
def member_of(enum: EnumType) -> Kind:
    """A constant of an enumeration, published or observed; the sentinel stands for no value."""
    names = [name for name in (*enum.members, *enum.observed) if name != SENTINEL]
    if not enum.flags:
        return one_of(names)
    one = "|".join(names)
    return _matching(f"one or more of {', '.join(names)}, with commas between them", rf"(?:{one})(?:,(?:{one}))*")


TEXT = Kind("text", _is_text, {"type": "string"})
NAME = Kind("a name", lambda value: _is_text(value) and value.strip() != "", {"type": "string", "pattern": r"\S"})
TRUTH = Kind("true or false", lambda value: type(value) is bool, {"type": "boolean"})
ID = _matching("a GUID", r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
VERSION = _matching("a version of four numbers, such as 1.5.4522.0", r"\d{1,9}(?:\.\d{1,9}){3}")
DOMAIN = _matching("a domain, such as contoso.onmicrosoft.com", r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
PRINCIPAL_NAME = _matching("a userPrincipalName, such as amy@contoso.onmicrosoft.com", r"[^@\s]+@[^@\s]+")
SOME_TEXT = Kind(
    "a text with something in it",
    lambda value: _is_text(value) and value != "",
    {**TEXT.schema, "minLength": 1},
)
CERTIFICATE = _matching(
    "a certificate as PEM", r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\n?"
)
PERMISSION = _matching("a permission, such as Directory.Read.All", r"[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
ROLE_NAME = Kind(
    "a name of at most 100 characters",
    lambda value: NAME.takes(value) and len(value) <= 100,
    {**NAME.schema, "maxLength": 100},
)
HOW_LONG_AGO = _matching("an ISO 8601 duration, such as PT0S, PT3H or P2D", DURATION)
_RANGE = _matching("a range", r"[0-9]{1,5}(?:-[0-9]{1,5})?")
PORTS = Kind(
    "a port or a range of ports, such as 443 or 8000-8010",
    lambda value: type(value) is int or _RANGE.takes(value),
    {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 65535}, _RANGE.schema]},
)
"""As a number too, because that is what an unquoted port is; which ports there are, the model says."""
ADDRESS = Kind(
    "an IPv4 or IPv6 address",
    _by(_is_address),
    {"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
)
TIME = _matching("a time of day, such as 23:30:00", r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,12})?")
MOMENT = Kind(
    "a date and time, such as 2031-05-06T07:08:09Z",
    _by(_is_moment),
    {"type": "string", "format": "date-time"},
)

OF_TYPE: Mapping[PrimitiveType, Kind] = {
    BINARY: TEXT,
    BOOLEAN: TRUTH,
    TIME_OF_DAY: TIME,
    DATE_TIME_OFFSET: MOMENT,
    GUID: ID,
    INT32: whole_number(-(2**31), 2**31 - 1),
    STREAM: TEXT,
    STRING: TEXT,
}
"""The types that occur in what a fixture describes; a declaration with another one has to add it here."""
