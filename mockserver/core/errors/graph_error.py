"""The root of all refusals, the branch that most of them are on, and how a word of the request is repeated."""

from __future__ import annotations

import reprlib
from typing import ClassVar, Self

_LONGEST_ECHO = 200
_LONGEST_EXPLANATION = 1000


class GraphError(Exception):
    """A refusal as Microsoft Graph words it."""

    status: int = 500
    code: str = "generalException"
    text: ClassVar[str] = "{message}"
    verified: ClassVar[bool] = True
    inner: ClassVar[dict[str, str]] = {}
    """What innerError carries besides the usual."""
    source: ClassVar[str] = ""

    def __init__(self, **words: object) -> None:
        self.message = self.text.format_map(
            {name: word if name == "message" else echoed(word) for name, word in words.items()}
        )
        self.details: tuple[dict[str, str], ...] = ()
        self.explanation = ""
        super().__init__(self.message)

    def explained(self, explanation: str) -> Self:
        """The same, saying in a header what the service keeps to itself, so that the body stays as it has it."""
        printable = (each if " " <= each <= "~" else "?" for each in explanation[:_LONGEST_EXPLANATION])
        self.explanation = "".join(printable)
        return self

    @property
    def headers(self) -> dict[str, str]:
        """What the answer carries besides the usual headers."""
        said = {} if self.verified else {"x-mock-unverified": "true"}
        return said | {"x-mock-explain": self.explanation} if self.explanation else said


def echoed(word: object) -> str:
    """A word of the request as a refusal repeats it: cut where it is very long."""
    text = word if isinstance(word, str) else reprlib.repr(word)
    return text if len(text) <= _LONGEST_ECHO else text[:_LONGEST_ECHO] + "..."


class BadRequest(GraphError):
    status, code = 400, "BadRequest"


def all_errors(root: type[GraphError] = GraphError) -> list[type[GraphError]]:
    """Every class of the tree below `root`, each branch in the order in which its classes came to be."""
    return [found for each in root.__subclasses__() for found in (each, *all_errors(each))]
