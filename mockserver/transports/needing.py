"""Client libraries are the user's choice: each is imported when first asked for, or the user told what to install."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class ClientLibraryMissing(ImportError):
    """A client was asked for whose library is not installed; the text says what to install."""


@contextmanager
def needing(package: str) -> Iterator[None]:
    """Imports what `pip install PACKAGE` brings. Raises ClientLibraryMissing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith("mockserver"):
            raise
        raise ClientLibraryMissing(
            f"{missing.name} is not installed, which this client needs: pip install {package}", name=missing.name
        ) from None
