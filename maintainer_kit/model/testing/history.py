# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits of a range, and which of them to test next to find the first that is bad."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from maintainer_kit.lazy.dataclass import dataclass


class Commit(NamedTuple):
    """A commit, as far as tests need it."""

    commit: str
    tree: str
    parents: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Span:
    """What is tested."""

    base: Commit | None
    """The last commit that is not part of it, which the others are compared with; None where the
    history begins within."""
    commits: tuple[Commit, ...]
    """The oldest first; none comes before a parent of its own."""

    @property
    def tip(self) -> Commit:
        return self.commits[-1]

    @property
    def all(self) -> Sequence[Commit]:
        return (self.base, *self.commits) if self.base else self.commits


class Suspects:
    """Which commits can be the first bad one; asked again as more is known."""

    def __init__(self, commits: Sequence[Commit]) -> None:
        """The oldest first."""
        self._at = {one.commit: at for at, one in enumerate(commits)}
        self._commits = commits
        self._above = list(_ancestries(commits, self._at))

    def between(self, good: Collection[str], bad: str) -> list[int]:
        """The commits that a bad one contains and none of the good ones does, by number."""
        left = self._above[self._at[bad]]
        for one in good:
            if one in self._at:
                left &= ~self._above[self._at[one]]
        return _numbers(left)

    def next(self, good: Collection[str], bad: str, untold: Collection[str]) -> Commit | None:
        """The commit whose test halves what is left; None when ``bad`` is the first, as far as it
        can be known. ``untold`` are commits that cannot be tested."""
        left = self.between(good, bad)
        mask = sum(1 << at for at in left)
        best: tuple[int, int] | None = None
        for at in left:
            name = self._commits[at].commit
            if name == bad or name in untold:
                continue
            count = (self._above[at] & mask).bit_count()
            worth = min(count, len(left) - count)
            if best is None or worth > best[0]:
                best = worth, at
        return self._commits[best[1]] if best else None


def _ancestries(commits: Sequence[Commit], at: dict[str, int]) -> Iterator[int]:
    """Each commit's ancestors among them and itself, a bit each."""
    found: list[int] = []
    for number, one in enumerate(commits):
        bits = 1 << number
        for parent in one.parents:
            if parent in at and at[parent] < number:
                bits |= found[at[parent]]
        found.append(bits)
        yield bits


def _numbers(bits: int) -> list[int]:
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
