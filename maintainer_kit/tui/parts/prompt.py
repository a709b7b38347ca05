# SPDX-License-Identifier: GPL-2.0-or-later
"""A line in which something is typed; what it is for, or what is wrong, is said right below."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look


class _Line(Input):
    """What is typed."""

    def on_mount(self) -> None:
        self._told_of = self.screen.text_selection_started_signal

    def on_unmount(self) -> None:
        # Else the screen, which stays, holds each line that was ever typed in.
        self._told_of.unsubscribe(self)


class _Below(Bar):
    """Help, or what is wrong."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look)
        self.help = words
        self.error = ""
        self.at = 2
        """The cell in which the error's words begin."""

    def left(self) -> list[Piece]:
        palette = self.look.palette
        words, style = (self.error, palette.bad) if self.error else (self.help, palette.faint)
        return [(" " * (self.at if self.error else 2), style), (words, style)]


class Prompt(Vertical):
    """Asks for one line."""

    DEFAULT_CSS = """
    Prompt { height: 2; background: $surface; }
    Prompt Input { border: none; height: 1; padding: 0 1; background: $surface; }
    Prompt Input:focus { border: none; }
    """

    class Asked(Message):
        """Enter."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class Left(Message):
        """Escape."""

    def __init__(self, look: Look, placeholder: str, words: str, value: str = "") -> None:
        """``words`` are the help below."""
        super().__init__(id="prompt")
        self._placeholder = placeholder
        self._value = value
        self.below = _Below(look, words)
        self.pending = ""
        """What was asked, and is not answered yet."""

    def compose(self) -> ComposeResult:
        yield _Line(self._value, placeholder=self._placeholder, select_on_focus=True)
        yield self.below

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def complain(self, error: MkitError) -> None:
        """Say what is wrong, and let it be mended."""
        self.point(visible_line(error.message))

    def point(self, words: str, at: int = 2) -> None:
        """Say ``words`` below from cell ``at`` on."""
        self.below.error, self.below.at = words, at
        self.below.refresh()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Asked(event.value.strip()))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.pending = ""
        self.point("")

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.post_message(self.Left())
