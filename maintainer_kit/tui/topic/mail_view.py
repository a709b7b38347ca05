# SPDX-License-Identifier: GPL-2.0-or-later
"""The right side of a topic: a mail with a cursor, of which only what is on the screen is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import COMMENTING, MAIL, bindings
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.diff_look import DiffLook
from maintainer_kit.tui.topic.document import Line, LineKind
from maintainer_kit.tui.topic.layout import EMPTY, lay_out
from maintainer_kit.tui.topic.mail_cells import mail_strip
from maintainer_kit.tui.topic.note_lines import place_notes, with_notes
from maintainer_kit.tui.topic.page import NO_PAGE, Page, Spot
from maintainer_kit.tui.topic.remark_lines import Placed, place_remarks, remark_lines
from maintainer_kit.tui.topic.web_links import links_in, links_of_row

if TYPE_CHECKING:  # comments are read after the topic is shown
    from maintainer_kit.workflow.comments import Remark
    from maintainer_kit.workflow.replying.commenting import Noted

_GUTTER = 1
"""Cells on the left, in which the cursor is."""
_AROUND = 2
"""Lines that stay in sight above and below the cursor."""
_ABOVE = 4
"""Lines above the one that was jumped to."""
_SIDED = frozenset((LineKind.ADDED, LineKind.REMOVED, LineKind.CONTEXT))
_REMARKS = (LineKind.REMARK, LineKind.REMARK_ON)
_KEPT = 200
"""Rows that are kept as they were drawn."""


class MailView(CursorView):
    """A mail's text or diff, with a cursor for the lines that one can speak of."""

    BINDINGS = bindings(COMMENTING + MAIL)
    DEFAULT_CSS = "MailView { overflow-x: auto; padding: 0 1 0 0; }"

    class Followed(Message):
        """An address in the mail was clicked on."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    def __init__(self, look: Look) -> None:
        super().__init__(look, "mail")
        self.page_shown = NO_PAGE
        self.diff_look = DiffLook(NO_PAGE)
        self._layout = EMPTY
        self._laid_for = 0
        self._fold = True
        self._beside = False
        self._remarks: Placed = {}
        self._notes: Mapping[int, Noted] = {}
        self._unfolded: set[int] = set()
        """Lines whose comments are shown as a whole, or the other way round."""
        self._drawn: dict[int, Strip] = {}
        """Rows as they were drawn without the cursor, scrolled sideways by so much:"""
        self._drawn_at = 0

    # what is shown

    @property
    def document(self) -> Sequence[Line]:
        """The lines of the mail, whether shown or not."""
        return self.page_shown.lines

    def show(self, page: Page, remarks: Sequence[Remark] = (), notes: Sequence[Noted] = ()) -> None:
        """Show another mail from its top, with what reviewers say of the lines of its diff, and
        what the reader does and has not sent."""
        self.page_shown, self.diff_look = page, DiffLook(page)
        self._remarks = place_remarks(page, remarks)
        self._notes = place_notes(page, notes)
        self._unfolded.clear()
        self.cursor = 0
        self._lay_out()
        self.go_to(0, 0)
        self.post_message(self.Moved(self))

    def tell(self, *words: str) -> None:
        """Words of ours in place of a mail."""
        self.show(Page([(LineKind.NOTE, one) for one in words if one], own=0))

    def put_remarks(self, remarks: Sequence[Remark]) -> None:
        """What reviewers say of the mail on the screen is known now."""
        before, self._remarks = self._remarks, place_remarks(self.page_shown, remarks)
        if before or self._remarks:
            self._lay_out()

    def put_notes(self, notes: Sequence[Noted]) -> None:
        """What the reader says of the mail on the screen."""
        before, self._notes = self._notes, place_notes(self.page_shown, notes)
        if before != self._notes:
            self._lay_out()

    def toggle_fold(self) -> None:
        """Fold the comments under the cursor, or unfold them; elsewhere all, and long quotes."""
        if self._layout.margin[self.cursor : self.cursor + 1] in _REMARKS:
            self._unfolded ^= {self.here}
        else:
            self._fold = not self._fold
            self._unfolded.clear()
        self._lay_out()

    def fold_anew(self) -> None:
        """The next mail is shown as mails are at first."""
        self._fold = True

    def put_beside(self, beside: bool) -> None:
        """Removed lines beside the added ones, or above them."""
        if beside is not self._beside:
            self._beside = beside
            self._lay_out()

    def redraw(self) -> None:
        """More is known of how lines look."""
        self._drawn.clear()
        self.refresh()

    def jump(self, kind: LineKind, by: int) -> bool:
        """Go to the next line of a kind (1) or the one before (-1); False when there is none."""
        margin, at = self._layout.margin, self.cursor
        found = margin.find(kind, at + 1) if by > 0 else margin.rfind(kind, 0, at)
        if found >= 0:
            self._land(found)
        return found >= 0

    def go_to_line(self, at: int) -> None:
        """Go to a line of the mail, by its number from 0."""
        self._land(min(self._layout.row_of(at), self.line_count - 1))

    def _land(self, row: int) -> None:
        """Put the cursor where what follows can be read."""
        self.put_cursor(row)
        above = min(_ABOVE, self.scrollable_content_region.height // 5)
        self.go_to(row - above)

    def on_resize(self) -> None:
        if self._laid_for != self._room:
            self._lay_out()

    @property
    def _room(self) -> int:
        """Cells of a line."""
        return self.scrollable_content_region.width - _GUTTER

    def _lay_out(self) -> None:
        """Lay the mail out anew; the cursor stays on its line, and that where it was."""
        here, depth = self.here, self.cursor - self.scroll_offset.y
        below = self.cursor - self._layout.row_of(here)
        self._laid_for = max(0, self._room)
        if not self._laid_for:
            return  # not on the screen yet
        every = set() if self._fold else set(self._remarks)
        said = with_notes(remark_lines(self._remarks, every ^ self._unfolded), self._notes)
        lines = self.page_shown.lines
        self._layout = lay_out(
            lines, self._laid_for, fold=self._fold, said=said, beside=self._beside
        )
        self._drawn.clear()
        # Where there are two sides, both are scrolled sideways at once.
        other = self._laid_for - self._side if self._beside else 0
        self.set_lines(len(self._layout.lines), self._layout.width + other + _GUTTER)
        rows = self._layout.rows_of(here)
        self.cursor = max(0, min(rows.start + below, rows.stop - 1, self.line_count - 1))
        self.go_to(self.cursor - depth)
        self.show_cursor()
        if self.here != here:
            self.post_message(self.Moved(self))

    # where the cursor is

    @property
    def here(self) -> int:
        """The line of the mail under the cursor, from 0."""
        origins = self._layout.origins
        return origins[self.cursor] if self.cursor < len(origins) else 0

    @property
    def spot(self) -> Spot | None:
        """The line of a file under the cursor; None outside of a diff."""
        return self.page_shown.spot(self.here)

    @property
    def text_line(self) -> int:
        """The line of the mail's own text under the cursor, from 1; 0 where there is none."""
        return self.page_shown.text_line(self.here)

    @property
    def links(self) -> Sequence[str]:
        """The addresses in the line under the cursor, unless it is one of a file."""
        if self.cursor >= self.line_count or self._layout.lines[self.cursor][0] in _SIDED:
            return ()
        return [one for _, _, one in links_in(self.page_shown.lines[self.here][1])]

    def link_at(self, x: int, y: int) -> str:
        """The address that is drawn at a place of the view; empty where there is none."""
        row, column = y + self.scroll_offset.y, x - _GUTTER + self.scroll_offset.x
        if not 0 <= row < self.line_count or self._layout.lines[row][0] in _SIDED:
            return ""
        whole = self.page_shown.lines[self._layout.origins[row]][1]
        text = visible_line(self._layout.lines[row][1])
        for start, end, one in links_of_row(text, whole):
            if cell_len(text[:start]) <= column < cell_len(text[:end]):
                return one
        return ""

    def on_click(self, event: events.Click) -> None:
        """A click on an address opens it; elsewhere it moves the cursor."""
        address = self.link_at(event.x, event.y)
        if address:
            event.prevent_default()
            self.post_message(self.Followed(address))

    @property
    def note_here(self) -> Noted | None:
        """The reader's own comment on the line under the cursor."""
        return self._notes.get(self.here)

    def can_stand(self, number: int) -> bool:
        return 0 <= number < self.line_count

    def show_cursor(self) -> None:
        """Scroll as little as brings the cursor into sight with what is around it."""
        height = self.scrollable_content_region.height
        around = _AROUND if height > 4 * _AROUND else 0
        top = self.scroll_offset.y
        if self.cursor - around < top:
            self.go_to(self.cursor - around)
        elif height and self.cursor + around >= top + height:
            self.go_to(self.cursor + around - height + 1)

    def action_page(self, pages: int) -> None:
        self._turn(pages * self.page)

    def action_half(self, by: int) -> None:
        self._turn(by * max(1, self.page // 2))

    def _turn(self, lines: int) -> None:
        """Scroll, and take the cursor along; where there is nothing more, to the end."""
        top = self.scroll_offset.y
        wanted = max(0, min(top + lines, int(self.max_scroll_y)))
        self.go_to(wanted)
        step = wanted - top or (self.line_count if lines > 0 else -self.line_count)
        self.put_cursor(self.cursor + step, 1 if lines > 0 else -1)

    # drawing

    def render_line(self, y: int) -> Strip:
        number, ground = y + self.scroll_offset.y, self.look.palette.ground
        if number >= self.line_count:
            return Strip.blank(self._laid_for + _GUTTER, ground)
        strip = self._row(number)
        return self._marked(strip).apply_style(ground) if number == self.cursor else strip

    def _row(self, number: int) -> Strip:
        """A row without the cursor; what was drawn once is not drawn again."""
        left = self.scroll_offset.x
        if left != self._drawn_at or len(self._drawn) >= _KEPT:
            self._drawn.clear()
            self._drawn_at = left
        strip = self._drawn.get(number)
        if strip is None:
            strip = self._two_sides(number) if self._beside else self._one_side(number)
            strip = Strip([Segment(" " * _GUTTER), *strip], self._laid_for + _GUTTER)
            self._drawn[number] = strip = strip.apply_style(self.look.palette.ground)
        return strip

    def _marked(self, row: Strip) -> Strip:
        """The line under the cursor: its colours stay, its background is the cursor's."""
        palette = self.look.palette
        segments = [Segment(self.look.signs.here, palette.accent), *[*row][1:]]
        cursor, none = palette.cursor, Style.null()
        if cursor.reverse:
            return Strip([Segment("".join(text for text, _, _ in segments), cursor)])
        return Strip([Segment(text, (style or none) + cursor) for text, style, _ in segments])

    def _one_side(self, number: int) -> Strip:
        layout = self._layout
        return self._cut(layout.lines[number], layout.origins[number], self._laid_for)

    @property
    def _side(self) -> int:
        """Cells of the left one of two sides; a bar parts them."""
        return max(1, (self._laid_for - 1) // 2)

    def _two_sides(self, number: int) -> Strip:
        """A line before and after the change; what is no line of a file goes over both."""
        kind, text = self._layout.lines[number]
        if kind not in _SIDED:
            return self._one_side(number)
        origin, mate = self._layout.origins[number], self._layout.mates.get(number)
        left, right = self._side, max(0, self._laid_for - self._side - 1)
        old = origin if mate is None and kind is not LineKind.ADDED else mate
        before, after = Strip.blank(left), Strip.blank(right)
        if old is not None:
            before = self._cut(self.page_shown.lines[old], old, left)
        if kind is not LineKind.REMOVED:
            after = self._cut((kind, text), origin, right)
        bar = Strip([Segment(self.look.signs.bar, self.look.palette.faint)])
        return Strip.join([before, bar, after])

    def _cut(self, found: Line, at: int, width: int) -> Strip:
        """A line in its colours, scrolled sideways, in so many cells."""
        left = self.scroll_offset.x
        code, words = self.diff_look.code(at), self.diff_look.words(at)
        if found[0] not in _SIDED:
            code, words = None, ()
        whole = self.page_shown.lines[at][1]
        strip = mail_strip(found, width + left, self.look, code, words, whole)
        if not left and strip.cell_length == width:
            return strip
        return strip.crop_extend(left, left + width, None)
