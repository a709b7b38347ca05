# SPDX-License-Identifier: GPL-2.0-or-later
"""The first screen: the topics that need somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.tui.actions import DECIDING, GENERAL, QUEUE, bindings
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.hints import QUEUE_HINTS, Hints
from maintainer_kit.tui.queue_view import QueueView
from maintainer_kit.tui.search_bar import SearchBar
from maintainer_kit.tui.session import Session
from maintainer_kit.tui.view_bar import ViewBar
from maintainer_kit.tui.views import BY_NAME, VIEWS, View
from maintainer_kit.workflow.reading import rows, select
from maintainer_kit.workflow.records import Selection

_NO_MAIL = (
    "There is no mail yet.",
    "",
    "mkit import FILE...   brings an mbox, a Maildir or single mails in",
    "mkit demo             shows all this on sample mail",
)


class QueueScreen(DecidingScreen):
    """Rows grouped by whose turn it is."""

    AUTO_FOCUS = "#queue"
    BINDINGS = bindings(QUEUE + DECIDING + GENERAL)

    class Opened(Message):
        """A topic is to be shown in full."""

        def __init__(self, topic_id: str) -> None:
            super().__init__()
            self.topic_id = topic_id

    class Stopped(Message):
        """Escape, with nothing on this screen to take back: what is going on may end."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view: View = VIEWS[0]
        self._view_before: View = VIEWS[0]
        self.query_text = ""
        self._found: frozenset[str] | None = None
        self._counts: dict[str, int] = {}
        self._bar = ViewBar(session.look)
        self.queue = QueueView(session.look, self._load_rows, session.now)

    def compose(self) -> ComposeResult:
        yield self._bar
        yield self.queue
        yield self.status
        yield Hints(self.session.look, QUEUE_HINTS)

    def on_mount(self) -> None:
        self.reload()

    # what is shown

    def reload(self, about: Collection[str] = ()) -> None:
        """Ask the catalogue again; the cursor stays on its topic, or goes where it is wanted."""
        wanted = self.queue.current
        if about:
            topics = set(self.session.stores.catalogue.topic_ids(about).values())
            wanted = min(topics, default=wanted) if wanted not in topics else wanted
        self._reload(wanted)

    def _reload(self, wanted: str | None) -> None:
        try:
            waiting = self._select(open_only=True)
            shown = self._shown(waiting)
        except MkitError as error:
            self.complain(error)
            return
        turns = Counter(turn for _, turn in waiting)
        self._counts |= {view.name: turns[view.turn.value] for view in VIEWS if view.turn}
        self._counts["all"] = len(waiting)
        self.queue.show(shown, wanted)
        self._bar.show(self.view.name, self._counts)
        # Only a number and some words need all topics: they come after the paint.
        self.call_after_refresh(self._count_all)

    def _shown(self, waiting: list[tuple[str, str]]) -> list[tuple[str, str]]:
        if not self.view.open_only:
            return self._select(open_only=False)
        if self.view.turn:
            return [one for one in waiting if one[1] == self.view.turn.value]
        return waiting

    def _count_all(self) -> None:
        total = Selection(open_only=False, topic_ids=self._found)
        self.session.reading.submit(
            lambda stores: len(select(stores, total)), self._show_total, self.complain
        )

    def _show_total(self, topics: int) -> None:
        self._counts["everything"] = topics
        self._bar.show(self.view.name, self._counts)
        self.queue.empty_words = self._empty_words(bool(topics))
        self.queue.refresh()
        self._show_idle(topics)

    def _select(self, *, open_only: bool) -> list[tuple[str, str]]:
        wanted = Selection(open_only=open_only, topic_ids=self._found)
        return select(self.session.stores, wanted)

    def _empty_words(self, any_topic: bool) -> Sequence[str]:
        if self._found is not None and not any_topic:
            return (f"Nothing matches {self.query_text}", "", "Esc ends the search")
        if not any_topic:
            return _NO_MAIL
        return (self.view.empty, "", "1 what needs action   5 everything")

    def _show_idle(self, topics: int) -> None:
        palette = self.session.look.palette
        if self._found is not None:
            words = f"search: {self.query_text}   {count_of(topics, 'topic')}"
            self.status.set_idle([(words, palette.accent), ("   Esc ends it", palette.faint)])
        else:
            self.status.set_idle([(count_of(topics, "topic"), palette.faint)])

    def _load_rows(self, topic_ids: Collection[str]) -> list[TopicRow]:
        try:
            return rows(self.session.stores, topic_ids)
        except MkitError as error:
            self.complain(error)
            return []

    @on(QueueView.Moved)
    def _show_place(self) -> None:
        queue = self.queue
        number = queue.lines.number_of(queue.current or "") + 1
        marked = f"{len(queue.marked)} marked   " if queue.marked else ""
        self.status.set_place(f"{marked}{number}/{len(queue.lines.ids)}")

    # decisions

    def targets(self) -> Targets | None:
        chosen = self._chosen()
        if not chosen:
            return None
        listed = self.queue.rows(sorted(chosen))
        ids = tuple(one for row in listed for one in row.decidable)
        return Targets(ids, all(row.standing.archived for row in listed))

    def _chosen(self) -> set[str]:
        if self.queue.marked:
            return set(self.queue.marked)
        return {self.queue.current} if self.queue.current else set()

    def advance(self) -> None:
        after = self.queue.next_after(self._chosen())
        self.queue.marked.clear()
        line = self.queue.lines.line_of(after) if after else None
        if line is not None:
            self.queue.put_cursor(line)
        self.queue.refresh()
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

    @on(ViewBar.Picked)
    def _pick(self, event: ViewBar.Picked) -> None:
        self.action_view(event.name)

    def action_view(self, name: str) -> None:
        if name != self.view.name:
            self._view_before, self.view = self.view, BY_NAME[name]
        self.say("")
        self._reload(self.queue.current)

    def action_everything(self) -> None:
        there = self.view.name == "everything"
        back = self._view_before.name if self._view_before.name != "everything" else "all"
        self.action_view(back if there else "everything")

    def action_clear(self) -> None:
        """Escape takes one thing back at a time: marks, the search; then it stops a sync."""
        if self.queue.marked:
            self.queue.marked.clear()
            self.queue.refresh()
            self._show_place()
        elif self._found is not None:
            self._end_search()
        else:
            self.post_message(self.Stopped())
        self.say("")

    # search

    def action_search(self) -> None:
        if not self.query(SearchBar):
            self.mount(SearchBar(self.session.look, self.query_text), before=self.status)

    @on(SearchBar.Left)
    def _leave_search(self) -> None:
        self.query(SearchBar).remove()
        self.queue.focus()

    @on(SearchBar.Asked)
    def _ask(self, event: SearchBar.Asked) -> None:
        if not event.query:
            self._leave_search()
            self._end_search()
            return
        self._search(event.query)

    def _search(self, query: str) -> None:
        self.status.set_busy("searching")
        wanted = Selection(open_only=False)
        self.session.reading.submit(
            lambda stores: frozenset(one for one, _ in select(stores, wanted, query)),
            lambda found: self._show_found(query, found),
            self._show_search_error,
        )

    def _show_found(self, query: str, found: frozenset[str]) -> None:
        self.status.set_busy("")
        if self._found is None:
            self._view_before, self.view = self.view, BY_NAME["everything"]
        self.query_text, self._found = query, found
        self.say("")
        if self.query(SearchBar):
            self._leave_search()
        self._reload(self.queue.current)

    def _show_search_error(self, error: MkitError) -> None:
        self.status.set_busy("")
        bar = self.query(SearchBar)
        if bar:
            bar.first().complain(error)
        else:
            self.complain(error)

    def _end_search(self) -> None:
        if self._found is None:
            return
        self.query_text, self._found = "", None
        self.view = self._view_before
        self._reload(self.queue.current)

    def follow(self) -> None:
        """Mail came in: what a search finds may be more now."""
        if self._found is not None:
            self._search(self.query_text)
        else:
            self.reload()
