# SPDX-License-Identifier: GPL-2.0-or-later
"""``rebuild``, and what ``backup`` and ``restore`` make of the journal."""

from __future__ import annotations

from maintainer_kit.errors import Busy
from maintainer_kit.workflow.ports import Progress
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import SyncReport, sync_locked

_WAIT = 600.0


def rebuild(stores: Stores, progress: Progress | None = None) -> SyncReport:
    """Forget the catalogue and make it anew from mail and journal.

    What other clients decided through tags is taken over first. Killed in the middle, the next
    sync goes on: a catalogue without a position is made anew.
    """
    with stores.lock(_WAIT) as mine:
        if not mine:
            raise Busy("another mkit is writing", "wait for it, then run mkit rebuild again")
        sync_locked(stores)
        with stores.catalogue.transaction():
            stores.catalogue.clear()
        return sync_locked(stores, progress)
