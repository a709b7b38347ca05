# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the top of the landings: which topic, and how much of it landed."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.reading import Detail


class LandingBar(Bar):
    """Subject on the left, numbers on the right."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "landing-bar")
        self._detail: Detail | None = None

    def show(self, detail: Detail) -> None:
        self._detail = detail
        self.refresh()

    def left(self) -> list[Piece]:
        palette = self.look.palette
        if self._detail is None:
            return [(" ", palette.bar)]
        row = self._detail.row
        return [
            (f" {row.id[:6]}  ", palette.faint),
            ("landings  ", palette.heading),
            (visible_line(row.subject), palette.soft),
        ]

    def right(self) -> list[Piece]:
        if self._detail is None:
            return []
        row, palette = self._detail.row, self.look.palette
        style = palette.good if row.total and row.landed == row.total else palette.soft
        pieces: list[Piece] = [(f"  {row.landed} of {row.total} landed ", style)]
        if row.standing.archived:
            pieces.append((" archived ", palette.faint))
        return pieces
