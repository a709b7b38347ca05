# SPDX-License-Identifier: GPL-2.0-or-later
"""Which lines of a file two sides change otherwise: where a merge stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.workflow.backporting.facts import Hunk

_MOST = 20
"""Places of one file that are explained."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of the old side that a hunk replaces: none of them where it only adds."""

    first: int
    """From 1; of one that only adds, the line above."""
    count: int

    @property
    def last(self) -> int:
        return self.first + max(self.count, 1) - 1

    @property
    def end(self) -> int:
        """The line above what is left as it was."""
        return self.first + self.count - (self.count > 0)


def clashing(theirs: Sequence[Span], ours: Sequence[Span]) -> list[Hunk]:
    """Changes of theirs that overlap or touch one of ours, as a merge has it, each with the lines
    of both. Both ascend, by lines of the same file."""
    found: list[Hunk] = []
    at = 0
    for span in theirs:
        while at < len(ours) and ours[at].end < span.first - 1:
            at += 1
        near = []
        for one in ours[at:]:
            if one.first > span.end + 1:
                break
            near.append(one)
        if near:
            first = min(span.first, *(one.first for one in near))
            last = max(span.last, *(one.last for one in near))
            _put(found, Hunk(max(first, 1), max(last, 1)))
    return found[:_MOST]


def _put(found: list[Hunk], hunk: Hunk) -> None:
    """Add one, or let the last one grow where both have lines in common."""
    if found and hunk.first <= found[-1].last:
        last = found.pop()
        hunk = Hunk(min(last.first, hunk.first), max(last.last, hunk.last))
    found.append(hunk)
