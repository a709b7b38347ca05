# SPDX-License-Identifier: GPL-2.0-or-later
"""Postings to which nobody has said a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.stores import Stores

_BATCH = 200
_POSTED = frozenset({TopicKind.SERIES.value, TopicKind.PULL_REQUEST.value})


def unanswered(stores: Stores, rows: Iterable[TopicRow]) -> Iterator[TopicRow]:
    """Those of the rows whose newest posting no person but who sent it has answered; what the
    reader posted is for others to count."""
    posted = [row for row in rows if row.kind in _POSTED]
    for batch in batched(posted, _BATCH):
        held = stores.catalogue.topic_messages([row.id for row in batch])
        records = stores.catalogue.records([one for ids in held.values() for one in ids])
        for row in batch:
            mails = [records[one].message for one in held.get(row.id, ()) if one in records]
            if _is_unanswered(stores, row, mails):
                yield row


def _is_unanswered(stores: Stores, row: TopicRow, mails: Sequence[Message]) -> bool:
    root = next((one for one in mails if one.message_id == row.message_id), None)
    if root is None or stores.me.sent(root):
        return False
    people = stores.people
    author = people.canonical(root.submitter).key
    others = [
        one
        for one in mails
        if one.is_from_person
        and not one.is_head
        and one.date >= root.date
        and people.canonical(one.submitter).key != author
    ]
    # Mostly there are none. Else they may have come late to an older revision: only the topic as a
    # whole, which takes longer, tells.
    return not others or not _are_about(others, topic_of(stores.catalogue, row))


def _are_about(mails: Sequence[Message], topic: Topic) -> bool:
    """Whether any of the mails is about the newest posting."""
    if topic.newest is None:
        return True
    posted = {one.message_id for one in topic.newest.series.messages}
    about = {one.message.message_id for one in topic.follow_ups if one.head_id in posted}
    return any(one.message_id in about for one in mails)
