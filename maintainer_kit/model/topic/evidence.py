# SPDX-License-Identifier: GPL-2.0-or-later
"""How alike two postings are: their people, titles and diffs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.subject import title_key
from maintainer_kit.model.patch.sketch import likeness
from maintainer_kit.model.topic.series import Series

_WORD = re.compile(r"[^\W_]+")
_STABLE_TREE = re.compile(
    r"^(?:for-)?v?\d+\.\d+(?:\.y|\.\d+)?(?:-stable|-v?\d+\.\d+(?:\.y)?)?$|^stable-\d|^autosel$",
    re.IGNORECASE,
)
ALIKE = 0.5
"""Two diffs that share half of their changed lines are the same change."""
ALIKE_WINDOW = 180 * 86400
"""Seconds within which likeness alone tells a reroll."""
_RATHER = 0.2
_SAME_WORDS = 0.5


def person_keys(person: Person) -> frozenset[str]:
    """The address and the forms of the name by which a person is known; a list's address, which a
    list puts in place of everybody's, tells nobody."""
    keys = name_keys(person.name)
    if person.key and list_from_address(person.key) is None:
        keys |= {person.key}
    return keys


def people_keys(message: Message) -> frozenset[str]:
    """Addresses and names by which a patch's author and its submitter are known."""
    return person_keys(message.author) | person_keys(message.submitter)


class Posting:
    """One posting with what it is compared by; worked out when it is asked for."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.patches = tuple(patch for patch in series.patches if patch)

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset().union(*(people_keys(one) for one in self.series.messages))

    @cached_property
    def sender(self) -> frozenset[str]:
        """The submitter alone."""
        return person_keys(self.series.submitter)

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(one.subject.key for one in self.series.messages) - {""}

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(
            file.path for patch in self.patches if patch.diff for file in patch.diff.files
        )

    @cached_property
    def has_sketch(self) -> bool:
        return any(patch.sketch for patch in self.patches)

    def replaces(self, other: Posting) -> bool:
        """Whether all its patches take numbers that the other posting has filled."""
        theirs = other.series.patches
        mine = self.series.patches
        return len(mine) == len(theirs) and all(b for a, b in zip(mine, theirs, strict=True) if a)

    def completes(self, other: Posting) -> bool:
        """Whether each holds numbers of one posting that the other lacks, and none twice."""
        mine, theirs = self.series.patches, other.series.patches
        return (
            self.order == other.order
            and len(mine) == len(theirs) > 1
            and not any(one and two for one, two in zip(mine, theirs, strict=True))
            and not (self.series.cover and other.series.cover)
        )

    @property
    def order(self) -> tuple[int, int]:
        """Revision and its minor number: v5.1 replaces a patch of v5."""
        return (self.series.revision, self.series.first.subject.minor)

    def is_akin_to(self, other: Posting) -> bool:
        """Whether they may be about one matter at all: a file, a title or half of its words."""
        if not self.files or not other.files or self.files & other.files:
            return True
        if self.titles & other.titles:
            return True
        return _words_alike(self.series.first, other.series.first) >= _SAME_WORDS

    @cached_property
    def tree(self) -> frozenset[str]:
        """The stable trees that the prefix names: the same fix for 5.10 and for 6.1 is two."""
        tags = (tag for one in self.series.messages for tag in one.subject.tags)
        words = (word for tag in tags for word in tag.split("/"))
        trees = (word.lower() for word in words if _STABLE_TREE.match(word))
        return frozenset(tree.removeprefix("for-").lstrip("v") for tree in trees)

    @cached_property
    def is_rfc(self) -> bool:
        return any(one.subject.rfc for one in self.series.messages)


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


def compare(older: Posting, newer: Posting) -> Match:
    """Find the counterparts of two postings' mails: by title, then by what the diffs change."""
    left = {one.message_id: one for one in older.patches}
    right = {one.message_id: one for one in newer.patches}
    content = 0.0
    titled = list(_equal_titles(left, right))
    for mine, theirs in titled:
        content = max(content, likeness(mine.sketch, theirs.sketch))
    alike = 0
    for score in _equal_changes(left, right):
        content = max(content, score)
        alike += 1
    equal, found = len(titled), len(titled) + alike
    sizes = [max(1, len(older.patches)), max(1, len(newer.patches))]
    covers = older.series.cover, newer.series.cover
    same_cover = False
    if covers[0] and covers[1]:
        same_cover = covers[0].subject.key == covers[1].subject.key != ""
        sizes = [size + 1 for size in sizes]
        found, equal = found + same_cover, equal + same_cover
    elif not older.patches or not newer.patches:
        found = equal = int(bool(older.titles & newer.titles))
    pairs = len(titled) + alike
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
    if _RATHER <= score < ALIKE and _words_alike(one, other) >= _SAME_WORDS:
        return ALIKE
    return score


def _words_alike(one: Message, other: Message) -> float:
    mine, theirs = (set(_WORD.findall(title_key(m.subject.title))) for m in (one, other))
    return len(mine & theirs) / max(1, len(mine | theirs))
