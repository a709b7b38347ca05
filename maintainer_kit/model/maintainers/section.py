# SPDX-License-Identifier: GPL-2.0-or-later
"""One section of a MAINTAINERS file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

LETTERS = frozenset("MRLSWQBCPTFXNKV")
"""What lines may begin with; the file itself says what each of them means."""
BURIED = "buried alive in reporters"
_ACTIVE = re.compile("maintain|support", re.IGNORECASE)
_EVERYTHING = ("*", "*/")


class Entry(NamedTuple):
    """One line of a section, such as ``F: fs/erofs/``."""

    letter: str
    value: str
    line: int
    """Counted from 1."""
    place: int
    """How many lines that are neither empty nor comments stand before it, in all files."""

    def __str__(self) -> str:
        return f"{self.letter}: {self.value}"


@dataclass(frozen=True, slots=True)
class Section:
    """Who looks after some files."""

    title: str
    source: str
    """The file that it stands in."""
    line: int
    """Of its first entry, counted from 1."""
    number: int
    """Its place among all sections, counted from 0."""
    entries: tuple[Entry, ...]

    def values(self, letter: str) -> tuple[str, ...]:
        return tuple(entry.value for entry in self.entries if entry.letter == letter)

    @property
    def status(self) -> str:
        """As written, such as ``Odd Fixes``; empty when the section has none."""
        return ("", *self.values("S"))[-1]

    @property
    def is_active(self) -> bool:
        """Whether somebody looks after it: it has a maintainer, and is supported or maintained."""
        return bool(self.values("M")) and any(map(_ACTIVE.search, self.values("S")))

    @property
    def is_buried(self) -> bool:
        """Whether its maintainer asks not to be mailed unless somebody means to."""
        return self.status.lower() == BURIED

    @property
    def is_rest(self) -> bool:
        """Whether it takes in every file."""
        return any(value in _EVERYTHING for value in self.values("F"))

    @property
    def trees(self) -> tuple[str, ...]:
        """Where its patches are collected, such as ``git git://host/tree.git branch``."""
        return self.values("T")
