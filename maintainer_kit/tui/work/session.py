# SPDX-License-Identifier: GPL-2.0-or-later
"""What all screens share: the stores to read from, the desks for work that may wait, the look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.tui.deciding.unfinished import Unfinished
from maintainer_kit.tui.keys import Keymap
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.work.desk import Desk
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:
    from maintainer_kit.tui.replying.desk import WritingDesk


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the screens."""

    stores: Stores
    """Belongs to the app's thread; only the catalogue is read there, which never waits."""
    look: Look
    keymap: Keymap
    unfinished: Unfinished
    deciding: Desk
    reading: Desk
    """Reads mail, and searches."""
    background: Desk
    """For what nobody waits for: it must not hold up a mail that is to be read."""
    syncing: Desk
    finishing: Desk
    """Counts decisions in where that had to wait, and writes tags."""
    replying: WritingDesk
    """Keeps drafts of replies, and waits for editors."""

    def now(self) -> int:
        """Seconds since the epoch."""
        return self.stores.clock() // 1_000_000

    def close(self) -> None:
        """Let a decision that is under way end, and tell the tags; the rest can be done again."""
        self.deciding.close(wait=5.0)
        # An editor ends with its terminal; what it left is kept.
        self.replying.close(wait=5.0)
        if self.unfinished.is_any:
            self.finishing.submit(self.unfinished.finish, _ignore, _ignore)
        self.finishing.close(wait=5.0)
        self.reading.close(wait=0.2)
        self.background.close(wait=0.2)
        self.syncing.close(wait=1.0)


def _ignore(_: object) -> None:
    """Nobody is left to be told; what could not be finished is done by the next sync."""
