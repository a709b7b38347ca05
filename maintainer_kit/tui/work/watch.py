# SPDX-License-Identifier: GPL-2.0-or-later
"""Keeps the catalogue level with the mail while the screens are open."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Event
from typing import NamedTuple

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.tui.work.desk import Desk
from maintainer_kit.tui.work.works import Running
from maintainer_kit.wiring.held import is_index_held
from maintainer_kit.workflow.arrivals import check_arrivals
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import SyncReport, sync

_STEP = 0.2
"""Seconds between two reports of progress."""


class StoppedByUser(MkitError):
    """A sync that was told to end; what it did stays."""


class SyncProgress:
    """Passes progress on now and then, and ends the work when told to."""

    def __init__(self, stop: Event, show: Callable[[str], None], verb: str = "syncing") -> None:
        self._stop = stop
        self._verb = verb
        self._show = show
        self._shown = 0.0

    def advance(self, done: int, total: int | None = None) -> None:
        if self._stop.is_set():
            raise StoppedByUser("the sync was stopped; what it did stays")
        now = time.monotonic()
        if now - self._shown >= _STEP:
            self._shown = now
            of = f" of {total}" if total else ""
            self._show(f"{self._verb} {done}{of} \u00b7 Esc stops")


class _Outcome(NamedTuple):
    """What a sync brought."""

    report: SyncReport
    checked: int = 0
    """Series that were checked."""
    problem: str = ""
    """Why they could not be, which is told once."""
    held: bool = False
    """Another program writes to the index: what it brings is not known yet."""


class Watch:
    """Syncs, one at a time."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[str], None],
        followed: Callable[[bool, str], None],
        failed: Callable[[MkitError], None],
    ) -> None:
        """``show`` is told what is going on, ``followed`` whether something changed, in words."""
        self._desk = desk
        self._show = show
        self._followed = followed
        self._failed = failed
        self._stop = Event()
        self.is_running = False
        self.words = ""
        self.begun = 0.0
        self._problem = ""
        self.syncs = 0
        """How many have ended well."""

    def begin(self, asked: bool = False) -> None:
        """Sync, unless that is being done; ``asked`` for by the user it is answered in any case."""
        if self.is_running:
            return
        self.is_running = True
        self._stop.clear()
        self.begun = time.monotonic()
        self._tell("syncing")
        self._desk.submit(self._sync, lambda outcome: self._end(outcome, asked), self._fail)

    def stop(self) -> None:
        """Let the sync that is under way end at its next step."""
        self._stop.set()

    @property
    def name(self) -> str:
        return "sync"

    @property
    def running(self) -> Sequence[Running]:
        """Itself, while it syncs."""
        return (self,) if self.is_running else ()

    def _tell(self, words: str) -> None:
        """What is going on, in the line at the bottom and in the list of what runs."""
        self.words = words
        self._show(words)

    def _sync(self, stores: Stores) -> _Outcome:
        def show(words: str) -> None:
            self._desk.tell(self._tell, words)

        report = sync(stores, SyncProgress(self._stop, show), wait=0.0)
        if report.skipped:
            return _Outcome(report)
        if report != SyncReport():
            # To check what came in takes longer than to show it.
            self._desk.tell(lambda _: self._followed(True, ""), None)
        held = is_index_held(stores)
        try:
            checked = check_arrivals(stores, SyncProgress(self._stop, show, "checking"))
            return _Outcome(report, checked, held=held)
        except StoppedByUser:
            raise
        except MkitError as error:  # what came in is shown all the same
            return _Outcome(report, problem=f"not checked: {error.message}")

    def _end(self, outcome: _Outcome, asked: bool) -> None:
        self.is_running = False
        self.syncs += 1
        self._show("")
        words = _words(outcome.report)
        if outcome.problem not in ("", self._problem):
            words = "; ".join(filter(None, (words, outcome.problem)))
        self._problem = outcome.problem
        changed = outcome.report != SyncReport() or outcome.checked > 0
        self._followed(changed, words or (_nothing(outcome) if asked else ""))

    def _fail(self, error: MkitError) -> None:
        self.is_running = False
        self._show("")
        self._followed(True, "")
        self._failed(error)


def _nothing(outcome: _Outcome) -> str:
    """Why nothing came in."""
    if outcome.report.skipped:
        return "another mkit is at the mail; what it brings is shown after"
    if outcome.held:
        return "another program writes to the index; what it brings is shown after"
    return "nothing new"


def _words(report: SyncReport) -> str:
    if report.skipped:
        return ""
    told = []
    if report.new:
        told.append(f"{count_of(report.new, 'new mail')}")
    if report.vanished:
        told.append(f"{report.vanished} vanished")
    if report.decisions:
        told.append(f"{report.decisions} decided in other clients")
    return ", ".join(told)
