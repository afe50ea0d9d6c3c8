"""Where documentation and service disagree, a behaviour says which of them a tenant follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PROFILES = ("observed", "documented", "strict")


@dataclass(frozen=True)
class Quirk:
    """One disagreement: what each profile does about it, what else may be chosen, and how it is known."""

    name: str
    """Its number in the evidence, such as `Q1`."""
    title: str
    observed: Any
    documented: Any
    strict: Any
    source: str
    also: tuple[Any, ...] = ()
    """Choices that no profile makes."""
    verified: bool = True
    """False: no source shows what the service really does."""
    form: str | None = None
    """A pattern: anything that matches may be chosen."""

    def __post_init__(self) -> None:
        if len({type(choice) for choice in self.choices}) > 1:
            raise ValueError(f"{self.name} mixes kinds of choices: {self.choices}")

    @property
    def choices(self) -> tuple[Any, ...]:
        return tuple(dict.fromkeys((self.observed, self.documented, self.strict, *self.also)))

    def choice(self, text: str) -> Any:
        """The choice that is written so. Raises ValueError, naming the choices, where there is none.

        A quirk whose choices are numbers of something (reads, seconds) takes any such number.
        """
        if self.also == (COUNT,) and text.isdecimal():
            return int(text)
        if self.form is not None:
            return self._formed(text)
        for choice in self.choices:
            if choice is not COUNT and text.lower() == str(choice).lower():
                return choice
        raise ValueError(f"{self.name} is one of {', '.join(map(str, self.choices))}, not {text!r}")

    def _formed(self, text: str) -> str:
        if not re.fullmatch(self.form or "", text):
            raise ValueError(f"{self.name} is written like {self.observed}, not {text!r}")
        return text


COUNT = -1
"""As the only entry of `Quirk.also`: any whole number from 0 will do."""


class Behaviour:
    """The choice made for every quirk: those of a profile, but for the ones chosen alone.

    Immutable. `behaviour[CREATED_STATUS]` is the choice for that quirk.
    """

    def __init__(self, quirks: Iterable[Quirk], profile: str, alone: Mapping[str, Any] | None = None) -> None:
        if profile not in PROFILES:
            raise ValueError(f"a behaviour is one of {', '.join(PROFILES)}, not {profile!r}")
        self.profile = profile
        self.alone = dict(alone or {})
        self._choices = {each.name: getattr(each, profile) for each in quirks} | self.alone

    def __getitem__(self, quirk: Quirk) -> Any:
        return self._choices[quirk.name]

    def __str__(self) -> str:
        return ",".join((self.profile, *(f"{name}={choice}" for name, choice in self.alone.items())))

    @classmethod
    def parse(cls, text: str, quirks: Iterable[Quirk]) -> Behaviour:
        """The behaviour written as `observed` or `observed,Q1=201`. Raises ValueError with a sentence."""
        table = {each.name: each for each in quirks}
        profile, *rest = (part.strip() for part in text.split(","))
        alone = {}
        for part in rest:
            name, _, choice = part.partition("=")
            if name not in table:
                raise ValueError(f"there is no behaviour {name!r}; the README lists them")
            alone[name] = table[name].choice(choice)
        return cls(table.values(), profile, alone)
