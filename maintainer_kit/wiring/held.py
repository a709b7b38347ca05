# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether another program writes to the index, for whoever says why nothing new is shown."""

from __future__ import annotations

from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.workflow.stores import Stores

MOMENT = 1.0
"""Seconds. Who writes tags, as we do after each decision, or brings in what was sent is done long
before: a lock does not tell whose it is."""


def is_index_held(stores: Stores) -> bool:
    """Whether it does so for longer than a moment, which is waited for; False where that cannot be
    told."""
    index = stores.index
    return isinstance(index, NotmuchIndex) and index.is_held_for(MOMENT)
