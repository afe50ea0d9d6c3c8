"""Ids that follow from names: the same on every machine and in every run."""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID, uuid5

_NAMESPACE = UUID("6d6f636b-7365-4276-a572-736565640000")
"""Where the names of this format live. Never change it: every derived id would change."""

_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
"""RFC 9562: the two highest bits of this digit are 10."""


class Ids:
    """The ids of one tenant; another `defaultDomain` gives other ids."""

    def __init__(self, domain: str) -> None:
        self.tenant = str(uuid5(_NAMESPACE, domain.lower()))
        self._prefix = sha1(UUID(self.tenant).bytes, usedforsecurity=False)

    def of(self, kind: str, name: str) -> str:
        """`uuid5(tenant, "kind:name")`, in a quarter of the time that `uuid5` takes."""
        digest = self._prefix.copy()
        digest.update(f"{kind}:{name}".encode())
        text = digest.hexdigest()
        return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:32]}"
