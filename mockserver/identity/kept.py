"""Files that are made on first use and kept for this user alone: the certificate of https, the key of tokens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def data_folder() -> Path:
    """Where they are: MOCKSERVER_DATA, or the folder that the system has for such things."""
    named = os.environ.get("MOCKSERVER_DATA")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("mockserver", appauthor=False))


def make_private(folder: Path) -> None:
    """The folder, for its owner only. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write(path: Path, content: bytes) -> None:
    """Puts the whole file in place at once, for its owner only."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600, exist_ok=False)
    new.write_bytes(content)
    new.replace(path)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps other processes out; the system lets go of it even if this one is killed."""
    with (folder / "lock").open("ab") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
