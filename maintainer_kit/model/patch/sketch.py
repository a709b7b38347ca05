# SPDX-License-Identifier: GPL-2.0-or-later
"""A diff as a handful of numbers, by which two diffs can be compared without their text.

The lines that a diff adds and removes are hashed, and the smallest hashes are kept (a bottom-k
sketch: Broder, "On the resemblance and containment of documents", 1997). The share of equal numbers
among the smallest of both estimates the share of equal lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import repeat
from zlib import crc32

_SKETCH = 24
"""How many hashes are kept: enough to tell a half from a fifth, small beside the other facts."""
_LANDMARKS = 3
_MAX_TEXT = 2 << 20
_LONG = 28
_PROSE = b"*/#"
"""Comments and licences are copied from file to file."""
_CANDIDATES = 12
_CHANGED = re.compile(rb"\n((?:\+(?!\+\+)|-(?!--))[^\n]{4,})")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What two diffs are compared by."""

    hashes: tuple[int, ...]
    """The smallest hashes of the distinct changed lines, in ascending order."""
    landmarks: tuple[int, ...]
    """Hashes of the longest changed lines of code: what a reroll of the diff most likely shares
    with it, and hardly anything else."""


NO_SKETCH = Sketch((), ())


def sketch(text: str, first_line: int) -> Sketch:
    """Of the diff that begins at ``first_line`` (counted from 1). Lines without words say nothing
    and are left out, and so is white space. A line counts with the name of its file: a change all
    over the tree is many patches of equal lines."""
    diff = text.split("\n", first_line - 1)[-1][:_MAX_TEXT]
    # Blanks are taken out of the whole, and each file's lines hashed by one call: a patch has a
    # hundred lines, and this is done for every one of a list.
    data = diff.encode("utf-8", "surrogateescape").translate(None, b" \t\r")
    hashes: set[int] = set()
    longest: list[bytes] = []
    for piece in (b"\n" + data).split(b"\n+++b/")[1:]:
        lines = _CHANGED.findall(piece)
        hashes.update(map(crc32, lines, repeat(crc32(piece[: piece.find(b"\n")]))))
        longest = sorted(dict.fromkeys((*longest, *lines)), key=len)[-_CANDIDATES:]
    marks = [one for one in longest if len(one) >= _LONG and one[1] not in _PROSE]
    return Sketch(tuple(sorted(hashes)[:_SKETCH]), tuple(map(crc32, marks[-_LANDMARKS:])))


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """An estimate of the share of changed lines that two diffs have in common (Jaccard's), 0 to 1;
    0 where either is empty."""
    if not one or not other:
        return 0.0
    mine, theirs = set(one), set(other)
    smallest = sorted(mine | theirs)[: max(len(one), len(other))]
    return sum(value in mine and value in theirs for value in smallest) / len(smallest)
