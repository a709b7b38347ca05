# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits that a patch may have become though it was changed on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    asked = {line for one in patches for line in one.print.lines[:_MOST_ASKED]}
    holders = index.by_line(asked, limits.common)
    weights = Weights(index.count(), {line: len(commits) for line, commits in holders.items()})
    weights.learn(index.rarity(_lines_of(patches) - weights.keys()))
    titled = _titled(patches, index)
    shared = [_most_shared(one, holders, weights, limits) for one in patches]
    pairs = list(_timely(patches, _listed(patches, titled, shared, index, limits), index, limits))
    # Of what is compared only: a commit may have thousands of lines.
    weights.learn(index.rarity(_lines_of([one for _, one in pairs]) - weights.keys()))
    for patch, one in pairs:
        alone = len(titled.get(patch.print.subject, ())) == 1
        yield make_pair(patch, one, weights, is_alone=alone)


def _titled(patches: Iterable[PatchPrint], index: CommitIndex) -> dict[str, Sequence[str]]:
    """Commits by the titles of patches; twenty are enough to see that a title is nobody's own."""
    found = index.by_subject({one.print.subject for one in patches} - {""})
    return {title: sorted(some)[:_MOST_TITLED] for title, some in found.items()}


def _listed(
    patches: Sequence[PatchPrint],
    titled: Mapping[str, Sequence[str]],
    shared: Sequence[Mapping[int, float]],
    index: CommitIndex,
    limits: Thresholds,
) -> list[list[str]]:
    """For each patch the commits of its title, unless these are many, and those that share most."""
    names = index.names({number for some in shared for number in some})
    found = []
    for patch, weights in zip(patches, shared, strict=True):
        named = ((weight, names[one]) for one, weight in weights.items() if one in names)
        best = [name for _, name in sorted(named, reverse=True)[: limits.looked_at]]
        found.append(list(dict.fromkeys([*titled.get(patch.print.subject, ()), *best])))
    return found


def _timely(
    patches: Sequence[PatchPrint],
    listed: Sequence[Sequence[str]],
    index: CommitIndex,
    limits: Thresholds,
) -> Iterator[tuple[PatchPrint, CommitPrint]]:
    """Each patch with those of its commits that are not too old."""
    commits = index.commits({commit for some in listed for commit in some})
    for patch, some in zip(patches, listed, strict=True):
        for name in some:
            if (one := commits.get(name)) and _is_late_enough(patch, one, limits):
                yield patch, one


def _lines_of(some: Iterable[PatchPrint | CommitPrint]) -> set[int]:
    return set().union(*(one.print.lines for one in some))


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


def _most_shared(
    patch: PatchPrint,
    holders: Mapping[int, Sequence[int]],
    weights: Weights,
    limits: Thresholds,
) -> dict[int, float]:
    """The commits that share most with a patch, by number, with the weight of what they share; all
    that are equal at the end."""
    lines = patch.print.lines[:_MOST_ASKED]
    shared: defaultdict[int, float] = defaultdict(float)
    for line in lines:
        if some := holders.get(line):
            weight = weights[line]
            for commit in some:
                shared[commit] += weight
    least = limits.shared * weights.sum(lines)
    found = {commit: weight for commit, weight in shared.items() if weight >= least}
    if len(found) <= limits.looked_at:
        return found
    least = nlargest(limits.looked_at, found.values())[-1]
    return {commit: weight for commit, weight in found.items() if weight >= least}


def _is_late_enough(patch: PatchPrint, commit: CommitPrint, limits: Thresholds) -> bool:
    return commit.print.date >= patch.print.date - limits.early
