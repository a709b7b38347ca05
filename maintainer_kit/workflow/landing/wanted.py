# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails are to be compared with commits, and which of them together."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from maintainer_kit.workflow.landing.known import judged_commits
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.stores import Stores

_AT_ONCE = 20_000
"""Mails of the topics that are asked about together."""


def wanted_now(stores: Stores, evidence: Evidence) -> set[str]:
    """Those that came in or changed, those that a new mail says to be commits, and those that
    somebody says to be."""
    catalogue = stores.catalogue
    announced = catalogue.topic_ids(catalogue.newly_announced())
    return catalogue.unmatched() | announced.keys() | _judged_unseen(stores, evidence)


def _judged_unseen(stores: Stores, evidence: Evidence) -> set[str]:
    """Messages that somebody said to be commits that are in the index, and that were not seen as
    these yet: the decision is new, or came from another machine."""
    catalogue = stores.catalogue
    said = judged_commits(catalogue)
    names = {one for several in said.values() for one in several}
    there = evidence.commits.refs_of(names) if names else {}
    known = catalogue.landings(said)
    return {
        message_id
        for message_id, several in said.items()
        if (several & there.keys()) - {one.commit for one in known.get(message_id, ())}
    }


def by_topics(stores: Stores, wanted: Collection[str]) -> Iterator[list[str]]:
    """All mails of topics of which one is asked about, some thousands at a time; then those that
    are in no topic."""
    topics = stores.catalogue.topic_ids(wanted)
    held = stores.catalogue.topic_messages(set(topics.values()))
    portion: list[str] = []
    for topic in sorted(held):
        if portion and len(portion) + len(held[topic]) > _AT_ONCE:
            yield portion
            portion = []
        portion += held[topic]
    yield from (*([portion] if portion else ()), sorted(set(wanted) - topics.keys()))
