"""What a running mock is set to, as one value: made by the command line, shown by the control API."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Settings:
    """The options of `mockserver serve` (interface.md 1)."""

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

    def shown(self) -> dict[str, Any]:
        """All of them, but that a token is only said to be there."""
        return {**asdict(self), "control_token": bool(self.control_token)}
