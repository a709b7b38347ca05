# SPDX-License-Identifier: GPL-2.0-or-later
"""The process that ``sync_apart.py`` starts: syncs, checks what came in, and tells how far it is.

Out, a line each: ``{"verb": ..., "done": n, "total": n or null}``, ``{"synced": {...}}`` with the
fields of SyncReport, last ``{"over": {...}}`` with what Synced has of checks, or
``{"stopped": true}``, ``{"failed": words, "hint": words or null}``, ``{"bug": traceback}``.
"""

from __future__ import annotations

import os
import time
import traceback

from maintainer_kit.adapters.telling import Teller
from maintainer_kit.errors import MkitError
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.arrivals import check_arrivals
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync

_STEP = 0.2
"""Seconds between two reports of progress."""
_NICE = 5
"""Whoever types at the screens goes first."""


class _Stopped(Exception):
    """Nobody wants to know the end of it."""


class _Steps:
    """Passes progress on now and then, and ends the work when told to."""

    def __init__(self, teller: Teller, verb: str) -> None:
        self._teller = teller
        self._verb = verb
        self._told = 0.0

    def advance(self, done: int, total: int | None = None) -> None:
        if self._teller.is_over:
            raise _Stopped
        now = time.monotonic()
        if now - self._told >= _STEP:
            self._told = now
            self._teller.tell(verb=self._verb, done=done, total=total)


def main() -> None:
    os.nice(_NICE)
    teller = Teller()
    try:
        with open_workspace() as workspace:
            _follow(workspace.stores, teller)
    except _Stopped:
        teller.tell(stopped=True)
    except MkitError as error:
        teller.tell(failed=error.message, hint=error.hint)
    except Exception:
        teller.tell(bug=traceback.format_exc())


def _follow(stores: Stores, teller: Teller) -> None:
    report = sync(stores, _Steps(teller, "syncing"), wait=0.0)
    teller.tell(synced=report.fields)
    if report.skipped:
        teller.tell(over={})
        return
    try:
        teller.tell(over={"checked": check_arrivals(stores, _Steps(teller, "checking"))})
    except MkitError as error:  # what came in is shown all the same
        teller.tell(over={"problem": f"not checked: {error.message}"})
