# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches by the company they keep: what is left of a posting, against the commits that were made
beside those that its other patches became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from maintainer_kit.matching.assignment import MOST, assign
from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.landing import Match, Tier
from maintainer_kit.matching.likeness import Weights
from maintainer_kit.matching.prints import CommitPrint, PatchPrint
from maintainer_kit.matching.similar import Pair, make_pair
from maintainer_kit.matching.tiers import Thresholds
from maintainer_kit.matching.verdict import fit

_IN_ORDER = 0.1
"""What it adds to how well two fit that the commit stands where the patch stood."""


def find_assigned(
    patches: Iterable[PatchPrint],
    matches: Mapping[str, Match],
    lost: Collection[str],
    index: CommitIndex,
    limits: Thresholds,
) -> Iterator[Match]:
    """Candidates for patches that have no match, in postings of which some patch surely landed.

    ``lost`` are Message-IDs of patches that another revision speaks for. The newest posting comes
    first; no commit is given twice.
    """
    postings: dict[str, list[PatchPrint]] = defaultdict(list)
    for patch in patches:
        if patch.series:
            postings[patch.series].append(patch)
    used = {one.commit for one in matches.values()}
    for series in sorted(postings, key=lambda one: (-postings[one][0].print.date, one)):
        posting = sorted(postings[series], key=lambda one: (one.number, one.message_id))
        left = [
            one
            for one in posting
            if one.message_id not in matches and one.message_id not in lost and one.print.lines
        ]
        sure = [one for one in posting if (m := matches.get(one.message_id)) and m.is_sure]
        if left and sure:
            for match in _assign(left[:MOST], sure, matches, used, index, limits):
                used.add(match.commit)
                yield match


def _assign(
    left: Sequence[PatchPrint],
    sure: Sequence[PatchPrint],
    matches: Mapping[str, Match],
    used: Collection[str],
    index: CommitIndex,
    limits: Thresholds,
) -> Iterator[Match]:
    landed = index.commits({matches[one.message_id].commit for one in sure})
    places = [
        (one.number, found.print.date)
        for one in sure
        if (found := landed.get(matches[one.message_id].commit))
    ]
    if not places:
        return
    commits = _beside(left, [date for _, date in places], used, index, limits)
    prints = [*(one.print for one in left), *(one.print for one in commits)]
    lines = {line for one in prints for line in one.lines}
    weights = Weights(index.count(), index.rarity(lines))
    table = [[make_pair(one, other, weights) for other in commits] for one in left]
    gains = [[_gain(pair, places, limits) for pair in row] for row in table]
    for row, column in assign(gains):
        yield _match(table[row][column], gains[row][column])


def _beside(
    left: Sequence[PatchPrint],
    dates: Sequence[int],
    used: Collection[str],
    index: CommitIndex,
    limits: Thresholds,
) -> list[CommitPrint]:
    """Commits of the same authors from the same days that no patch is known to be."""
    first, last = min(dates) - limits.beside, max(dates) + limits.beside
    names = {
        commit
        for author in {one.print.author for one in left} - {""}
        for commit in index.near(author, first, last)
    }
    found = index.commits(names - set(used))
    return sorted(found.values(), key=lambda one: (one.print.date, one.commit))[:MOST]


def _gain(pair: Pair, places: Sequence[tuple[int, int]], limits: Thresholds) -> float:
    """How well two fit that must have a path and either words or lines in common; else 0."""
    alike, title = pair.overlap.likeness, pair.title
    if not (pair.by_author and pair.shares_path):
        return 0.0
    if alike < limits.candidate_titled and title < limits.half_title:
        return 0.0
    return fit(pair) + (_IN_ORDER if _is_in_order(pair, places) else 0.0)


def _is_in_order(pair: Pair, places: Sequence[tuple[int, int]]) -> bool:
    """Whether the commit is not before those of earlier patches, nor behind those of later."""
    number, date = pair.patch.number, pair.commit.print.date
    return all(
        (one <= number or date <= when) and (one >= number or date >= when) for one, when in places
    )


def _match(pair: Pair, gain: float) -> Match:
    why = (
        "other patches of its posting landed beside this commit; "
        f"{pair.overlap.likeness:.0%} alike, {pair.title:.0%} of the title"
    )
    score = round(min(1.0, gain), 4)
    return Match(pair.patch.message_id, pair.commit.commit, Tier.ASSIGNED, score, False, why)
