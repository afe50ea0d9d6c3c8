"""A certificate that the user brings along: which ones the https listener takes, and what is said of the others."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse

import httpx
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from mockserver.identity.certificate import CertificateError
from mockserver.identity.own_certificate import own_certificate
from mockserver.server import BackgroundServer, Listeners

PKCS8, TRADITIONAL = PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL


def rsa_key(size: int) -> Any:
    return rsa.generate_private_key(65537, size)


def self_signed(folder: Path, key: Any, form: PrivateFormat = PKCS8, encryption: Any = None) -> tuple[Path, Path]:
    """As `openssl req -x509` makes one for localhost: the files of certificate and key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey) else SHA256())
    )
    folder.mkdir(exist_ok=True)
    (folder / "chain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, form, encryption or NoEncryption()))
    return folder / "chain.pem", folder / "key.pem"


def said(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", [])
    return [b"said"]


def refusal(chain: Path, key: Path) -> str:
    with pytest.raises(CertificateError) as refused:
        own_certificate(chain, key)

    return str(refused.value)


@pytest.mark.parametrize(
    ("key", "form"),
    [
        (rsa_key(2048), PKCS8),
        (rsa_key(2048), TRADITIONAL),
        (rsa_key(4096), PKCS8),
        (ec.generate_private_key(ec.SECP256R1()), PKCS8),
        (ec.generate_private_key(ec.SECP256R1()), TRADITIONAL),
        (ec.generate_private_key(ec.SECP384R1()), PKCS8),
        (ed25519.Ed25519PrivateKey.generate(), PKCS8),
    ],
    ids=["RSA 2048", "RSA 2048 as PKCS 1", "RSA 4096", "P-256", "P-256 as SEC 1", "P-384", "Ed25519"],
)
def test_a_self_signed_one_is_served_and_is_what_clients_are_to_trust(
    tmp_path: Path, key: Any, form: PrivateFormat
) -> None:
    own = own_certificate(*self_signed(tmp_path, key, form))
    trusting = ssl.create_default_context(cafile=str(own.ca))

    with BackgroundServer(Listeners(certificate=own), said) as at:
        assert httpx.get(str(at.https), verify=trusting, trust_env=False).text == "said"


def test_a_chain_and_its_key_may_be_in_one_file(tmp_path: Path) -> None:
    leaf = trustme.CA().issue_cert("localhost")
    file = tmp_path / "both.pem"
    leaf.private_key_and_cert_chain_pem.write_to_path(str(file))

    assert own_certificate(file, file).chain == file


@pytest.mark.parametrize(
    "key",
    [rsa_key(1024), ec.generate_private_key(ec.SECP521R1()), ec.generate_private_key(ec.SECP256K1()),
     ed448.Ed448PrivateKey.generate()],
    ids=["RSA 1024", "P-521", "secp256k1", "Ed448"],
)  # fmt: skip
def test_a_key_that_the_listener_cannot_sign_with_is_refused(tmp_path: Path, key: Any) -> None:
    chain, key_file = self_signed(tmp_path, key)

    assert refusal(chain, key_file).startswith(f"The key in {key_file} is none of RSA with 2048 to 4096 bits, ")


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    chain, _ = self_signed(tmp_path / "one", ec.generate_private_key(ec.SECP256R1()))
    _, key = self_signed(tmp_path / "other", ec.generate_private_key(ec.SECP256R1()))

    assert refusal(chain, key) == f"{chain} and {key} are no certificate and its key: KEY_VALUES_MISMATCH."


def test_a_key_with_a_passphrase_is_refused_without_asking_for_it(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    chain, file = self_signed(tmp_path, key, encryption=BestAvailableEncryption(b"open"))

    assert refusal(chain, file) == f"There is no key without a passphrase in {file}, or not as PEM."


def test_the_two_the_other_way_round_are_refused(tmp_path: Path) -> None:
    chain, key = self_signed(tmp_path, ec.generate_private_key(ec.SECP256R1()))

    assert refusal(key, chain) == f"There is no chain of certificates in {key}, or not as PEM."


@pytest.mark.parametrize(
    "content", [b"", b"junk", b"\xff\xfe", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_refused(tmp_path: Path, content: bytes) -> None:
    chain, key = self_signed(tmp_path, ec.generate_private_key(ec.SECP256R1()))
    chain.write_bytes(content)

    assert refusal(chain, key) == f"There is no chain of certificates in {chain}, or not as PEM."


@pytest.mark.parametrize(("missing", "reason"), [("nowhere.pem", "No such file or directory"), ("", "Is a directory")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, missing: str, reason: str) -> None:
    chain, key = self_signed(tmp_path, ec.generate_private_key(ec.SECP256R1()))
    unread = tmp_path / missing

    assert refusal(unread, key) == f"Cannot read {unread}: {reason}."
    assert refusal(chain, unread) == f"Cannot read {unread}: {reason}."
