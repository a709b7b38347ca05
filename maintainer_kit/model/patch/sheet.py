# SPDX-License-Identifier: GPL-2.0-or-later
"""A text that others quote, indexed so that a quoted line is found in it again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from maintainer_kit.model.patch.places import Place, read_places

_STRONG = 4


def key_of(line: str) -> str:
    """A line without any white space: what survives mailers, tabs and rewrapping."""
    return "".join(line.split())


def says_much(key: str) -> bool:
    """Whether a key has letters and digits enough to say more than ``}``."""
    return sum(char.isalnum() for char in key[:40]) >= _STRONG


class Sheet:
    """Lines of a patch mail or of a reply to it, each with its place in the patch."""

    def __init__(self, keys: Sequence[str], places: Sequence[Place | None]) -> None:
        self.keys = keys
        """The lines by ``key_of``."""
        self.places = places
        """None for a line that could not be found in the patch."""

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where each line that is not blank stands, counted from 0, in ascending order."""
        found: dict[str, list[int]] = {}
        for at, key in enumerate(self.keys):
            if key:
                found.setdefault(key, []).append(at)
        return found

    @cached_property
    def stream(self) -> str:
        """All lines run together, in which a line is found that a mailer broke or joined."""
        return "".join(self.keys)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(map(len, self.keys)))

    def start_of(self, at: int) -> int:
        """Where a line begins in the stream."""
        return self._ends[at - 1] if at else 0

    def line_at(self, offset: int) -> int:
        """The line that a character of the stream is in."""
        return bisect_right(self._ends, offset)

    def near(self, key: str, cursor: int, ahead: int, behind: int) -> list[int]:
        """Lines that are ``key``, the nearest at or below ``cursor`` first, then those above it."""
        known = self.index.get(key, ())
        at = bisect_left(known, cursor)
        return [*known[at : at + ahead], *reversed(known[max(0, at - behind) : at])]


def sheet_of_patch(text: str) -> Sheet:
    """The sheet of a patch mail or a cover letter, by its text."""
    lines = text.split("\n")
    places = read_places(lines)
    return Sheet([key_of(line) for line in lines[: len(places)]], places)
