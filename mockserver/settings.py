"""What a running mock is set to, as one value: made by the command line, shown by the control API."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from mockserver.identity.access import MODES

AUTHS = MODES
DEMO_IDENTITIES = ("loopback", "everywhere", "off")
CLOCKS = ("live", "frozen")


@dataclass(frozen=True)
class Addresses:
    """Where a mock listens, as URLs."""

    http: str
    https: str | None = None
    proxy: str | None = None


@dataclass(frozen=True)
class Settings:
    """The options of `mockserver serve` (interface.md 1), and what became of them once its ports were bound.

    Raises ValueError for a word that is none of its choices.
    """

    tenant: str = "contoso"
    auth: str = "lenient"
    demo_identity: str = "loopback"
    auto_approve: bool = False
    behaviour: str = "observed"
    clock: str = "live"
    seed: int = 0
    host: str = "127.0.0.1"
    port: int = 8365
    https_port: int | None = 8366
    proxy_port: int | None = None
    certificate: str = ""
    key: str = ""
    state: str = ""
    """The file that sandboxes are kept in; empty where they last as long as the process."""
    external_url: str = ""
    control_token: str = ""
    sandboxes: int = 10_000
    """How many there may be besides the default one."""
    journal: int = 1_000
    """How many requests each of them remembers."""
    init: str = ""
    """A folder of fixtures, each of which becomes a sandbox of its name; `default.yaml` is the default one."""
    story: bool = False
    """Whether there is a sandbox for each chapter of what `mockserver demo` tells."""
    addresses: Addresses | None = None
    """None in process, where nothing listens."""
    is_restored: bool = False
    """Whether the state file was there already: tenant, behaviour, clock and seed are then what it says."""
    ca_certificate: str | None = None
    """The file by which clients know the https listener."""

    def options(self) -> dict[str, Any]:
        """As they were given, but that a token is only said to be there."""
        shown = {**asdict(self), "control_token": bool(self.control_token)}
        del shown["addresses"], shown["ca_certificate"], shown["is_restored"]
        return shown

    def __post_init__(self) -> None:
        for name, choices in (("auth", AUTHS), ("demo_identity", DEMO_IDENTITIES), ("clock", CLOCKS)):
            chosen = getattr(self, name)
            if chosen not in choices:
                raise ValueError(f"{name} is one of {', '.join(choices)}, not {chosen!r}")

    def shown(self) -> dict[str, Any]:
        """The options, and what became of them."""
        addresses = asdict(self.addresses) if self.addresses else None
        became = {"addresses": addresses, "caCertificate": self.ca_certificate, "isRestored": self.is_restored}
        return {**self.options(), **became}
