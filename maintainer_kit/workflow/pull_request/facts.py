# SPDX-License-Identifier: GPL-2.0-or-later
"""What a repository says of something that is to be pulled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.workflow.pull_request.tags import Tag

TAGS, BRANCHES = "refs/tags/", "refs/heads/"


class Trust(StrEnum):
    """What is to be thought of a tag's signature."""

    GOOD = "good"
    BAD = "bad"
    """It is not of this tag, or its key was revoked."""
    EXPIRED = "expired"
    """Good, but the signature or its key has expired."""
    UNKNOWN_KEY = "unknown-key"
    NONE = "none"
    """There is no signature."""
    UNVERIFIED = "unverified"
    """What would verify it is not there."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How verifying a tag ended."""

    trust: Trust
    signer: str = ""
    """As the key names its owner."""
    key: str = ""
    words: str = ""
    """What is wrong, where that is known."""


@dataclass(frozen=True, slots=True)
class Point:
    """A commit as the text of a request names it."""

    commit: str
    title: str
    date: str
    """The committer's, as git prints it with its zone."""
    time: int = 0
    """The same, in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """The branch of those who are to pull, as it was when somebody last fetched it."""

    name: str
    tip: Point


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to be pulled."""

    ref: str
    """In full."""
    tag: Tag | None
    """None for a branch, and for a tag without an object of its own."""
    signature: Signature
    upstream: Upstream
    base: Point
    tip: Point
    commits: Sequence[CommitRecord]
    """Those that upstream lacks, merges among them, the oldest first, without their diffs."""
    shortlog: str
    diffstat: str
    description: str = ""
    """What ``branch.NAME.description`` says."""
    bases: int = 1
    """How many last commits in common there are: with several, what is between one of them and the
    tip is not what upstream gets."""

    @property
    def name(self) -> str:
        """As people name it."""
        return self.ref.removeprefix(TAGS).removeprefix(BRANCHES)

    @property
    def pulled_ref(self) -> str:
        """As git pull takes it, and git request-pull writes it."""
        return self.ref.removeprefix("refs/").removeprefix("heads/")

    @property
    def state(self) -> str:
        """The object that is asked for: another one is another request."""
        return self.tag.object_id if self.tag else self.tip.commit


@dataclass(frozen=True, slots=True)
class MergeTry:
    """How a merge would end that nobody has made."""

    tree: str
    """Of the merge, conflict marks and all where there are conflicts."""
    conflicts: tuple[str, ...] = ()
    """Paths, in the order of git."""

    @property
    def is_clean(self) -> bool:
        return not self.conflicts
