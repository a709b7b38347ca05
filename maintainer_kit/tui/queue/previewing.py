# SPDX-License-Identifier: GPL-2.0-or-later
"""The preview follows the cursor, once that has come to rest."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Container
from textual.timer import Timer

from maintainer_kit.errors import MkitError
from maintainer_kit.tui.queue.filtering import FilteringScreen
from maintainer_kit.tui.queue.view import QueueView
from maintainer_kit.tui.work.session import Session

if TYPE_CHECKING:  # not before it is asked for
    from maintainer_kit.tui.queue.preview import Preview
    from maintainer_kit.workflow.glance import Glance

BESIDE = 140
"""Columns from which on it stands beside the queue."""
_REST = 0.06
"""Seconds without a move after which somebody looks: while a key is held down nobody does."""
_LOWEST = 14
"""Lines of a screen on which there is room below the queue."""


class Body(Container):
    """The queue, and the preview beside or below it."""

    DEFAULT_CSS = """
    Body { height: 1fr; layout: vertical; }
    Body.beside { layout: horizontal; }
    """


class PreviewingScreen(FilteringScreen):
    """The queue's preview."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.preview: Preview | None = None
        self._looked = 0
        """How often somebody asked for a look: only the newest is answered."""
        self._is_looking = False
        self._put = 0.0
        """When the cursor was put where it is."""
        self._look_soon: Timer | None = None

    async def action_preview(self) -> None:
        """Show it, or show it no longer."""
        if self.preview is not None:
            preview, self.preview = self.preview, None
            await preview.remove()
            self.queue.show_cursor()
            return
        if self.size.width < BESIDE and self.size.height < _LOWEST:
            self.say(f"the preview needs {_LOWEST} lines, or {BESIDE} columns")
            return
        from maintainer_kit.tui.queue.preview import Preview

        self.preview = Preview(self.session.look)
        self._place_preview()
        await self.query_one(Body).mount(self.preview)
        self.queue.show_cursor()
        self._look()

    def on_resize(self, event: events.Resize) -> None:
        self._place_preview()

    def _place_preview(self) -> None:
        if self.preview is not None:
            beside = self.size.width >= BESIDE
            self.query_one(Body).set_class(beside, "beside")
            self.preview.place(beside=beside)
            self.preview.display = beside or self.size.height >= _LOWEST

    @on(QueueView.Moved)
    def _follow_cursor(self) -> None:
        if self.preview is not None:
            self._put = monotonic()
            if self._look_soon is None:
                self._look_soon = self.set_timer(_REST, self._look_at_rest)

    def _look_at_rest(self) -> None:
        self._look_soon = None
        if monotonic() - self._put < _REST:
            self._look_soon = self.set_timer(_REST, self._look_at_rest)
        else:
            self._look()

    def _look(self) -> None:
        """Show what is known of the topic under the cursor, and ask for the rest."""
        if self.preview is None:
            return
        topic_id = self.queue.current
        row = next(iter(self.queue.rows([topic_id])), None) if topic_id else None
        if row is None or row.id != self.preview.topic_id:
            self.preview.show(row, None, self.session.now())
        self._looked += 1
        if row is not None and not self._is_looking:
            self._ask_for_look(row.id)

    def _ask_for_look(self, topic_id: str) -> None:
        from maintainer_kit.workflow.glance import glance

        asked = self._looked
        self._is_looking = True
        self.session.reading.submit(
            lambda stores: glance(stores, topic_id),
            lambda found: self._show_look(asked, found),
            self._fail_to_look,
        )

    def _show_look(self, asked: int, found: Glance | None) -> None:
        self._is_looking = False
        if asked != self._looked:
            self._look()
        elif self.preview is not None and found is not None:
            self.preview.show(found.detail.row, found, self.session.now())

    def _fail_to_look(self, error: MkitError) -> None:
        self._is_looking = False
        self.complain(error)
