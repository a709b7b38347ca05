# SPDX-License-Identifier: GPL-2.0-or-later
"""The left side of a topic: what there is to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.segment import Segment
from textual.strip import Strip

from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.tui.topic.outline_cells import item_strip
from maintainer_kit.workflow.arrivals import Found
from maintainer_kit.workflow.attested import ByPatch
from maintainer_kit.workflow.reading import Detail


class OutlineView(CursorView, can_focus=False):
    """Revisions, patches and replies; keys go to the mail beside it."""

    def __init__(self, look: Look, now: Callable[[], int]) -> None:
        super().__init__(look, "outline")
        self._now = now
        self.detail: Detail | None = None
        self.items: list[Item] = []
        self.unread: frozenset[str] = frozenset()
        """Message-IDs of the mails that get a mark."""
        self._drawn: dict[int, Strip] = {}
        """Lines as they look in this many cells, with ages as of this minute:"""
        self._drawn_for = (0, 0)

    def mark(self, unread: frozenset[str]) -> None:
        """Mark these mails, and no others."""
        others = unread ^ self.unread
        self.unread = unread
        for at, item in enumerate(self.items) if others else ():
            if item.message and item.message.message_id in others:
                self._drawn.pop(at, None)
                self.refresh_line(at)

    @property
    def current(self) -> Item | None:
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def show(self, detail: Detail, items: list[Item]) -> None:
        """Show a topic; the cursor stays on its item when it is the same topic."""
        same = self.detail is not None and self.detail.row.id == detail.row.id
        key = self.current.key if same and self.current else None
        if same and self.detail is not None:
            detail = replace(detail, attested={**self.detail.attested, **detail.attested})
        self.detail, self.items = detail, items
        self._drawn.clear()
        at = next((at for at, item in enumerate(self.items) if item.key == key), 0)
        self.cursor = at
        self.set_lines(len(self.items))
        self.show_cursor()
        self.post_message(self.Moved(self))

    def know_attested(self, attested: ByPatch) -> None:
        """What the signatures of the topic's patches say is known now."""
        if self.detail is not None:
            self.detail = replace(self.detail, attested=attested)

    def know_findings(self, findings: Found) -> None:
        """What rules say of the newest posting is known now."""
        if self.detail is not None:
            self.detail = replace(self.detail, findings=findings)
            self._drawn.clear()
            self.refresh()

    def forget(self) -> None:
        """What comes is shown from its top, the same topic or not; till then what is there stays
        on the screen."""
        self.detail, self.items, self.cursor = None, [], 0
        self._drawn.clear()

    def step(self, by: int, kind: ItemKind | None = None) -> bool:
        """Go to the next item (of a kind) in a direction; False when there is none."""
        at = self.cursor + by
        while 0 <= at < len(self.items):
            if kind is None or self.items[at].kind is kind:
                self.put_cursor(at, by)
                return True
            at += by
        return False

    def can_stand(self, number: int) -> bool:
        return number < len(self.items)

    def body_at(self, number: int, width: int) -> Strip:
        drawn_for = (width, self._now() // 60)
        if drawn_for != self._drawn_for:
            self._drawn.clear()
            self._drawn_for = drawn_for
        strip = self._drawn.get(number)
        if strip is None:
            strip = self._drawn[number] = self._draw(number, width)
        return strip

    def _draw(self, number: int, width: int) -> Strip:
        if self.detail is None or number >= len(self.items):
            return Strip.blank(width)
        item = self.items[number]
        strip = item_strip(item, self.detail, self._now(), width, self.look)
        if item.message is None or item.message.message_id not in self.unread:
            return strip
        mark = Strip([Segment(self.look.signs.mark, self.look.palette.accent)])
        return Strip.join([mark, strip.crop(1, width)])
