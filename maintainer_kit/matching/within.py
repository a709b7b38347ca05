# SPDX-License-Identifier: GPL-2.0-or-later
"""An index as far as one branch goes.

Of a change that is in several branches as several commits each branch has its own; and a title, or
a line, is rare or not within one branch.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.prints import CommitPrint

Holds = Callable[[Collection[str]], Collection[str]]
"""Which of these commits a branch holds."""
Key = TypeVar("Key")


class Within:
    """Implements ``CommitIndex`` over another one and a branch; asks once about each commit.

    ``count`` and ``rarity`` are those of the whole index: an estimate is enough there.
    """

    def __init__(self, index: CommitIndex, holds: Holds) -> None:
        self._index = index
        self._holds = holds
        self._known: dict[str, bool] = {}

    def count(self) -> int:
        return self._index.count()

    def commits(self, ids: Collection[str]) -> Mapping[str, CommitPrint]:
        return self._index.commits(self._inside(ids))

    def by_message_id(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._only(self._index.by_message_id(message_ids))

    def by_linked(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._only(self._index.by_linked(message_ids))

    def by_patch_id(self, patch_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._only(self._index.by_patch_id(patch_ids))

    def by_lines_hash(self, hashes: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._only(self._index.by_lines_hash(hashes))

    def by_subject(self, subjects: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._only(self._index.by_subject(subjects))

    def by_line(self, lines: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        found = self._index.by_line(lines, most)
        names = self.names({number for some in found.values() for number in some})
        inside = {line: [one for one in some if one in names] for line, some in found.items()}
        return {line: some for line, some in inside.items() if some}

    def names(self, numbers: Collection[int]) -> Mapping[int, str]:
        names = self._index.names(numbers)
        held = set(self._inside(list(names.values())))
        return {number: name for number, name in names.items() if name in held}

    def entries(self, commits: Collection[str]) -> Mapping[str, int]:
        return self._index.entries(self._inside(commits))

    def rarity(self, lines: Collection[int]) -> Mapping[int, int]:
        return self._index.rarity(lines)

    def near(self, author: str, first: int, last: int) -> Sequence[str]:
        return self._inside(self._index.near(author, first, last))

    def reverted_by(self, commits: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._only(self._index.reverted_by(commits))

    def _only(self, found: Mapping[Key, Sequence[str]]) -> dict[Key, Sequence[str]]:
        self._ask({one for some in found.values() for one in some})
        inside = {key: self._inside(some) for key, some in found.items()}
        return {key: some for key, some in inside.items() if some}

    def _inside(self, commits: Collection[str]) -> list[str]:
        self._ask(commits)
        return [one for one in commits if self._known[one]]

    def _ask(self, commits: Collection[str]) -> None:
        if unknown := {one for one in commits if one not in self._known}:
            held = set(self._holds(unknown))
            self._known |= {one: one in held for one in unknown}
