# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits that a patch may have become though it was changed on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.likeness import (
    Overlap,
    Weights,
    overlap,
    same_author,
    same_title,
    shares_path,
    title_likeness,
)
from maintainer_kit.matching.prints import CommitPrint, PatchPrint
from maintainer_kit.matching.tiers import Thresholds

_PORTION = 200
"""So many patches are asked about at a time."""
_MOST_ASKED = 1000
"""Lines of a patch that are looked up: those with the smallest numbers, a fair sample."""
_MOST_TITLED = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A patch and a commit, compared."""

    patch: PatchPrint
    commit: CommitPrint
    overlap: Overlap
    by_author: bool
    by_title: bool
    """The titles are equal, and only this commit has it."""
    title: float
    """Likeness of the titles."""
    shares_path: bool


def compare(
    patches: Sequence[PatchPrint], index: CommitIndex, limits: Thresholds
) -> Iterator[Pair]:
    """Each patch beside the commits that share its title or rare lines of it."""
    for at in range(0, len(patches), _PORTION):
        yield from _compare_some(patches[at : at + _PORTION], index, limits)


def _compare_some(
    patches: Sequence[PatchPrint], index: CommitIndex, limits: Thresholds
) -> Iterator[Pair]:
    found = index.by_subject({one.print.subject for one in patches} - {""})
    # Twenty are enough to see that a title is nobody's own.
    titled = {title: sorted(some)[:_MOST_TITLED] for title, some in found.items()}
    asked = {line for one in patches for line in one.print.lines[:_MOST_ASKED]}
    holders = index.by_line(asked, limits.common)
    counts = {line: len(commits) for line, commits in holders.items()}
    rest = {line for one in patches for line in one.print.lines} - counts.keys()
    counts |= index.rarity(rest)
    weights = Weights(index.count(), counts)
    listed = [_shortlist(one, titled, holders, weights, limits) for one in patches]
    commits = index.commits({commit for some in listed for commit in some})
    counts |= index.rarity(
        {line for one in commits.values() for line in one.print.lines} - counts.keys()
    )
    weights = Weights(index.count(), counts)
    for patch, some in zip(patches, listed, strict=True):
        alone = len(titled.get(patch.print.subject, ())) == 1
        for name in some:
            if (one := commits.get(name)) and _is_late_enough(patch, one, limits):
                yield make_pair(patch, one, weights, is_alone=alone)


def make_pair(
    patch: PatchPrint, commit: CommitPrint, weights: Weights, *, is_alone: bool = False
) -> Pair:
    """Compare two; ``is_alone`` says that one commit at most has the title of the patch."""
    mine, theirs = patch.print, commit.print
    return Pair(
        patch,
        commit,
        overlap(mine.lines, theirs.lines, weights),
        same_author(mine, theirs),
        is_alone and same_title(mine, theirs),
        title_likeness(mine, theirs),
        shares_path(mine, theirs),
    )


def _shortlist(
    patch: PatchPrint,
    titled: Mapping[str, Sequence[str]],
    holders: Mapping[int, Sequence[str]],
    weights: Weights,
    limits: Thresholds,
) -> list[str]:
    """Ids of the commits of its title, unless these are many, and of those that share most."""
    lines = patch.print.lines[:_MOST_ASKED]
    shared: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        if some := holders.get(line):
            weight = weights.of(line)
            for commit in some:
                shared[commit] += weight
    least = limits.shared * weights.sum(lines)
    best = nlargest(limits.looked_at, shared.items(), key=lambda one: (one[1], one[0]))
    found = [commit for commit, weight in best if weight >= least]
    return list(dict.fromkeys([*titled.get(patch.print.subject, ()), *found]))


def _is_late_enough(patch: PatchPrint, commit: CommitPrint, limits: Thresholds) -> bool:
    return commit.print.date >= patch.print.date - limits.early
