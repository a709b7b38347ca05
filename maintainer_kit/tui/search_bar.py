# SPDX-License-Identifier: GPL-2.0-or-later
"""The line in which a search is typed; what is wrong with it is said right below."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.bar import Bar
from maintainer_kit.tui.cells import Piece
from maintainer_kit.tui.themes import Look

_HELP = "notmuch's syntax: from:jane  subject:leak  date:2w..  tag:mkit/accepted  \u2026"


class _Below(Bar):
    """Help, or what is wrong."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.error = ""

    def left(self) -> list[Piece]:
        palette = self.look.palette
        if self.error:
            return [(f"  {self.error}", palette.bad)]
        return [(f"  {_HELP}", palette.faint)]


class SearchBar(Vertical):
    """Asks for a query."""

    DEFAULT_CSS = """
    SearchBar { height: 2; background: $surface; }
    SearchBar Input { border: none; height: 1; padding: 0 1; background: $surface; }
    SearchBar Input:focus { border: none; }
    """

    class Asked(Message):
        """Enter; an empty query ends the search."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Left(Message):
        """Escape."""

    def __init__(self, look: Look, query: str) -> None:
        super().__init__(id="search")
        self._query = query
        self._below = _Below(look)

    def compose(self) -> ComposeResult:
        yield Input(self._query, placeholder="search", select_on_focus=True)
        yield self._below

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def complain(self, error: MkitError) -> None:
        """Say what is wrong, and let it be mended."""
        self._below.error = visible_line(error.message)
        self._below.refresh()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Asked(event.value.strip()))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._below.error = ""
        self._below.refresh()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.post_message(self.Left())
