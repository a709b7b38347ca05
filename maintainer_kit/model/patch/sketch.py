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

from maintainer_kit.model.patch.outline import outline_of

_SKETCH = 24
"""How many hashes are kept: enough to tell a half from a fifth, small beside the other facts."""
_END = 1 << 32
_LANDMARKS = 3
_MAX_TEXT = 2 << 20
_LONG = 28
_PROSE = b"*/#"
"""Comments and licences are copied from file to file."""
_CANDIDATES = 12
_CHANGED = re.compile(rb"\n([+-][^\n]{4,}+)")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What two diffs are compared by."""

    hashes: tuple[int, ...]
    """The smallest hashes of the distinct changed lines, in ascending order."""
    landmarks: tuple[int, ...]
    """Hashes of the longest changed lines of code: what a reroll of the diff most likely shares
    with it, and hardly anything else."""


NO_SKETCH = Sketch((), ())


def sketch(text: str) -> Sketch:
    """Of the first diff of a text. Lines without words say nothing and are left out, and so is
    white space. A line counts with the name of its file: a change all over the tree is many
    patches of equal lines."""
    outline = outline_of(text)
    if outline is None:
        return NO_SKETCH
    hashes: set[int] = set()
    longest: list[bytes] = []
    left = _MAX_TEXT
    for file, body in zip(outline.files, outline.bodies, strict=True):
        lines = _CHANGED.findall(b"\n" + body[:left])
        left = max(0, left - len(body))
        name = "".join(file.path.split()).encode("utf-8", "surrogatepass")
        hashes.update(map(crc32, lines, repeat(crc32(name))))
        longest += [line for line in lines if len(line) >= _LONG]
    longest = sorted(dict.fromkeys(longest), key=len)[-_CANDIDATES:]
    marks = [line for line in longest if line[1] not in _PROSE]
    return Sketch(tuple(_smallest(hashes)), tuple(map(crc32, marks[-_LANDMARKS:])))


def _smallest(hashes: set[int]) -> list[int]:
    """The smallest in ascending order; of many those are sorted that most likely are among them."""
    low = 2 * _SKETCH * (_END // (len(hashes) + 1))
    few = [one for one in hashes if one < low]
    return sorted(few if len(few) >= _SKETCH else hashes)[:_SKETCH]


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of changed lines that two diffs have in common (Jaccard's), 0 to 1; 0 where either
    is empty. An estimate by the smallest hashes of all, exact where both sketches hold all lines.
    """
    if not one or not other:
        return 0.0
    mine, theirs = set(one), set(other)
    smallest = sorted(mine | theirs)[:_SKETCH]
    return sum(value in mine and value in theirs for value in smallest) / len(smallest)
