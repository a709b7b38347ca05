# SPDX-License-Identifier: GPL-2.0-or-later
"""What a comparison needs from repositories; they are only read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from maintainer_kit.checks.patch import Patch
from maintainer_kit.workflow.comparing.series_file import Contents


class Commits(Contents, Protocol):
    """Some repositories, asked one after the other. All raise RepositoryError."""

    def range(self, text: str) -> Sequence[Patch]:
        """Commits that a user names by ``A..B``, the oldest first, without merges; from the first
        repository that knows both ends."""

    def ranges(self, texts: Sequence[str]) -> Sequence[Sequence[Patch]]:
        """Several at once, which takes less time than one after the other."""

    def branch(self, name: str) -> Sequence[Patch] | None:
        """What a branch has that its upstream, or else the main branch, has not; None where no
        repository has a branch of that name."""

    def named(self, repository: str, commit: str) -> Patch:
        """A commit by its whole id, in a repository by its git directory."""
