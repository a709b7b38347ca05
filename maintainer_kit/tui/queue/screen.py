# SPDX-License-Identifier: GPL-2.0-or-later
"""The first screen: the topics that need somebody."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from maintainer_kit.tui.actions import (
    ACTING,
    CURSOR,
    DECIDING,
    GENERAL,
    QUEUE,
    REMEMBERING,
    REPLYING,
    VIEWS,
    bindings,
)
from maintainer_kit.tui.base import Targets
from maintainer_kit.tui.parts.hints import QUEUE_HINTS
from maintainer_kit.tui.queue.previewing import Body, PreviewingScreen
from maintainer_kit.tui.queue.view import QueueView


class QueueScreen(PreviewingScreen):
    """Rows grouped by whose turn it is."""

    ACTIONS = QUEUE + VIEWS + CURSOR + DECIDING + REMEMBERING + ACTING + REPLYING + GENERAL
    BINDINGS = bindings(QUEUE + VIEWS + DECIDING + REMEMBERING + ACTING + REPLYING + GENERAL)
    _read: str | None = None
    """The topic that is open."""
    _beside: Mapping[int, str] = MappingProxyType({})
    """The topics above (-1) and below (1) the one that is open, when it was opened."""

    class Opened(Message):
        """A topic is to be shown in full."""

        def __init__(self, topic_id: str, message_id: str = "", line: str = "") -> None:
            """``message_id`` is the mail to begin with, ``line`` a text in it."""
            super().__init__()
            self.topic_id = topic_id
            self.message_id = message_id
            self.line = line

    class Stopped(Message):
        """Escape, with nothing on this screen to take back: what is going on may end."""

    def compose(self) -> ComposeResult:
        yield self.bar
        with Body():
            yield self.queue
        yield self.status
        yield self.hints(QUEUE_HINTS)

    def on_mount(self) -> None:
        self.reload()

    @on(QueueView.Moved)
    def _show_place(self) -> None:
        queue = self.queue
        number = queue.lines.number_of(queue.current or "") + 1
        self.status.set_place(f"{self._marked_words()}{number}/{len(queue.lines.ids)}")

    def _marked_words(self) -> str:
        marked = self.queue.marked
        hidden = sum(self.queue.lines.line_of(one) is None for one in marked)
        told = f" ({hidden} filtered out)" if hidden else ""
        return f"{len(marked)} marked{told}   " if marked else ""

    # decisions

    def targets(self) -> Targets | None:
        from maintainer_kit.workflow.targets import Target

        listed = self.queue.rows(sorted(self._chosen()))
        found = tuple(Target(row, row.decidable, row.id) for row in listed)
        return Targets(found) if found else None

    def _chosen(self) -> set[str]:
        if self.queue.marked:
            return set(self.queue.marked)
        return {self.queue.current} if self.queue.current else set()

    def go_to_mail(self, topic_id: str, message_id: str, line: str = "") -> None:
        self.post_message(self.Opened(topic_id, message_id, line))

    def advance(self, *, stay: bool = False) -> None:
        after = None if stay else self.queue.next_after(self._chosen())
        if self.queue.marked:
            self.queue.marked.clear()
            self.queue.refresh()
        line = self.queue.lines.line_of(after) if after else None
        if line is not None:
            self.queue.put_cursor(line)
        self._show_place()

    # actions

    @on(QueueView.Chosen)
    def _open(self) -> None:
        if self.queue.current:
            self._read = self.queue.current
            self._beside = self._neighbours()
            self.post_message(self.Opened(self.queue.current))

    def step(self, by: int) -> str | None:
        """Move the cursor for the topic screen, one up (-1) or down (1); the topic that it is on.

        A topic that was decided about may have gone elsewhere in the list: what was beside it when
        it was opened is what comes next.
        """
        before, wanted = self._read, self._beside.get(by)
        line = self.queue.lines.line_of(wanted) if wanted else None
        self.queue.put_cursor(self.queue.cursor + by if line is None else line, by)
        self._read = self.queue.current
        self._beside = self._neighbours()
        return self._read if self._read != before else None

    def _neighbours(self) -> dict[int, str]:
        ids = self.queue.lines.ids
        at = self.queue.lines.number_of(self.queue.current or "")
        return {by: ids[at + by] for by in (-1, 1) if at >= 0 and 0 <= at + by < len(ids)}

    def action_mark(self) -> None:
        self.queue.toggle_mark()

    def action_clear(self) -> None:
        """Escape takes one thing back at a time: marks, the filter, the search; then it stops a
        sync."""
        if self.queue.marked:
            self.queue.marked.clear()
            self.queue.refresh()
            self._show_place()
        elif self.row_filter.is_on:
            self.end_filter()
        elif self.is_searching:
            self.end_search()
        else:
            self.post_message(self.Stopped())
        self.say("")
