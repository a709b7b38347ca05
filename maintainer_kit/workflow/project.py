# SPDX-License-Identifier: GPL-2.0-or-later
"""From messages to topics: the projection that every verb shares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from maintainer_kit.errors import StateError
from maintainer_kit.model.decision.event import Decisions, EventKind
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.aspects import aspects_of
from maintainer_kit.model.queue.decided import stand
from maintainer_kit.model.queue.judged import judged
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.topic.cluster import keys_of, split_clusters
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.mended import Mended
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.learning import learn_lists
from maintainer_kit.workflow.ports import Catalogue, Cluster, ClusterTopic, Progress
from maintainer_kit.workflow.stores import Stores

_BATCH = 200


def project(stores: Stores, changed: Mapping[str, Message], gone: Collection[str] = ()) -> set[str]:
    """Work out anew all topics that ``changed`` or ``gone`` messages can have an effect on.

    Gives the Message-IDs whose place in a topic may have changed. Call it in a transaction.
    """
    catalogue = stores.catalogue
    joined = mended_by(catalogue.decisions(changed)).joined
    keys = {key for message in changed.values() for key in keys_of(message, joined)}
    clusters = catalogue.clusters_with({*changed, *gone}, keys)
    messages = catalogue.cluster_messages(clusters)
    for message_id in gone:
        messages.pop(message_id, None)
    messages.update(changed)
    decisions = catalogue.decisions(messages)
    catalogue.replace_clusters(clusters, _clusters(stores, messages, decisions))
    catalogue.soil(messages)
    return set(messages)


def judge_anew(stores: Stores, progress: Progress | None = None) -> None:
    """Work out all topics anew from the mail that is catalogued: who reads, or what was set about
    turns, states and delegates, is other than it was. Call it in a transaction."""
    catalogue = stores.catalogue
    done = 0
    for batch in batched(catalogue.all_clusters(), _BATCH):
        messages = catalogue.cluster_messages(batch)
        decisions = catalogue.decisions(messages)
        catalogue.replace_clusters(batch, list(_clusters(stores, messages, decisions)))
        catalogue.soil(messages)
        done += len(messages)
        if progress:
            progress.advance(done)


def mended_by(decisions: Decisions) -> Mended:
    """What decisions say about which postings belong together."""
    joined: dict[str, str] = {}
    parted: dict[str, frozenset[str]] = {}
    for (message_id, kind), decision in decisions.items():
        if kind is EventKind.LINK and decision.value:
            joined[message_id] = decision.value
        elif kind is EventKind.UNLINK and decision.value:
            parted[message_id] = frozenset(decision.value.split())
    return Mended(joined, parted)


def _clusters(
    stores: Stores, messages: Mapping[str, Message], decisions: Decisions
) -> Iterator[Cluster]:
    me, policy = stores.me, stores.policy
    landings = judged(stores.catalogue.landings(messages), decisions)
    tested = stores.catalogue.tested(messages)
    mended = mended_by(decisions)
    for group in split_clusters(messages.values(), mended.joined):
        topics = collect_topics(group, mended)
        keys = frozenset(key for one in group for key in keys_of(one, mended.joined))
        found = [
            ClusterTopic(
                make_row(t, me, decisions, policy, landings, tested),
                _ids(t),
                aspects_of(t, me.people),
            )
            for t in topics
        ]
        yield Cluster(group, keys, found, frozenset(one for t in topics for one in heads_of(t)))


def heads_of(topic: Topic) -> tuple[str, ...]:
    """Cover letter and patches of the newest posting; () of what is no series."""
    if topic.kind is not TopicKind.SERIES or not topic.revisions:
        return ()
    return tuple(one.message_id for one in topic.revisions[-1].series.messages)


def _ids(topic: Topic) -> tuple[str, ...]:
    return tuple(message.message_id for message in topic.messages)


def restand(stores: Stores, message_ids: Collection[str]) -> None:
    """Count decisions on these messages into the rows of their topics."""
    stores.catalogue.put_standings(standings_of(stores, message_ids))


def standings_of(stores: Stores, message_ids: Collection[str]) -> dict[str, Standing]:
    """What decisions make of the topics of these messages, by the id of the topic."""
    catalogue = stores.catalogue
    topic_ids = set(catalogue.topic_ids(message_ids).values())
    rows = catalogue.rows(topic_ids)
    mails = catalogue.topic_messages(topic_ids)
    decisions = catalogue.decisions([one for each in mails.values() for one in each])
    me, policy = stores.me, stores.policy
    return {row.id: stand(row, mails.get(row.id, ()), decisions, me, policy) for row in rows}


def shown_messages(catalogue: Catalogue, message_ids: Collection[str]) -> set[str]:
    """Those of the messages that bear a state tag: patches of a newest view, and the root of
    another topic once somebody decided about it."""
    topic_ids = catalogue.topic_ids(message_ids)
    rows = catalogue.rows(set(topic_ids.values()))
    series = {one for row in rows if row.kind == TopicKind.SERIES for one in row.decidable}
    others = [one for row in rows if row.kind != TopicKind.SERIES for one in row.decidable]
    decided = {one for one, kind in catalogue.decisions(others) if kind is EventKind.STATE}
    return {one for one in message_ids if one in series or one in decided}


def settle(stores: Stores, message_ids: Collection[str], *, remaking: bool) -> None:
    """Count decisions in: into the rows, or, when they are about links or landings, into topics
    made anew."""
    if not remaking:
        restand(stores, message_ids)
        return
    records = stores.catalogue.records(message_ids)
    if records:
        project(stores, {one: record.message for one, record in records.items()})
        learn_lists(stores)


def topic_of(catalogue: Catalogue, row: TopicRow) -> Topic:
    """The topic behind a row, with all its mail."""
    clusters = catalogue.clusters_with([row.message_id], [])
    messages = catalogue.cluster_messages(clusters)
    mended = mended_by(catalogue.decisions(messages))
    for topic in collect_topics(messages.values(), mended):
        if topic.id == row.id:
            return topic
    raise StateError(f"the catalogue no longer fits its own topic {row.id}", "mkit rebuild")
