# SPDX-License-Identifier: GPL-2.0-or-later
"""The queue as numbered lines."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.query.view import View, all_views
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.render.queue_text import HEADINGS
from maintainer_kit.tui.actions import (
    ACTING,
    CURSOR,
    DECIDING,
    GENERAL,
    QUEUE,
    REMEMBERING,
    REPLYING,
    SCROLLING,
    VIEWS,
)
from maintainer_kit.tui.base import Targets
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.plain.prompts import PlainSession
from maintainer_kit.tui.plain.replying import ReplyingPrompts
from maintainer_kit.tui.plain.words import row_words, shown
from maintainer_kit.tui.queue.row_filter import RowFilter, row_texts
from maintainer_kit.tui.queue.view_keys import in_order
from maintainer_kit.workflow.reading import rows, select
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.targets import Target

_PAGE = 20
_EVERYTHING = "everything"
# A number is that of a topic here.
_VIEWS = tuple(replace(one, keys="") for one in VIEWS)


class QueuePrompts(ReplyingPrompts):
    """A number opens a topic; an action is about the numbers behind it."""

    PROMPT = "mkit> "
    ACTIONS = (
        QUEUE + CURSOR + DECIDING + REMEMBERING + ACTING + REPLYING + GENERAL + SCROLLING + _VIEWS
    )

    def __init__(self, session: PlainSession) -> None:
        super().__init__(session)
        self.views = in_order(all_views(self.stores.settings.view))
        self.view = self.views[0]
        self.query = ""
        self.filter = RowFilter()
        self.ids: list[str] = []
        self._turns: dict[str, str] = {}
        self.at = 0
        """Which topic was told last, from 0."""
        self.marked: dict[str, None] = {}

    def begin(self) -> None:
        self.show()
        self.tell("help tells what can be typed")

    # what is shown

    def _look(self) -> None:
        """Number the topics anew."""
        within = None
        if self.query:
            wanted = Selection(open_only=False)
            within = frozenset(one for one, _ in select(self.stores, wanted, self.query))
        wanted = Selection(open_only=False, topic_ids=within)
        found = self.filter.of(select(self.stores, wanted, self.view.query))
        self._turns = dict(found)
        self.ids = [topic_id for topic_id, _ in found]
        self.at = 0
        self.marked = {one: None for one in self.marked if one in self._turns}

    @property
    def _last(self) -> int:
        return max(0, len(self.ids) - 1)

    @property
    def current(self) -> str | None:
        """The topic that was told last."""
        return self.ids[self.at] if self.at < len(self.ids) else None

    def show(self) -> None:
        """Look anew, and tell the first page."""
        self._look()
        search = f", search {visible_line(self.query)}" if self.query else ""
        narrowed = f", filter {shown(self.filter.typed)}" if self.filter.is_on else ""
        number = count_of(len(self.ids), "topic")
        self.tell(f"View {self.view.words}{search}{narrowed}: {number}")
        if not self.ids:
            self.tell(self.view.empty)
        self._tell_from(0)

    def renew(self) -> None:
        self.show()

    def _tell_from(self, start: int) -> None:
        """A page of topics, a heading where another's turn begins."""
        ids = self.ids[start : start + _PAGE]
        by_id = {row.id: row for row in rows(self.stores, ids)}
        turn = self._turns.get(self.ids[start - 1]) if start else None
        for number, topic_id in enumerate(ids, start + 1):
            if self._turns[topic_id] != turn:
                turn = self._turns[topic_id]
                self.tell(f"{HEADINGS[Turn(turn)]}:")
            if topic_id in by_id:
                self._tell_row(number, by_id[topic_id])
        left = len(self.ids) - start - len(ids)
        if left > 0:
            self.tell(f"{left} more; page-down tells them")

    def _tell_row(self, number: int, row: TopicRow) -> None:
        mark = "marked, " if row.id in self.marked else ""
        self.tell(f"{number}. {mark}{row_words(row, self.session.now())}")

    # what is meant

    def targets(self, asked: Asked) -> Targets:
        ids = [self._id(one) for one in asked.numbers] or list(self.marked)
        if not ids and self.current:
            ids = [self.current]
        found = rows(self.stores, ids)
        if not found:
            raise Refused("nothing to decide about is here")
        self.marked.clear()
        return Targets(tuple(Target(row, row.decidable, row.id) for row in found))

    def prunable(self, asked: Asked) -> list[str] | None:
        if not asked.numbers and not self.marked:
            return None
        return super().prunable(asked)

    def _id(self, number: int) -> str:
        if not 0 < number <= len(self.ids):
            raise NotFound(f"there is no number {number}", f"1 to {len(self.ids)}")
        self.at = number - 1
        return self.ids[number - 1]

    # actions

    def open(self, number: int) -> None:
        from maintainer_kit.tui.plain.topic import TopicPrompts

        self._id(number)
        TopicPrompts(self.session, self.ids[self.at], self._step).run()

    def _step(self, by: int) -> str | None:
        """The topic after the one that is open, or before it."""
        if not 0 <= self.at + by < len(self.ids):
            return None
        self.at += by
        return self.current

    def do_choose(self, asked: Asked) -> None:
        if not self.ids:
            raise Refused("there is no topic to open")
        self.open(asked.numbers[0] if asked.numbers else self.at + 1)

    def do_mark(self, asked: Asked) -> None:
        """Mark, or take the mark away."""
        for number in asked.numbers or (self.at + 1,):
            topic_id = self._id(number)
            if self.marked.pop(topic_id, 0) == 0:
                self.marked[topic_id] = None
        self.tell(f"{len(self.marked)} marked")

    def do_clear(self, asked: Asked) -> None:
        self.marked.clear()
        self.query = self.filter.typed = ""
        self.show()

    def do_filter(self, asked: Asked) -> None:
        words = asked.text or self.ask("filter", "words of subject, author or id")
        self.filter.know(row_texts(self.stores))
        self.filter.typed = words
        self.show()

    def do_search(self, asked: Asked) -> None:
        query = asked.text or self.ask("search", "turn:me, state:accepted, author:jane, ...")
        select(self.stores, Selection(open_only=False), query)  # what cannot be read is refused
        self.query = query
        self._view(self._called(_EVERYTHING))

    def do_views(self, asked: Asked) -> None:
        names = [one.name for one in self.views]
        word = asked.text or (names[asked.numbers[0] - 1] if self._is_view(asked) else "")
        if not word:
            for number, one in enumerate(self.views, 1):
                self.tell(f"{number}. {one.name}: {one.words}")
            word = self.ask("view", "a name or a number", names)
        if word.isdecimal() and 0 < int(word) <= len(names):
            word = names[int(word) - 1]
        self._view(self._called(word))

    def _is_view(self, asked: Asked) -> bool:
        return bool(asked.numbers) and 0 < asked.numbers[0] <= len(self.views)

    def do_numbered(self, asked: Asked) -> None:
        if asked.step <= len(self.views):
            self._view(self.views[asked.step - 1])

    def do_everything(self, asked: Asked) -> None:
        there = self.view.name == _EVERYTHING
        self._view(self.views[0] if there else self._called(_EVERYTHING))

    def _called(self, name: str) -> View:
        found = next((one for one in self.views if one.name == name), None)
        if found is None:
            raise NotFound(f"no view is called {visible_line(name[:80])}", "views")
        return found

    def _view(self, view: View) -> None:
        self.view = view
        self.show()

    def do_preview(self, asked: Asked) -> None:
        """What a look beside the list tells: the head of the topic."""
        from maintainer_kit.tui.plain.words import topic_words
        from maintainer_kit.workflow.reading import detail_now

        for one in self.targets(asked).found:
            for line in topic_words(detail_now(self.stores, one.row), self.session.now()):
                self.tell(line)

    def do_quit(self, asked: Asked) -> None:
        self.is_over = True

    # moving

    def do_line(self, asked: Asked) -> None:
        self._go(self.at + asked.step * (asked.numbers[0] if asked.numbers else 1))

    def do_edge(self, asked: Asked) -> None:
        self._go(self._last if asked.step else 0)

    def _go(self, at: int) -> None:
        if not self.ids:
            raise Refused("there is no topic here")
        self.at = max(0, min(at, self._last))
        for row in rows(self.stores, [self.ids[self.at]]):
            self._tell_row(self.at + 1, row)

    def do_page(self, asked: Asked) -> None:
        start = max(0, min((self.at // _PAGE + asked.step) * _PAGE, self._last // _PAGE * _PAGE))
        self.at = start
        self._tell_from(start)

    def do_half(self, asked: Asked) -> None:
        self.do_page(asked)
