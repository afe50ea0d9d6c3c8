"""The roots that programs trust anyway, and the mock's authority with them: a program that is told to trust a file
trusts nothing else, and would reach no other server.
"""

from __future__ import annotations

import re
import ssl
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from mockserver.identity.certificate import CertificateError
from mockserver.identity.kept import alone, make_private, write

CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""By which programs are told what to trust: requests and with it MSAL and the Azure CLI; OpenSSL, httpx, .NET and Go;
curl; Node (clients.md 1.1, 2.1, 3.1).
"""

_SYSTEM = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where Linux distributions and macOS keep their roots (as Go's crypto/x509 looks for them)."""

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


def bundle(ca: Path, folder: Path, variables: Mapping[str, str]) -> Path:
    """A file in that folder: what these environment variables have programs trust, or else the system's roots, and the
    authority in `ca`, by which it is named: shells that were told of another mock keep theirs.

    Raises CertificateError where a file cannot be read or written.
    """
    try:
        own = ca.read_bytes()
        path = folder / f"bundle-{sha256(own).hexdigest()[:8]}.pem"
        roots = dict.fromkeys((*_trusted(variables), *_certificates(ca)))
        make_private(folder)
        with alone(folder):
            write(path, "".join(map(ssl.DER_cert_to_PEM_cert, roots)).encode())
    except CertificateError:
        raise
    except OSError as error:
        raise CertificateError(f"Cannot bundle {ca} with what is trusted, in {folder}: {error}.") from error
    return path


def _trusted(variables: Mapping[str, str]) -> Iterator[bytes]:
    """Certificates, each as DER."""
    named = [Path(variables[name]) for name in CA_VARIABLES if variables.get(name)]
    files = [file for each in named for file in _files(each)]
    yield from _in(files) if files else _of_system()


def _files(path: Path) -> list[Path]:
    """The file, or those of the folder: requests takes either."""
    if path.is_dir():
        return sorted(each for each in path.iterdir() if each.is_file())
    return [path] if path.is_file() else []


def _of_system() -> Iterator[bytes]:
    # What Python was built to trust, which on Windows is the system's store, and what the system keeps in a file.
    yield from ssl.create_default_context().get_ca_certs(binary_form=True)
    yield from _in(Path(each) for each in _SYSTEM if Path(each).is_file())


def _in(files: Iterable[Path]) -> Iterator[bytes]:
    for file in files:
        yield from _certificates(file)


def _certificates(file: Path) -> Iterator[bytes]:
    for each in _PEM.findall(file.read_bytes()):
        try:
            yield b64decode(each)
        except ValueError as error:
            raise CertificateError(f"There is a broken certificate in {file}.") from error
