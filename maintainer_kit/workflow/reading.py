# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions to the catalogue: the queue, one topic, search, history."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from maintainer_kit.model.decision.event import Decisions, EventKind, Group, undone_groups
from maintainer_kit.model.decision.state import NEW, SUPERSEDED
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Detail:
    """A topic with all its mail and the decisions about it."""

    row: TopicRow
    topic: Topic
    decisions: Decisions

    def state_of(self, message_id: str) -> str:
        """The state of one patch; ``superseded`` once a newer one has taken its place."""
        if message_id not in self.row.decidable:
            return SUPERSEDED
        decision = self.decisions.get((message_id, EventKind.STATE))
        return decision.value if decision else NEW


def select(stores: Stores, wanted: Selection, query: str = "") -> list[tuple[str, str]]:
    """Topic ids with turns, in the order of the queue; with a query only topics it finds."""
    if query:
        found = stores.index.search(query)
        topic_ids = frozenset(stores.catalogue.topic_ids(found).values())
        if wanted.topic_ids is not None:
            topic_ids &= wanted.topic_ids
        wanted = Selection(wanted.states, wanted.turns, wanted.open_only, topic_ids)
    return stores.catalogue.select(wanted)


def rows(stores: Stores, topic_ids: Collection[str]) -> list[TopicRow]:
    """Rows in the order of the queue."""
    return stores.catalogue.rows(topic_ids)


def detail(stores: Stores, row: TopicRow) -> Detail:
    """Everything about one topic."""
    topic = topic_of(stores.catalogue, row)
    return Detail(row, topic, stores.catalogue.decisions(row.decidable))


def all_details(stores: Stores) -> Iterator[Detail]:
    """Every topic, in the order of the ids."""
    found = stores.catalogue.select(Selection(open_only=False))
    for batch in batched(sorted(one for one, _ in found), 200):
        by_id = {row.id: row for row in stores.catalogue.rows(batch)}
        for topic_id in batch:
            yield detail(stores, by_id[topic_id])


@dataclass(frozen=True, slots=True)
class Entry:
    """A group of decisions in the history."""

    group: Group
    undone: bool


def history(stores: Stores, message_ids: Collection[str] | None = None) -> list[Entry]:
    """Decisions, oldest first: all, or those that speak of some messages and their undoing."""
    groups = stores.catalogue.groups()
    undone = undone_groups(groups)
    if message_ids is not None:
        wanted = set(message_ids)
        chosen = {g.id for g in groups if any(e.message_id in wanted for e in g.events)}
        for group in groups:
            if group.undoes in chosen:
                chosen.add(group.id)
        groups = [group for group in groups if group.id in chosen]
    return [Entry(group, group.id in undone) for group in groups]
