# SPDX-License-Identifier: GPL-2.0-or-later
"""What the index knows besides a series: its older revision, reviews given, others that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.checks.earlier import archived_of, earlier_of, predecessor, revision_of
from maintainer_kit.checks.patch import Origin, Patch
from maintainer_kit.checks.posting import is_whole
from maintainer_kit.checks.series import Series
from maintainer_kit.model.message.identity import own_message_id
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.reading import read_message
from maintainer_kit.model.topic.cluster import keys_of
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.workflow.ports import Record
from maintainer_kit.workflow.project import mended_by
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.waiting import Waiting, read_patch

_DAY = 86400
_LATE = _DAY // 4
"""Seconds after which a mail of a series that is missing is not on its way any more."""


@dataclass(frozen=True, slots=True)
class _Ours:
    """The patches that are checked, as the index would know them."""

    messages: Mapping[str, Message]
    patches: Sequence[Message]
    posted: int
    is_sent: bool


def topic_series(stores: Stores, topic: Topic, waiting: Waiting | None = None) -> Series:
    """The newest revision of a topic as it is checked, with what the index knows of it."""
    return with_background(stores, posted_series(stores, topic), waiting)


def posted_series(stores: Stores, topic: Topic) -> Series:
    """The newest revision of a topic as it was posted; mails whose files are gone are left out."""
    heads = topic.revisions[-1].series.messages if topic.revisions else ()
    records = stores.catalogue.records([one.message_id for one in heads])
    read = [(one, read_patch(stores, records.get(one.message_id))) for one in heads]
    cover = topic.revisions[-1].series.cover if topic.revisions else None
    found = [(message, patch) for message, patch in read if patch is not None]
    return Series(
        patches=tuple(patch for message, patch in found if message is not cover),
        cover=next((patch for message, patch in found if message is cover), None),
    )


def with_background(stores: Stores, series: Series, waiting: Waiting | None = None) -> Series:
    """The series with its older revision, the trailers that mails gave, and others that wait.

    It need not be in the index itself. A range of commits has no older revision. Who asks for
    several series gives one ``Waiting`` for all.
    """
    waiting = waiting or Waiting(stores)
    now = stores.clock() // 1_000_000
    if not series.patches:
        return series
    if series.is_range or not series.is_mail:
        return replace(series, pending=tuple(waiting.meeting(series)), posted=now)
    ours = _ours(stores, series, now)
    messages = _around(stores, ours)
    mended = mended_by(stores.catalogue.decisions(messages))
    topics = collect_topics(messages.values(), mended)
    found = revision_of(topics, ours.patches[0].message_id)
    earlier, topic_id = None, ""
    if found:
        topic, at = found
        before = predecessor(topic, at, is_sent=ours.is_sent)
        earlier = earlier_of(topic, before, ours.posted, ours.patches, stores.people)
        topic_id = topic.id
    return replace(
        series,
        earlier=earlier,
        pending=tuple(waiting.meeting(series, topic_id)),
        posted=ours.posted,
        archived=archived_of(messages.values(), ours.messages, ours.posted, stores.people),
        is_complete=series.is_complete and not _may_go_on(series, ours, now),
    )


def _may_go_on(series: Series, ours: _Ours, now: int) -> bool:
    """Whether patches that are missing may still be on their way."""
    if not ours.is_sent or now - ours.posted >= _LATE:
        return False
    return not is_whole([patch for _, patch in series.heads()])


def _ours(stores: Stores, series: Series, now: int) -> _Ours:
    heads = [patch for _, patch in series.heads()]
    known = stores.catalogue.records([one.message_id for one in heads if one.message_id])
    facts = [_facts(stores, one, known, now) for one in heads]
    if series.cover is None or series.cover.origin is Origin.FILE:
        # Files are sent by one person, whoever wrote the patches.
        sender = facts[0].submitter
        facts = [
            replace(fact, submitter=sender) if head.origin is Origin.FILE else fact
            for head, fact in zip(heads, facts, strict=True)
        ]
    dates = [one.date for one in facts if one.date]
    return _Ours(
        {one.message_id: one for one in facts},
        facts[1:] if series.cover else facts,
        min(dates, default=now),
        series.is_sent,
    )


def _facts(stores: Stores, patch: Patch, known: Mapping[str, Record], now: int) -> Message:
    """The facts of a mail; of a file as if it were sent now, since its date is the commit's."""
    if record := known.get(patch.message_id or ""):
        return record.message
    assert patch.mail is not None
    message_id = patch.message_id or own_message_id(patch.mail, patch.raw)
    facts = read_message(patch.mail, message_id, stores.bots)
    return replace(facts, date=now) if patch.origin is Origin.FILE else facts


def _around(stores: Stores, ours: _Ours) -> dict[str, Message]:
    """Our patches and all mail that can be of one topic with them."""
    catalogue = stores.catalogue
    keys = {key for one in ours.messages.values() for key in keys_of(one)}
    clusters = catalogue.clusters_with(list(ours.messages), keys)
    return {**ours.messages, **catalogue.cluster_messages(clusters)}
