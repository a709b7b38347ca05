# SPDX-License-Identifier: GPL-2.0-or-later
"""What is beside the queue, or below it: a look at the topic under the cursor."""

from __future__ import annotations

from textual.strip import Strip

from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.tui.parts.cells import Piece, line
from maintainer_kit.tui.parts.lines import LineView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.glance_lines import glance_lines, head_lines
from maintainer_kit.workflow.glance import Glance

_MARGIN = 2
"""Cells on the left, the first of which is a rule where it stands beside."""


class Preview(LineView):
    """Lines about one topic; the keys are the queue's."""

    can_focus = False

    DEFAULT_CSS = """
    Preview.beside { width: 44%; max-width: 100; height: 1fr; }
    Preview.below { width: 1fr; height: 45%; max-height: 24; }
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, "preview")
        self._row: TopicRow | None = None
        self._glance: Glance | None = None
        self._now = 0
        self._page: list[list[Piece]] = []
        self._width = 0

    @property
    def topic_id(self) -> str | None:
        """The topic that is shown."""
        return self._row.id if self._row else None

    def show(self, row: TopicRow | None, found: Glance | None, now: int) -> None:
        """Show a topic; without a glance what its row says."""
        is_other = row is None or row.id != self.topic_id
        self._row, self._glance, self._now = row, found, now
        self._width = 0
        if is_other:
            self.go_to(0)
        self._lay_out()

    def place(self, *, beside: bool) -> None:
        """Where it stands."""
        self.set_class(beside, "beside")
        self.set_class(not beside, "below")

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width - _MARGIN
        if width == self._width or width < 1:
            return
        self._width = width
        page: list[list[Piece]] = [] if self.has_class("beside") else [self._rule()]
        if self._row is not None:
            page += head_lines(self._row, self._now, width, self.look)
        if self._glance is not None:
            page += glance_lines(self._glance, self._now, width, self.look)
        self._page = page
        self.set_lines(len(page))

    def _rule(self) -> list[Piece]:
        return [(self.look.signs.rule * self._width, self.look.palette.faint)]

    @property
    def _edge(self) -> Piece:
        sign = f"{self.look.signs.bar} " if self.has_class("beside") else " "
        return sign, self.look.palette.faint

    def strip_at(self, number: int, width: int) -> Strip:
        return line([self._edge, *self._page[number]], width)

    def render_line(self, y: int) -> Strip:
        if y + self.scroll_offset.y < self.line_count:
            return super().render_line(y)
        return line([self._edge], self.scrollable_content_region.width, self.look.palette.ground)
