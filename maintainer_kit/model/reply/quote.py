# SPDX-License-Identifier: GPL-2.0-or-later
"""How a mail is quoted: who wrote it, its lines behind marks, without signature and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from maintainer_kit.model.mail.quoting import is_signature
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.patch.places import WHOLE, Place
from maintainer_kit.model.reply.answered import Answered

_LONGEST_NAME = 100
_SHORT_END = 8
"""Lines that may follow ``--``, or a bar, where it ends a text; a longer rest is more text."""
# git diff --stat, git shortlog: what a cover letter ends in.
_STAT = re.compile(r" \S.{0,200} \|\s{1,20}(?:\d|Bin )|\S.{0,80} \(\d{1,4}\):$")


def attribution(answered: Answered) -> str:
    """The line above a quote."""
    name = answered.sender.name or answered.sender.address or "somebody"
    words = f"{' '.join(storable(visible_line(name)).split())[:_LONGEST_NAME]} wrote:"
    return f"On {answered.date}, {words}" if answered.date else words


def quoted(line: str) -> str:
    """A line behind a quote mark: marks stand together, and an empty line has no space behind it
    (RFC 3676, 4.5)."""
    if not line or line[0] == ">":
        return f">{line}"
    return f"> {line}"


def quoted_lines(lines: Iterable[str]) -> list[str]:
    """Each line behind a mark."""
    return [quoted(line) for line in lines]


def end_of_text(lines: Sequence[str], places: Sequence[Place]) -> int:
    """How many lines are worth quoting: without signature, footer of a list, blank ones at the end.

    A line of a diff is none of these, whatever it looks like.
    """
    end = len(lines)
    start = _end_of_diff(places)
    for at in range(start, end):
        line = lines[at]
        if line == "-- " or (is_signature(line) and end - at <= _SHORT_END):
            end = at
            break
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _end_of_diff(places: Sequence[Place]) -> int:
    """The line behind the last one that stands in a diff; 0 without a diff."""
    for at in range(len(places) - 1, -1, -1):
        if places[at] is not WHOLE and places[at].path:
            return at + 1
    return 0


def end_of_words(lines: Sequence[str], places: Sequence[Place], end: int) -> int:
    """How many of the lines above ``end`` a short answer quotes: of a patch its message, of a
    cover letter what stands above the statistics."""
    for at in range(min(end, len(places))):
        if lines[at].rstrip() == "---" or places[at].path or _STAT.match(lines[at]):
            while at and not lines[at - 1].strip():
                at -= 1
            return at
    return end
