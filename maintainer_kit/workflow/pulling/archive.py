# SPDX-License-Identifier: GPL-2.0-or-later
"""What pulling needs from the outside: an archive of mail, and a memory of what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from maintainer_kit.errors import MkitError
from maintainer_kit.workflow.records import BrokenMail, SourceMail


class ArchiveError(MkitError):
    """An archive does not answer, or not with mail."""


class NotInArchive(ArchiveError):
    """The archive answers that it has no such mail, or no such list."""


class TooMuch(ArchiveError):
    """The answer is larger than what is taken at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Mails as they came, and how far they reach."""

    mails: Sequence[SourceMail | BrokenMail]
    as_of: int
    """What the archive received before is in it: seconds since the epoch."""


class Archive(Protocol):
    """A public-inbox: one list, or all of a server. Each method raises ArchiveError."""

    @property
    def url(self) -> str: ...

    def thread(self, message_id: str, *, kept: bool = True) -> Answer:
        """All mails of a mail's thread; raises NotInArchive.

        An answer that is ``kept`` is given again for some minutes without asking.
        """

    def news(self, message_id: str, since: int) -> Answer | None:
        """That mail, and those of its thread that came since then. Old servers give mails of all
        threads instead; None where they would be many."""

    def search(self, query: str, *, threads: bool = False) -> Answer:
        """The mails that a query finds, or the threads of these; none are no error."""

    def check(self) -> None:
        """Raise NotInArchive where the address is that of no archive."""

    def forget(self) -> None:
        """Give no kept answer again."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is there of a list, or of a thread, from one time to another, in seconds."""

    begin: int
    end: int


class Marks(Protocol):
    """Up to when which list or thread was fetched. Losing it only fetches again."""

    def get(self, key: str) -> Span | None: ...

    def put(self, key: str, span: Span) -> None:
        """Keep it, whatever happens after."""
