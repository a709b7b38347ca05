# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions that are taken, and of which catalogue or tags do not tell yet.

Known to all desks: one records, the others show what was recorded, one finishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.wiring.foreseeing import count_in_at_once, foresee
from maintainer_kit.workflow.foreseen import NOTHING_FORESEEN, Foreseen
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # not before somebody decides
    from maintainer_kit.workflow.decide import Recorded


class Unfinished:
    """In the order in which they were taken."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listed: list[Recorded] = []
        self._behind: dict[str, Mapping[str, Standing]] = {}
        """What those of which the catalogue does not tell make of topics, by the group's id."""
        self.foreseen = NOTHING_FORESEEN
        """What a desk is to show beside what the catalogue tells."""

    def record(self, stores: Stores, job: Callable[[Stores], Recorded]) -> Recorded:
        """Take a decision; where another process writes to the catalogue, that is not waited for.

        Called by one thread only.
        """
        from maintainer_kit.workflow.decide import count_in
        from maintainer_kit.workflow.project import standings_of

        before = self.foreseen
        if not before.groups:
            recorded = job(stores)
            if count_in_at_once(stores, recorded):
                self._add(recorded)
                return recorded
        else:
            with _seeing(stores, before):
                recorded = job(stores)
        if recorded.is_remaking:  # what it makes anew cannot be seen before that is done
            self.count_in(stores)
            count_in(stores, [recorded])
            self._add(recorded)
        else:
            groups = (*before.groups, recorded.group)
            with _seeing(stores, Foreseen(groups, before.standings)):
                self._add(recorded, standings_of(stores, recorded.message_ids))
        return recorded

    def _add(self, recorded: Recorded, standings: Mapping[str, Standing] | None = None) -> None:
        with self._lock:
            self._listed.append(recorded)
            if standings is not None:
                self._behind[recorded.group.id] = standings
                self._foresee()

    def _foresee(self) -> None:
        groups = tuple(one.group for one in self._listed if one.group.id in self._behind)
        standings: dict[str, Standing] = {}
        for group in groups:
            standings.update(self._behind[group.id])
        self.foreseen = Foreseen(groups, standings) if groups else NOTHING_FORESEEN

    def count_in(self, stores: Stores) -> None:
        """Let the catalogue tell of all, however long that takes."""
        from maintainer_kit.workflow.decide import count_in

        behind = [one for one in self._taken() if one.group.id in self._behind]
        if behind:
            count_in(stores, behind)
            self._counted({one.group.id for one in behind})

    def finish(self, stores: Stores) -> None:
        """The same, and let the tags tell of all that were taken until now."""
        from maintainer_kit.workflow.decide import finish

        self.count_in(stores)
        listed = [one for one in self._taken() if one.group.id not in self._behind]
        if not listed:
            return
        finish(stores, listed)
        done = {one.group.id for one in listed}
        with self._lock:
            self._listed = [one for one in self._listed if one.group.id not in done]

    def _taken(self) -> list[Recorded]:
        with self._lock:
            return list(self._listed)

    def _counted(self, ids: Collection[str]) -> None:
        with self._lock:
            for one in ids:
                self._behind.pop(one, None)
            self._foresee()

    @property
    def is_any(self) -> bool:
        """Whether there is something to finish."""
        return bool(self._listed)


@contextmanager
def _seeing(stores: Stores, foreseen: Foreseen) -> Iterator[None]:
    foresee(stores, foreseen)
    try:
        yield
    finally:
        foresee(stores, NOTHING_FORESEEN)
