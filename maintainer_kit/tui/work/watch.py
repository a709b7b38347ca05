# SPDX-License-Identifier: GPL-2.0-or-later
"""Keeps the catalogue level with the mail while the screens are open."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.tui.work.desk import Desk
from maintainer_kit.tui.work.works import Running
from maintainer_kit.wiring.sync_apart import ApartSync, Synced
from maintainer_kit.workflow.sync import SyncReport

SYNC = "sync"
"""What it is called in the list of what runs."""


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
        self._sync_now: ApartSync | None = None
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
        self._sync_now = ApartSync(self._advance, self._came)
        self.begun = time.monotonic()
        self._tell("syncing")
        self._desk.submit(self._sync_now.run, lambda outcome: self._end(outcome, asked), self._fail)

    def stop(self) -> None:
        """Let the sync that is under way end at its next step."""
        if self._sync_now is not None:
            self._sync_now.stop()

    @property
    def name(self) -> str:
        return SYNC

    @property
    def running(self) -> Sequence[Running]:
        """Itself, while it syncs."""
        return (self,) if self.is_running else ()

    def _tell(self, words: str) -> None:
        """What is going on, in the line at the bottom and in the list of what runs."""
        self.words = words
        self._show(words)

    def _advance(self, verb: str, done: int, total: int | None) -> None:
        """Called by the desk's thread."""
        of = f" of {total}" if total else ""
        self._desk.tell(self._tell, f"{verb} {done}{of} \u00b7 Esc stops")

    def _came(self, _: SyncReport) -> None:
        """To check what came in takes longer than to show it."""
        self._desk.tell(lambda _: self._followed(True, ""), None)

    def _end(self, outcome: Synced, asked: bool) -> None:
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


def _nothing(outcome: Synced) -> str:
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
