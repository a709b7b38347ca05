# SPDX-License-Identifier: GPL-2.0-or-later
"""Filtering in the queue: the rows that are listed get fewer with each letter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.queue.filter_bar import FilterBar
from maintainer_kit.tui.queue.row_filter import RowFilter, RowTexts, row_texts
from maintainer_kit.tui.queue.searching import SearchingScreen
from maintainer_kit.tui.work.session import Session


class FilteringScreen(SearchingScreen):
    """The queue's filter."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.row_filter = RowFilter()

    def action_filter(self) -> None:
        if self.prompt is None:
            self.say("")
            self.ask(FilterBar(self.session.look, self.row_filter.typed), self._keep)
            self._read_texts()

    def _read_texts(self) -> None:
        self.session.reading.submit(row_texts, self._know_texts, self.complain)

    def _know_texts(self, texts: RowTexts) -> None:
        # Who has left the filter meanwhile wants all again, and nothing kept for it.
        if self.row_filter.is_on or isinstance(self.prompt, FilterBar):
            self.row_filter.know(texts)
            self._narrow()

    @on(FilterBar.Typed)
    def _type(self, event: FilterBar.Typed) -> None:
        if event.words != self.row_filter.typed:
            self.row_filter.typed = event.words
            self._narrow()

    @on(FilterBar.Stepped)
    def _step(self, event: FilterBar.Stepped) -> None:
        self.queue.action_line(event.by)

    def _keep(self, words: str) -> bool:
        if not words:
            self.end_filter()
        return True

    def on_prompt_left(self) -> None:
        """Escape while typing; the base class closes the line."""
        if isinstance(self.prompt, FilterBar):
            self.end_filter()

    def end_filter(self) -> None:
        """Show all again, the cursor on the same topic."""
        if self.row_filter.is_on:
            self.row_filter.typed = ""
            self._narrow()
        self.row_filter = RowFilter()

    def follow(self) -> None:
        """Mail came in: it has words of its own."""
        super().follow()
        if self.row_filter.is_on:
            self._read_texts()

    def _narrow(self) -> None:
        """Show what the words leave: the cursor stays on its topic, else goes to the first."""
        left = self._narrowed(self._listed)
        current = self.queue.current
        is_left = current is not None and current in left.ids
        first = left[0][0] if left else None
        self.queue.show(left, current if is_left else first)
        self.queue.empty_words = self._empty_words()
        self._show_idle()

    def _narrowed(self, found: Listed) -> Listed:
        return self.row_filter.of(found)

    def _empty_words(self) -> Sequence[str]:
        if self.row_filter.is_on and self._listed:
            typed = self.row_filter.typed.strip()
            more = "Esc ends the filter   / searches everything"
            return (f"Nothing listed here holds {typed}", "", more)
        return super()._empty_words()

    def _idle(self) -> list[Piece]:
        if not self.row_filter.is_on:
            return super()._idle()
        palette = self.session.look.palette
        numbers = f"{len(self.queue.lines.ids)} of {len(self._listed)}"
        words = f"filter: {self.row_filter.typed.strip()}   {numbers}"
        return [(words, palette.accent), ("   Esc ends it", palette.faint)]
