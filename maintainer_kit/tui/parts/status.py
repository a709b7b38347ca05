# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the bottom: what was done last, what is going on, where the cursor is."""

from __future__ import annotations

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look


class StatusLine(Bar):
    """A message on the left, what is going on and a place on the right."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "status")
        self._message = ""
        self._is_error = False
        self._idle: list[Piece] = []
        self._busy = ""
        self._works = ""
        self._count = ""
        self._place = ""

    @property
    def message(self) -> str:
        """What is said last."""
        return self._message

    def say(self, words: str) -> None:
        """Tell what was done."""
        self._message, self._is_error = visible_line(words), False
        self.refresh()

    def complain(self, error: MkitError) -> None:
        """Tell what could not be done, and what helps."""
        hint = f"  (try: {error.hint})" if error.hint else ""
        self._message, self._is_error = visible_line(f"{error.message}{hint}"), True
        self.refresh()

    def set_idle(self, pieces: list[Piece]) -> None:
        """What stands here while there is nothing to tell."""
        self._idle = pieces
        self.refresh()

    def set_busy(self, words: str) -> None:
        """What is going on; empty when it is over."""
        self._busy = visible_line(words)
        self.refresh()

    def set_works(self, words: str) -> None:
        """What was asked for and is not over; empty when all is."""
        if words != self._works:
            self._works = visible_line(words)
            self.refresh()

    def set_count(self, number: int) -> None:
        """A number that was typed and waits for its key; 0 for none."""
        self._count = str(number or "")
        self.refresh()

    def set_place(self, words: str) -> None:
        if words != self._place:
            self._place = words
            self.refresh()

    def left(self) -> list[Piece]:
        palette = self.look.palette
        if not self._message:
            return [(" ", palette.bar), *self._idle]
        return [(f" {self._message}", palette.bad if self._is_error else palette.text)]

    def _words(self) -> tuple[str, ...]:
        return self._works, self._busy, self._count

    def right(self) -> list[Piece]:
        palette = self.look.palette
        busy = [(f"{one}  ", palette.accent) for one in self._words() if one]
        return [*busy, (f"{self._place} ", palette.soft)]
