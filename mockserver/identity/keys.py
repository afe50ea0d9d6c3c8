"""The key that tokens are signed with: RS256, made on first use and kept, so that a token outlives a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from jwt.utils import base64url_encode

from mockserver.identity.kept import alone, data_folder, make_private, write

ALGORITHM = "RS256"
"""Entra signs with nothing else."""


@dataclass(frozen=True, eq=False)
class Key:
    """A private key and what the world may know of it."""

    private: rsa.RSAPrivateKey

    @cached_property
    def public(self) -> rsa.RSAPublicKey:
        return self.private.public_key()

    @cached_property
    def id(self) -> str:
        """Follows from the key alone, so that two processes with one key publish the same."""
        from hashlib import sha256

        der = self.public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64url_encode(sha256(der).digest()).decode()[:27]

    @cached_property
    def published(self) -> Mapping[str, Any]:
        """As `/discovery/v2.0/keys` lists it (RFC 7517)."""
        numbers = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.public))
        return {"kty": "RSA", "use": "sig", "kid": self.id, "x5t": self.id, "n": numbers["n"], "e": numbers["e"]}

    def signed(self, claims: Mapping[str, Any]) -> str:
        """The claims as a JWT."""
        return jwt.encode(dict(claims), self.private, ALGORITHM, headers={"kid": self.id, "x5t": self.id})


def new_key() -> Key:
    """A key nobody has seen; some tenths of a second."""
    return Key(rsa.generate_private_key(public_exponent=65537, key_size=2048))


@lru_cache(maxsize=8)
def local_key(folder: Path | None = None) -> Key:
    """The kept key. Raises OSError where the folder cannot be used."""
    folder = folder or data_folder() / "tokens"
    path = folder / "key.pem"
    make_private(folder)
    with alone(folder):
        try:
            return _read(path)
        except (FileNotFoundError, ValueError):
            made = new_key()
            write(path, made.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            return made


def _read(path: Path) -> Key:
    """Raises ValueError where the file holds no such key; a new one then takes its place."""
    private = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise ValueError(f"{path} holds no RSA key")
    return Key(private)
