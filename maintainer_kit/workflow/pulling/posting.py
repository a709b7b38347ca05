# SPDX-License-Identifier: GPL-2.0-or-later
"""Of the mails of a thread, those of one posting."""

from __future__ import annotations

from collections.abc import Mapping

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.collecting import collect_series

_CLIMB = 1000


def posting_of(messages: Mapping[str, Message], message_id: str) -> tuple[str, ...]:
    """Message-IDs of the posting that a mail is of, or answers; none where there is no patch."""
    postings = {
        message.message_id: series
        for series in collect_series(messages.values())
        for message in series.messages
    }
    at = message_id
    for _ in range(_CLIMB):
        if at in postings:
            return tuple(one.message_id for one in postings[at].messages)
        above = messages[at].parents if at in messages else ()
        at = next((one for one in above if one in messages), "")
    return ()
