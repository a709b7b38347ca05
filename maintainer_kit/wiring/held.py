# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether another program writes to the index, for whoever says why nothing new is shown."""

from __future__ import annotations

from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.workflow.stores import Stores


def is_index_held(stores: Stores) -> bool:
    """Asked without waiting; False where that cannot be told."""
    index = stores.index
    return isinstance(index, NotmuchIndex) and index.is_held
