# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screens on which one can decide have in common."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from textual.screen import Screen

from maintainer_kit.errors import MkitError
from maintainer_kit.tui.session import Session
from maintainer_kit.tui.status import StatusLine


@dataclass(frozen=True, slots=True)
class Targets:
    """What a decision is to speak of."""

    message_ids: tuple[str, ...]
    all_archived: bool
    """Whether archiving them means to bring them back."""


class DecidingScreen(Screen[None]):
    """A screen with something under its cursor, and a line to answer in."""

    # What is under a screen of ours is not seen through it; blending it costs time.
    DEFAULT_CSS = "DecidingScreen { background: $background; color: $foreground; }"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.status = StatusLine(session.look)

    def targets(self) -> Targets | None:
        """What is marked, else what is under the cursor; None when there is nothing."""
        raise NotImplementedError

    def advance(self) -> None:
        """A decision about the targets is on its way: go on to what is next."""
        raise NotImplementedError

    def reload(self, about: Collection[str] = ()) -> None:
        """Something was decided or came in: show it, the cursor on ``about`` (Message-IDs)."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        self.status.say(words)

    def complain(self, error: MkitError) -> None:
        self.status.complain(error)
