# SPDX-License-Identifier: GPL-2.0-or-later
"""What a digest is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maintainer_kit.model.calendar.outlook import Outlook
    from maintainer_kit.model.decision.away import Away
    from maintainer_kit.model.queue.row import TopicRow


class Part(StrEnum):
    """The sections, in their order."""

    NEW = "new"
    WAITING = "waiting"
    """On the reader."""
    UNANSWERED = "unanswered"
    """Authors who wait, and nobody has said a word."""
    STALE = "stale"
    """About to become so."""
    WOKEN = "woken"
    """Were snoozed, and are back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One topic of a section."""

    row: TopicRow
    why: str = ""
    """Why it is here, besides whose turn it is and why; may be empty."""


@dataclass(frozen=True, slots=True)
class Section:
    """The topics of one part: the first of them, and how many there are."""

    part: Part
    total: int
    lines: tuple[Line, ...]
    query: str
    """Words for ``mkit list`` that show the others too."""


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """Where a project is in its cycle, by the tags of a repository."""

    repository: str
    """Its path."""
    outlook: Outlook | None = None
    problem: str = ""
    """Why its tags cannot be read."""
    is_news: bool = False
    """Its last tag is another than that of the last digest."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the last digest told, so that the next tells what came since.

    Mail is known by its Message-ID: not by its date, as mail may come late, and not by notmuch's
    counter, which every change of a tag moves on and a new database begins anew.
    """

    time: int
    """When it was told, seconds since the epoch."""
    known: frozenset[bytes]
    """Digests of the Message-IDs of all mail that was there."""
    woken: frozenset[str] = frozenset()
    """Topics of which it said that they are back."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """The last tag of each repository."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is to be told."""

    now: int
    since: int
    """Since when mail is new: the time of the last digest, or what was asked for."""
    mails: int
    """How many are new, in whatever topics."""
    sections: tuple[Section, ...]
    """Those that are not empty."""
    calendar: tuple[CalendarLine, ...]
    returned: Away | None
    """The absence that is over since the last digest."""
    mark: Mark
    """To be kept once it was told."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell but a calendar that was told before."""
        news = any(line.is_news for line in self.calendar)
        return bool(self.sections or self.returned or news)
