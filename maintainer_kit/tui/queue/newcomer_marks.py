# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of the rows that were seen are of newcomers: looked up a moment after they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maintainer_kit.errors import MkitError
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.stores import Stores

_MOST = 200
"""Rows that are looked up at once: those seen last. The others are, when they are seen again."""

WhenIdle = Callable[[Callable[[], None]], None]


class NewcomerMarks:
    """What is known by now."""

    def __init__(self, session: Session, told: Callable[[], None], when_idle: WhenIdle) -> None:
        """``told`` is called when more rows are marked; ``when_idle`` once no key is waited for."""
        self._session = session
        self._told = told
        self._when_idle = when_idle
        self.marked: set[str] = set()
        """Topics that began with their author's first mail."""
        self._known: set[str] = set()
        self._waiting: dict[str, TopicRow] = {}
        self._is_busy = False

    def see(self, rows: Sequence[TopicRow]) -> None:
        """These rows are shown."""
        self._waiting.update((row.id, row) for row in rows if row.id not in self._known)
        self._next()

    def forget(self) -> None:
        """Mail came in: an older one may be among it. Marks stay until they are looked up anew."""
        self._known.clear()

    def _next(self) -> None:
        if self._waiting and not self._is_busy:
            self._is_busy = True
            self._when_idle(self._look_up)

    def _look_up(self) -> None:
        rows = list(self._waiting.values())[-_MOST:]
        self._waiting.clear()
        self._session.background.submit(
            lambda stores: _newcomers(stores, rows),
            lambda found: self._take({row.id for row in rows}, found),
            self._fail,
        )

    def _take(self, asked: set[str], found: set[str]) -> None:
        before = self.marked
        self.marked = before - asked | found
        self._known |= asked
        if self.marked != before:
            self._told()
        self._is_busy = False
        self._next()

    def _fail(self, _: MkitError) -> None:
        """Nobody asked: rows stay unmarked, and the next ones that are seen may do better."""
        self._is_busy = False


def _newcomers(stores: Stores, rows: Sequence[TopicRow]) -> set[str]:
    # Not before the first paint.
    from maintainer_kit.workflow.newcomers import newcomers

    return newcomers(stores, rows)
