# SPDX-License-Identifier: GPL-2.0-or-later
"""A view of many lines that draws only those on the screen, with or without a cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Self

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from maintainer_kit.tui.actions import CURSOR, SCROLLING, bindings
from maintainer_kit.tui.parts.themes import Look


@lru_cache(maxsize=16)
def _ground(background: Color) -> RichStyle:
    """Always the same one for a colour: what strips keep by style is found faster so."""
    return Style(background=background).rich_style


class _Painted(Strip):
    """A line as it goes to the terminal.

    Textual's keeps of each way it was cut what came of that: where that is the whole line, itself.
    Each line that was ever painted would wait for the collector then, with all it was made of.
    """

    __slots__ = ()

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        within = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if within == [self.cell_length] else super().divide(within)


class LineView(ScrollView, can_focus=True):
    """Lines by number; a subclass says what is on each.

    It has no border, and no padding but on its right. Whoever gives the same strip for a line again
    has it painted at next to no cost: each step from there to the terminal keeps what it gave.
    """

    BINDINGS = bindings(SCROLLING)

    DEFAULT_CSS = """
    LineView {
        height: 1fr;
        width: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        scrollbar-color: $panel;
        scrollbar-color-hover: $secondary;
        scrollbar-color-active: $accent;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    def __init__(self, look: Look, id: str | None = None) -> None:
        # Before Textual's own part, which refreshes.
        self._painted: dict[int, Strip] = {}
        self._painted_for: object = None
        super().__init__(id=id)
        self.look = look
        if look.is_plain:
            self.styles.scrollbar_size_vertical = 0

    def strip_at(self, number: int, width: int) -> Strip:
        """Line ``number`` in ``width`` cells."""
        raise NotImplementedError

    @property
    def line_count(self) -> int:
        return self.virtual_size.height

    @property
    def page(self) -> int:
        """How far a page leads."""
        return max(1, self.scrollable_content_region.height - 1)

    def set_lines(self, count: int, width: int = 1) -> None:
        """There are now so many lines, the widest of so many cells."""
        size = Size(width, count)
        if size != self.virtual_size:
            # Textual lays the whole screen out anew for it; only the scrollbars have to be.
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        # Textual's own way, made for borders, tints and titles, takes half of the time of a paint.
        width = self.outer_size.width
        below, background = self.background_colors
        painted_for = (self.outer_size, self.scroll_offset, below, background)
        if painted_for != self._painted_for:
            self._painted.clear()
            self._painted_for = painted_for
        for y in crop.line_range:
            if y not in self._painted:
                strip = self.render_line(y).adjust_cell_length(width, _ground(below + background))
                for one in self.get_line_filters():
                    strip = strip.apply_filter(one, background)
                # What was made once, and what it keeps, is not to be made again.
                strip.__class__ = _Painted
                self._painted[y] = strip
        strips = [self._painted[y] for y in crop.line_range]
        if crop.column_span == (0, width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        if repaint and not regions:
            self._painted.clear()
        for region in regions:
            for y in region.line_range:
                self._painted.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= self.line_count:
            return Strip.blank(width, self.look.palette.ground)
        left = self.scroll_offset.x
        strip = self.strip_at(number, max(width, self.virtual_size.width))
        if left or strip.cell_length != width:
            strip = strip.crop_extend(left, left + width, None)
        return strip.apply_style(self.look.palette.ground)

    def go_to(self, top: float, left: float | None = None) -> None:
        self.scroll_to(left, top, animate=False, force=True)

    def action_line(self, by: int) -> None:
        self.go_to(self.scroll_offset.y + by)

    def action_page(self, pages: int) -> None:
        self.go_to(self.scroll_offset.y + pages * self.page)

    def action_half(self, by: int) -> None:
        self.go_to(self.scroll_offset.y + by * max(1, self.page // 2))

    def action_edge(self, last: int) -> None:
        self.go_to(self.line_count if last else 0)

    def action_sideways(self, by: int) -> None:
        self.scroll_to(self.scroll_offset.x + by, animate=False, force=True)


class CursorView(LineView):
    """Lines of which one is under the cursor; some (headings) it passes over."""

    BINDINGS = bindings(CURSOR)

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, view: CursorView) -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> CursorView:
            return self.view

    class Chosen(Message):
        """Enter, or a click on the line under the cursor."""

        def __init__(self, view: CursorView) -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> CursorView:
            return self.view

    def __init__(self, look: Look, id: str | None = None) -> None:
        super().__init__(look, id)
        self.cursor = 0

    def can_stand(self, number: int) -> bool:
        """Whether the cursor may be on this line."""
        raise NotImplementedError

    def body_at(self, number: int, width: int) -> Strip:
        """The line without the cursor."""
        raise NotImplementedError

    def strip_at(self, number: int, width: int) -> Strip:
        strip = self.body_at(number, width)
        if number != self.cursor or not self.can_stand(number):
            return strip
        cursor = self.look.palette.cursor
        strip = strip.adjust_cell_length(width)
        # Reversed, each colour would make a block of its own.
        return Strip([Segment(strip.text, cursor)]) if cursor.reverse else strip.apply_style(cursor)

    def put_cursor(self, number: int, direction: int = 1) -> None:
        """Move to a line, or from one that is passed over on in ``direction``, else back."""
        wanted = self._nearest(max(0, min(number, self.line_count - 1)), direction)
        if wanted is None:
            return
        before, self.cursor = self.cursor, wanted
        self.show_cursor()
        if before != wanted:
            self.refresh_line(before)
            self.refresh_line(wanted)
            self.post_message(self.Moved(self))

    def _nearest(self, number: int, direction: int) -> int | None:
        for step in (direction, -direction):
            at = number
            while 0 <= at < self.line_count:
                if self.can_stand(at):
                    return at
                at += step
        return None

    def show_cursor(self) -> None:
        """Scroll as little as brings the cursor, and a heading right above it, into sight."""
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        above = 1 if self.cursor and not self.can_stand(self.cursor - 1) else 0
        top = self.scroll_offset.y
        if self.cursor - above < top:
            self.go_to(self.cursor - above)
        elif self.cursor >= top + height:
            self.go_to(self.cursor - height + 1)

    def action_line(self, by: int) -> None:
        self.put_cursor(self.cursor + by, by)

    def action_page(self, pages: int) -> None:
        self.put_cursor(self.cursor + pages * self.page, pages)

    def action_half(self, by: int) -> None:
        self.put_cursor(self.cursor + by * max(1, self.page // 2), by)

    def action_edge(self, last: int) -> None:
        self.put_cursor(self.line_count if last else 0, -1 if last else 1)

    def action_choose(self) -> None:
        if self.line_count and self.can_stand(self.cursor):
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        number = event.y + self.scroll_offset.y
        if number >= self.line_count or not self.can_stand(number):
            return
        if number == self.cursor:
            self.action_choose()
        self.put_cursor(number)

    def on_resize(self) -> None:
        self.show_cursor()
