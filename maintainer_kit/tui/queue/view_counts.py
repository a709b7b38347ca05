# SPDX-License-Identifier: GPL-2.0-or-later
"""How many topics each view holds; those whose query has to be evaluated one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from maintainer_kit.errors import MkitError
from maintainer_kit.model.query.view import View
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.reading import count_topics
from maintainer_kit.workflow.stores import Stores


class ViewCounts:
    """What is known of the views."""

    def __init__(
        self,
        session: Session,
        told: Callable[[View], None],
        when_idle: Callable[[Callable[[], None]], None],
    ) -> None:
        """``told`` hears of a view of which something is known now; ``when_idle`` calls once no key
        has to be answered: another thread that reckons takes time from that."""
        self._session = session
        self._told = told
        self._when_idle = when_idle
        self.known: dict[str, int] = {}
        self.unknown: dict[str, str] = {}
        """Why some cannot be told."""
        self._todo: deque[View] = deque()
        self._is_busy = False
        self._within: frozenset[str] | None = None

    def begin(self, views: Iterable[View], within: frozenset[str] | None) -> None:
        """Count these anew, among the topics ``within`` if a search is on."""
        self._todo = deque(views)
        self._within = within
        if not self._is_busy:
            self._next()

    def _next(self) -> None:
        self._is_busy = bool(self._todo)
        if self._todo:
            self._when_idle(self._count)

    def _count(self) -> None:
        if not self._todo:  # by now nobody asks
            self._is_busy = False
            return
        view, within = self._todo.popleft(), self._within
        self._session.background.submit(
            lambda stores: _number(stores, view.query, within),
            lambda count: self._take(view, count),
            lambda error: self._fail(view, error),
        )

    def _take(self, view: View, count: int) -> None:
        self.known[view.name] = count
        self.unknown.pop(view.name, None)
        self._told(view)
        self._next()

    def _fail(self, view: View, error: MkitError) -> None:
        self.known.pop(view.name, None)
        self.unknown[view.name] = error.message
        self._told(view)
        self._next()


def _number(stores: Stores, query: str, within: frozenset[str] | None) -> int:
    from maintainer_kit.workflow.query import evaluate

    found = evaluate(stores, query)
    if found is None:
        return count_topics(stores, within)
    return len(found if within is None else found & within)
