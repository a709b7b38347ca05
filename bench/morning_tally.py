# SPDX-License-Identifier: GPL-2.0-or-later
"""What a year of mornings came to: rerolls that were due, and those that the queue did not show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bench.rerolls_due import Due


@dataclass
class Missing:
    """A reroll that was due and not in the queue."""

    message_id: str
    subject: str
    ids: tuple[str, ...]
    """Of all its mails."""
    comment: str
    """Message-ID of the reader's last comment on an earlier revision."""
    days: list[str] = field(default_factory=list)
    instead: dict[str, int] = field(default_factory=dict)
    """What mkit said instead, with the number of days."""


@dataclass
class Tally:
    """Sums over the days."""

    days: int = 0
    checks: int = 0
    """How often a reroll was due at a day's end."""
    _due: set[str] = field(default_factory=set)
    _missing: dict[str, Missing] = field(default_factory=dict)

    def count(self, due: Due) -> None:
        self.checks += 1
        self._due.add(due.ids[0])

    def miss(self, due: Due, day: date, words: str) -> None:
        """One that the queue did not show at a day's end, and what was said of it."""
        key, subject = due.ids[0], due.posting.first.subject
        new = Missing(key, subject, due.ids, due.comment.message_id)
        missing = self._missing.setdefault(key, new)
        missing.days.append(day.isoformat())
        missing.instead[words] = missing.instead.get(words, 0) + 1

    @property
    def due(self) -> int:
        """How many rerolls were due at any day's end."""
        return len(self._due)

    def missing(self) -> list[Missing]:
        """Those missing on any day, the first to be missed first."""
        return list(self._missing.values())

    @property
    def summary(self) -> str:
        """All sums in a line."""
        gone = sum(len(one.days) for one in self._missing.values())
        shown = f"{len(self._missing)} missing at some day's end ({gone} checks)"
        return f"{self.days} days, {self.due} rerolls due ({self.checks} checks), {shown}"
