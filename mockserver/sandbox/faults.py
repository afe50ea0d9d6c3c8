"""Answers that were ordered: failures, delays and broken connections for the requests that match (R61)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from mockserver.core.errors import TooManyFaults, UnknownFault
from mockserver.sandbox.draws import chance

_MOST = 1_000


class Asked(NamedTuple):
    """A request as far as a fault may look at it."""

    method: str
    path: str
    """From the version on, decoded, without a slash at the end: `/beta/applications`."""
    operation: Callable[[], str | None]
    """The id of its operation; costs something to find out."""
    whole: bool = True
    """False for one that is part of a batch, which has no connection of its own."""


@dataclass(frozen=True)
class Match:
    """Which requests are meant; what is not said matches all. `*` in a path or an operation stands for any text."""

    method: str | None = None
    path: str | None = None
    operation: str | None = None
    nth: int | None = None
    """Of those that match the rest, counted from when the fault was made, only this one."""

    def fits(self, asked: Asked) -> bool:
        """Whether it is one of these, whichever its number."""
        if self.method is not None and self.method.upper() != asked.method:
            return False
        if self.path is not None and not fits(self.path, asked.path):
            return False
        return self.operation is None or fits(self.operation, asked.operation() or "")


@dataclass(frozen=True)
class Fault:
    """What happens to the requests that match: a delay, then an answer of its own, none, or half of the real one."""

    match: Match = Match()
    times: int | None = None
    """How often it strikes at most."""
    probability: float = 1.0
    delay: float = 0.0
    """In seconds."""
    status: int | None = None
    code: str = ""
    retry_after: int | None = None
    drop: bool = False
    """The connection is closed without an answer."""
    truncate: bool = False
    """It is closed in the middle of the answer's body."""
    expires: float | None = None
    """When it is over, as seconds since 1970."""
    id: str = ""
    matched: int = 0
    struck: int = 0
    """How many requests have matched, and how many of them it has struck."""

    @property
    def needs_a_connection(self) -> bool:
        return self.drop or self.truncate


@dataclass(frozen=True)
class Faults:
    """All that were ordered, in their order, and how many lots have been drawn for them."""

    rules: tuple[Fault, ...] = ()
    made: int = 0
    drawn: int = 0

    def with_(self, fault: Fault) -> tuple[Faults, Fault]:
        """These and that one, with an id and its counts at zero. Raises TooManyFaults."""
        if len(self.rules) >= _MOST:
            raise TooManyFaults(limit=_MOST)
        named = replace(fault, id=f"f{self.made + 1}", matched=0, struck=0)
        return replace(self, rules=(*self.rules, named), made=self.made + 1), named

    def without(self, key: str) -> Faults:
        """These but that one. Raises UnknownFault."""
        left = tuple(each for each in self.rules if each.id != key)
        if len(left) == len(self.rules):
            raise UnknownFault(id=key)
        return replace(self, rules=left)

    def cleared(self) -> Faults:
        """None of them; ids and lots go on."""
        return replace(self, rules=())

    def strike(self, asked: Asked, now: float, seed: int) -> tuple[Faults, Fault | None]:
        """The first that strikes the request, if any does, and all of them after that."""
        rules, drawn = list(self.rules), self.drawn
        for position, rule in enumerate(rules):
            if not _stands(rule, asked, now) or not rule.match.fits(asked):
                continue
            rules[position] = rule = replace(rule, matched=rule.matched + 1)
            if rule.match.nth not in (None, rule.matched):
                continue
            if rule.probability < 1:
                drawn += 1
                if chance(seed, drawn) >= rule.probability:
                    continue
            rules[position] = rule = replace(rule, struck=rule.struck + 1)
            return replace(self, rules=tuple(rules), drawn=drawn), rule
        return replace(self, rules=tuple(rules), drawn=drawn), None


def _stands(rule: Fault, asked: Asked, now: float) -> bool:
    """Whether it may strike anything any more, and such a request at all."""
    over = rule.expires is not None and now >= rule.expires
    used_up = rule.times is not None and rule.struck >= rule.times
    return not over and not used_up and (asked.whole or not rule.needs_a_connection)


def fits(pattern: str, text: str) -> bool:
    """Whether the text is the pattern, in any letter case, with any text in the place of each `*`."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    first, *rest = map(re.escape, pattern.split("*"))
    # The atomic groups keep it from trying every combination of what the stars may stand for.
    middle = "".join(f"(?>.*?{each})" for each in rest[:-1])
    return re.compile(first + middle + (f".*{rest[-1]}" if rest else ""), re.IGNORECASE | re.DOTALL)
