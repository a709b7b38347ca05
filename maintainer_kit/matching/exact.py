# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that landed as they were mailed: named by the commit, of one patch-id, or of equal
changed lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.landing import Match, Tier
from maintainer_kit.matching.likeness import (
    Weights,
    overlap,
    same_author,
    same_title,
    shares_path,
)
from maintainer_kit.matching.prints import CommitPrint, PatchPrint
from maintainer_kit.matching.tiers import Thresholds


@dataclass(frozen=True, slots=True)
class _Hits:
    """The commits that a key leads to."""

    commits: Sequence[CommitPrint]
    """The oldest first."""
    titles: int
    """How many different ones they have."""


Found = Mapping[str, _Hits]


def find_exact(
    patches: Collection[PatchPrint], index: CommitIndex, limits: Thresholds, *, content_only: bool
) -> dict[str, Match]:
    """By Message-ID the match of each patch that has one, of the first kind that is conclusive;
    where none is, the first that is worth a question."""
    found: dict[str, Match] = {}
    if not content_only:
        ids = {one.message_id for one in patches}
        named = _hits(index, index.by_message_id(ids))
        linked = _hits(index, index.by_linked(ids))
        _take(found, (_named(one, named, limits) for one in patches))
        _take(found, (_linked(one, linked, index, limits) for one in _left(patches, found)))
    left = _left(patches, found)
    by_id = _hits(index, index.by_patch_id({one.print.patch_id for one in left} - {""}))
    _take(found, (_same_patch(one, by_id, limits) for one in left))
    left = _left(patches, found)
    by_lines = _hits(index, index.by_lines_hash({one.print.lines_hash for one in left} - {""}))
    _take(found, (_same_lines(one, by_lines, limits) for one in left))
    return found


def _left(patches: Iterable[PatchPrint], found: Mapping[str, Match]) -> list[PatchPrint]:
    """Those that nothing is proven of yet."""
    sure = {one.message_id for one in found.values() if one.is_sure}
    return [one for one in patches if one.message_id not in sure]


def _take(found: dict[str, Match], matches: Iterable[Match | None]) -> None:
    for match in matches:
        if match and (match.is_sure or match.message_id not in found):
            found[match.message_id] = match


def _hits(index: CommitIndex, ids: Mapping[str, Sequence[str]]) -> Found:
    commits = index.commits({commit for some in ids.values() for commit in some})
    known = {key: [commits[one] for one in some if one in commits] for key, some in ids.items()}
    return {
        key: _Hits(
            sorted(some, key=lambda one: (one.print.date, one.commit)),
            len({one.print.subject for one in some}),
        )
        for key, some in known.items()
        if some
    }


def _best(patch: PatchPrint, hits: _Hits, limits: Thresholds) -> CommitPrint:
    """Of several commits that of the patch's author and title, then the first after the mail."""
    mine = patch.print
    earliest = mine.date - limits.early
    at = bisect_left(hits.commits, earliest, key=lambda one: one.print.date)
    near = hits.commits[max(0, at - limits.copies) : at + limits.copies]

    def rank(one: CommitPrint) -> tuple[bool, bool, bool, int, str]:
        is_early = one.print.date < earliest
        date = -one.print.date if is_early else one.print.date
        other = not same_author(mine, one.print)
        return other, not same_title(mine, one.print), is_early, date, one.commit

    return min(near, key=rank)


def _named(patch: PatchPrint, hits: Found, limits: Thresholds) -> Match | None:
    if not (some := hits.get(patch.message_id)):
        return None
    commit = _best(patch, some, limits).commit
    return Match(patch.message_id, commit, Tier.MESSAGE_ID, 1.0, True, "the commit names the mail")


def _linked(patch: PatchPrint, hits: Found, index: CommitIndex, limits: Thresholds) -> Match | None:
    """A link alone is worth a question: it may lead to a report."""
    if not (some := hits.get(patch.message_id)):
        return None
    one = _best(patch, some, limits)
    mine, theirs = patch.print, one.print
    weights = Weights(index.count(), index.rarity({*mine.lines, *theirs.lines}))
    alike = overlap(mine.lines, theirs.lines, weights).likeness
    is_sure = same_title(mine, theirs) or alike >= limits.linked
    if not (is_sure or shares_path(mine, theirs)):
        return None
    why = "the commit links to the mail" + ("" if is_sure else ", which changes other lines")
    return Match(
        patch.message_id, one.commit, Tier.MESSAGE_ID, 1.0 if is_sure else 0.5, is_sure, why
    )


def _same_patch(patch: PatchPrint, hits: Found, limits: Thresholds) -> Match | None:
    if not (some := hits.get(patch.print.patch_id)):
        return None
    one = _best(patch, some, limits)
    by_author, by_title = same_author(patch.print, one.print), same_title(patch.print, one.print)
    if by_author and not by_title and some.titles > 1:
        why = f"{len(some.commits)} commits with this patch-id, none with its title"
        return Match(patch.message_id, one.commit, Tier.PATCH_ID, 0.5, False, why)
    if by_author or (by_title and len(patch.print.lines) > limits.tiny):
        return Match(patch.message_id, one.commit, Tier.PATCH_ID, 1.0, True, "the same patch-id")
    return _by_another(patch, one, "the same patch-id")


def _same_lines(patch: PatchPrint, hits: Found, limits: Thresholds) -> Match | None:
    if not (some := hits.get(patch.print.lines_hash)):
        return None
    one = _best(patch, some, limits)
    by_author, by_title = same_author(patch.print, one.print), same_title(patch.print, one.print)
    why = "the same changed lines"
    if not (by_author or by_title):
        return _by_another(patch, one, why)
    is_tiny = len(patch.print.lines) <= limits.tiny
    if is_tiny and not (by_author and by_title):
        why += f", only {len(patch.print.lines)} of them"
        return Match(patch.message_id, one.commit, Tier.LINES, 0.5, False, why)
    is_alone = by_title or some.titles == 1
    return Match(patch.message_id, one.commit, Tier.LINES, 1.0, is_alone, why)


def _by_another(patch: PatchPrint, one: CommitPrint, why: str) -> Match:
    return Match(
        patch.message_id, one.commit, Tier.OTHER_AUTHOR, 1.0, False, f"{why}, another author"
    )
