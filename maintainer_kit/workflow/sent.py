# SPDX-License-Identifier: GPL-2.0-or-later
"""What I posted and what became of it, beside the reviews that I gave and got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.reminder import PATIENCE, reminder
from maintainer_kit.model.queue.reviews import Tally, by_quarter, is_review, tally
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.sent import Sent, sent_by_me
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import rows
from maintainer_kit.workflow.several import topics_of
from maintainer_kit.workflow.stores import Stores

_DAY = 86400
_BATCH = 200
Reviews = list[tuple[str, Message]]
"""Each with the id of its topic."""


@dataclass(frozen=True, slots=True)
class SentTopic:
    """A topic of mine."""

    row: TopicRow
    sent: Sent
    reminder: str
    """What to consider, by now; empty where there is nothing to remind others of."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Reviews of some time: what I gave to others, and what others gave to me."""

    given: Tally
    got: Tally


@dataclass(frozen=True, slots=True)
class SentReport:
    """All that ``mkit sent`` tells."""

    topics: tuple[SentTopic, ...]
    """The one that was posted last first."""
    days: int
    """How many days back; 0 for all."""
    reviews: Exchange
    quarters: tuple[tuple[str, Exchange], ...]
    """By ``2026Q1``, the first first."""


def sent_report(stores: Stores, days: int, patience: int = PATIENCE) -> SentReport:
    """What I posted, of which there was a mail within so many days (0: ever), and the reviews that
    were written in them. ``patience``: days without a word before it is time to remind others."""
    now = stores.clock() // 1_000_000
    since = now - days * _DAY if days else 0
    found = [row for row in _all_rows(stores) if row.updated >= since]
    mine = [row for row in found if _is_mine(stores, row)]
    topics: list[SentTopic] = []
    got: Reviews = []
    for row, topic in topics_of(stores.catalogue, mine):
        sent = sent_by_me(topic, stores.me)
        if sent is not None:
            topics.append(SentTopic(row, sent, _reminder(stores, row, sent, now, patience)))
            got.extend(_got(stores, topic, since))
    others = {row.id for row in mine}
    given = list(_given(stores, [row for row in found if row.id not in others], since))
    topics.sort(key=lambda one: (-one.sent.posted, one.row.id))
    exchange = Exchange(tally(given), tally(got))
    return SentReport(tuple(topics), days, exchange, tuple(_quarters(given, got)))


def _all_rows(stores: Stores) -> list[TopicRow]:
    wanted = stores.catalogue.select(Selection(open_only=False))
    return rows(stores, [one for one, _ in wanted])


def _is_mine(stores: Stores, row: TopicRow) -> bool:
    """Whether a row may be of what I posted: its first mail may be another's, if I sent a part."""
    if row.kind not in (TopicKind.SERIES, TopicKind.PULL_REQUEST):
        return False
    return any(stores.me.is_one(parse_person(one).address) for one in (row.submitter, row.author))


def _reminder(stores: Stores, row: TopicRow, sent: Sent, now: int, patience: int) -> str:
    """Nothing where I decided that nothing is to be done about it."""
    standing = row.standing
    if standing.archived or not stores.states.needs_action(standing.state):
        return ""
    return reminder(sent, now, patience)


def _got(stores: Stores, topic: Topic, since: int) -> Iterator[tuple[str, Message]]:
    people, author = stores.people, topic.root.submitter
    for message in (one.message for one in topic.follow_ups):
        is_own = stores.me.sent(message) or people.same(message.submitter, author)
        if message.date >= since and is_review(message) and not is_own:
            yield topic.id, message


def _given(stores: Stores, others: Sequence[TopicRow], since: int) -> Iterator[tuple[str, Message]]:
    """My reviews of others' series."""
    series = [row.id for row in others if row.kind == TopicKind.SERIES]
    for batch in batched(series, _BATCH):
        held = stores.catalogue.topic_messages(batch)
        topic_of = {one: topic_id for topic_id, ids in held.items() for one in ids}
        for message_id, record in sorted(stores.catalogue.records(topic_of).items()):
            message = record.message
            if message.date >= since and stores.me.sent(message) and is_review(message):
                yield topic_of[message_id], message


def _quarters(given: Reviews, got: Reviews) -> Iterator[tuple[str, Exchange]]:
    gave, had = by_quarter(given), by_quarter(got)
    for name in sorted(gave.keys() | had.keys()):
        yield name, Exchange(gave.get(name, Tally()), had.get(name, Tally()))
