# SPDX-License-Identifier: GPL-2.0-or-later
"""Several patches, one commit: which of them it is.

Revisions of a patch are all like the commit that the last of them became. One posting is claimed
for it: that which fits best, and of those that fit equally well the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from maintainer_kit.matching.landing import Match
from maintainer_kit.matching.similar import Pair
from maintainer_kit.matching.tiers import Thresholds
from maintainer_kit.matching.verdict import fit, judge


@dataclass(frozen=True, slots=True)
class Claim:
    """A pair with what it proves by itself."""

    pair: Pair
    match: Match
    fit: float

    def is_late(self, limits: Thresholds) -> bool:
        """Whether the commit was there before the mail."""
        return self.pair.patch.print.date > self.pair.commit.print.date + limits.clocks

    @property
    def rank(self) -> tuple[bool, float, int, str]:
        """The higher the better."""
        patch = self.pair.patch
        return self.pair.by_author, self.fit, patch.print.date, patch.message_id


def best_claims(pairs: Iterable[Pair], limits: Thresholds) -> dict[str, Claim]:
    """By Message-ID the commit that a patch fits best."""
    best: dict[str, Claim] = {}
    for pair in pairs:
        if (match := judge(pair, limits)) is None:
            continue
        claim = Claim(pair, match, fit(pair))
        known = best.get(match.message_id)
        if known is None or _order(claim) > _order(known):
            best[match.message_id] = claim
    return best


def _order(claim: Claim) -> tuple[bool, float, int, str]:
    """Of equally good commits the oldest."""
    commit = claim.pair.commit
    return claim.pair.by_author, claim.fit, -commit.print.date, commit.commit


def settle(
    claims: Mapping[str, Claim], taken: Collection[str], limits: Thresholds
) -> dict[str, Match]:
    """By Message-ID the matches that stand; none of a commit that is ``taken``, as a patch landed
    there unchanged."""
    rivals: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        if claim.match.commit not in taken:
            rivals[claim.match.commit].append(claim)
    return {match.message_id: match for some in rivals.values() for match in _settle(some, limits)}


def _settle(claims: list[Claim], limits: Thresholds) -> Iterator[Match]:
    """The one that speaks, and as candidates those that change the very same lines.

    One that was mailed after the commit is asked about only, and so is the best that was not.
    """
    speaker = _speaker(claims, limits)
    lines = speaker.pair.patch.print.lines_hash
    same: list[Claim] = []
    others: list[Claim] = []
    for one in claims:
        is_same = bool(lines) and one.pair.patch.print.lines_hash == lines
        (same if is_same else others).append(one)
    if speaker.is_late(limits):
        yield _asked(speaker, "mailed after the commit")
        timely = [one for one in others if one is not speaker and not one.is_late(limits)]
        if timely:
            yield _speaker(timely, limits).match
    else:
        yield speaker.match
    yield from (_asked(one, "posted again later") for one in same if one is not speaker)


def _speaker(claims: list[Claim], limits: Thresholds) -> Claim:
    first = max(claims, key=lambda one: one.rank)
    near = [
        one
        for one in claims
        if one.pair.by_author == first.pair.by_author and one.fit >= first.fit - limits.same_fit
    ]
    return max(near, key=lambda one: (one.pair.patch.print.date, one.rank))


def _asked(claim: Claim, why: str) -> Match:
    return replace(claim.match, is_sure=False, why=f"{claim.match.why}; {why}")
