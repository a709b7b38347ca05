# SPDX-License-Identifier: GPL-2.0-or-later
"""Patch and commit to scroll in at once: side by side, or one above the other where it is
narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.geometry import Size
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import MAIL, bindings
from maintainer_kit.tui.landing.pair_document import Head, PairDocument, PairRow, folded
from maintainer_kit.tui.parts.cells import line, two_sided
from maintainer_kit.tui.parts.lines import LineView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.document import Line, LineKind
from maintainer_kit.tui.topic.mail_cells import mail_strip

BESIDE = 160
"""Columns from which on the two stand side by side."""
_LOW = 18
"""Lines below which a head has one, where the two stand one above the other."""
_WIDEST = 2000
"""Cells to which one can scroll sideways."""
_GUTTER = 2
_LONGEST_HEAD = 1000


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the lines of the view are given out."""

    is_beside: bool
    heads: int
    """Lines of a head."""
    rows: int
    """Lines of a side below its head."""
    width: int
    """Cells of a side."""

    @property
    def side(self) -> int:
        return self.heads + self.rows


class PairView(LineView):
    """Draws what is on the screen of both; a bar marks rows that differ."""

    BINDINGS = bindings(MAIL)
    DEFAULT_CSS = "PairView { overflow-x: auto; }"

    def __init__(self, look: Look) -> None:
        super().__init__(look, "pair")
        self.document = PairDocument(())
        self._rows: Sequence[PairRow] = ()
        self._frame = _Frame(False, 0, 1, 80)
        self._is_folded = True

    def show(self, document: PairDocument) -> None:
        """Show another pair from its top."""
        self.document = document
        self._lay_out()
        self.go_to(0, 0)

    def toggle_fold(self) -> None:
        """Hide what is the same in both, or show it."""
        self._is_folded = not self._is_folded
        self._lay_out()

    @property
    def page(self) -> int:
        return max(1, self._frame.rows - 1)

    @property
    def shown(self) -> Sequence[PairRow]:
        """The rows that one can scroll to."""
        return self._rows

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        document = self.document
        fold = self._is_folded and not document.is_single
        self._rows = list(folded(document.rows)) if fold else document.rows
        region = self.scrollable_content_region.size
        self._frame = _frame(document, region)
        lines = (one for row in self._rows for one in (row.left, row.right) if one)
        widest = min(_WIDEST, max((len(text) for _, text in lines), default=0) + _GUTTER)
        # One can scroll until the last row is on the last line of a side.
        height = len(self._rows) + max(0, region.height - self._frame.rows)
        width = region.width + max(0, widest - self._frame.width)
        self.virtual_size = Size(max(1, width), height)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        region, frame = self.scrollable_content_region, self._frame
        ground = self.look.palette.ground
        if self.document.is_single:
            strip = self._single(y, region.width)
        elif frame.is_beside:
            strip = self._beside(y, region.width)
        else:
            strip = self._side(y // frame.side, y % frame.side, region.width)
        return strip.crop_extend(0, region.width, None).apply_style(ground)

    def _single(self, y: int, width: int) -> Strip:
        heads = self.document.heads
        if heads and y < self._frame.heads:
            return self._head(heads[y], 0, width, ("mail", "commit")[y])
        row = self._row(y - self._frame.heads)
        return self._text(row.left if row else None, width)

    def _beside(self, y: int, width: int) -> Strip:
        frame = self._frame
        left, right = self._side(0, y, frame.width), self._side(1, y, width - frame.width)
        return Strip.join([left, right])

    def _side(self, side: int, y: int, width: int) -> Strip:
        """A line of the patch (0) or of the commit (1)."""
        frame, heads = self._frame, self.document.heads
        if side > 1:
            return Strip.blank(width)
        if y < frame.heads:
            return (
                self._head(heads[side], y, width, ("mail", "commit")[side])
                if heads
                else line([], width)
            )
        row = self._row(y - frame.heads)
        if row is None:
            return Strip.blank(width)
        palette, bar = self.look.palette, self.look.signs.bar
        mark = line([(" " if row.is_same else bar, palette.accent), (" ", palette.text)], _GUTTER)
        text = self._text((row.left, row.right)[side], width - _GUTTER)
        return Strip.join([mark, text])

    def _row(self, y: int) -> PairRow | None:
        number = y + self.scroll_offset.y
        inside = y < self._frame.rows and number < len(self._rows)
        return self._rows[number] if inside else None

    def _text(self, found: Line | None, width: int) -> Strip:
        if found is None or width <= 0:
            return Strip.blank(max(0, width))
        left = 0 if found[0] is LineKind.NOTE else self.scroll_offset.x
        return mail_strip(found, left + width, self.look).crop(left, left + width)

    def _head(self, head: Head, y: int, width: int, name: str) -> Strip:
        palette = self.look.palette
        words = visible_line(head[y][:_LONGEST_HEAD])
        if y:
            return two_sided([(f" {words}", palette.soft)], [], width, palette.bar)
        return two_sided(
            [(f" {name}: ", palette.faint), (words, palette.strong)], [], width, palette.bar
        )


def _frame(document: PairDocument, region: Size) -> _Frame:
    width, height = region
    if document.is_single:
        heads = 2 if document.heads else 0
        return _Frame(False, heads, max(1, height - heads), width)
    if width >= BESIDE:
        return _Frame(True, 2, max(1, height - 2), width // 2)
    heads = 2 if height >= _LOW else 1
    return _Frame(False, heads, max(1, height // 2 - heads), width)
