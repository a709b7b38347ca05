# SPDX-License-Identifier: GPL-2.0-or-later
"""Sort out what is talked about when somebody asks whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.landed import Landings
from maintainer_kit.model.queue.parties import Parties
from maintainer_kit.model.queue.verdict import Me
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import Topic


def make_case(topic: Topic, me: Me, trailers: Trailers, landings: Landings | None = None) -> Case:
    """Sort out what is talked about now: the newest view, what was sent again unchanged, and what
    was said about an older revision after the newest was posted."""
    parties = Parties(topic, me)
    again = (parties.newest, *_sent_again(topic.revisions))
    now = {m.message_id for one in again for m in one.series.messages}
    now.update(patch.message_id for patch in topic.view if patch)
    since = parties.newest.series.date
    told = [
        one
        for one in topic.follow_ups
        if one.head_id in now or (one.message.date > since > 0 and _is_late(parties, one.message))
    ]
    return Case(
        topic,
        me,
        trailers,
        heads={m.message_id: m for one in topic.revisions for m in one.series.messages},
        now=frozenset(now),
        talk=tuple(one.message for one in told),
        head_of={one.message.message_id: one.head_id for one in told},
        landings=landings or {},
    )


def _is_late(parties: Parties, message: Message) -> bool:
    """Whether a reviewer spoke of an older revision; not the author, who tells what was done."""
    return message.is_from_person and not parties.is_author(message)


def _sent_again(revisions: Sequence[Revision]) -> Iterator[Revision]:
    """Those before the newest that were the same patches under the same number."""
    newest = revisions[-1].series
    for revision in reversed(revisions[:-1]):
        older = revision.series
        if older.revision != newest.revision or _diffs(older.messages) != _diffs(newest.messages):
            return
        yield revision


def _diffs(messages: Sequence[Message]) -> list[str | None]:
    return [one.patch_id for one in messages if one.kind is Kind.PATCH]
