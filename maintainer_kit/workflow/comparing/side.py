# SPDX-License-Identifier: GPL-2.0-or-later
"""What is compared: patches in their order, from mail or from git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.topic.topic import Topic


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    name: str
    """In the words of the user: ``v2``, ``master..topic``, ``landed``."""
    patches: tuple[Patch | None, ...]
    """In their order; None where one is missing."""
    cover: Patch | None = None
    topic: str = ""
    """The id of its topic; empty for commits of a repository."""
    revision: int | None = None
    """The n of vN; None for commits, and for a view made of several postings."""
    problems: tuple[str, ...] = ()
    """What could not be read, a line each."""

    @property
    def received(self) -> Iterator[tuple[int, Patch]]:
        """The patches that are there, with their numbers from 0."""
        return ((at, one) for at, one in enumerate(self.patches) if one is not None)

    def number_of(self, at: int) -> int:
        """The number under which a patch was posted, by its place from 0; that place from 1 where
        nobody says."""
        patch = self.patches[at]
        return (patch.subject.number if patch else None) or at + 1

    @property
    def shortfall(self) -> str:
        """How many patches are missing, in words; empty when none is."""
        missing = sum(one is None for one in self.patches)
        if not missing:
            return ""
        return f"{self.name}: {missing} of {count_of(len(self.patches), 'patch')} never arrived"


@dataclass(frozen=True, slots=True)
class Sides:
    """Both, and what is known of them beforehand."""

    old: Side
    new: Side
    links: Mapping[int, int] = field(default_factory=dict)
    """Patches of the old side that are surely those of the new one, counted from 0."""
    topic: Topic | None = None
    """The topic that the old side is of; None for commits."""
    only: str = ""
    """The Message-ID of the one patch that was asked about; else empty."""
