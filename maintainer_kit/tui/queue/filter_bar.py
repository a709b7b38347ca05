# SPDX-License-Identifier: GPL-2.0-or-later
"""The line in which a filter is typed: each key is told at once."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input

from maintainer_kit.tui.parts.prompt import Prompt
from maintainer_kit.tui.parts.themes import Look

_HELP = "words of subject, author or id, all of them   Enter keeps   Esc ends"


class FilterBar(Prompt):
    """Asks for words."""

    class Typed(Message):
        """The line is another now."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Stepped(Message):
        """Up or down: the rows are what is moved in."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look, "filter", _HELP, words)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.post_message(self.Typed(event.value))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down"):
            event.stop()
            self.post_message(self.Stepped(1 if event.key == "down" else -1))
