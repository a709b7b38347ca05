# SPDX-License-Identifier: GPL-2.0-or-later
"""The first screen: the topics that need somebody."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from maintainer_kit.tui.actions import (
    CURSOR,
    DECIDING,
    GENERAL,
    QUEUE,
    REMEMBERING,
    VIEWS,
    bindings,
)
from maintainer_kit.tui.base import Targets
from maintainer_kit.tui.parts.hints import QUEUE_HINTS
from maintainer_kit.tui.queue.view import QueueView
from maintainer_kit.tui.queue.viewing import ViewingScreen


class QueueScreen(ViewingScreen):
    """Rows grouped by whose turn it is."""

    ACTIONS = QUEUE + VIEWS + CURSOR + DECIDING + REMEMBERING + GENERAL
    BINDINGS = bindings(QUEUE + VIEWS + DECIDING + REMEMBERING + GENERAL)

    class Opened(Message):
        """A topic is to be shown in full."""

        def __init__(self, topic_id: str) -> None:
            super().__init__()
            self.topic_id = topic_id

    class Stopped(Message):
        """Escape, with nothing on this screen to take back: what is going on may end."""

    def compose(self) -> ComposeResult:
        yield self.bar
        yield self.queue
        yield self.status
        yield self.hints(QUEUE_HINTS)

    def on_mount(self) -> None:
        self.reload()

    @on(QueueView.Moved)
    def _show_place(self) -> None:
        queue = self.queue
        number = queue.lines.number_of(queue.current or "") + 1
        marked = f"{len(queue.marked)} marked   " if queue.marked else ""
        self.status.set_place(f"{marked}{number}/{len(queue.lines.ids)}")

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
            self.post_message(self.Opened(self.queue.current))

    def step(self, by: int) -> str | None:
        """Move the cursor for the topic screen; the topic that it is on now."""
        before = self.queue.current
        self.queue.put_cursor(self.queue.cursor + by, by)
        return self.queue.current if self.queue.current != before else None

    def action_mark(self) -> None:
        self.queue.toggle_mark()

    def action_clear(self) -> None:
        """Escape takes one thing back at a time: marks, the search; then it stops a sync."""
        if self.queue.marked:
            self.queue.marked.clear()
            self.queue.refresh()
            self._show_place()
        elif self.is_searching:
            self.end_search()
        else:
            self.post_message(self.Stopped())
        self.say("")
