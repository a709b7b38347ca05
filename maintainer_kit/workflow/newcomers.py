# SPDX-License-Identifier: GPL-2.0-or-later
"""Series whose author had written nothing before, as far as the mail here reaches."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.aspects import Role
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.workflow.searching import Wanted, What
from maintainer_kit.workflow.stores import Stores

_MANY = 20
"""Who took part in more other topics is no newcomer, whatever the dates of his mails say."""
_ANY_ROLE = tuple(role.value for role in Role)


def newcomers(stores: Stores, rows: Iterable[TopicRow]) -> set[str]:
    """The ids of those topics that began with their author's first mail here."""
    series = [row for row in rows if row.kind == TopicKind.SERIES.value]
    me = stores.me.addresses
    people = stores.people
    found: set[str] = set()
    for row in series:
        address = people.canonical(parse_person(row.author)).key
        if address not in me and _is_first(stores, row, address):
            found.add(row.id)
    return found


def _is_first(stores: Stores, row: TopicRow, address: str) -> bool:
    wanted = Wanted(What.PARTY, (address,), roles=_ANY_ROLE)
    topics = stores.catalogue.topics_by(wanted)
    if row.id not in topics or len(topics) > _MANY:
        return False
    if len(topics) == 1:
        return True
    firsts = _firsts(stores, topics, address)
    return row.id in firsts and firsts[row.id] == min(firsts.values())


def _firsts(stores: Stores, topics: Iterable[str], address: str) -> dict[str, tuple[int, str]]:
    """Date and id of somebody's first mail in each of the topics that he wrote in."""
    catalogue = stores.catalogue
    firsts: dict[str, tuple[int, str]] = {}
    for topic_id, ids in catalogue.topic_messages(list(topics)).items():
        # Topic by topic: together it may be thousands of mails.
        records = catalogue.records(ids).values()
        his = [
            (record.message.date, record.message.message_id)
            for record in records
            if _is_by(stores, record.message, address)
        ]
        if his:
            firsts[topic_id] = min(his)
    return firsts


def _is_by(stores: Stores, message: Message, address: str) -> bool:
    people = stores.people
    return address in {people.canonical(one).key for one in (message.author, message.submitter)}
