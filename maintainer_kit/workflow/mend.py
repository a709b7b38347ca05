# SPDX-License-Identifier: GPL-2.0-or-later
"""``link`` and ``unlink``: mend by hand what belongs to one topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.decide import decide
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target


def link(stores: Stores, newer: Target, older: Target, origin: Origin, why: str = "") -> Group:
    """Make what ``newer`` names a later revision of what ``older`` names.

    A topic id stands for its oldest posting as ``newer``, and for its newest as ``older``. Raises
    Refused for what is no series, and for two postings of one topic.
    """
    topic, other = _series_of(stores, newer), _series_of(stores, older)
    if topic.id == other.id:
        raise Refused(f"both belong to topic {topic.id} already", f"mkit show {topic.id}")
    posting = _named(topic, newer.named) or topic.revisions[0]
    onto = _named(other, older.named) or other.revisions[-1]
    first = onto.series.first.message_id
    events = [Event(EventKind.LINK, one.message_id, first) for one in posting.series.messages]
    return decide(stores, [*events, *_no_longer_parted(stores, topic, other)], origin, why)


def _no_longer_parted(stores: Stores, one: Topic, other: Topic) -> Iterator[Event]:
    """What takes back that postings of two topics were parted: what the mail says counts again."""
    ids = [
        [m.message_id for r in each.revisions for m in r.series.messages] for each in (one, other)
    ]
    for mine, theirs in (ids, reversed(ids)):
        for (message_id, kind), decision in sorted(stores.catalogue.decisions(mine).items()):
            parted = decision.value.split() if kind is EventKind.UNLINK else []
            left = [each for each in parted if each not in theirs]
            if len(left) < len(parted):
                yield Event(EventKind.UNLINK, message_id, " ".join(left))


def unlink(stores: Stores, targets: Sequence[Target], origin: Origin, why: str = "") -> Group:
    """Take postings out of their topic. Those of one topic that are named together stay together.

    Raises Refused where a target names a whole topic, or its only posting.
    """
    events: list[Event] = []
    by_topic: dict[str, list[Target]] = {}
    for target in targets:
        by_topic.setdefault(target.row.id, []).append(target)
    for group in by_topic.values():
        events.extend(_unlinked(stores, _series_of(stores, group[0]), group))
    return decide(stores, events, origin, why)


def _unlinked(stores: Stores, topic: Topic, targets: Sequence[Target]) -> list[Event]:
    out = [_posting_of(topic, target) for target in targets]
    out_ids = {message.message_id for one in out for message in one.series.messages}
    stay = [one for one in topic.revisions if one.series.first.message_id not in out_ids]
    if not stay:
        raise Refused(
            f"topic {topic.id} has no other posting", "unlink one of several, by its Message-ID"
        )
    apart = " ".join(one.series.first.message_id for one in stay)
    events = [Event(EventKind.UNLINK, one, apart) for one in sorted(out_ids)]
    # A link by hand is stronger than what mail says, and has to be taken back.
    by_hand = [one for one in topic.revisions if one.link.reason == "by-hand"]
    ids = [message.message_id for one in by_hand for message in one.series.messages]
    events.extend(
        Event(EventKind.LINK, message_id, "")
        for (message_id, kind), decision in sorted(stores.catalogue.decisions(ids).items())
        if kind is EventKind.LINK and (message_id in out_ids) != (decision.value in out_ids)
    )
    return events


def _posting_of(topic: Topic, target: Target) -> Revision:
    found = _named(topic, target.named)
    if found is None:
        raise Refused(
            f"{target.named} is a whole topic",
            f"name one posting by Message-ID: mkit show {topic.id}",
        )
    return found


def _named(topic: Topic, message_id: str) -> Revision | None:
    """The posting that a mail of it names; None for the id of a topic."""
    for one in topic.revisions:
        if any(message.message_id == message_id for message in one.series.messages):
            return one
    return None


def _series_of(stores: Stores, target: Target) -> Topic:
    if target.row.kind != TopicKind.SERIES:
        raise Refused(f"{target.row.id} is no series", "only postings of patches can be linked")
    topic = topic_of(stores.catalogue, target.row)
    if not topic.revisions:
        raise NotFound(f"topic {topic.id} has no patches", f"mkit show {topic.id}")
    return topic
