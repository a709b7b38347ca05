# SPDX-License-Identifier: GPL-2.0-or-later
"""Searching in the queue: views show only what a query has found, until Escape."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.queue.viewing import ViewingScreen
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.query_values import query_values
from maintainer_kit.workflow.reading import select
from maintainer_kit.workflow.records import Selection

if TYPE_CHECKING:  # not before somebody searches
    from maintainer_kit.model.query.completing import Values


class SearchingScreen(ViewingScreen):
    """The queue's search."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.query_text = ""
        self.asked: list[str] = []
        """What was searched for, the last one at the end."""
        self._view_searched = self.view

    def action_search(self) -> None:
        from maintainer_kit.tui.queue.search_bar import SearchBar

        bar = SearchBar(self.session.look, self.query_text, self.asked)
        self.ask(bar, self._ask)
        self.session.reading.submit(query_values, self._know_values, self.complain)

    def _know_values(self, values: Values) -> None:
        from maintainer_kit.tui.queue.search_bar import SearchBar

        if isinstance(self.prompt, SearchBar):
            self.prompt.know(values)

    def _ask(self, query: str) -> bool:
        if query and self.prompt:
            self.prompt.pending = query
            self._remember(query)
            self._search(query)
            return False
        self.end_search()
        return True

    def _remember(self, query: str) -> None:
        if query in self.asked:
            self.asked.remove(query)
        self.asked.append(query)

    def _search(self, query: str) -> None:
        self.status.set_busy("searching")
        wanted = Selection(open_only=False)
        self.session.reading.submit(
            lambda stores: frozenset(one for one, _ in select(stores, wanted, query)),
            lambda found: self._show_found(query, found),
            partial(self._show_search_error, query),
        )

    def _show_found(self, query: str, found: frozenset[str]) -> None:
        self.status.set_busy("")
        if self._found is None:
            self._view_searched, self.view = self.view, self._called("everything")
        self.query_text, self._found = query, found
        self.say("")
        if self._has_asked(query):
            self.close_prompt()
        self._reload(self.queue.current)

    def _has_asked(self, query: str) -> bool:
        """Whether the line that is being typed waits for this answer."""
        return self.prompt is not None and self.prompt.pending == query

    def _show_search_error(self, query: str, error: MkitError) -> None:
        self.status.set_busy("")
        if self.prompt and self._has_asked(query):
            self.prompt.complain(error)
        else:
            self.complain(error)

    @property
    def is_searching(self) -> bool:
        """Whether only what a search has found is shown."""
        return self._found is not None

    def end_search(self) -> None:
        if self._found is not None:
            self.query_text, self._found = "", None
            if self.view.name == "everything":  # and was not chosen meanwhile
                self.view = self._view_searched
            self._reload(self.queue.current)

    def follow(self) -> None:
        """Mail came in: what a search finds may be more now."""
        self._newcomers.forget()
        if self._found is not None:
            self._search(self.query_text)
        else:
            self.reload()

    def _empty_words(self) -> Sequence[str]:
        if self._found is not None and not self._topics:
            return (f"Nothing matches {self.query_text}", "", "/ asks anew   Esc ends the search")
        return super()._empty_words()

    def _idle(self) -> list[Piece]:
        if self._found is None:
            return super()._idle()
        palette = self.session.look.palette
        words = f"search: {self.query_text}   {count_of(self._topics, 'topic')}"
        return [(words, palette.accent), ("   Esc ends it", palette.faint)]
