# SPDX-License-Identifier: GPL-2.0-or-later
"""Postings and their way out, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.posting.record import Mail, Record


@dataclass
class MemoryRecords:
    """Implements the port ``Records``; ``before`` is called before each change."""

    kept: dict[str, Record] = field(default_factory=dict)
    before: Callable[[str], None] = lambda name: None
    is_sending: bool = False

    def get(self, record_id: str) -> Record | None:
        return self.kept.get(record_id)

    def all(self) -> list[Record]:
        return list(self.kept.values())

    def put(self, record: Record) -> None:
        self.before("put")
        self.kept[record.id] = record

    @contextmanager
    def sending(self, wait: float = 0.0) -> Iterator[bool]:
        # Those of a dead process are free: see filelock.py.
        taken, self.is_sending = self.is_sending, True
        try:
            yield not taken
        finally:
            self.is_sending = taken


@dataclass
class MemorySeriesOutbox:
    """Implements the port ``SeriesOutbox``: keeps what it is given, or raises what it is told to.

    ``around`` is called before a mail is taken, and once it is.
    """

    words: str = "sent"
    sends: bool = True
    posted: list[str] = field(default_factory=list)
    """Message-IDs."""
    trouble: dict[str, MkitError] = field(default_factory=dict)
    """By the Message-ID of the mail."""
    around: Callable[[str], None] = lambda name: None

    def validate(self, mails: Sequence[Mail]) -> None:
        return None

    def post(self, sender: Person, mail: Mail) -> None:
        self.around("before it goes")
        if error := self.trouble.pop(mail.message_id, None):
            raise error
        self.posted.append(mail.message_id)
        self.around("after it went")

    def holds(self, message_id: str) -> bool:
        return not self.sends and message_id in self.posted
