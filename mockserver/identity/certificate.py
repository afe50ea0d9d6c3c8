"""The certificate of the https listener and the local authority that signed it, made on first use and kept.

Clients trust the authority by its file; nothing is ever put into the trust store of the system.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.identity.kept import alone, data_folder, make_private, write

if TYPE_CHECKING:
    import trustme

SERVICE_HOSTS = (
    "graph.microsoft.com",
    "login.microsoftonline.com",
    "management.azure.com",
    "login.microsoft.com",
    "login.windows.net",
    "sts.windows.net",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "login.microsoftonline.us",
    "management.usgovcloudapi.net",
    "microsoftgraph.chinacloudapi.cn",
    "login.chinacloudapi.cn",
    "login.partner.microsoftonline.cn",
    "management.chinacloudapi.cn",
)
"""The hosts that programs reach the mock at through a proxy: Graph, login and Azure Resource Manager, in the global
cloud and then in those of the US government and of China (learn.microsoft.com/graph/deployments, and the aliases of
login hosts that MSAL and azure-identity know).
"""

NAMES = ("localhost", "127.0.0.1", "::1", *SERVICE_HOSTS)

_CA, _CA_KEY, _CHAIN, _KEY = _FILES = ("ca.pem", "ca-key.pem", "chain.pem", "key.pem")
_RECORD = "record.json"
_VALID = timedelta(days=397)
"""What the strictest clients accept."""
_LEFT = timedelta(days=7)


class CertificateError(OSError):
    """A certificate, or the folder for it, cannot be used; the text is a sentence for the user."""


@dataclass(frozen=True)
class Certificate:
    """The files that a listener and its clients need."""

    ca: Path
    """What clients are to trust."""
    chain: Path
    key: Path


def local_certificate(folder: Path | None = None, now: datetime | None = None) -> Certificate:
    """The kept certificate while it is whole and has a week left, else a new one signed by the same authority."""
    folder = folder or data_folder() / "certificate"
    now = now or datetime.now(UTC)
    try:
        if not _is_good(folder, now):
            _make(folder, now)
    except OSError as error:
        reason = error.strerror or error
        raise CertificateError(
            f"The https certificate cannot be kept in {folder}: {reason}. MOCKSERVER_DATA can name another folder."
        ) from error
    return Certificate(ca=folder / _CA, chain=folder / _CHAIN, key=folder / _KEY)


@dataclass(frozen=True)
class _Record:
    """What was written, kept beside it: so a start needs no cryptography, and a half-written folder shows."""

    expires: datetime
    names: list[str]
    files: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> _Record | None:
        try:
            kept = json.loads((folder / _RECORD).read_bytes())
            expires = datetime.fromisoformat(kept["expires"]).astimezone(UTC)
            return cls(expires, list(kept["names"]), dict(kept["files"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        kept = {"expires": self.expires.isoformat(), "names": self.names, "files": self.files}
        write(folder / _RECORD, json.dumps(kept, indent=2).encode())

    def vouches_for(self, folder: Path, *files: str) -> bool:
        return all((folder / file).exists() and self.files.get(file) == _digest(folder / file) for file in files)


def _is_good(folder: Path, now: datetime) -> bool:
    record = _Record.read(folder)
    if record is None or record.names != list(NAMES) or record.expires - now < _LEFT:
        return False
    return record.vouches_for(folder, *_FILES)


def _make(folder: Path, now: datetime) -> None:
    make_private(folder)
    with alone(folder):
        if _is_good(folder, now):
            return
        issued = _issued(_authority(folder), now + _VALID)
        (folder / _RECORD).unlink(missing_ok=True)
        for name, content in issued.items():
            write(folder / name, content)
        _Record(now + _VALID, list(NAMES), {name: _digest(folder / name) for name in _FILES}).write(folder)


def _authority(folder: Path) -> trustme.CA:
    """The one before, which clients may trust by now, or a new one where its files are not as they were written."""
    # Slow to import, and needed once a year.
    import trustme

    record = _Record.read(folder)
    if record is not None and record.vouches_for(folder, _CA, _CA_KEY):
        return trustme.CA.from_pem((folder / _CA).read_bytes(), (folder / _CA_KEY).read_bytes())
    return trustme.CA(organization_name="mockserver", organization_unit_name="Local authority of the Graph mock")


def _issued(authority: trustme.CA, expires: datetime) -> dict[str, bytes]:
    leaf = authority.issue_cert(*NAMES, common_name="localhost", organization_name="mockserver", not_after=expires)
    return {
        _CA: authority.cert_pem.bytes(),
        _CA_KEY: authority.private_key_pem.bytes(),
        _CHAIN: b"".join(pem.bytes() for pem in leaf.cert_chain_pems),
        _KEY: leaf.private_key_pem.bytes(),
    }


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
