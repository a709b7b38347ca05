# SPDX-License-Identifier: GPL-2.0-or-later
"""Which topics the queue shows: a view of all, or of those that a search has left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.timer import Timer

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.query.view import View, all_views
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.tui.base import DecidingScreen
from maintainer_kit.tui.deciding.delegates import Delegates
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.queue.newcomer_marks import NewcomerMarks
from maintainer_kit.tui.queue.view import QueueView
from maintainer_kit.tui.queue.view_bar import ViewBar
from maintainer_kit.tui.queue.view_counts import ViewCounts
from maintainer_kit.tui.queue.view_keys import (
    NUMBERED,
    count_part,
    in_order,
    is_everything,
    is_quick,
    part_of,
)
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.reading import count_topics, rows, select
from maintainer_kit.workflow.records import Selection

if TYPE_CHECKING:
    from maintainer_kit.tui.parts.menu import Menu

_IDLE = 0.5
"""Seconds without a change, or a move, after which views are counted whose queries take time."""
_NO_MAIL = (
    "There is no mail yet.",
    "",
    "mkit init              asks who you are, and where your mail is",
    "mkit import FILE...    brings an mbox, a Maildir or single mails in",
    "mkit pull --list NAME  fetches a list from its archive",
    "mkit demo              shows all this on sample mail",
    "",
    "What comes in appears here by itself.",
)


class ViewingScreen(DecidingScreen):
    """The queue's views."""

    AUTO_FOCUS: ClassVar[str | None] = "#queue"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.views = in_order(all_views(session.stores.settings.view))
        self.view = self._view_before = self.views[0]
        self._found: frozenset[str] | None = None
        """What a search has found; None while none is on."""
        self._listed = Listed()
        """What the view holds."""
        self._topics = 0
        """How many there are, in what a search has found if one is on."""
        self._asked = 0
        """How often the queue was made anew: an answer to an older question is not shown."""
        self._counts = ViewCounts(session, self._show_count, self._when_idle)
        self._moved = 0.0
        """When the cursor did so last."""
        self._count_soon: Timer | None = None
        self._menu: Menu | None = None
        self.bar = ViewBar(session.look, self.views)
        whose = Delegates(session.stores).name
        self._newcomers = NewcomerMarks(session, self._mark_newcomers, self._when_idle)
        self.queue = QueueView(session.look, self._load_rows, session.now, whose, self._is_new)

    def _load_rows(self, topic_ids: Collection[str]) -> Sequence[TopicRow]:
        try:
            found = rows(self.session.stores, topic_ids)
        except MkitError as error:
            self.complain(error)
            return []
        self._newcomers.see(found)
        return found

    def _is_new(self, topic_id: str) -> bool:
        return topic_id in self._newcomers.marked

    def _mark_newcomers(self) -> None:
        self.queue.refresh()

    # what is shown

    def reload(self, about: Collection[str] = ()) -> None:
        """Ask the catalogue again; the cursor stays on its topic, or goes where it is wanted."""
        wanted = self.queue.current
        if about:
            topics = set(self.session.stores.catalogue.topic_ids(about).values())
            wanted = min(topics, default=wanted) if wanted not in topics else wanted
        self._reload(wanted)

    def _reload(self, wanted: str | None) -> None:
        self._asked += 1
        try:
            waiting = self._select(open_only=True)
            shown = self._at_once(waiting)
        except MkitError as error:
            self.complain(error)
            return
        self._count_parts(waiting)
        if shown is None:
            self._evaluate(wanted)
        else:
            self._show(shown, wanted)
        self.show_counts()
        # Only a number and some words need all topics: they come after the paint.
        self.call_after_refresh(self._count_all)
        if self._count_soon:
            self._count_soon.stop()
        self._count_soon = self.set_timer(_IDLE, self._count_views)

    def _show(self, found: Listed, wanted: str | None) -> None:
        """Show what a view holds, or what is left of it; the cursor on ``wanted``."""
        self._listed = found
        self.queue.keep_marks(found)
        self.queue.show(self._narrowed(found), wanted)

    def _narrowed(self, found: Listed) -> Listed:
        """What is shown of that."""
        return found

    def _select(self, *, open_only: bool) -> Listed:
        wanted = Selection(open_only=open_only, topic_ids=self._found)
        return select(self.session.stores, wanted)

    def _at_once(self, waiting: Listed) -> Listed | None:
        """What the view holds; None where its query has to be evaluated."""
        if not is_quick(self.view):
            return None
        if is_everything(self.view):
            return self._select(open_only=False)
        return part_of(self.view, waiting)

    def _evaluate(self, wanted: str | None) -> None:
        """Show what a query finds once that is known; until then what was there is."""
        view, within = self.view, Selection(open_only=False, topic_ids=self._found)
        self.queue.forget()
        self.status.set_busy("looking")
        asked = self._asked
        self.session.reading.submit(
            lambda stores: select(stores, within, view.query) if asked == self._asked else Listed(),
            partial(self._show_evaluated, asked, wanted),
            partial(self._fail_to_evaluate, asked),
        )

    def _show_evaluated(self, asked: int, wanted: str | None, found: Listed) -> None:
        if asked == self._asked:
            self.status.set_busy("")
            self._counts.known[self.view.name] = len(found)
            self._show(found, wanted)
            self.show_counts()

    def _fail_to_evaluate(self, asked: int, error: MkitError) -> None:
        if asked == self._asked:
            self.status.set_busy("")
            self._show(Listed(), None)
            self.complain(error)

    # numbers

    def show_counts(self) -> None:
        self.bar.show(self.view.name, self._counts.known)

    def _count_parts(self, waiting: Listed) -> None:
        parts = (one for one in self.views if is_quick(one) and not is_everything(one))
        self._counts.known.update((one.name, count_part(one, waiting)) for one in parts)

    def _count_all(self) -> None:
        within = self._found
        self.session.reading.submit(
            lambda stores: count_topics(stores, within), self._show_total, self.complain
        )

    def _show_total(self, topics: int) -> None:
        self._topics = topics
        everything = (one.name for one in self.views if is_everything(one))
        self._counts.known.update(dict.fromkeys(everything, topics))
        self.show_counts()
        self.queue.empty_words = self._empty_words()
        if not self.queue.lines.line_count:
            self.queue.refresh()
        self._show_idle()

    def _count_views(self) -> None:
        """Those that are not counted at once, and can be seen: nothing has changed for a moment."""
        seen = self.views if self._menu else self.views[:NUMBERED]
        self._counts.begin([one for one in seen if not is_quick(one)], self._found)

    @on(QueueView.Moved)
    def _note_move(self) -> None:
        self._moved = monotonic()

    def _when_idle(self, what: Callable[[], None]) -> None:
        if monotonic() - self._moved < _IDLE:
            self.set_timer(_IDLE, partial(self._when_idle, what))
        else:
            what()

    def _show_count(self, view: View) -> None:
        from maintainer_kit.tui.queue.view_menu import held

        self.show_counts()
        if self._menu is not None:
            self._menu.tell(view.name, held(view, self._counts))

    def _empty_words(self) -> Sequence[str]:
        """What is said where there is nothing to show."""
        if not self._topics:
            return _NO_MAIL
        return (self.view.empty, "", "1 what needs action   5 everything   v all views")

    def _idle(self) -> list[Piece]:
        """What the status line says while there is nothing to tell."""
        return [(count_of(self._topics, "topic"), self.session.look.palette.faint)]

    def _show_idle(self) -> None:
        self.status.set_idle(self._idle())

    # views

    @on(ViewBar.Picked)
    def _pick(self, event: ViewBar.Picked) -> None:
        self.action_view(event.name)

    def action_numbered(self, number: int) -> None:
        if number <= len(self.views):
            self.action_view(self.views[number - 1].name)

    def action_view(self, name: str) -> None:
        if name != self.view.name:
            self._view_before, self.view = self.view, self._called(name)
        self.say("")
        self._reload(self.queue.current)
        self.queue.empty_words = self._empty_words()

    def _called(self, name: str) -> View:
        return next(one for one in self.views if one.name == name)

    def action_everything(self) -> None:
        there = self.view.name == "everything"
        back = self._view_before.name if self._view_before.name != "everything" else "all"
        self.action_view(back if there else "everything")

    def action_views(self) -> None:
        from maintainer_kit.tui.queue.view_menu import view_menu

        def pick(name: str | None) -> None:
            self._menu = None
            if name is not None:
                self.action_view(name)

        self._menu = view_menu(self.session.look, self.views, self._counts)
        self.app.push_screen(self._menu, pick)
        self._count_views()
