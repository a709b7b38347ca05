# SPDX-License-Identifier: GPL-2.0-or-later
"""A line of the screen that is no list: drawn by hand, never read as markup."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from maintainer_kit.tui.parts.cells import Piece, two_sided
from maintainer_kit.tui.parts.themes import Look


class Bar(Widget):
    """One line with a left and a right side."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def __init__(self, look: Look, id: str | None = None) -> None:
        super().__init__(id=id)
        self.look = look

    def left(self) -> list[Piece]:
        return []

    def right(self) -> list[Piece]:
        return []

    def render_line(self, y: int) -> Strip:
        return two_sided(self.left(), self.right(), self.size.width, self.look.palette.bar)
