# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the top of the queue: the views, with the keys that lead to them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual import events
from textual.message import Message

from maintainer_kit.tui.bar import Bar
from maintainer_kit.tui.cells import Piece
from maintainer_kit.tui.themes import Look
from maintainer_kit.tui.views import VIEWS

_HERE = Style(underline=True)


class ViewBar(Bar):
    """Which view is shown, and how many topics are in each."""

    class Picked(Message):
        """A click on a view."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, look: Look) -> None:
        super().__init__(look, "views")
        self._current = VIEWS[0].name
        self._counts: Mapping[str, int] = {}

    def show(self, current: str, counts: Mapping[str, int]) -> None:
        self._current = current
        self._counts = counts
        self.refresh()

    def left(self) -> list[Piece]:
        return [piece for _, pieces in self._tabs() for piece in pieces]

    def right(self) -> list[Piece]:
        return [("mkit ", self.look.palette.faint)] if self.size.width >= 90 else []

    def _tabs(self) -> list[tuple[str, list[Piece]]]:
        palette = self.look.palette
        tabs = []
        for number, view in enumerate(VIEWS, 1):
            here = view.name == self._current
            style = palette.heading if here else palette.soft
            words = view.short if self.size.width < 100 else view.words
            underlined = style + _HERE if here else style
            pieces: list[Piece] = [
                (f" {number} ", palette.faint),
                (words, underlined),
                (f" {self._counts.get(view.name, 0)} ", style),
            ]
            tabs.append((view.name, pieces))
        return tabs

    def on_click(self, event: events.Click) -> None:
        at = 0
        for name, pieces in self._tabs():
            at += sum(len(text) for text, _ in pieces)
            if event.x < at:
                self.post_message(self.Picked(name))
                return
