# SPDX-License-Identifier: GPL-2.0-or-later
"""The stores that a verb works on, together with who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # see position.py
    from maintainer_kit.config import Settings
    from maintainer_kit.model.mail.mailmap import People
    from maintainer_kit.model.message.bots import Bots
    from maintainer_kit.model.queue.verdict import Me
    from maintainer_kit.workflow.arrivals import Examiner
    from maintainer_kit.workflow.ports import (
        Catalogue,
        Clock,
        Journal,
        Lock,
        MailFolder,
        MailIndex,
    )


READING = 5
"""Raised whenever the same mail would give other facts, topics or turns than before: a catalogue
made by another reading is made anew."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything outside, as the workflow sees it."""

    index: MailIndex
    catalogue: Catalogue
    journal: Journal
    folder: MailFolder
    settings: Settings
    clock: Clock
    lock: Lock
    mailmap: str = ""
    """The text of all mailmaps (gitmailmap(5))."""
    place: str = ""
    """Which database, and where: paths and tags that were read hold as long as it is this one."""
    examiner: Examiner | None = None
    """Who checks the series that come in; None where nobody does."""

    @property
    def me(self) -> Me:
        """The reader, with lists in the form of a List-Id."""
        from maintainer_kit.model.queue.verdict import Me

        return Me(
            self._addresses,
            self._lists,
            self.people,
            names=self.settings.name,
            expects=self._expects,
        )

    @property
    def _expects(self) -> tuple[tuple[str, int], ...]:
        if not self.settings.expect:
            return ()
        from maintainer_kit.model.queue.waiting import read_expectation

        return tuple(read_expectation(line) for line in self.settings.expect)

    @property
    def bots(self) -> Bots:
        """Bots that are known, the configured ones first."""
        from maintainer_kit.model.message.bots import configured_bots

        return configured_bots(self.settings.bot)

    @property
    def people(self) -> People:
        """Who is who, by the mailmaps."""
        from maintainer_kit.model.mail.mailmap import read_mailmap

        return read_mailmap(self.mailmap)

    def check_settings(self) -> None:
        """Tell what is wrong with a setting now, not once mail of theirs is read.

        Raises ConfigError.
        """
        if self.settings.bot:
            _ = self.bots
        _ = self._expects

    @property
    def _addresses(self) -> frozenset[str]:
        return frozenset(one.lower() for one in self.settings.me)

    @property
    def _lists(self) -> frozenset[str]:
        return frozenset(name.lower().replace("@", ".") for name in self.settings.list)

    @property
    def _mailmap_mark(self) -> tuple[str, ...]:
        if not self.mailmap:
            return ()
        from hashlib import sha256

        return (sha256(self.mailmap.encode("utf-8", "surrogatepass")).hexdigest(),)

    @property
    def who(self) -> str:
        """The name under which this reader's decisions are recorded."""
        return self.settings.me[0] if self.settings.me else "me"

    def is_elsewhere(self, reader: str) -> bool:
        """Whether a mark of ours was made with another database, or another copy of it."""
        return reader.split("\n")[1:2] != [self.place]

    @property
    def reader_mark(self) -> str:
        """Changes whenever all has to be worked out anew: another reading, another reader."""
        parts = (
            str(READING),
            self.place,
            *sorted(self._addresses),
            "",
            *sorted(self._lists),
            "",
            *sorted(self.settings.name),
            self.settings.query,
            *self._mailmap_mark,
            *(f"bot {line}" for line in self.settings.bot),
            *(f"expect {line}" for line in self.settings.expect),
        )
        return "\n".join(parts)
