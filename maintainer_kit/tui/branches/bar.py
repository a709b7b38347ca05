# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the top of the branches: how many there are, and how many want something."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look


class BranchesBar(Bar):
    """What is listed on the left, the filter on the right."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "branches-bar")
        self._words = ""
        self._filter = ""

    def show(self, words: str, filter: str) -> None:
        self._words, self._filter = words, filter
        self.refresh()

    def left(self) -> list[Piece]:
        palette = self.look.palette
        return [(" branches  ", palette.heading), (self._words, palette.soft)]

    def right(self) -> list[Piece]:
        if not self._filter:
            return []
        return [(f"filter {visible_line(self._filter)} ", self.look.palette.accent)]
