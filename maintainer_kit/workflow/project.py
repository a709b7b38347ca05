# SPDX-License-Identifier: GPL-2.0-or-later
"""From messages to topics: the projection that every verb shares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from maintainer_kit.errors import StateError
from maintainer_kit.model.decision.event import EventKind
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.row import TopicRow, make_row, stand
from maintainer_kit.model.topic.cluster import keys_of, split_clusters
from maintainer_kit.model.topic.topic import Topic, TopicKind, collect_topics
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.ports import Catalogue, Cluster
from maintainer_kit.workflow.stores import Stores


def project(stores: Stores, changed: Mapping[str, Message], gone: Collection[str] = ()) -> set[str]:
    """Work out anew all topics that ``changed`` or ``gone`` messages can have an effect on.

    Gives the Message-IDs whose place in a topic may have changed. Call it in a transaction.
    """
    catalogue = stores.catalogue
    keys = {key for message in changed.values() for key in keys_of(message)}
    clusters = catalogue.clusters_with({*changed, *gone}, keys)
    messages = catalogue.cluster_messages(clusters)
    for message_id in gone:
        messages.pop(message_id, None)
    messages.update(changed)
    catalogue.replace_clusters(clusters, _clusters(stores, split_clusters(messages.values())))
    catalogue.soil(messages)
    return set(messages)


def _clusters(stores: Stores, groups: Iterable[Sequence[Message]]) -> Iterator[Cluster]:
    me = stores.me
    for batch in batched(groups, 200):
        found = [(group, collect_topics(group)) for group in batch]
        ids = [one for _, topics in found for topic in topics for one in topic.decidable]
        decisions = stores.catalogue.decisions(ids)
        for group, topics in found:
            rows = [(make_row(t, me, decisions), _ids(t)) for t in topics]
            yield Cluster(group, rows)


def _ids(topic: Topic) -> tuple[str, ...]:
    return tuple(message.message_id for message in topic.messages)


def restand(stores: Stores, message_ids: Collection[str]) -> None:
    """Count decisions on these messages into the rows of their topics."""
    catalogue = stores.catalogue
    topic_ids = set(catalogue.topic_ids(message_ids).values())
    rows = catalogue.rows(topic_ids)
    decisions = catalogue.decisions([one for row in rows for one in row.decidable])
    catalogue.put_standings({row.id: stand(row.decidable, row.by_mail, decisions) for row in rows})


def shown_messages(catalogue: Catalogue, message_ids: Collection[str]) -> set[str]:
    """Those of the messages that bear a state tag: patches of a newest view, and the root of
    another topic once somebody decided about it."""
    topic_ids = catalogue.topic_ids(message_ids)
    rows = catalogue.rows(set(topic_ids.values()))
    series = {one for row in rows if row.kind == TopicKind.SERIES for one in row.decidable}
    others = [one for row in rows if row.kind != TopicKind.SERIES for one in row.decidable]
    decided = {one for one, kind in catalogue.decisions(others) if kind is EventKind.STATE}
    return {one for one in message_ids if one in series or one in decided}


def topic_of(catalogue: Catalogue, row: TopicRow) -> Topic:
    """The topic behind a row, with all its mail."""
    clusters = catalogue.clusters_with([row.message_id], [])
    messages = catalogue.cluster_messages(clusters)
    for topic in collect_topics(messages.values()):
        if topic.id == row.id:
            return topic
    raise StateError(f"the catalogue no longer fits its own topic {row.id}", "mkit rebuild")
