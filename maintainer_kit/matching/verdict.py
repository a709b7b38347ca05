# SPDX-License-Identifier: GPL-2.0-or-later
"""What a patch and a commit that are compared prove."""

from __future__ import annotations

from maintainer_kit.matching.landing import Match, Tier
from maintainer_kit.matching.similar import Pair
from maintainer_kit.matching.tiers import Thresholds


def judge(pair: Pair, limits: Thresholds) -> Match | None:
    """The match that a pair makes by itself; None where it is not even worth a question."""
    if not pair.shares_path:
        return None
    if not pair.by_author:
        return _by_another(pair, limits)
    alike = pair.overlap.likeness
    by_title = pair.by_title and _is_telling(pair, limits)
    enough = len(pair.overlap.shared) > limits.tiny
    if by_title:
        is_sure = alike >= (limits.sure_titled if enough else limits.sure)
        return _match(pair, Tier.SUBJECT, is_sure=is_sure)
    if alike >= limits.sure:
        return _match(pair, Tier.SIMILAR, is_sure=enough)
    if alike >= limits.candidate or (
        pair.title >= limits.half_title and alike >= limits.candidate_titled
    ):
        return _match(pair, Tier.SIMILAR, is_sure=False)
    return None


def fit(pair: Pair) -> float:
    """How well the two fit, for choosing among several, 0 to 1."""
    return 0.75 * pair.overlap.likeness + 0.25 * (1.0 if pair.by_title else pair.title)


def _by_another(pair: Pair, limits: Thresholds) -> Match | None:
    by_title = pair.by_title and _is_telling(pair, limits)
    if pair.overlap.likeness >= limits.other_author or by_title:
        return _match(pair, Tier.OTHER_AUTHOR, is_sure=False)
    return None


def _is_telling(pair: Pair, limits: Thresholds) -> bool:
    """Whether the equal title of two, and when they were made, says that they are one."""
    words = pair.patch.print.subject.split()
    aged = pair.commit.print.date - pair.patch.print.date
    return len(words) >= limits.title_words and aged <= limits.late


def _match(pair: Pair, tier: Tier, *, is_sure: bool) -> Match:
    return Match(
        pair.patch.message_id,
        pair.commit.commit,
        tier,
        round(fit(pair), 4),
        is_sure,
        _words(pair),
    )


def _words(pair: Pair) -> str:
    """Why, for a person: by title, and how much of each is in the other."""
    alike = pair.overlap
    said = ["the same title"] if pair.by_title else []
    said.append(f"{len(alike.shared)} changed lines in common, {alike.likeness:.0%} alike")
    if alike.of_commit >= 0.8 > alike.of_patch:
        said.append(f"landed in part: {alike.of_patch:.0%} of the patch")
    if not pair.by_author:
        said.append("another author")
    return ", ".join(said)
