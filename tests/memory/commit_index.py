# SPDX-License-Identifier: GPL-2.0-or-later
"""A CommitIndex in memory."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from maintainer_kit.matching.prints import CommitPrint

K = TypeVar("K")
V = TypeVar("V")
_MOST_NEAR = 1000
_SHORTEST = 7


class MemoryCommitIndex:
    """Implements the port ``CommitIndex``."""

    def __init__(self, commits: Iterable[CommitPrint] = ()) -> None:
        self._commits: dict[str, CommitPrint] = {}
        self._message_id: dict[str, list[str]] = defaultdict(list)
        self._linked: dict[str, list[str]] = defaultdict(list)
        self._patch_id: dict[str, list[str]] = defaultdict(list)
        self._lines_hash: dict[str, list[str]] = defaultdict(list)
        self._subject: dict[str, list[str]] = defaultdict(list)
        self._line: dict[int, list[int]] = defaultdict(list)
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._reverts: dict[str, list[str]] = defaultdict(list)
        self._dates: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for one in commits:
            self._add(one)
        for dates in self._dates.values():
            dates.sort()

    def _add(self, one: CommitPrint) -> None:
        commit, found = one.commit, one.print
        if commit in self._commits:
            return
        self._commits[commit] = one
        self._numbers[commit] = number = len(self._names)
        self._names.append(commit)
        for message_id in one.message_ids:
            self._message_id[message_id].append(commit)
        for message_id in one.linked:
            self._linked[message_id].append(commit)
        for name in one.reverts:
            self._reverts[name[:_SHORTEST]].append(commit)
        if found.patch_id:
            self._patch_id[found.patch_id].append(commit)
        if found.lines_hash:
            self._lines_hash[found.lines_hash].append(commit)
        self._subject[found.subject].append(commit)
        for line in found.lines:
            self._line[line].append(number)
        self._dates[found.author].append((found.date, commit))

    def count(self) -> int:
        return len(self._commits)

    def commits(self, ids: Collection[str]) -> Mapping[str, CommitPrint]:
        return _known(self._commits, ids)

    def by_message_id(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return _known(self._message_id, message_ids)

    def by_linked(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return _known(self._linked, message_ids)

    def by_patch_id(self, patch_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return _known(self._patch_id, patch_ids)

    def by_lines_hash(self, hashes: Collection[str]) -> Mapping[str, Sequence[str]]:
        return _known(self._lines_hash, hashes)

    def by_subject(self, subjects: Collection[str]) -> Mapping[str, Sequence[str]]:
        return _known(self._subject, subjects)

    def by_line(self, lines: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        found = _known(self._line, lines)
        return {line: commits for line, commits in found.items() if len(commits) <= most}

    def names(self, numbers: Collection[int]) -> Mapping[int, str]:
        return {one: self._names[one] for one in numbers if 0 <= one < len(self._names)}

    def entries(self, commits: Collection[str]) -> Mapping[str, int]:
        return _known(self._numbers, commits)

    def rarity(self, lines: Collection[int]) -> Mapping[int, int]:
        return {line: len(commits) for line, commits in _known(self._line, lines).items()}

    def near(self, author: str, first: int, last: int) -> Sequence[str]:
        dates = self._dates.get(author, [])
        start = bisect_left(dates, (first, ""))
        end = bisect_right(dates, (last + 1, ""))
        return [commit for _, commit in dates[start:end]][:_MOST_NEAR]

    def reverted_by(self, commits: Collection[str]) -> Mapping[str, Sequence[str]]:
        found = {
            commit: [
                one
                for one in self._reverts.get(commit[:_SHORTEST], ())
                if any(commit.startswith(name) for name in self._commits[one].reverts)
            ]
            for commit in commits
        }
        return {commit: reverting for commit, reverting in found.items() if reverting}


def _known(table: Mapping[K, V], keys: Collection[K]) -> dict[K, V]:
    return {key: table[key] for key in set(keys) if key in table}
