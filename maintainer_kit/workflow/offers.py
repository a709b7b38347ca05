# SPDX-License-Identifier: GPL-2.0-or-later
"""What others decided by mail and nobody here has: proposals, each with the words it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.config import FOLLOW_OFF
from maintainer_kit.errors import NotFound
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.patchwork_notice import is_notice, noticed_states
from maintainer_kit.model.message.taking import applied_numbers, taking_sentence
from maintainer_kit.model.queue.proposal import (
    Proposal,
    latest,
    narrowed,
    noticed,
    proposals_of,
    without,
)
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.followed import Known, reason
from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.several import topics_of
from maintainer_kit.workflow.stores import Stores

_KINDS = frozenset({TopicKind.SERIES.value, TopicKind.PULL_REQUEST.value})
_MAX_READ = 500
"""How many mails of one topic are read for their sentences: the newest."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal about a topic, with the words that it rests on."""

    row: TopicRow
    proposal: Proposal
    quote: str
    """The sentence of its mail, on one line."""
    taken_back: bool = False
    """It was recorded once, and that was undone."""

    @property
    def why(self) -> str:
        """The reason that the journal keeps: the sentence and the mail's id."""
        return reason(self.quote, self.proposal.mail.message_id)


def proposals(
    stores: Stores, topic_ids: Collection[str] | None = None, since: int = 0
) -> list[Offer]:
    """What others decided and nobody here has: about some topics, or all; only of those with a mail
    since a time, in seconds since the epoch. The newest topic first."""
    if stores.settings.follow == FOLLOW_OFF:
        return []
    rows = [row for row in _rows(stores, topic_ids) if row.updated >= since]
    notices = _Notices(stores, [row for row in rows if row.kind == TopicKind.DISCUSSION])
    by_id = {row.id: row for row in (*rows, *_rows(stores, notices.topic_ids))}
    asked = [one for one in by_id.values() if one.kind in _KINDS and not one.standing.archived]
    known = Known(stores, asked)
    waiting = [row for row in asked if known.is_open(row)]
    found = [
        offer
        for row, topic in topics_of(stores.catalogue, waiting)
        for offer in _offers(stores, row, topic, notices, known)
    ]
    return sorted(found, key=lambda one: (-one.row.updated, one.row.id))


def limited(offers: Sequence[Offer], message_ids: Collection[str]) -> list[Offer]:
    """The same about no more than some patches."""
    found = []
    for one in offers:
        others = [each for each in one.proposal.message_ids if each not in message_ids]
        found.append(replace(one, proposal=without(one.proposal, others)))
    return [one for one in found if one.proposal.message_ids]


def _rows(stores: Stores, topic_ids: Collection[str] | None) -> list[TopicRow]:
    if topic_ids is None:
        topic_ids = [one for one, _ in stores.catalogue.select(Selection(open_only=False))]
    return stores.catalogue.rows(topic_ids)


class _Notices:
    """What Patchwork servers wrote about which patches."""

    def __init__(self, stores: Stores, rows: Sequence[TopicRow]) -> None:
        self._states = stores.states
        ids = [row.message_id for row in rows if "notification" in row.subject.lower()]
        mails = [one.message for one in stores.catalogue.records(ids).values()]
        self._told: list[tuple[Message, list[tuple[str, str]]]] = []
        for mail in filter(is_notice, mails):
            try:
                told = list(noticed_states(read_text(stores, mail.message_id).text))
            except NotFound:
                continue
            self._told.append((mail, told))
        named = [one for _, told in self._told for one, _ in told]
        self._topics = stores.catalogue.topic_ids(named)
        self.topic_ids = frozenset(self._topics.values())

    def about(self, topic: Topic) -> Iterator[Proposal]:
        """The proposals about a topic."""
        for mail, told in self._told:
            here = [one for one in told if self._topics.get(one[0]) == topic.id]
            yield from noticed(topic, mail, here, self._states)


def _offers(
    stores: Stores, row: TopicRow, topic: Topic, notices: _Notices, known: Known
) -> Iterator[Offer]:
    """The proposals about a topic that are left once their mails' texts were read."""
    quotes: dict[tuple[str, str], str] = {}
    read = []
    told = [*proposals_of(topic, stores.me), *notices.about(topic)]
    for one in told[-_MAX_READ:]:
        quote, proposal = _read(stores, topic, one)
        if quote:
            quotes[one.mail.message_id, one.state] = quote
            read.append(proposal)
    for one in latest(read):
        left = without(one, known.settled(one))
        if left.message_ids:
            mail_id = one.mail.message_id
            yield Offer(row, left, quotes[mail_id, one.state], mail_id in known.taken_back)


def _read(stores: Stores, topic: Topic, proposal: Proposal) -> tuple[str, Proposal]:
    """The sentence, and the proposal about no more than what the mail lists; an empty sentence for
    a mail that is gone, or says nothing of the kind."""
    mail = proposal.mail
    if is_notice(mail):
        return f"{mail.full_subject}: {proposal.state}", proposal
    try:
        text = read_text(stores, mail.message_id).text
    except NotFound:
        return "", proposal
    listed = applied_numbers(text, len(topic.view))
    return taking_sentence(mail, text), narrowed(proposal, topic, listed)
