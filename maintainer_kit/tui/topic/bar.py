# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the top of a topic: what it is, and whose turn it is, and why."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.checks import signs
from maintainer_kit.render.queue_text import HEADINGS, given, state_words
from maintainer_kit.render.topic_findings import finding_sign
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.cells import checks_style, findings_style, state_style


class TopicBar(Bar):
    """Turn and reason on the left, state and trailers on the right."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "topic-bar")
        self._row: TopicRow | None = None

    def show(self, row: TopicRow | None) -> None:
        """Tell of a topic; of None while it is being read."""
        self._row = row
        self.refresh()

    def left(self) -> list[Piece]:
        palette = self.look.palette
        row = self._row
        if row is None:
            return [(" ", palette.bar)]
        verdict = row.standing.verdict
        pieces: list[Piece] = [(f" {row.id[:6]}  ", palette.faint)]
        pieces.append((HEADINGS[verdict.turn], palette.heading))
        pieces.append((f"  {visible_line(verdict.reason)}", palette.soft))
        return pieces

    def right(self) -> list[Piece]:
        row = self._row
        if row is None:
            return []
        words = "archived" if row.standing.archived else state_words(row)
        return [
            (f"  {signs(row)}", checks_style(row, self.look)),
            (f"  {finding_sign(row)}", findings_style(finding_sign(row), self.look)),
            (f"  {given(row)}  ", self.look.palette.good),
            (f"{words} ", state_style(row, self.look)),
        ]
