# SPDX-License-Identifier: GPL-2.0-or-later
"""The right side of a topic: a mail, of which only what is on the screen gets its colours."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from maintainer_kit.tui.actions import MAIL, bindings
from maintainer_kit.tui.parts.layout import Layout, lay_out
from maintainer_kit.tui.parts.lines import LineView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.document import Line, LineKind
from maintainer_kit.tui.topic.mail_cells import mail_strip


class MailView(LineView):
    """A mail's text or diff, to scroll in."""

    BINDINGS = bindings(MAIL)
    DEFAULT_CSS = "MailView { overflow-x: auto; padding: 0 1; }"

    def __init__(self, look: Look) -> None:
        super().__init__(look, "mail")
        self.document: Sequence[Line] = ()
        self._layout = Layout((), 1, 0)
        self._laid_for = 0
        self._fold = True

    def show(self, lines: Sequence[Line]) -> None:
        """Show another mail from its top."""
        self.document = lines
        self._lay_out()
        self.go_to(0, 0)

    def toggle_fold(self) -> None:
        """Fold long quotes, or unfold them."""
        self._fold = not self._fold
        self._lay_out()

    def tell(self, *words: str) -> None:
        """Words of ours in place of a mail."""
        self.show([(LineKind.NOTE, one) for one in words if one])

    def _lay_out(self) -> None:
        self._laid_for = self.scrollable_content_region.width
        self._layout = lay_out(self.document, self._laid_for, fold=self._fold)
        self.set_lines(len(self._layout.lines), self._layout.width)

    def strip_at(self, number: int, width: int) -> Strip:
        return mail_strip(self._layout.lines[number], width, self.look)

    def on_resize(self) -> None:
        if self._laid_for != self.scrollable_content_region.width:
            self._lay_out()
