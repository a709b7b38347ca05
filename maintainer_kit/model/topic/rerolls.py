# SPDX-License-Identifier: GPL-2.0-or-later
"""The older posting that a posting is a reroll of, where neither an id nor a thread says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from maintainer_kit.model.topic.evidence import ALIKE, ALIKE_WINDOW, Match, compare
from maintainer_kit.model.topic.posting import Posting

_Key = TypeVar("_Key")
_DAY = 86400
_REROLL_WINDOW = 550 * _DAY
"""A reroll comes within this time; the same title later is another change."""
_REPOST_WINDOW = 60 * _DAY
"""The same, where not even the revision says that it is a reroll."""
_MANY = 3
_SURE = 0.8
_SOME = 0.2
_HOLDERS = 40
"""How many of the postings that share a title or a hash are looked at: the newest."""
_CANDIDATES = 12


class How(Enum):
    """What a posting that resembles an older one is to it."""

    REROLL = "reroll"
    PART = "part"
    """One patch of many, posted by itself: the others are still to be looked at."""
    MERGED = "merged"
    """It holds the older one among much else."""


@dataclass(frozen=True, slots=True)
class Near:
    """An older posting that a posting resembles."""

    older: int
    how: How
    reason: str
    confidence: float
    match: Match

    @property
    def is_sure(self) -> bool:
        """Sure enough to say so of one that is not what it is a reroll of."""
        if self.how is How.PART:
            return False
        return self.match.is_titled or self.match.content >= _SURE


def find_older(
    postings: Sequence[Posting], threads: Sequence[Sequence[int]]
) -> Iterator[tuple[int, list[Near]]]:
    """For each posting, in order, what it may be a reroll of: the likeliest first.

    ``postings`` are in the order of their dates; ``threads`` are those that each one answers.
    """
    titles: dict[str, list[int]] = {}
    hashes: dict[int, list[int]] = {}
    for at, one in enumerate(postings):
        values = {value for patch in one.patches for value in patch.sketch}
        seen = Counter(threads[at])
        seen.update(_newest(titles, one.titles))
        seen.update(_newest(hashes, values))
        # Of equally many the newer one.
        ranked = sorted(seen, key=lambda other: (-seen[other], -other))[:_CANDIDATES]
        near = [found for other in ranked if other < at and (found := _judge(other, at, postings))]
        near.sort(key=lambda n: (-n.match.same_cover, -n.match.pairs, -n.confidence, -n.older))
        yield at, near
        for title in one.titles:
            titles.setdefault(title, []).append(at)
        for value in values:
            hashes.setdefault(value, []).append(at)


def _newest(holders: Mapping[_Key, Sequence[int]], keys: Iterable[_Key]) -> Iterator[int]:
    """The newest postings that hold each of the keys."""
    for key in keys:
        if key in holders:
            yield from holders[key][-_HOLDERS:]


def _judge(older_at: int, at: int, postings: Sequence[Posting]) -> Near | None:
    older, newer = _in_order(postings[older_at], postings[at])
    if older.tree != newer.tree:
        return None
    resend = newer.series.first.subject.resend
    is_reroll = newer.order > older.order or (older.is_rfc and not newer.is_rfc)
    if not (is_reroll or resend or newer.order == older.order):
        return None
    gap = _gap(older, newer)
    if gap > (_REROLL_WINDOW if is_reroll or resend else _REPOST_WINDOW):
        return None
    match = compare(older, newer)
    if not match.is_enough:
        return None
    confidence = _confidence(older, newer, match, gap, is_reroll=is_reroll)
    if not confidence:
        return None
    reason = "subject" if match.is_titled else "likeness"
    how = _how(older, newer, match, is_reroll=is_reroll)
    return Near(older_at, how, reason, round(confidence, 2), match)


def _gap(one: Posting, other: Posting) -> int:
    """Seconds between two; none where a mail has no Date, which proves nothing."""
    dates = one.series.date, other.series.date
    return abs(dates[0] - dates[1]) if all(dates) else 0


def _in_order(one: Posting, other: Posting) -> tuple[Posting, Posting]:
    """Two postings, the second one later by its date, as older and newer: within a day the
    revision tells, because clocks of senders differ."""
    starts_again = one.is_rfc and not other.is_rfc
    if other.order < one.order and not starts_again and _gap(one, other) <= _DAY:
        return other, one
    return one, other


def _how(older: Posting, newer: Posting, match: Match, *, is_reroll: bool) -> How:
    if match.same_cover:
        return How.REROLL
    theirs, mine = older.series.patches, newer.series.patches
    if len(mine) == 1 and newer.series.cover is None and len(older.patches) >= _MANY:
        return How.PART
    if len(mine) == len(theirs) > 1 and not older.series.is_complete:
        return How.REROLL  # it stopped half-way, and was sent again
    if match.is_swallowed and not is_reroll:
        return How.MERGED
    return How.REROLL


def _confidence(
    older: Posting, newer: Posting, match: Match, gap: int, *, is_reroll: bool
) -> float:
    """0 where it is not enough."""
    content = match.content
    # A cover letter alone, or a patch of which the diff is not there, has nothing to compare.
    unknown = not older.has_sketch or not newer.has_sketch
    if newer.people & older.people:
        if match.is_titled and (is_reroll or unknown or content >= _SOME):
            return 0.8
        if content >= ALIKE and gap <= ALIKE_WINDOW and newer.files & older.files:
            return 0.7 if is_reroll else 0.6
        return 0.0
    # Somebody else carries it on: only with the same title and much of the same text.
    if is_reroll and match.is_titled and content >= ALIKE:
        return 0.6
    return 0.0
