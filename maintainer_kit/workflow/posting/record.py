# SPDX-License-Identifier: GPL-2.0-or-later
"""What is kept of the postings of a branch: a letter in the making, mails on their way, past."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.reply.draft import Stage


@dataclass(frozen=True, slots=True)
class Letter:
    """The cover letter of the next revision; of a lone patch what stands below its ``---``."""

    revision: int
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, made before any is sent."""

    message_id: str
    subject: str
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    raw: bytes
    commit: str
    """That it was made of; of a cover letter the last one."""
    stage: Stage = Stage.OPEN
    is_left: bool = False
    """It is left for another program to send: none of one's own mail until it comes in."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A revision that went out."""

    revision: int
    message_ids: tuple[str, ...]
    """The cover letter first."""
    tip: str
    why: str = ""
    """Why it was sent though something spoke against it."""


@dataclass(frozen=True, slots=True)
class Record:
    """All of one branch."""

    id: str
    name: str
    place: str
    change_id: str = ""
    letter: Letter | None = None
    revision: int = 0
    """Of the mails."""
    sender: Person = NOBODY
    mails: tuple[Mail, ...] = ()
    tip: str = ""
    why: str = ""
    posted: tuple[Posted, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether mails are left to be sent."""
        return any(one.stage is not Stage.SENT for one in self.mails)

    @property
    def sent(self) -> int:
        return sum(one.stage is Stage.SENT for one in self.mails)

    @property
    def uncertain(self) -> Mail | None:
        """The mail that was being handed over when mkit ended."""
        return next((one for one in self.mails if one.stage is Stage.SENDING), None)

    @property
    def ids(self) -> tuple[str, ...]:
        """Message-IDs of all that was posted, the newest posting last."""
        return tuple(one for posted in self.posted for one in posted.message_ids)
