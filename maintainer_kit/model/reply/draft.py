# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply in the making, as it is kept until it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from maintainer_kit.model.mail.person import Person

ID_DIGITS = 12


class Stage(StrEnum):
    """How far a draft is on its way."""

    OPEN = "open"
    SENDING = "sending"
    """It was handed over, and nobody has said yet how that ended."""
    SENT = "sent"
    """It went out, and is not in one's own mail yet."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on a line of the mail that is answered."""

    line: int
    """Of that mail's text, from 1: what ``Place.at`` counts."""
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One reply. For each mail there is at most one that is not sent."""

    id: str
    """Made of ``answers``: see ``id_of``."""
    answers: str
    """The Message-ID of the mail that is answered."""
    message_id: str
    """Its own, made once: by it a reply is never sent twice."""
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    subject: str
    parents: tuple[str, ...]
    """The Message-IDs of its References, the root first."""
    created: int
    """Microseconds since the epoch."""
    changed: int
    text: str = ""
    """One's own words: below what is quoted; above it where lines are commented on."""
    trailers: tuple[str, ...] = ()
    """Whole lines."""
    notes: tuple[Note, ...] = ()
    """In the order of the lines, one a line."""
    written: str = ""
    """The text as an editor left it; the three fields above are what came after that."""
    stage: Stage = Stage.OPEN
    raw: str = ""
    """The mail as it was handed over; empty before that."""

    @property
    def begins(self) -> bool:
        """Whether it answers no mail but begins a thread: then it is its own ``answers``."""
        return self.answers == self.message_id

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of one's own in it."""
        return not (self.text.strip() or self.trailers or self.notes or self.written.strip())


def id_of(answers: str) -> str:
    """The id of the draft that answers a mail: hexadecimal digits, whatever the Message-ID is."""
    return sha256(answers.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]


def with_note(notes: tuple[Note, ...], line: int, text: str) -> tuple[Note, ...]:
    """The notes with another text on a line; without one on it where there is no text."""
    others = [one for one in notes if one.line != line]
    words = text.strip("\n").rstrip()
    if words.strip():
        others.append(Note(line, words))
    return tuple(sorted(others, key=lambda one: one.line))
