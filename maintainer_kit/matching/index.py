# SPDX-License-Identifier: GPL-2.0-or-later
"""What matching asks of an index of commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from maintainer_kit.matching.prints import CommitPrint


class CommitIndex(Protocol):
    """Commits by their fingerprints. Adapters keep them in SQLite; tests in memory.

    Answers hold commit ids in no particular order; what is asked about many comes in one call.
    """

    def count(self) -> int:
        """How many commits there are: what rarity is counted against."""

    def commits(self, ids: Collection[str]) -> Mapping[str, CommitPrint]:
        """These commits; those that are not there are left out."""

    def by_message_id(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Commits that name these as their mail."""

    def by_linked(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Commits that link to these."""

    def by_patch_id(self, patch_ids: Collection[str]) -> Mapping[str, Sequence[str]]: ...

    def by_lines_hash(self, hashes: Collection[str]) -> Mapping[str, Sequence[str]]: ...

    def by_subject(self, subjects: Collection[str]) -> Mapping[str, Sequence[str]]:
        """By the subject as ``Print`` has it."""

    def by_line(self, lines: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        """Commits that change each of these lines, by the numbers that they have here: most of them
        are counted and never looked at. A line that more than ``most`` commits change says nothing,
        and is left out."""

    def names(self, numbers: Collection[int]) -> Mapping[int, str]:
        """The ids of commits by their numbers; those that are not there are left out."""

    def entries(self, commits: Collection[str]) -> Mapping[str, int]:
        """The numbers that commits have here, by whole ids; of others nothing."""

    def rarity(self, lines: Collection[int]) -> Mapping[int, int]:
        """How many commits change each of these lines; those that none does are left out."""

    def near(self, author: str, first: int, last: int) -> Sequence[str]:
        """Commits of an author with a committer date from ``first`` to ``last``; at most 1,000."""

    def reverted_by(self, commits: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Commits that say to revert these, by whole ids; an abbreviation of seven digits or more
        counts."""
