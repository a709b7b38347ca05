# SPDX-License-Identifier: GPL-2.0-or-later
"""gzip that does not pack (RFC 1952 around the stored blocks of RFC 1951).

zlib's level 0 makes the same of it, but copies all of it three times on the way.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from zlib import crc32

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""No name, no time, made on an unknown system."""
_BLOCK = struct.Struct("<BHH")
"""Whether it is the last one, the length, and its complement."""
_TAIL = struct.Struct("<II")
_MOST = 0xFFFF


def stored(parts: Iterable[bytes]) -> bytes:
    """One stream of all parts."""
    found = [_HEAD]
    crc = size = 0
    for part in parts:
        crc = crc32(part, crc)
        size += len(part)
        found += _blocks(part)
    found += (_BLOCK.pack(1, 0, _MOST), _TAIL.pack(crc, size & 0xFFFFFFFF))
    return b"".join(found)


def _blocks(part: bytes) -> Iterator[bytes]:
    for at in range(0, len(part), _MOST):
        piece = part[at : at + _MOST]
        yield _BLOCK.pack(0, len(piece), len(piece) ^ _MOST)
        yield piece
