# SPDX-License-Identifier: GPL-2.0-or-later
"""``prune``: record what landed, so that it stays out of the queue whatever becomes of branches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.model.decision.event import YES, Event, EventKind
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import Landing, Landings, Place, outcome_of
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.workflow.decide import Plan, changes_of
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.stores import Stores

ACCEPTED, MAINLINED = "accepted", "mainlined"


@dataclass(frozen=True, slots=True)
class Landed:
    """A topic all of whose patches landed."""

    row: TopicRow
    words: str
    """What became of it, for the log."""


def landed_topics(stores: Stores, topic_ids: Collection[str] | None = None) -> list[Landed]:
    """Topics all of whose patches surely landed and were not taken back, in the order of the queue.

    Of all topics those that a reply brought back, and those that are archived, are left out.
    """
    catalogue = stores.catalogue
    if topic_ids is None:
        every = [one for one, _ in catalogue.select(Selection(open_only=False))]
        rows = [row for row in catalogue.rows(every) if _is_over(row)]
    else:
        rows = catalogue.rows(topic_ids)
    landings = catalogue.landings({one for row in rows for one in row.decidable})
    records = catalogue.records({one for row in rows for one in row.decidable})
    found = []
    for row in rows:
        view = [records[one].message for one in row.decidable if one in records]
        is_whole = row.kind == "series" and len(view) == row.total
        outcome = outcome_of(view, landings) if is_whole else None
        if outcome and not outcome.is_reverted:
            found.append(Landed(row, outcome.words))
    return found


def _is_over(row: TopicRow) -> bool:
    return (
        not row.standing.archived
        and row.by_mail.turn is Turn.NOBODY
        and 0 < row.total == row.landed
    )


def plan_prune(stores: Stores, topics: Sequence[Landed]) -> Plan:
    """Accepted, or mainlined where the settings know that state, and archived: the events that
    would change anything."""
    state = MAINLINED if MAINLINED in stores.states else ACCEPTED
    patches = [one for landed in topics for one in landed.row.decidable]
    events = [
        event
        for one in dict.fromkeys(patches)
        for event in (Event(EventKind.STATE, one, state), Event(EventKind.ARCHIVE, one, YES))
    ]
    return Plan(tuple(change.event for change in changes_of(stores, events) if change.is_one))


def reason_of(topics: Sequence[Landed]) -> str:
    """Why, for the log."""
    return topics[0].words if len(topics) == 1 else f"landed: {len(topics)} topics"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A patch and a commit that a person has to look at."""

    row: TopicRow
    message: Message
    landing: Landing

    @property
    def place(self) -> Place:
        return self.landing.places[0]


def candidates(stores: Stores, topic_ids: Collection[str] | None = None) -> Iterator[Candidate]:
    """Of topics that are not archived the patches of the newest view of which nothing is sure, in
    the order of the queue; of topics that were named all."""
    catalogue = stores.catalogue
    known = catalogue.landings()
    asked = {one for one, found in known.items() if not any(each.is_sure for each in found)}
    topics = set(catalogue.topic_ids(asked).values())
    for row in catalogue.rows(topics if topic_ids is None else topics & set(topic_ids)):
        if row.standing.archived and topic_ids is None:
            continue
        yield from _of_row(stores, row, known)


def _of_row(stores: Stores, row: TopicRow, known: Landings) -> Iterator[Candidate]:
    records = stores.catalogue.records(row.decidable)
    for one in row.decidable:
        found = known.get(one, ())
        if one in records and found and not any(each.is_sure for each in found):
            best = max(found, key=lambda each: (each.score, each.commit))
            yield Candidate(row, records[one].message, best)


def plan_confirmed(stores: Stores, confirmed: Sequence[Candidate]) -> Plan:
    """What a person said is so: recorded for these patches alone."""
    state = MAINLINED if MAINLINED in stores.states else ACCEPTED
    events = [
        event
        for one in confirmed
        for event in (
            Event(EventKind.STATE, one.message.message_id, state),
            Event(EventKind.ARCHIVE, one.message.message_id, YES),
        )
    ]
    return Plan(tuple(change.event for change in changes_of(stores, events) if change.is_one))
