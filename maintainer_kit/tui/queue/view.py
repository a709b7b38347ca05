# SPDX-License-Identifier: GPL-2.0-or-later
"""The queue's lines: asks for the rows that are on the screen, and for no others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import chain

from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.tui.parts.cells import fit, line
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.cells import heading_strip, row_strip
from maintainer_kit.tui.queue.lines import Heading, QueueLines

_CACHE = 600
"""Rows kept: some screens' worth."""
_DRAWN = 300
"""Those that are kept as they looked, which takes more room."""

Load = Callable[[Collection[str]], Sequence[TopicRow]]
Whose = Callable[[Standing], str]
"""The name of the delegate, where that is not the reader."""
IsNew = Callable[[str], bool]
"""Whether a topic is its author's first one."""


def _nobodys(_: Standing) -> str:
    return ""


def _is_known(_: str) -> bool:
    return False


class QueueView(CursorView):
    """Topics, grouped by whose turn it is."""

    def __init__(
        self,
        look: Look,
        load: Load,
        now: Callable[[], int],
        whose: Whose = _nobodys,
        is_new: IsNew = _is_known,
    ) -> None:
        super().__init__(look, "queue")
        self._load = load
        self._now = now
        self._whose = whose
        self._is_new = is_new
        self.lines = QueueLines(Listed())
        self.marked: set[str] = set()
        self.empty_words: Sequence[str] = ()
        self._rows: dict[str, TopicRow] = {}
        self._strips: dict[tuple[str, int, bool, bool], tuple[TopicRow, Strip]] = {}
        """How rows looked last: what has not changed is not drawn anew."""
        self._minute = 0
        """The one that their ages are of."""

    @property
    def current(self) -> str | None:
        """The topic under the cursor."""
        found = self.lines.at(self.cursor)
        return found if isinstance(found, str) else None

    def show(self, found: Listed, wanted: str | None = None) -> None:
        """Show these topics, the cursor on ``wanted``, else where it was on the screen."""
        before = self.cursor - self.scroll_offset.y
        self.lines = QueueLines(found)
        self.forget()
        self.set_lines(self.lines.line_count)
        line_number = self.lines.line_of(wanted) if wanted else None
        at = self.cursor if line_number is None else line_number
        self.cursor = at
        # What came in above it moves neither the cursor nor the line that it is on.
        self.go_to(max(0, at - before))
        self.put_cursor(at)
        self.post_message(self.Moved(self))

    def keep_marks(self, found: Listed) -> None:
        """Marks of what is not among these are gone."""
        if self.marked:
            self.marked.intersection_update(found.ids)

    def forget(self) -> None:
        """Ask anew for all rows."""
        self._rows.clear()
        self.refresh()

    def next_after(self, chosen: Collection[str]) -> str | None:
        """The first topic below the cursor, else above it, that is none of ``chosen``."""
        ids = self.lines.ids
        at = max(0, self.lines.number_of(self.current or ""))
        near = map(ids.__getitem__, chain(range(at, len(ids)), range(at - 1, -1, -1)))
        return next((one for one in near if one not in chosen), None)

    def rows(self, topic_ids: Sequence[str]) -> list[TopicRow]:
        """These rows, in this order; those that are gone are left out."""
        missing = [one for one in topic_ids if one not in self._rows]
        if missing:
            if len(self._rows) > _CACHE:
                self._rows.clear()
                self._strips.clear()
                missing = list(topic_ids)
            self._rows.update((row.id, row) for row in self._load(missing))
        return [self._rows[one] for one in topic_ids if one in self._rows]

    def toggle_mark(self) -> None:
        """Mark or unmark what is under the cursor, and go on."""
        if current := self.current:
            self.marked.symmetric_difference_update({current})
            self.refresh_line(self.cursor)
            self.put_cursor(self.cursor + 1)
            self.post_message(self.Moved(self))

    def can_stand(self, number: int) -> bool:
        return isinstance(self.lines.at(number), str)

    def body_at(self, number: int, width: int) -> Strip:
        found = self.lines.at(number)
        if isinstance(found, Heading):
            return heading_strip(found, width, self.look)
        return self._row_strip(found, width) if found else Strip.blank(width)

    def _row_strip(self, topic_id: str, width: int) -> Strip:
        row = self._row(topic_id)
        if row is None:
            return Strip.blank(width)
        now = self._now()
        if now // 60 != self._minute or len(self._strips) >= _DRAWN:
            self._minute = now // 60
            self._strips.clear()
        key = (topic_id, width, topic_id in self.marked, self._is_new(topic_id))
        known = self._strips.get(key)
        if known is not None and known[0] == row:
            return known[1]
        whose = self._whose(row.standing)
        strip = row_strip(row, now, width, self.look, marked=key[2], whose=whose, is_new=key[3])
        self._strips[key] = row, strip
        return strip

    def _row(self, topic_id: str) -> TopicRow | None:
        if topic_id not in self._rows:
            # Right after a change only what is seen; the neighbours once somebody scrolls there.
            height = self.size.height
            beyond = height if self._rows else 0
            top = self.scroll_offset.y
            self.rows(self.lines.ids_between(top - beyond, top + height + beyond))
        return self._rows.get(topic_id)

    def render_line(self, y: int) -> Strip:
        if self.lines.line_count or not self.empty_words:
            return super().render_line(y)
        at = y - max(0, (self.size.height - len(self.empty_words)) // 3)
        if not 0 <= at < len(self.empty_words):
            return Strip.blank(self.size.width, self.look.palette.ground)
        return self._empty_line(at)

    def _empty_line(self, at: int) -> Strip:
        """The first one in the middle; the others, which may be a table, as a block below it."""
        width, palette = self.size.width, self.look.palette
        first, *others = map(visible_line, self.empty_words)
        block = [first] if at == 0 else others
        indent = " " * max(0, (width - max(map(cell_len, block))) // 2)
        words = fit(f"{indent}{block[max(0, at - 1)]}", width, self.look.signs.ellipsis)
        return line([(words, palette.soft if at else palette.strong)], width, palette.ground)

    def on_resize(self) -> None:
        # Textual calls the handler of the base class as well.
        self._strips.clear()

    def on_click(self, event: events.Click) -> None:
        """A click beside the subject marks, as the sign there says."""
        if event.x < 2 and self.can_stand(event.y + self.scroll_offset.y):
            self.put_cursor(event.y + self.scroll_offset.y)
            self.toggle_mark()
            event.prevent_default()
