# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of commits that are to be in an older branch as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from maintainer_kit.workflow.applying.ways import Way


class How(StrEnum):
    """By what it is known that a branch has a commit."""

    ANCESTOR = "ancestor"
    LINE = "upstream-line"
    """A commit of the branch names it as its upstream commit."""
    PATCH_ID = "patch-id"
    CONTENT = "content"
    """Picking it changes nothing."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """A commit as upstream has it."""

    commit: str
    """The whole id."""
    title: str
    message: str
    is_merge: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """A commit that the branch has."""

    upstream: str
    title: str
    commit: str
    """As which; empty where only its content is there."""
    how: How


@dataclass(frozen=True, slots=True)
class Picked:
    """A commit that was picked."""

    upstream: str
    title: str
    commit: str
    way: Way = Way.PLAIN
    """Else how a conflict was solved: by hand, or as it was before."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A later commit of upstream that mends one that is wanted, or takes it back."""

    commit: str
    title: str
    mends: str
    """Which one."""
    is_revert: bool = False
    present: str = ""
    """The commit of the branch that it is already; empty for none."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines of the file before the wanted commit, which the branch has otherwise."""

    first: int
    last: int
    commits: tuple[str, ...] = ()
    """That touched these lines upstream since the branch left, the newest first."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that could not be merged."""

    path: str
    is_missing: bool = False
    """The branch has no such file."""
    hunks: tuple[Hunk, ...] = ()
    commits: tuple[str, ...] = ()
    """Of a file that is missing: by which it came."""

    @property
    def touching(self) -> tuple[str, ...]:
        """All commits that are behind it."""
        found = (one for hunk in self.hunks for one in hunk.commits)
        return tuple(dict.fromkeys((*self.commits, *found)))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A commit that the wanted one may stand on."""

    commit: str
    title: str
    places: int
    """Conflicting hunks and missing files that it explains."""
    present: str = ""
    """As in ``FollowUp``."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a commit could not be picked."""

    upstream: str
    title: str
    conflicts: tuple[Conflict, ...]
    suggestions: tuple[Suggestion, ...]
    """Those that explain most first."""
    first: tuple[str, ...] = ()
    """The smallest set of them that was found to help: with these picked before, in this order, it
    applies."""
    tree: str = ""
    """Where the conflict is laid open to be solved by hand; empty in a dry run."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a backport."""

    branch: str
    """Its short name."""
    old: str | None
    new: str
    """Where the branch is, or would be."""
    base: str
    """Upon which commit the first was picked."""
    picked: tuple[Picked, ...] = ()
    present: tuple[Present, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    stop: Stop | None = None
    is_dry: bool = False
    left: tuple[str, ...] = field(default=())
    """What was to be picked after that at which it stopped."""
    repository: str = ""
    """The user's, as it was named."""
