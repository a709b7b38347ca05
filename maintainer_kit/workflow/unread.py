# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails of a topic are new to its reader."""

from __future__ import annotations

from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.stores import Stores

_TAG = "unread"
_SECOND = 1_000_000


def unread(stores: Stores, found: Detail) -> frozenset[str]:
    """Message-IDs of others' mails that were not read yet.

    In a database of the user's own that is what notmuch's tag says, which belongs to the mail
    clients. In mkit's own database no client reads: there it is what came after the reader's last
    mail or decision in the topic, and nothing where there was none.
    """
    me = stores.me
    messages = found.topic.messages
    others = [one for one in messages if not me.sent(one)]
    if not stores.index.is_own:
        tags = stores.catalogue.tags([one.message_id for one in others])
        return frozenset(id for id, names in tags.items() if _TAG in names)
    acted = [one.date for one in messages if me.sent(one)]
    acted += [one.time // _SECOND for one in found.decisions.values()]
    last = max(acted, default=None)
    return frozenset(one.message_id for one in others if last is not None and one.date > last)
