# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch and a commit that it may be, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from maintainer_kit.render.cells import fit

_MOST = 300
"""Changed lines of each side that are compared: what a person looks at."""
_SIGNATURE = "-- "
_AROUND = 1
"""Equal lines that are shown before and after others."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    head: Sequence[str]
    """What it is called, who made it, when."""
    lines: Sequence[str]
    """Its changed lines, with their files."""


def changed_lines(diff: str) -> list[str]:
    """The names of files, and the lines that are added or taken away, in order; what a mail has
    above its diff and below it is passed over."""
    found: list[str] = []
    for line in diff.split("\n"):
        if line.startswith("diff --git "):
            found.append(line.rpartition(" b/")[2])
        elif not found:
            continue
        elif line == _SIGNATURE:
            break
        elif line[:1] in "+-" and line and not line.startswith(("+++ ", "--- ")):
            found.append(line)
    return found


def side_by_side(left: Side, right: Side, width: int) -> Iterator[str]:
    """Two columns; a bar marks lines that differ. What both have is left out, but for its
    edges."""
    column = max(20, (width - 3) // 2)
    for one, other in zip_longest(left.head, right.head, fillvalue=""):
        yield f"{fit(one, column)}   {fit(other, column)}".rstrip()
    yield "-" * (2 * column + 3)
    mine, theirs = left.lines[:_MOST], right.lines[:_MOST]
    for kind, start, end, first, last in SequenceMatcher(
        None, mine, theirs, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield from _equal(mine[start:end], column)
            continue
        for one, other in zip_longest(mine[start:end], theirs[first:last], fillvalue=""):
            yield f"{fit(one, column)} | {fit(other, column)}".rstrip()
    if len(left.lines) > _MOST or len(right.lines) > _MOST:
        yield f"... and more: {len(left.lines)} lines here, {len(right.lines)} there"


def _equal(lines: Sequence[str], column: int) -> Iterator[str]:
    hidden = len(lines) - 2 * _AROUND
    shown = lines if hidden < 2 else [*lines[:_AROUND], "", *lines[-_AROUND:]]
    for line in shown:
        if not line and hidden >= 2:
            yield f"  ... {hidden} equal lines"
        else:
            yield f"{fit(line, column)}   {fit(line, column)}".rstrip()
