"""Reading a text from left to right: white space, tokens, names, literals, and what to say where none of them fits."""

from __future__ import annotations

import re
from typing import NoReturn

from mockserver.core.errors import NotImplementedByMock
from mockserver.odata import texts
from mockserver.odata.literals import EnumLiteral, Literal, read

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\s*([A-Za-z]+)(?=[\s(]|$)")
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_REFUSED = re.compile(r"\$(?:it|root|this|filter|each|value)(?!\w)|@[\w.]+\.\w+", re.IGNORECASE)
_STARTS_NOTHING = re.compile(r"[^\w\s'()@$*,./:;=+-]")


class Scanner:
    """A text, and how far it has been read.

    `exact` takes words in their own letter case only. `clause` is the prefix of what is said of the text.
    """

    def __init__(self, text: str, *, exact: bool = False, clause: str = "") -> None:
        self.text, self.exact, self.clause = text, exact, clause
        self.at = 0

    def folded(self, word: str) -> str:
        return word if self.exact else word.lower()

    def ahead(self) -> int:
        """Where the white space that stands here ends."""
        found = _SPACE.match(self.text, self.at)
        return found.end() if found else self.at

    def at_end(self) -> bool:
        return self.ahead() == len(self.text)

    def touches(self, character: str) -> bool:
        """Whether that character comes next, with no white space before it."""
        return self.text.startswith(character, self.at)

    def takes(self, token: str) -> bool:
        """Whether `token` comes next, in any letter case; then it is read."""
        self.at = self.ahead()
        taken = self.text[self.at : self.at + len(token)].lower() == token
        self.at += len(token) if taken else 0
        return taken

    def expect(self, token: str) -> None:
        if not self.takes(token):
            self.stop()

    def found(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What comes next, if it fits the pattern; then it is read."""
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match

    def name(self) -> str:
        if _REFUSED.match(self.text, self.at):
            self.stop()
        return (self.found(_NAME) or self.stop())[0]

    def operator(self) -> str:
        """The word that comes next if it stands as operators do, or nothing. It is not read."""
        found = _WORD.match(self.text, self.at)
        return self.folded(found[1]) if found else ""

    def literal(self) -> Literal | EnumLiteral | None:
        self.at = self.ahead()
        found = read(self.text, self.at, exact=self.exact)
        if found is None:
            return None
        literal, self.at = found
        return literal

    def stop(self) -> NoReturn:
        """Says what is wrong with what comes next."""
        self.at = self.ahead()
        refused = _REFUSED.match(self.text, self.at)
        if refused:
            raise NotImplementedByMock(message=f"The mock does not implement {refused[0]} in an expression.")
        if self.touches("'") and read(self.text, self.at) is None:
            raise texts.refusal(texts.UNTERMINATED, self.clause, position=len(self.text), text=self.text)
        text = texts.CHARACTER if _STARTS_NOTHING.match(self.text, self.at) else texts.SYNTAX
        character = self.text[self.at : self.at + 1]
        raise texts.refusal(text, self.clause, position=self.at, text=self.text, character=character)
