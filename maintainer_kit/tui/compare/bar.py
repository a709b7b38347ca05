# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the top of a comparison: which topic, and which two revisions."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.compare.reading import Compared
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look


class CompareBar(Bar):
    """Subject on the left; on the right what is compared, and how."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "compare-bar")
        self._compared: Compared | None = None
        self._way = ""

    def show(self, compared: Compared | None, way: str) -> None:
        self._compared, self._way = compared, way
        self.refresh()

    def left(self) -> list[Piece]:
        palette = self.look.palette
        subject = visible_line(self._compared.subject[:1000]) if self._compared else ""
        return [(" compare  ", palette.heading), (subject, palette.soft)]

    def right(self) -> list[Piece]:
        if self._compared is None:
            return []
        found, palette = self._compared.found, self.look.palette
        names = visible_line(f"{found.old.name} -> {found.new.name}")
        return [(f"  {names}  ", palette.strong), (f"{self._way} ", palette.accent)]
