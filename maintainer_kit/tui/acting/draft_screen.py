# SPDX-License-Identifier: GPL-2.0-or-later
"""A drafted mail as text: to be read, and copied; it is not sent from here."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import DRAFT, bindings
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.text_screen import TextScreen
from maintainer_kit.tui.parts.themes import Look


class DraftScreen(TextScreen):
    """The whole mail, its head included."""

    BINDINGS = bindings(DRAFT)

    def __init__(self, look: Look, text: str) -> None:
        lines = text.rstrip("\n").split("\n")
        page: list[list[Piece]] = [[(f" {visible_line(one)}", look.palette.text)] for one in lines]
        super().__init__(look, "Draft: y copies it, mkit check --draft-reply writes it", page)
        self._text = text

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._text)
        self.dismiss()
