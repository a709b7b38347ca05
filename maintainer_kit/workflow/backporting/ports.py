# SPDX-License-Identifier: GPL-2.0-or-later
"""What backporting needs from the outside: history that is read, and a tree of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.backporting.facts import Conflict, FollowUp, Upstream
from maintainer_kit.workflow.backporting.job import Job

DIGITS = 12
"""Of a commit's id, by which it is known among others."""
Copies = Mapping[str, str]
"""By the first digits of an upstream commit the one of the branch that names it."""


class History(Protocol):
    """The user's repository, which is only read. All raise RepositoryError."""

    def commits(self, words: Sequence[str]) -> Sequence[str]:
        """Whole ids of what a user names: commits, and ranges A..B, the oldest first."""

    def read(self, commits: Collection[str]) -> Mapping[str, Upstream]: ...

    def in_order(self, commits: Collection[str]) -> Sequence[str]:
        """The oldest first."""

    def has(self, commit: str, tip: str) -> bool:
        """Whether a commit is below another."""

    def copies(self, tip: str, without: Collection[str]) -> Copies:
        """Commits below ``tip``, and not below others, that name an upstream commit, and were not
        taken back there."""

    def same_patch(self, commit: str, tip: str) -> str:
        """The commit below ``tip``, and not below the other, that has its patch-id."""

    def follow_ups(self, commits: Collection[str]) -> Sequence[FollowUp]:
        """Commits of the main branches that say to fix or to revert these, the oldest first."""

    def touching(self, commit: str, path: str, first: int, last: int, tip: str) -> Sequence[str]:
        """Commits that changed lines of a file as it was before a commit, since its history and
        that of ``tip`` parted, the newest first; as many as are found in time."""

    def adding(self, commit: str, path: str, tip: str) -> Sequence[str]:
        """Likewise commits that brought the file."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What became of picking a commit."""

    commit: str = ""
    """Made of it, with its own message; empty where none was."""
    conflicts: tuple[Conflict, ...] = ()
    """Without the commits behind them."""

    @property
    def is_there(self) -> bool:
        """It changes nothing."""
        return not self.commit and not self.conflicts


class Tree(Protocol):
    """A work tree of ours. All raise RepositoryError."""

    def has(self, commit: str) -> bool:
        """Whether a commit is there: a loss of power may have taken it."""

    def begin(self, head: str) -> None:
        """Stand at a commit, whatever was there."""

    def pick(self, commit: str) -> Pick:
        """Pick a commit upon that."""

    def pick_as_before(self, commit: str) -> str:
        """The same with each conflict solved as it was solved before: a tree; empty where one is
        left."""

    def lay_open(self, commit: str) -> str:
        """The same for a person to go on with: all files are there; the folder. How conflicts are
        solved is learnt."""

    def take(self) -> str:
        """Of what a person left: a tree. Raises Refused where something is not solved."""

    def tree_of(self, commit: str) -> str: ...

    def commit(self, tree: str, head: str, upstream: str, message: str) -> str:
        """A commit by the author of another one."""


class Shelf(Protocol):
    """Where a backport is kept until it is done."""

    def put(self, job: Job) -> None:
        """Durable when it returns."""

    def drop(self) -> None:
        """It is done, or was given up."""


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that a backport works on."""

    history: History
    tree: Tree
    shelf: Shelf | None
    """None in a dry run."""
    publish: Callable[[Job], None]
    """Moves the branch; raises Refused."""
    signer: Person
