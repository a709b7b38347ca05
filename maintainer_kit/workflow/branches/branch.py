# SPDX-License-Identifier: GPL-2.0-or-later
"""A local branch: what git says of it, and what that means."""

from __future__ import annotations

from enum import StrEnum

from maintainer_kit.lazy.dataclass import dataclass

_HEADS, _REMOTES = "refs/heads/", "refs/remotes/"


def short(ref: str) -> str:
    """A ref as people name it."""
    return ref.removeprefix(_HEADS).removeprefix(_REMOTES)


@dataclass(frozen=True, slots=True)
class Head:
    """A local branch as git tells it."""

    ref: str
    """Its full name."""
    tip: str
    tree: str
    """Of the tip."""
    date: int
    """When the tip was committed, seconds since the epoch."""
    subject: str
    upstream: str = ""
    """The full name of what it follows, whether that is there or not; empty without one."""
    push: str = ""
    """The same of where git push would leave it."""
    worktree: str = ""
    """The work tree in which it is checked out."""

    @property
    def name(self) -> str:
        return short(self.ref)


@dataclass(frozen=True, slots=True)
class Beside:
    """A ref that a branch is held against."""

    ref: str
    ahead: int = 0
    """Commits that only the branch has."""
    behind: int = 0
    """Commits that only the ref has."""
    is_gone: bool = False
    """There is no such ref any more."""
    role: str = ""
    """What it stands for; empty of most."""

    @property
    def name(self) -> str:
        return short(self.ref)


@dataclass(frozen=True, slots=True)
class Holder:
    """A ref of the settings that has all of a branch."""

    ref: str
    role: str

    @property
    def name(self) -> str:
        return short(self.ref)


@dataclass(frozen=True, slots=True)
class Result:
    """What a test said of the tip of a branch, or of its tree."""

    context: str
    """The bot, or the configuration, with its test."""
    outcome: str
    """``success``, ``warning``, ``fail`` or ``pending``."""
    message_id: str = ""
    """The mail that tells it; empty of a test that ran here."""


@dataclass(frozen=True, slots=True)
class Part:
    """Patches of one topic that are in a branch."""

    topic: str
    subject: str
    count: int
    """How many."""
    total: int
    """How many patches the newest posting has."""
    is_newest: bool
    """They are of the newest posting; else of an older one."""


class Kind(StrEnum):
    """What a branch wants of its owner, the most urgent first."""

    FAILS = "fails"
    DIVERGED = "diverged"
    MISSING = "missing"
    UNPUSHED = "unpushed"
    GONE = "gone"
    BEHIND = "behind"
    DONE = "done"
    """All of it has landed."""


RANKS = {kind: at for at, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that a branch wants."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A local branch, looked at."""

    repository: str
    """The path by which its repository is known."""
    head: Head
    role: str = ""
    """What it stands for, where it is a ref of the settings itself."""
    upstream: Beside | None = None
    push: Beside | None = None
    """Where it is pushed to, where that is not its upstream."""
    mainline: Beside | None = None
    """The nearest of the refs that patches land in for good; None of one of these."""
    merged: tuple[Holder, ...] = ()
    """Refs of the settings that have all of it."""
    commits: int = 0
    """That are in none of the refs of mainline, merges left out."""
    is_cut: bool = False
    """There are more of these: only so many were looked at."""
    parts: tuple[Part, ...] = ()
    """Topics whose patches are among these, the one with the most of them first."""
    untold: int = 0
    """How many of these are of no topic that is known."""
    landed: int = 0
    """How many of these surely have landed, as other commits or in another ref."""
    missing: tuple[str, ...] = ()
    """Topics that were accepted and are in no branch where they would be looked for, by id."""
    results: tuple[Result, ...] = ()
    wants: tuple[Want, ...] = ()
    """The most urgent first."""

    @property
    def rank(self) -> int:
        """Where it stands among others: by what it wants first."""
        return RANKS[self.wants[0].kind] if self.wants else len(RANKS)

    @property
    def outcome(self) -> str:
        """The worst of its results; empty without any."""
        found = {one.outcome for one in self.results}
        return next((one for one in _WORST if one in found), "")


_WORST = ("fail", "warning", "pending", "success")
