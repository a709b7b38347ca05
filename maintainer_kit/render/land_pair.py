# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch and a commit that it may be, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, zip_longest

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.aligned import align
from maintainer_kit.render.cells import fit

_MOST = 300
"""Lines that are shown below the heads: what a person looks at."""
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
    rows = _rows(left.lines, right.lines, column)
    yield from islice(rows, _MOST)
    if next(rows, None) is not None:
        yield f"... and more: {len(left.lines)} lines here, {len(right.lines)} there"


def _rows(mine: Sequence[str], theirs: Sequence[str], column: int) -> Iterator[str]:
    for same, group in groupby(align(mine, theirs), key=lambda level: level.is_same):
        levels = list(group)
        if same:
            yield from _equal([mine[one.left] for one in levels if one.left is not None], column)
            continue
        for one in levels:
            left = mine[one.left] if one.left is not None else ""
            right = theirs[one.right] if one.right is not None else ""
            yield f"{_cell(left, column)} | {_cell(right, column)}".rstrip()


def _equal(lines: Sequence[str], column: int) -> Iterator[str]:
    hidden = len(lines) - 2 * _AROUND
    shown = lines if hidden < 2 else [*lines[:_AROUND], "", *lines[-_AROUND:]]
    for line in shown:
        if not line and hidden >= 2:
            yield f"  ... {hidden} equal lines"
        else:
            yield f"{_cell(line, column)}   {_cell(line, column)}".rstrip()


def _cell(line: str, column: int) -> str:
    """As a terminal shows it; nobody sees more of a line than the column."""
    return fit(line[: 4 * column].expandtabs(8), column)


def compared_text(said: Sequence[str]) -> Iterator[str]:
    """What git range-diff tells of the two, indented as git does."""
    for line in said:
        yield f"    {visible_line(line.expandtabs(8))}".rstrip()
    if not said:
        yield "    no difference, neither in the message nor in the diff"
