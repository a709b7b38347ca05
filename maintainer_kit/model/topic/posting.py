# SPDX-License-Identifier: GPL-2.0-or-later
"""What a posting is compared with others by: its people, titles, files and trees."""

from __future__ import annotations

import re
from functools import cached_property

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.subject import title_key
from maintainer_kit.model.topic.series import Series

_WORD = re.compile(r"[^\W_]+")
_STABLE_TREE = re.compile(
    r"^(?:for-)?v?\d+\.\d+(?:\.y|\.\d+)?(?:-stable|-v?\d+\.\d+(?:\.y)?)?$|^stable-\d|^autosel$",
    re.IGNORECASE,
)
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
        return titles_alike(self.series.first, other.series.first)

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


def titles_alike(one: Message, other: Message) -> bool:
    """Whether two titles have half of their words in common."""
    mine, theirs = (set(_WORD.findall(title_key(m.subject.title))) for m in (one, other))
    return len(mine & theirs) >= _SAME_WORDS * max(1, len(mine | theirs))
