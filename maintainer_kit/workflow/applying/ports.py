# SPDX-License-Identifier: GPL-2.0-or-later
"""What applying needs from outside: a yard of its own to apply in, a shelf that remembers, and the
repository that the commits are for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.applying.application import Application
from maintainer_kit.workflow.applying.ways import Tried, Way

Say = Callable[[str], None]
"""Told what is tried, a line each."""


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file as a diff found it."""

    path: str
    blob: str
    """Its id, mostly abbreviated."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A patch as git am takes it, and what is known of where it comes from."""

    mail: bytes
    lead: tuple[bytes, ...]
    """The patches of its series that come before it, in the same form."""
    files: tuple[OldFile, ...]
    """What the first of them, to this one, start from."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commit that has files as diffs expect them."""

    commit: str
    ref: str
    """The ref below whose tip it was found."""
    fitting: int
    """How many of the files are as the diffs expect them."""
    behind: int
    """Commits that changed these files since, up to the tip."""


Publish = Callable[[Application], None]
"""Moves the branch, unless it is there already; see adapters/git/publish.py."""


class Source(Protocol):
    """The user's repository: read here, and moved only by ``publish``. All raise
    RepositoryError."""

    @property
    def place(self) -> str:
        """As its user names it."""

    def commit(self, name: str) -> str:
        """The id of a commit by any of its names; empty where there is none."""

    def branch(self, name: str) -> tuple[str, str | None]:
        """A branch by its name: its full name, and where it is. Raises Refused where the name
        cannot be one, or some work tree has it checked out."""

    def holding(self, files: Sequence[OldFile], refs: Sequence[str]) -> Sequence[Candidate]:
        """Commits below these refs, HEAD included, whose files are as they are wanted, the best
        fit first; of each ref the newest."""


class Yard(Protocol):
    """A work tree of ours, and the mails that are to be applied in it by their number from 0."""

    def has(self, commit: str) -> bool:
        """Whether a commit is there: a loss of power may have taken it."""

    def start(self, commit: str) -> None:
        """Begin at a commit, with nothing else in the tree."""

    def take(self, first: int) -> tuple[Sequence[str], str]:
        """Apply the patches from one on as they are, as far as they go: the new commits, and why
        the next did not apply."""

    def climb(self, way: Way, at: int, head: str) -> Tried:
        """Try one patch by one way of the ladder. The tree is at ``head`` before and after, unless
        a commit was made."""

    def lay_open(self, at: int, head: str) -> Sequence[str]:
        """Leave a patch in the tree for a person, with conflicts marked or rejects beside the
        files: the paths that want looking at."""

    def record(self, at: int, head: str) -> Tried:
        """Make a commit of what a person left in the tree."""

    def edited(self, at: int, head: str, diff: bytes) -> Tried:
        """Apply another diff in a patch's stead, with its message."""


class Shelf(Protocol):
    """Where one application is kept."""

    def lay(self, one: Application, parcels: Sequence[Parcel], refs: Sequence[str]) -> None:
        """Begin one: durable when it returns. ``refs`` are those below which other bases may be
        looked for."""

    def put(self, one: Application) -> None:
        """Durable when it returns. Raises StateError; then the last one stands."""

    def keep_changes(self, one: Application) -> None:
        """Remember it, when it is dropped too, for whoever asks what was changed."""

    def drop(self) -> None:
        """Forget it, with its yard."""
