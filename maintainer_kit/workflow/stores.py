# SPDX-License-Identifier: GPL-2.0-or-later
"""The stores that a verb works on, together with who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maintainer_kit import __version__

if TYPE_CHECKING:  # see position.py
    from maintainer_kit.config import Settings
    from maintainer_kit.model.queue.verdict import Me
    from maintainer_kit.workflow.ports import (
        Catalogue,
        Clock,
        Journal,
        Lock,
        MailFolder,
        MailIndex,
    )


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
    place: str = ""
    """Which database, and where: paths and tags that were read hold as long as it is this one."""

    @property
    def me(self) -> Me:
        """The reader, with lists in the form of a List-Id."""
        from maintainer_kit.model.queue.verdict import Me

        return Me(self._addresses, self._lists)

    @property
    def _addresses(self) -> frozenset[str]:
        return frozenset(one.lower() for one in self.settings.me)

    @property
    def _lists(self) -> frozenset[str]:
        return frozenset(name.lower().replace("@", ".") for name in self.settings.list)

    @property
    def who(self) -> str:
        """The name under which this reader's decisions are recorded."""
        return self.settings.me[0] if self.settings.me else "me"

    def is_elsewhere(self, reader: str) -> bool:
        """Whether a mark of ours was made with another database, or another copy of it."""
        return reader.split("\n")[1:2] != [self.place]

    @property
    def reader_mark(self) -> str:
        """Changes whenever all has to be worked out anew: another mkit, another reader."""
        parts = (
            __version__,
            self.place,
            *sorted(self._addresses),
            "",
            *sorted(self._lists),
            self.settings.query,
        )
        return "\n".join(parts)
