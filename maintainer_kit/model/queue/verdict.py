# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is: the words for it, and who "me" is."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person

if TYPE_CHECKING:  # who only reads rows has no mail: see workflow/position.py
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
WAITING_TURNS = (Turn.ME, Turn.DELEGATE, Turn.REVIEWER)
"""Whose turn can wait for tests: nobody looks at what may not even compile."""
Awaited = tuple[tuple[str, int], ...]
"""Names of bots, each with a time in seconds."""


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
    people: People = field(default=NO_MAILMAP, compare=False)
    """Who is who among those that give trailers."""
    expects: tuple[tuple[str, int], ...] = ()
    """Bots whose word on each revision is awaited, each with the seconds that it may take."""

    names: tuple[str, ...] = ()
    """My names, as people write them; each word of them may call me."""

    @property
    def call_words(self) -> frozenset[str]:
        """What I am called by in a text, in small letters."""
        from maintainer_kit.model.queue.called import address_words, call_words

        words = {word for name in self.names for word in call_words(Person(name, ""))}
        return frozenset(words.union(*map(address_words, self.addresses)))

    def is_called(self, message: Message) -> bool:
        """Whether a mail speaks to me by name to get something: "Robin, can you take this?"."""
        from maintainer_kit.model.queue.called import calls_of

        called = calls_of(message)
        return bool(called) and not self.sent(message) and not self.call_words.isdisjoint(called)

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
