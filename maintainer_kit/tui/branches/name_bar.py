# SPDX-License-Identifier: GPL-2.0-or-later
"""The line in which parts of names are typed: each key is told at once."""

from __future__ import annotations

from textual.message import Message
from textual.widgets import Input

from maintainer_kit.tui.parts.prompt import Prompt
from maintainer_kit.tui.parts.themes import Look

_HELP = "words of the name, all of them   Enter keeps   Esc ends"


class NameBar(Prompt):
    """Asks for words."""

    class Typed(Message):
        """The line is another now."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look, "filter", _HELP, words)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.post_message(self.Typed(event.value))
