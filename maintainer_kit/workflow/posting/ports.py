# SPDX-License-Identifier: GPL-2.0-or-later
"""What posting needs from the outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.report import Checked
from maintainer_kit.checks.series import Series
from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.one_sender import OnTheirWay
from maintainer_kit.workflow.posting.record import Mail, Record


@dataclass(frozen=True, slots=True)
class Added:
    """A commit, and what its mail says besides."""

    commit: str
    trailers: tuple[str, ...] = ()
    """Whole lines."""
    notes: str = ""
    """What stands below the ``---``."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Patch files that are to be written."""

    base: str
    patches: tuple[Added, ...]
    prefix: str
    revision: int
    sender: Person
    cover: tuple[str, str] | None = None
    """Title and text of the cover letter."""


Format = Callable[[Wanted], list[bytes]]
"""Writes patch files, the cover letter first. Raises RepositoryError."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands on a mail besides what git wrote."""

    message_id: str
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    parents: tuple[str, ...]
    date: int
    """Seconds since the epoch."""
    title: str = ""
    """Of a cover letter, as git writes it as it is, encoded or not."""
    change_id: str = ""


WriteMail = Callable[[bytes, Envelope], bytes]
"""The mail of a patch file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom MAINTAINERS names."""

    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules of a list say, and what they say about a series."""

    profile: str
    hours: int
    """That should lie between two revisions at least."""
    checked: Checked


class Room(Protocol):
    """The repository of the branch, and the rules it goes by."""

    def whom(self, patches: Sequence[Patch]) -> Asked: ...

    def rules(self, series: Series) -> Rules:
        """Check a series as it would be posted."""

    def in_thread(self, lists: Sequence[str]) -> bool:
        """Whether a new revision that goes to these addresses answers the old one."""


class Words(Protocol):
    """Texts that render makes."""

    def cover(self, patch: Patch) -> list[str]:
        """Title, blank line and own words of a cover letter."""

    def range_diff(self, found: Comparison) -> Iterable[str]:
        """What changed, line by line."""


class Records(OnTheirWay, Protocol):
    """Where postings are kept, by the branch that they are of."""

    def get(self, record_id: str) -> Record | None:
        """Raises StateError for one that cannot be understood."""

    def all(self) -> list[Record]: ...

    def put(self, record: Record) -> None:
        """Durable when it returns; on an error the last one stands."""


class SeriesOutbox(Protocol):
    """Where the mails go."""

    @property
    def sends(self) -> bool:
        """Whether they go out; else they are left somewhere for another program."""

    @property
    def words(self) -> str:
        """What becomes of a mail: ``sent``, ``left in FILE``."""

    def validate(self, mails: Sequence[Mail]) -> None:
        """Let git and its hook look at all of them. Raises Refused."""

    def post(self, sender: Person, mail: Mail) -> None:
        """Raises NotSent, or MaybeSent."""

    def holds(self, message_id: str) -> bool:
        """Whether a mail was left here before."""
