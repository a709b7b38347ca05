# SPDX-License-Identifier: GPL-2.0-or-later
"""What landing needs from the outside: an index of commits that knows refs, and repositories."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from maintainer_kit.matching.index import CommitIndex


class Ref(Protocol):
    """A ref as it was when it was last looked at."""

    @property
    def id(self) -> int: ...
    @property
    def place(self) -> str:
        """The git directory that the repository's work trees share."""

    @property
    def name(self) -> str:
        """In full."""

    @property
    def role(self) -> str: ...
    @property
    def tip(self) -> str: ...


class Commits(CommitIndex, Protocol):
    """Commits by their fingerprints, and which refs hold them."""

    def refs(self) -> Sequence[Ref]:
        """All refs that are followed."""

    def refs_of(self, commits: Collection[str]) -> Mapping[str, Sequence[Ref]]:
        """The refs that hold each of these commits; a commit in none is left out."""


class Reach(Protocol):
    """One repository, asked about what it holds."""

    def tags_of(self, commits: Collection[str]) -> Mapping[str, str]:
        """The first tag that holds each of these commits; those in none are left out."""

    def full_ids(self, names: Collection[str]) -> Mapping[str, str]:
        """Whole ids of commits by hexadecimal digits; those of none, or of several, left out."""


class News(Protocol):
    """Which commits came into the index since it was last looked at."""

    def mark(self) -> str:
        """What ``since`` takes; without spaces at its ends, and on one line."""

    def since(self, mark: str) -> Sequence[str] | None:
        """Commits that came after a mark; None where too many did, or the index was begun anew."""


Repositories = Callable[[str], Reach]
"""A repository by its git directory."""

Outside = Callable[[Collection[int]], frozenset[str]]
"""Commits of the index that are in none of these refs, by number."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that git says: an index, and the repositories behind it."""

    commits: Commits
    outside: Outside
    repositories: Repositories
    news: News
