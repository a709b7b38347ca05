# SPDX-License-Identifier: GPL-2.0-or-later
"""How much of two postings is the same, by their titles and diffs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.patch.sketch import likeness
from maintainer_kit.model.topic.posting import Posting, titles_alike

ALIKE = 0.5
"""Two diffs that share half of their changed lines are the same change."""
ALIKE_WINDOW = 180 * 86400
"""Seconds within which likeness alone tells a reroll."""
_RATHER = 0.2
_HALF = 0.5
"""Of two postings' mails: with less in common they are two matters."""


@dataclass(frozen=True, slots=True)
class Match:
    """How much of two postings is the same."""

    of_older: float
    """The share of the older one's mails that have a counterpart in the newer one, 0 to 1."""
    of_newer: float
    """The share of the newer one's that have one in the older."""
    by_title: float
    """The share of the smaller one's that have one of an equal title."""
    content: float
    """The greatest likeness of two diffs that are counterparts, 0 to 1."""
    same_cover: bool
    """Both have a cover letter, of one title."""
    pairs: int
    """How many patches have a counterpart."""

    @property
    def share(self) -> float:
        """The share of the smaller one's that have a counterpart."""
        return max(self.of_older, self.of_newer)

    @property
    def is_enough(self) -> bool:
        """Whether the two can be one matter at all."""
        return self.share >= _HALF

    @property
    def is_titled(self) -> bool:
        """Whether titles tell it."""
        return self.by_title >= _HALF

    @property
    def is_swallowed(self) -> bool:
        """Whether most of the newer one is something else."""
        return self.of_newer < _HALF


def compare(older: Posting, newer: Posting) -> Match:
    """Find the counterparts of two postings' mails: by title, then by what the diffs change."""
    left = {one.message_id: one for one in older.patches}
    right = {one.message_id: one for one in newer.patches}
    content = 0.0
    titled = list(_equal_titles(left, right))
    for mine, theirs in titled:
        if content < 1.0:
            content = max(content, likeness(mine.sketch, theirs.sketch))
    alike = 0
    for score in _equal_changes(left, right):
        content = max(content, score)
        alike += 1
    equal, pairs = len(titled), len(titled) + alike
    found = pairs
    sizes = [max(1, len(older.patches)), max(1, len(newer.patches))]
    covers = older.series.cover, newer.series.cover
    same_cover = False
    if covers[0] and covers[1]:
        same_cover = covers[0].subject.key == covers[1].subject.key != ""
        sizes = [size + 1 for size in sizes]
        found, equal = found + same_cover, equal + same_cover
    elif not older.patches or not newer.patches:
        found = equal = int(bool(older.titles & newer.titles))
    shares = (found / sizes[0], found / sizes[1])
    return Match(*shares, equal / min(sizes), content, same_cover, pairs)


def _equal_titles(
    left: dict[str, Message], right: dict[str, Message]
) -> Iterator[tuple[Message, Message]]:
    """Take counterparts of an equal title out of both."""
    by_key: dict[str, list[Message]] = {}
    for one in reversed(left.values()):
        by_key.setdefault(one.subject.key, []).append(one)
    for patch in tuple(right.values()):
        if patch.subject.key and (same := by_key.get(patch.subject.key)):
            other = same.pop()
            del left[other.message_id], right[patch.message_id]
            yield other, patch


def _equal_changes(left: dict[str, Message], right: dict[str, Message]) -> Iterator[float]:
    """Take counterparts whose diffs are alike out of both; how alike they are.

    Only patches that share a hash are compared, so that two postings of 500 cost no 250,000.
    """
    if not left or not right:
        return
    holders: dict[int, list[str]] = {}
    for one in left.values():
        for value in one.sketch:
            holders.setdefault(value, []).append(one.message_id)
    for patch in tuple(right.values()):
        near = Counter(one for value in patch.sketch for one in holders.get(value, ())[:20])
        scores = [(_score(left[one], patch), one) for one, _ in near.most_common(5) if one in left]
        best, at = max(scores, default=(0.0, ""))
        if best >= ALIKE:
            del left[at], right[patch.message_id]
            yield best


def _score(one: Message, other: Message) -> float:
    """Likeness of two diffs; with half of the words of the title in common less is enough."""
    if one.patch_id and one.patch_id == other.patch_id:
        return 1.0
    score = likeness(one.sketch, other.sketch)
    if _RATHER <= score < ALIKE and titles_alike(one, other):
        return ALIKE
    return score
