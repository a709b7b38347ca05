# SPDX-License-Identifier: GPL-2.0-or-later
"""``prune``: record what landed, so that it stays out of the queue whatever becomes of branches.

What waits in a branch that collects patches has not landed; it is recorded where it is named.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from maintainer_kit.model.decision.event import YES, Event, EventKind
from maintainer_kit.model.queue.landed import outcome_of, queued_words
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.workflow.decide import Plan, changes_of
from maintainer_kit.workflow.landing.judge import Candidate, candidates, plan_judged
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.stores import Stores

ACCEPTED, MAINLINED, QUEUED = "accepted", "mainlined", "queued"


@dataclass(frozen=True, slots=True)
class Landed:
    """A topic all of whose patches landed, or are queued."""

    row: TopicRow
    words: str
    """What became of it, for the log."""
    is_queued: bool = False


def landed_topics(stores: Stores, topic_ids: Collection[str] | None = None) -> list[Landed]:
    """Topics all of whose patches surely landed and were not taken back, in the order of the queue;
    of those that are named also what waits in a branch that collects patches.

    Of all topics those that a reply brought back, those of which somebody wanted changes since, and
    those that are archived, are left out.
    """
    catalogue = stores.catalogue
    if topic_ids is None:
        every = [one for one, _ in catalogue.select(Selection(open_only=False))]
        rows = [row for row in catalogue.rows(every) if _is_over(row)]
    else:
        rows = catalogue.rows(topic_ids)
    landings = known_landings(catalogue, {one for row in rows for one in row.decidable})
    records = catalogue.records({one for row in rows for one in row.decidable})
    found = []
    for row in rows:
        view = [records[one].message for one in row.decidable if one in records]
        is_whole = row.kind == "series" and len(view) == row.total
        outcome = outcome_of(view, landings) if is_whole else None
        if outcome and not outcome.is_reverted:
            found.append(Landed(row, outcome.words))
        elif outcome is None and is_whole and topic_ids is not None:
            words = queued_words(view, landings)
            found += [Landed(row, words, is_queued=True)] if words else []
    return found


def _is_over(row: TopicRow) -> bool:
    return (
        not row.standing.archived
        and row.by_mail.turn is Turn.NOBODY
        and row.standing.verdict.turn is Turn.NOBODY
        and 0 < row.total == row.landed
    )


def plan_prune(stores: Stores, topics: Sequence[Landed]) -> Plan:
    """Accepted (mainlined, or queued, where the settings know that state), and archived: the events
    that would change anything."""
    patches = {one: landed.is_queued for landed in topics for one in landed.row.decidable}
    events = [
        event
        for one, is_queued in patches.items()
        for event in _recorded(stores, one, QUEUED if is_queued else MAINLINED)
    ]
    return Plan(tuple(change.event for change in changes_of(stores, events) if change.is_one))


def _recorded(stores: Stores, message_id: str, wanted: str = MAINLINED) -> tuple[Event, Event]:
    state = wanted if wanted in stores.states else ACCEPTED
    return (Event(EventKind.STATE, message_id, state), Event(EventKind.ARCHIVE, message_id, YES))


def reason_of(topics: Sequence[Landed]) -> str:
    """Why, for the log."""
    return topics[0].words if len(topics) == 1 else f"landed: {len(topics)} topics"


def plan_answers(
    stores: Stores, confirmed: Sequence[Candidate], denied: Sequence[Candidate] = ()
) -> Plan:
    """What a person said to candidates: yes is recorded for these patches alone, as ``plan_prune``
    does; no, so that nobody is asked about this pair again."""
    events: list[Event] = []
    for one in confirmed:
        message_id = one.message.message_id
        events += plan_judged(stores, message_id, one.landing.commit, True).events
        events += _recorded(stores, message_id)
    for one in denied:
        events += plan_judged(stores, one.message.message_id, one.landing.commit, False).events
    return Plan(tuple(change.event for change in changes_of(stores, events) if change.is_one))


__all__ = [
    "Candidate",
    "Landed",
    "candidates",
    "landed_topics",
    "plan_answers",
    "plan_prune",
    "reason_of",
]
