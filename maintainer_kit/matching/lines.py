# SPDX-License-Identifier: GPL-2.0-or-later
"""Changed lines as numbers, by which changes are compared without their texts.

A line counts with its path and its sign, without white space. A number has 48 bits of BLAKE2b: of
100 million different lines (about what all commits of the Linux kernel change) a line that is none
of them is taken for one with a probability of 4 in ten million; and nobody finds by trial a line
that has the number of another one, and says something. Numbers are equal on all machines and in
all runs.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from hashlib import blake2b

from maintainer_kit.lazy.pattern import lazy_pattern

MOST_LINES = 10_000
"""So many lines of one change are kept, those with the smallest numbers: the same sample on both
sides (bottom-k: Broder, "On the resemblance and containment of documents", 1997)."""
_BYTES = 6
_PAD = b"\0\0"  # to the eight bytes that struct reads
_SPACE = b" \t\r\f\v"
_CHANGED = lazy_pattern(rb"\n([+-][^\n]+)")
# Four letters or digits of any script: "} else {" and "return;" say something, "});" does not.
_LETTER = rb"[^0-9A-Za-z\x80-\xff]*+[0-9A-Za-z\x80-\xff]"
_SAYS = lazy_pattern(_LETTER * 4)


def changed_lines(hunks: bytes) -> list[bytes]:
    """The added and removed lines of one file's hunks in order, with their signs, without white
    space; those that hold nothing else are left out. ``hunks`` begins with a newline."""
    bare = b"\n".join(_CHANGED.findall(hunks)).translate(None, _SPACE).split(b"\n")
    return [line for line in bare if len(line) > 1]


def telling(lines: Iterable[bytes]) -> set[bytes]:
    """The distinct ones that say something."""
    match = _SAYS.match
    return {line for line in set(lines) if match(line)}


def numbers(path: bytes, lines: Iterable[bytes]) -> tuple[int, ...]:
    """The number of each line of a file, in no particular order."""
    salt = blake2b(path, digest_size=16).digest()
    digests = [blake2b(line, digest_size=_BYTES, salt=salt).digest() for line in lines]
    packed = _PAD.join(digests) + _PAD if digests else b""
    return struct.unpack(f"<{len(digests)}Q", packed)


def kept(found: Iterable[int]) -> tuple[int, ...]:
    """Those that a print holds, ascending."""
    return tuple(sorted(set(found))[:MOST_LINES])
