# SPDX-License-Identifier: GPL-2.0-or-later
"""What sharing decisions between machines needs from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Seen:
    """What a machine knew of others while it decided."""

    total: int
    """It holds for the lines of that machine before this one, counted from 1, and after that of
    the ``Seen`` before it."""
    of: Mapping[str, int]
    """How many lines of each other machine it knew."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The decisions of one machine, as far as they have come here."""

    machine: str
    lines: tuple[bytes, ...]
    """Lines of a journal without their ends, in the order in which they were published; nothing
    says yet that each is a decision."""
    seen: tuple[Seen, ...] = ()
    """Of lines that came with the last fetch, the oldest first."""
    oddities: tuple[str, ...] = ()
    """What is there and cannot be read, each in a few words."""


class Exchange(Protocol):
    """A place that carries the journals of several machines, each written by its machine only."""

    @property
    def machine(self) -> str:
        """Our name there."""

    def own(self) -> Shared:
        """What we have committed, published or not."""

    def published(self) -> int:
        """How many of these lines were at the other end when it was last looked at."""

    def others(self) -> list[Shared]:
        """What others have published, as of the last fetch; nothing that was ever fetched is
        missing, whatever has become of it at the other end."""

    def commit(self, lines: Sequence[bytes]) -> None:
        """Add lines to ours; with them goes what we have accepted of others so far."""

    def fetch(self) -> None:
        """Look at the other end. Raises RepositoryError where it cannot be reached."""

    def is_taken(self) -> bool:
        """Whether somebody else publishes under our name: one of us is a copy of the other."""

    def rename(self) -> None:
        """Take a new name, under which nothing is committed yet."""

    def accept(self) -> None:
        """Note that all that was fetched is in our journal now."""

    def push(self) -> bool:
        """Publish what is committed; False where it has to be fetched again first.

        Raises RepositoryError.
        """


class JournalLines(Protocol):
    """A journal by its lines, as they stand, without their ends."""

    def lines(self) -> list[bytes]: ...

    def append_all(self, lines: Sequence[bytes]) -> None:
        """All of them durable when it returns, or on an error none."""
