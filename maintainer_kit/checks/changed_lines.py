# SPDX-License-Identifier: GPL-2.0-or-later
"""The added and removed lines of a unified diff, each with its file and its number there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.patch.paths import strip_prefix

_HUNK = lazy_pattern(r"@@ -(\d{1,12})(?:,(\d{1,12}))? \+(\d{1,12})(?:,(\d{1,12}))? @@")


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that a diff adds or removes."""

    index: int
    """In the diff's lines, from 0."""
    path: str
    sign: str
    """``+`` or ``-``."""
    line: int
    """In the file, from 1: after the change for ``+``, before it for ``-``."""
    text: str
    """Without its sign."""


def changed_lines(lines: Sequence[str]) -> Iterator[ChangedLine]:
    """Walk through the hunks; a hunk ends where its counts say, as git has it."""
    path = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ "):
            path = strip_prefix(lines[at + 1][4:]) or strip_prefix(line[4:])
            at += 2
        elif line.startswith("@@ -") and (found := _HUNK.match(line)):
            old, old_count, new, new_count = (int(one) if one else 1 for one in found.groups())
            at += 1
            while at < len(lines) and (old_count > 0 or new_count > 0):
                line = lines[at]
                sign = line[:1]
                if sign == "+":
                    yield ChangedLine(at, path, "+", new, line[1:])
                    new, new_count = new + 1, new_count - 1
                elif sign == "-":
                    yield ChangedLine(at, path, "-", old, line[1:])
                    old, old_count = old + 1, old_count - 1
                elif sign in ("", " "):
                    old, new = old + 1, new + 1
                    old_count, new_count = old_count - 1, new_count - 1
                elif sign != "\\":
                    break
                at += 1
        else:
            at += 1
