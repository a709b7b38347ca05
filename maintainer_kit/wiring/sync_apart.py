# SPDX-License-Identifier: GPL-2.0-or-later
"""A sync for somebody who stays for days and waits at a screen: what it has to do is done in a
process of its own, whose memory goes with it and which takes no turns from the one who types."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.errors import MkitError, StateError
from maintainer_kit.workflow.arrivals import is_checked
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import SyncReport, report_if_level

if TYPE_CHECKING:  # not before the first paint
    from maintainer_kit.adapters.telling import Telling

_PROGRAM = "maintainer_kit.wiring.sync_program"
_STOPPED = "the sync was stopped; what it did stays"
_MOMENT = 1.0
"""Seconds. Who writes tags, as we do after each decision, or brings in what was sent is done long
before: a lock does not tell whose it is."""


class SyncStopped(MkitError):
    """A sync that was told to end; what it did stays."""


class Synced(NamedTuple):
    """What a sync brought."""

    report: SyncReport
    checked: int = 0
    """Series that were checked."""
    problem: str = ""
    """Why they could not be."""
    held: bool = False
    """Another program has written to the index for longer than a moment: what it brings is not
    known yet. False where that cannot be told."""


class ApartSync:
    """One sync. ``run`` is called once; ``stop`` from any thread."""

    def __init__(
        self,
        advance: Callable[[str, int, int | None], None],
        followed: Callable[[SyncReport], None],
    ) -> None:
        """``advance`` is told what is done, how much, of how much; ``followed`` what came in, as
        checking that takes longer. Both are called in the thread of ``run``."""
        self._advance = advance
        self._followed = followed
        self._process: Telling | None = None
        self._is_stopped = Event()

    def stop(self) -> None:
        """Let it end at its next step; what it did stays."""
        self._is_stopped.set()
        if self._process is not None:
            self._process.stop()

    def run(self, stores: Stores) -> Synced:
        """Sync. Where nothing is new no process is started.

        Raises SyncStopped, and StateError where the process is gone.
        """
        # Before it is looked: what somebody wrote just now is to be found.
        held = _is_index_held(stores)
        report = report_if_level(stores, _MOMENT)
        if report is not None and (report.skipped or is_checked(stores)):
            return Synced(report, held=held)
        from maintainer_kit.adapters.telling import Telling

        self._process = Telling(_PROGRAM)
        if self._is_stopped.is_set():
            self._process.stop()
        try:
            return self._listen(self._process)._replace(held=held)
        except StateError:
            # Asked before it could hear, it ended at once.
            if self._is_stopped.is_set():
                raise SyncStopped(_STOPPED) from None
            raise

    def _listen(self, process: Telling) -> Synced:
        report, last = SyncReport(), dict[str, Any]()
        for told in process.told():
            if "verb" in told:
                self._advance(told["verb"], told["done"], told["total"])
            elif "synced" in told:
                report = SyncReport(**told["synced"])
                if report != SyncReport() and not report.skipped:
                    self._followed(report)
            else:
                last = told
        return _end(report, last)


def _is_index_held(stores: Stores) -> bool:
    index = stores.index
    return isinstance(index, NotmuchIndex) and index.is_held_for(_MOMENT)


def _end(report: SyncReport, told: dict[str, Any]) -> Synced:
    """How it ended, by its last words."""
    if "stopped" in told:
        raise SyncStopped(_STOPPED)
    if "failed" in told:
        raise MkitError(told["failed"], told["hint"])
    if "bug" in told:
        raise RuntimeError(told["bug"])
    return Synced(report, **told["over"])
