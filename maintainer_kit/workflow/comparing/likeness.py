# SPDX-License-Identifier: GPL-2.0-or-later
"""How well patches of two sides fit each other, by their lines and titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.checks.patch import Patch
from maintainer_kit.matching.commit import make_print
from maintainer_kit.matching.likeness import (
    NO_OVERLAP,
    Overlap,
    Weights,
    overlap,
    same_title,
    shares_path,
    title_likeness,
)
from maintainer_kit.matching.mailed import mailed_diff
from maintainer_kit.matching.prints import Print
from maintainer_kit.model.mail.mailmap import NO_MAILMAP

_ALIKE = 0.25
"""From so many lines in common on, by weight, a patch may have become the other; unlike a commit
among thousands, it has but the few of one series to be taken for."""
_HALF_TITLE = 0.5
_TITLED = 0.5
"""What an equal title is worth beside equal lines."""
_SAME_PATH = 0.05


@dataclass(frozen=True, slots=True)
class Fit:
    """A patch of the old side and one of the new."""

    gain: float
    """What it is worth to take them for one; 0 where they are not."""
    overlap: Overlap


NO_FIT = Fit(0.0, NO_OVERLAP)


class Prints:
    """The patches of both sides by their fingerprints."""

    def __init__(self, old: Sequence[Patch], new: Sequence[Patch]) -> None:
        self.old = Reading(old)
        self.new = Reading(new)

    @cached_property
    def _weights(self) -> Weights:
        """By the patches that had to be read: those without an equal one."""
        both = [*self.old.read.values(), *self.new.read.values()]
        counts = Counter(line for one in both for line in one.lines)
        return Weights(len(both), counts)

    def fit(self, old: int, new: int) -> Fit:
        one, other = self.old[old], self.new[new]
        titled = same_title(one, other)
        title = 1.0 if titled else title_likeness(one, other)
        if not titled and not shares_path(one, other):
            return NO_FIT
        found = overlap(one.lines, other.lines, self._weights)
        by_title = title >= _HALF_TITLE and (titled or found.likeness > 0)
        if found.likeness < _ALIKE and not by_title:
            return Fit(0.0, found)
        near = _SAME_PATH if shares_path(one, other) else 0.0
        return Fit(found.likeness + _TITLED * title + near, found)


class Reading:
    """Prints of the patches of one side, made when they are asked for."""

    def __init__(self, patches: Sequence[Patch]) -> None:
        self._patches = patches
        self.read: dict[int, Print] = {}

    def __getitem__(self, at: int) -> Print:
        if at not in self.read:
            self.read[at] = _print(self._patches[at])
        return self.read[at]


def _print(patch: Patch) -> Print:
    diff = mailed_diff(patch.diff_text)
    return make_print(patch.author, patch.title, patch.date, diff, NO_MAILMAP)
