# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is: the words for it, and who "me" is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from maintainer_kit.model.message.message import Message


class Turn(StrEnum):
    """Who has to act next."""

    ME = "me"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    DELEGATE = "delegate"
    CI = "ci"
    NOBODY = "nobody"


TURN_ORDER = (Turn.ME, Turn.DELEGATE, Turn.REVIEWER, Turn.AUTHOR, Turn.CI, Turn.NOBODY)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A turn with its reason in words; no word of it depends on the clock."""

    turn: Turn
    reason: str


@dataclass(frozen=True, slots=True)
class Me:
    """Who the reader is."""

    addresses: frozenset[str]
    """In lower case; empty when nobody said."""
    lists: frozenset[str] = frozenset()
    """Lists whose patches wait for me, in the form of a List-Id."""

    def is_one(self, address: str) -> bool:
        return address.lower() in self.addresses

    def sent(self, message: Message) -> bool:
        return self.is_one(message.submitter.address)

    def is_addressed(self, message: Message) -> bool:
        """Whether a mail is put to me: by name, or through a list that I maintain."""
        if any(address in self.addresses for address in (*message.to, *message.cc)):
            return True
        return any(name in self.lists for name in message.lists)

    def is_named(self, message: Message) -> bool:
        """Whether a mail is put to me in its To:."""
        return any(address in self.addresses for address in message.to)

    def name_of(self, message: Message) -> str:
        """Who wrote a mail, as told to me."""
        if self.sent(message):
            return "you"
        return message.submitter.name or message.submitter.address


def day(seconds: int) -> str:
    """A date for a reason's words, UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds else "unknown date"
