"""What a running mock is set to, as one value: made by the command line, shown by the control API."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

AUTHS = ("lenient",)
CLOCKS = ("live", "frozen")


@dataclass(frozen=True)
class Settings:
    """The options of `mockserver serve` (interface.md 1). Raises ValueError for a word that is none of its choices."""

    tenant: str = "contoso"
    auth: str = "lenient"
    behaviour: str = "observed"
    clock: str = "live"
    seed: int = 0
    host: str = "127.0.0.1"
    port: int = 8365
    https_port: int | None = 8366
    external_url: str = ""
    control_token: str = ""
    sandboxes: int = 10_000
    """How many there may be besides the default one."""
    journal: int = 1_000
    """How many requests each of them remembers."""

    def __post_init__(self) -> None:
        for name, choices in (("auth", AUTHS), ("clock", CLOCKS)):
            chosen = getattr(self, name)
            if chosen not in choices:
                raise ValueError(f"{name} is one of {', '.join(choices)}, not {chosen!r}")

    def shown(self) -> dict[str, Any]:
        """All of them, but that a token is only said to be there."""
        return {**asdict(self), "control_token": bool(self.control_token)}
