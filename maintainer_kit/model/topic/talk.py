# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that post nothing: what they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.about import find_named
from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.series import sort_key


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A reply, and the patch or cover letter that it speaks of."""

    message: Message
    head_id: str
    """Message-ID of the nearest patch or cover letter above it; of the root without one."""


def sort_talk(
    known: Mapping[str, Message], owner: Mapping[str, int], heads: Heads
) -> tuple[dict[int, list[FollowUp]], list[list[Message]]]:
    """The mails that are in no posting, by date: what is said about each of the groups that own
    the postings, and the threads that speak of none.

    A bot's mail answers none, but may name the patch that it is about: all below it is, too.
    """
    rest = sorted((m for m in known.values() if m.message_id not in owner), key=sort_key)
    named = find_named(rest, (known[one] for one in owner), owner)
    replies: dict[int, list[FollowUp]] = {}
    threads: dict[str, list[Message]] = {}
    for message in rest:
        top = heads.top(message)
        head = heads.above(message) or named.get(top.message_id)
        if head is not None:
            replies.setdefault(owner[head], []).append(FollowUp(message, head))
        else:
            # What answers one mail that is missing is one thread.
            missing = top.parents[-1] if top.parents else top.message_id
            threads.setdefault(missing, []).append(message)
    return replies, list(threads.values())
