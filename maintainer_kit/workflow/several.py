# SPDX-License-Identifier: GPL-2.0-or-later
"""Many topics with all their mail, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.ports import Catalogue
from maintainer_kit.workflow.project import mended_by

_BATCH = 100


def topics_of(catalogue: Catalogue, rows: Sequence[TopicRow]) -> Iterator[tuple[TopicRow, Topic]]:
    """The topics behind rows, in their order; one that another mkit made anew just now is passed
    over."""
    for batch in batched(rows, _BATCH):
        found = _collect(catalogue, batch)
        yield from ((row, found[row.id]) for row in batch if row.id in found)


def _collect(catalogue: Catalogue, rows: Sequence[TopicRow]) -> dict[str, Topic]:
    clusters = catalogue.clusters_with([row.message_id for row in rows], [])
    messages = catalogue.cluster_messages(clusters)
    mended = mended_by(catalogue.decisions(messages))
    groups = split_clusters(messages.values(), mended.joined)
    return {topic.id: topic for group in groups for topic in collect_topics(group, mended)}
