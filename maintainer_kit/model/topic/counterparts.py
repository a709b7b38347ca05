# SPDX-License-Identifier: GPL-2.0-or-later
"""The patch of an older posting that a patch goes on from, and whether it is still the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.patch.sketch import likeness
from maintainer_kit.model.topic.evidence import ALIKE

_HOLDERS = 20
_NEAREST = 3
_SHARED = 3
"""Changed lines that two patches have in common at least: one or two are in common by chance."""


def is_same(one: Message, other: Message) -> bool:
    """Whether two patches are equal but for where they apply: of one patch-id, or of one title
    with equal changes in equal files."""
    if one.patch_id is not None and one.patch_id == other.patch_id:
        return True
    if not one.sketch or one.sketch != other.sketch or one.subject.key != other.subject.key:
        return False
    return bool(one.diff and other.diff and one.diff.files == other.diff.files)


class Counterparts:
    """The patches of one posting, found by those of later ones."""

    def __init__(self, patches: Iterable[Message | None]) -> None:
        self._patches = [patch for patch in patches if patch is not None]
        self._by_title: dict[str, list[Message]] = {}
        self._by_patch_id: dict[str, Message] = {}
        for patch in self._patches:
            self._by_title.setdefault(patch.subject.key, []).append(patch)
            if patch.patch_id:
                self._by_patch_id.setdefault(patch.patch_id, patch)

    @cached_property
    def _by_hash(self) -> dict[int, list[Message]]:
        found: dict[int, list[Message]] = {}
        for patch in self._patches:
            for value in patch.sketch:
                found.setdefault(value, []).append(patch)
        return found

    def of(self, patch: Message) -> Message | None:
        """The patch that became this one: of an equal title, of an equal patch-id, or the most
        alike; None where this one is new."""
        titled = self._by_title.get(patch.subject.key, ()) if patch.subject.key else ()
        if titled:
            number = patch.subject.number
            return next((one for one in titled if one.subject.number == number), titled[0])
        if patch.patch_id and (same := self._by_patch_id.get(patch.patch_id)):
            return same
        score, _, best = max(self._alike(patch), default=(0.0, "", None), key=lambda one: one[:2])
        return best if score >= ALIKE else None

    def _alike(self, patch: Message) -> Iterator[tuple[float, str, Message | None]]:
        by_id: dict[str, Message] = {}
        shared: Counter[str] = Counter()
        for value in patch.sketch:
            for one in self._by_hash.get(value, ())[:_HOLDERS]:
                by_id[one.message_id] = one
                shared[one.message_id] += 1
        for message_id, count in shared.most_common(_NEAREST):
            other = by_id[message_id]
            if count >= _SHARED or other.sketch == patch.sketch:
                yield likeness(other.sketch, patch.sketch), message_id, other
