# SPDX-License-Identifier: GPL-2.0-or-later
"""How alike two changes are, and how much of one is in the other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from maintainer_kit.matching.prints import Print

_WORD = re.compile(r"\w+")


class Weights(dict[int, float]):
    """What lines weigh: the rarer among commits the more (idf: Spaerck Jones, 1972).

    A dictionary, as lines are looked up by the hundred thousand.
    """

    def __init__(self, commits: int, rarity: Mapping[int, int]) -> None:
        super().__init__()
        self._by_count = _ByCount(commits)
        self.learn(rarity)

    def learn(self, rarity: Mapping[int, int]) -> None:
        """Weigh more lines, by how many commits change each."""
        self.update(zip(rarity, map(self._by_count.__getitem__, rarity.values()), strict=True))

    def __missing__(self, line: int) -> float:
        return self._by_count[1]

    def sum(self, lines: Iterable[int]) -> float:
        return sum(map(self.__getitem__, lines))


class _ByCount(dict[int, float]):
    """What a line weighs that so many commits change."""

    def __init__(self, commits: int) -> None:
        super().__init__()
        self._commits = commits

    def __missing__(self, count: int) -> float:
        weight = self[count] = log(1 + self._commits / max(1, count))
        return weight


@dataclass(frozen=True, slots=True)
class Overlap:
    """What the changed lines of a patch and a commit have in common."""

    likeness: float
    """Jaccard's index by weight."""
    of_patch: float
    """The part of the patch that is in the commit."""
    of_commit: float
    """The part of the commit that is in the patch."""
    shared: frozenset[int]


NO_OVERLAP = Overlap(0.0, 0.0, 0.0, frozenset())


def overlap(patch: Collection[int], commit: Collection[int], weights: Weights) -> Overlap:
    """Compare the lines of two changes."""
    shared = frozenset(patch).intersection(commit)
    if not shared:
        return NO_OVERLAP
    both, mine, theirs = weights.sum(shared), weights.sum(patch), weights.sum(commit)
    return Overlap(both / (mine + theirs - both), both / mine, both / theirs, shared)


def same_author(one: Print, other: Print) -> bool:
    """By address, or by name."""
    if one.author and one.author == other.author:
        return True
    return bool(one.author_name) and one.author_name == other.author_name


def same_title(one: Print, other: Print) -> bool:
    return bool(one.subject) and one.subject == other.subject


def title_likeness(one: Print, other: Print) -> float:
    """The share of words that two titles have in common; the area before the last colon is not
    counted, as all patches of an area share it."""
    mine, theirs = title_words(one.subject), title_words(other.subject)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


@lru_cache(maxsize=16384)
def title_words(subject: str) -> frozenset[str]:
    return frozenset(_WORD.findall(subject.rpartition(": ")[2]))


def shares_path(one: Print, other: Print) -> bool:
    return not set(one.paths).isdisjoint(other.paths)
