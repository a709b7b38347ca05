# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether two patches change the same lines of a file, by where these stand before either."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from maintainer_kit.checks.changed_lines import ChangedLine

Lines = Mapping[str, Sequence[int]]
"""By path the lines that a patch changes, as they are counted before it, in ascending order."""


def old_lines(changes: Iterable[ChangedLine]) -> dict[str, list[int]]:
    """The lines that a patch removes or replaces, and for what it only adds the one above."""
    found: dict[str, set[int]] = {}
    shift: dict[str, int] = {}
    for one in changes:
        moved = shift.setdefault(one.path, 0)
        lines = found.setdefault(one.path, set())
        if one.sign == "-":
            lines.add(one.line)
            shift[one.path] = moved - 1
        else:
            lines.add(max(1, one.line - moved - 1))
            shift[one.path] = moved + 1
    return {path: sorted(lines) for path, lines in found.items()}


def first_meeting(one: Lines, other: Lines) -> tuple[str, int] | None:
    """Path and line where both change a file; None where they never meet."""
    for path in sorted(one.keys() & other.keys()):
        theirs = other[path]
        for line in one[path]:
            at = bisect_left(theirs, line)
            if at < len(theirs) and theirs[at] == line:
                return path, line
    return None
