# SPDX-License-Identifier: GPL-2.0-or-later
"""What looking at branches needs from the outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.branches.branch import Head
from maintainer_kit.workflow.testing.verdicts import Verdicts

if TYPE_CHECKING:
    from maintainer_kit.checks.reading_commit import CommitRecord


@dataclass(frozen=True, slots=True)
class Refs:
    """The refs of a repository at one moment."""

    heads: Sequence[Head]
    """Local branches, by name; other names for one of them are left out."""
    tips: Mapping[str, str]
    """Commits of local branches and of what was fetched from remotes, by full name; other
    names for one of them are left out."""
    remote_heads: Sequence[str]
    """What the remotes call their HEAD."""
    is_bare: bool


class Repository(Protocol):
    """One repository; nothing is fetched, written, or run there."""

    @property
    def path(self) -> str:
        """By which it is known."""

    @property
    def place(self) -> str:
        """The git directory that its work trees share."""

    def refs(self) -> Refs:
        """Raises RepositoryError."""

    def resolve(self, name: str) -> tuple[str, str] | None:
        """The full name of a ref as a user names it, and its commit; None where there is none."""

    def history(self, tips: Sequence[str]) -> Iterator[Sequence[bytes]]:
        """See ``counting``. Raises RepositoryError on the way."""

    def commits(self, ids: Iterable[str]) -> Sequence[CommitRecord]:
        """Commits without their diffs, merges left out, the newest first. Raises
        RepositoryError."""


Results = Callable[[str, Head], Verdicts]
"""What tests that ran here say of a branch of the repository with that path."""


def no_results(path: str, head: Head) -> Verdicts:
    """Where no tests are run."""
    return {}
