# SPDX-License-Identifier: GPL-2.0-or-later
"""A page over the screen: help, history, trailers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.strip import Strip

from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.box import Box
from maintainer_kit.tui.parts.cells import Piece, line
from maintainer_kit.tui.parts.lines import LineView
from maintainer_kit.tui.parts.themes import Look


class PageView(LineView):
    """Lines that are at hand."""

    def __init__(self, look: Look, page: Sequence[list[Piece]]) -> None:
        super().__init__(look, "page")
        self._page = page

    def on_mount(self) -> None:
        self.set_lines(len(self._page))

    def strip_at(self, number: int, width: int) -> Strip:
        return line(self._page[number], width)


class _Title(Bar):
    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look)
        self._words = words

    def left(self) -> list[Piece]:
        return [(f" {self._words}", self.look.palette.heading)]

    def right(self) -> list[Piece]:
        return [("q closes ", self.look.palette.faint)]


class TextScreen(Box[None]):
    """Shows lines until q or Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,h,t,question_mark", "close", "close", show=False)
    ]
    DEFAULT_CSS = """
    TextScreen > Vertical { width: 92; }
    TextScreen > .round { border: round $panel; }
    TextScreen > .ascii { border: ascii $panel; }
    """

    def __init__(self, look: Look, title: str, page: Sequence[list[Piece]]) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._page = page

    def compose(self) -> ComposeResult:
        with Vertical(classes=self._look.frame) as box:
            # Two lines of border and the title; the style sheet says how high it can get.
            box.styles.height = len(self._page) + 3
            yield _Title(self._look, self._title)
            yield PageView(self._look, self._page)

    def on_mount(self) -> None:
        self.query_one(PageView).focus()

    def action_close(self) -> None:
        self.dismiss()
