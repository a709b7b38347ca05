# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a text and their first characters, by which a hunk is read as one block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

# Of a count twelve digits are enough for any file, and int() refuses thousands of them.
_HEADER = lazy_pattern(r"@@ -[0-9]+(?:,([0-9]{1,12})[0-9]*)? \+[0-9]+(?:,([0-9]{1,12})[0-9]*)? @@")


@dataclass(frozen=True, slots=True)
class Lines:
    """A text, split."""

    lines: Sequence[str]
    margin: str
    """The first character of each line, a newline for an empty line."""
    end: int
    """How many lines there are: what stands behind the last newline is none when empty."""


@lru_cache(maxsize=2)
def lines_of(text: str) -> Lines:
    """The lines of ``text``; those of the last patch are kept, for whoever asks next."""
    lines = text.split("\n")
    margin = "".join([line[0] if line else "\n" for line in lines])
    return Lines(lines, margin, len(lines) - (not lines[-1]))


def hunk_counts(line: str) -> tuple[int, int] | None:
    """How many lines before and after the change a hunk's header promises; None for other lines."""
    found = _HEADER.match(line)
    if found is None:
        return None
    old, new = found.groups("1")
    return int(old), int(new)


def whole_hunk(
    text: Lines, at: int, counts: tuple[int, int], body: re.Pattern[str]
) -> tuple[int, int, int] | None:
    """Where the hunk ends whose first line is ``at``, and how many lines it adds and removes; None
    when it is to be read line by line.

    That is so unless the lines that ``body`` allows, without the next line that is none of them,
    are just as many as the header promises: nearly always.
    """
    margin = text.margin
    found = body.match(margin, at, text.end)
    stop = found.end() if found else at
    # The line above a signature begins like a removed line, and so does the name of a file.
    for last in (stop, stop - 1):
        added, removed = margin.count("+", at, last), margin.count("-", at, last)
        kept = last - at - added - removed - margin.count("\\", at, last)
        if (kept + removed, kept + added) == counts:
            return last, added, removed
    return None
