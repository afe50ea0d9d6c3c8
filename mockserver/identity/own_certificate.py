"""A certificate that the user brings along, instead of the local one."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mockserver.identity.certificate import Certificate, CertificateError


def own_certificate(chain: Path, key: Path) -> Certificate:
    """The listener's files, once they are what it can serve with: PEM, and the key without a passphrase. Raises
    CertificateError.

    Clients have to trust who signed it, or the chain itself.
    """
    _read(chain, "chain of certificates", x509.load_pem_x509_certificates)
    if not _is_served(_read(key, "key without a passphrase", lambda pem: load_pem_private_key(pem, None))):
        raise CertificateError(f"The key in {key} is none of RSA with 2048 to 4096 bits, P-256, P-384 and Ed25519.")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key)
    except ssl.SSLError as error:
        raise CertificateError(f"{chain} and {key} are no certificate and its key: {error.reason}.") from error
    return Certificate(ca=chain, chain=chain, key=key)


def _read(file: Path, what: str, read: Callable[[bytes], Any]) -> Any:
    try:
        return read(file.read_bytes())
    except OSError as error:
        raise CertificateError(f"Cannot read {file}: {error.strerror}.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:  # TypeError: a passphrase is wanted
        raise CertificateError(f"There is no {what} in {file}, or not as PEM.") from error


def _is_served(key: object) -> bool:
    """Whether the listener can sign with it; with any other key its threads would end the process."""
    if isinstance(key, RSAPrivateKey):
        return 2048 <= key.key_size <= 4096
    if isinstance(key, EllipticCurvePrivateKey):
        return isinstance(key.curve, SECP256R1 | SECP384R1)
    return isinstance(key, Ed25519PrivateKey)
