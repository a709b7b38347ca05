# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rule may ask about the world outside the patch: each answer comes from an adapter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from maintainer_kit.checks.series import Series
from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person

if TYPE_CHECKING:
    from maintainer_kit.model.maintainers.maintainers import Maintainers


class Need(StrEnum):
    """What a rule cannot do without; it is passed over where there is none."""

    REPOSITORY = "repository"
    EARLIER = "earlier"
    """An older revision in the index."""
    ARCHIVE = "archive"
    """An index that knows which trailers were given by mail."""
    MAINTAINERS = "maintainers"


@dataclass(frozen=True, slots=True)
class Known:
    """A commit of the repository."""

    commit: str
    """Its full id."""
    title: str
    date: int
    """Its committer's date, seconds since the epoch."""


class Repository(Protocol):
    """Questions to a git repository; all through a few long-lived processes."""

    @property
    def is_shallow(self) -> bool:
        """History ends somewhere: that a commit is unknown proves nothing."""

    @property
    def base(self) -> str:
        """The commit that the patches go on top of; empty when unknown."""

    @property
    def is_base_named(self) -> bool:
        """Whether the user said which one that is; else it is a guess."""

    def commit(self, name: str) -> Known | None:
        """The commit that an abbreviated id (hexadecimal digits) names; None when there is none.
        Raises AmbiguousName when it fits several commits."""

    def is_ancestor(self, older: str, newer: str) -> bool: ...

    def has_object(self, name: str) -> bool:
        """Whether an object of that full or abbreviated id is there."""

    def signers(self, name: str) -> Sequence[Person]:
        """Who signed off, reviewed or acknowledged a commit, once for each time; nobody where the
        id names no commit, or several."""

    def titles(self, paths: Collection[str], limit: int) -> Sequence[str]:
        """Titles of the newest commits that touched these paths."""

    def authors_of_lines(self, path: str, lines: Collection[int]) -> Mapping[str, str]:
        """Who last changed these lines of the base: commit id and title by it."""

    def apply_problem(self, patches: Sequence[bytes], base: str) -> str:
        """Why these patches do not apply, in order, to a base, in one line; empty when they do.
        Tried in a private worktree or index; the user's is not touched."""

    def read_file(self, path: str) -> str | None:
        """A file of the base's tree; None when it has none of that name."""


class AmbiguousName(Exception):
    """An abbreviated id fits several commits."""


Option = str | int | float | bool | list[str]
"""A parameter of a rule, as a profile gives it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule is called with, besides the patch."""

    series: Series
    options: Mapping[str, Option] = field(default_factory=dict)
    """The rule's parameters: its defaults, with the profile's over them."""
    profile: str = "generic"
    repository: Repository | None = None
    maintainers: Maintainers | None = None
    people: People = NO_MAILMAP
    comment_char: str = "#"

    @property
    def git(self) -> Repository:
        """The repository, for rules that need one."""
        assert self.repository is not None
        return self.repository

    def number(self, name: str) -> int:
        value = self.options[name]
        assert isinstance(value, int)
        return value

    def words(self, name: str) -> tuple[str, ...]:
        value = self.options[name]
        assert isinstance(value, list)
        return tuple(value)

    def flag(self, name: str) -> bool:
        return bool(self.options[name])
