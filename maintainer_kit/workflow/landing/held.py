# SPDX-License-Identifier: GPL-2.0-or-later
"""An index of commits without those that are in no ref any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.prints import CommitPrint

K = TypeVar("K")


class HeldIndex:
    """Implements ``matching.index.CommitIndex``: a branch that was rebased leaves its old commits
    in the index, and a patch is not to be taken for one of these."""

    def __init__(
        self,
        index: CommitIndex,
        gone: frozenset[str],
        links: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """``links`` are commits that stand for these mails as if they linked to them."""
        self._index = index
        self._gone = gone
        self._links = links or {}

    def linking(self, links: Mapping[str, Collection[str]]) -> HeldIndex:
        """The same with links that the commits do not have themselves."""
        made = HeldIndex(self._index, self._gone, links)
        made._hidden = self._hidden
        return made

    def count(self) -> int:
        return self._index.count() - len(self._gone)

    def commits(self, ids: Collection[str]) -> Mapping[str, CommitPrint]:
        return self._index.commits([one for one in ids if one not in self._gone])

    def by_message_id(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._held(self._index.by_message_id(message_ids))

    def by_linked(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        found = self._index.by_linked(message_ids)
        more = {one: self._links[one] for one in message_ids if one in self._links}
        if more:
            found = {
                one: sorted({*found.get(one, ()), *more.get(one, ())}) for one in {**found, **more}
            }
        return self._held(found)

    def by_patch_id(self, patch_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._held(self._index.by_patch_id(patch_ids))

    def by_lines_hash(self, hashes: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._held(self._index.by_lines_hash(hashes))

    def by_subject(self, subjects: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._held(self._index.by_subject(subjects))

    def by_line(self, lines: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        found = self._index.by_line(lines, most)
        if not (hidden := self._hidden):
            return found
        left = {line: [one for one in some if one not in hidden] for line, some in found.items()}
        return {line: some for line, some in left.items() if some}

    def names(self, numbers: Collection[int]) -> Mapping[int, str]:
        return self._index.names([one for one in numbers if one not in self._hidden])

    def entries(self, commits: Collection[str]) -> Mapping[str, int]:
        return self._index.entries([one for one in commits if one not in self._gone])

    def rarity(self, lines: Collection[int]) -> Mapping[int, int]:
        return self._index.rarity(lines)

    def near(self, author: str, first: int, last: int) -> Sequence[str]:
        return self._left(self._index.near(author, first, last))

    def reverted_by(self, commits: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._held(self._index.reverted_by(commits))

    @cached_property
    def _hidden(self) -> frozenset[int]:
        """The numbers of what is gone."""
        return frozenset(self._index.entries(self._gone).values()) if self._gone else frozenset()

    def _left(self, commits: Sequence[str]) -> Sequence[str]:
        return [one for one in commits if one not in self._gone] if self._gone else commits

    def _held(self, found: Mapping[K, Sequence[str]]) -> Mapping[K, Sequence[str]]:
        if not self._gone:
            return found
        left = {key: self._left(commits) for key, commits in found.items()}
        return {key: commits for key, commits in left.items() if commits}
