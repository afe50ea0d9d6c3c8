"""What came of reading a fixture's text, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mockserver.seed.problems import Finding, LinesOf, no_lines


@dataclass(frozen=True)
class Read:
    """What a text says, the findings of reading it, and a way to find lines in it."""

    value: Any
    findings: list[Finding] = field(default_factory=list)
    lines_of: LinesOf = no_lines
