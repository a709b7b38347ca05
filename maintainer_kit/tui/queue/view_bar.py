# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the top of the queue: the views, with the keys that lead to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.query.view import View
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.view_keys import NUMBERED

_HERE = Style(underline=True)
_WIDE = 100
"""Columns from which on views are called by their full words."""
_Tab = tuple[str, list[Piece]]


class ViewBar(Bar):
    """Which view is shown, and how many topics are in each: as many as fit, that one among them."""

    class Picked(Message):
        """A click on a view."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, look: Look, views: Sequence[View]) -> None:
        super().__init__(look, "views")
        self._views = views
        self._current = views[0].name
        self._counts: Mapping[str, int] = {}

    def show(self, current: str, counts: Mapping[str, int]) -> None:
        self._current = current
        self._counts = counts
        self.refresh()

    def left(self) -> list[Piece]:
        return [piece for _, pieces in self._shown() for piece in pieces]

    def right(self) -> list[Piece]:
        return [("mkit ", self.look.palette.faint)] if self.size.width >= 90 else []

    def _shown(self) -> list[_Tab]:
        tabs = [self._tab(number, view) for number, view in enumerate(self._views, 1)]
        here = next(one for one in tabs if one[0] == self._current)
        room = self.size.width - (7 if self.size.width >= 90 else 1)
        shown = _fitting(tabs[:NUMBERED], room)
        return shown if here in shown else [*_fitting(tabs[:NUMBERED], room - _width(here)), here]

    def _tab(self, number: int, view: View) -> _Tab:
        palette = self.look.palette
        here = view.name == self._current
        style = palette.heading if here else palette.soft
        words = visible_line(view.short if self.size.width < _WIDE else view.words)
        count = self._counts.get(view.name)
        pieces: list[Piece] = [
            (f" {number if number <= NUMBERED else 'v'} ", palette.faint),
            (words, style + _HERE if here else style),
            (" " if count is None else f" {count} ", style),
        ]
        return view.name, pieces

    def on_click(self, event: events.Click) -> None:
        at = 0
        for tab in self._shown():
            at += _width(tab)
            if event.x < at:
                self.post_message(self.Picked(tab[0]))
                return


def _width(tab: _Tab) -> int:
    return sum(cell_len(text) for text, _ in tab[1])


def _fitting(tabs: Sequence[_Tab], room: int) -> list[_Tab]:
    """The first of them that fit."""
    shown: list[_Tab] = []
    for tab in tabs:
        room -= _width(tab)
        if room < 0:
            break
        shown.append(tab)
    return shown
