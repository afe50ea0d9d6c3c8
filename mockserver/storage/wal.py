"""The write-ahead log beside a state file, which SQLite reads up to the first frame that is not sound.

That is right for a log that a killed process left, whose last transaction may be half written. It is not where another
commit follows, because then what was acknowledged would be passed over in silence.
https://www.sqlite.org/fileformat2.html#walformat
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from mockserver.storage.refusing import Damaged

_MAGIC = 0x377F0682
"""The last bit says that checksums are of big-endian words."""

_HEADER, _FRAME_HEADER = 32, 24
_NO_COMMIT = bytes(4)

Sum = tuple[int, int]


def check_log(path: Path) -> None:
    """Raises Damaged where commits are lost that were written after the damage."""
    log = path.with_name(f"{path.name}-wal")
    content = log.read_bytes() if log.exists() else b""
    if not content:
        return
    if len(content) < _HEADER:
        raise Damaged("its log is cut off")
    magic, _, size, _, *_ = struct.unpack(">8I", content[:_HEADER])
    order = ">" if magic & 1 else "<"
    found = _sum(order, content[: _HEADER - 8], (0, 0))
    if magic & ~1 != _MAGIC or found != struct.unpack(">2I", content[_HEADER - 8 : _HEADER]):
        raise Damaged("its log has a wrong head")
    salts = content[16:24]
    frames = list(_frames(content, size))
    for number, frame in enumerate(frames):
        found = _sum(order, frame[_FRAME_HEADER:], _sum(order, frame[:8], found))
        if frame[8:16] != salts or found != struct.unpack(">2I", frame[16:24]):
            if any(later[8:16] == salts and later[4:8] != _NO_COMMIT for later in frames[number + 1 :]):
                raise Damaged("its log has a hole")
            return


def _frames(content: bytes, size: int) -> Iterator[bytes]:
    whole = _FRAME_HEADER + size
    for start in range(_HEADER, len(content) - whole + 1, whole):
        yield content[start : start + whole]


def _sum(order: str, words: bytes, before: Sum) -> Sum:
    """The checksum goes on from that of what came before."""
    one, other = before
    for first, second in struct.iter_unpack(f"{order}2I", words):
        one = (one + first + other) & 0xFFFFFFFF
        other = (other + second + one) & 0xFFFFFFFF
    return one, other
