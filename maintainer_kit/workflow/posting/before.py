# SPDX-License-Identifier: GPL-2.0-or-later
"""The posting that a branch goes on from, as the index would link the two were it posted now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.checks.earlier import earlier_of, revision_of
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.patch_text import write_text
from maintainer_kit.checks.series import Earlier
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.reading import read_message
from maintainer_kit.model.message.subject import parse_subject
from maintainer_kit.model.topic.cluster import keys_of
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.texts import split_letter
from maintainer_kit.workflow.project import mended_by, topic_of
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import resolve_topic

_LATE = 99
"""A revision that is later than any: nobody knows yet which one it will be."""
_NAMED, _KEPT = "named", "posted from this branch"


@dataclass(frozen=True, slots=True)
class Before:
    """The newest posting of the topic that a branch is of."""

    topic: Topic
    reason: str
    """Why it is that one: named, posted from this branch, change-id, subject, likeness, ..."""
    confidence: float
    """0 to 1."""
    earlier: Earlier

    @property
    def at(self) -> int:
        """Its place among the postings of its topic, from 0."""
        return len(self.topic.revisions) - 1

    @property
    def first(self) -> Message:
        """Its cover letter, else its first patch."""
        return self.topic.revisions[-1].series.first

    @property
    def change_id(self) -> str:
        found = (one.series.change_id for one in reversed(self.topic.revisions))
        return next((one for one in found if one), "")


def find_before(
    stores: Stores,
    branch: Branch,
    sender: Person,
    *,
    prefix: str = "PATCH",
    topic: str = "",
    ids: Sequence[str] = (),
) -> Before | None:
    """None where the index has no posting that the branch could go on from.

    ``prefix`` is what stands in its subjects: the same fix for two stable trees is two series.
    ``topic`` is what the user names, and ``ids`` are Message-IDs of what was posted from this
    branch before; either is believed. Raises NotFound for a topic that is not there.
    """
    ours = _messages(stores, branch, sender, prefix)
    if topic:
        found = topic_of(stores.catalogue, resolve_topic(stores, topic))
        return _of(stores, found, _NAMED, 1.0, ours)
    for one in reversed(ids):
        if topic_id := stores.catalogue.topic_ids([one]).get(one):
            found = topic_of(stores.catalogue, stores.catalogue.rows([topic_id])[0])
            return _of(stores, found, _KEPT, 1.0, ours)
    return _linked(stores, ours)


def _linked(stores: Stores, ours: Sequence[Message]) -> Before | None:
    messages = {one.message_id: one for one in ours}
    keys = {key for one in ours for key in keys_of(one)}
    clusters = stores.catalogue.clusters_with(list(messages), keys)
    known = stores.catalogue.cluster_messages(clusters)
    mended = mended_by(stores.catalogue.decisions(known))
    topics = collect_topics([*known.values(), *ours], mended)
    found = revision_of(topics, ours[0].message_id)
    if found is None or not found[1]:
        return None
    joined, at = found
    link = joined.revisions[at].link
    kept = _known_topic(stores, joined.revisions[at - 1].series.first.message_id)
    return _of(stores, kept, link.reason, link.confidence, ours) if kept else None


def _known_topic(stores: Stores, message_id: str) -> Topic | None:
    """As the catalogue has it, without what is not posted yet."""
    topic_id = stores.catalogue.topic_ids([message_id]).get(message_id)
    rows = stores.catalogue.rows([topic_id]) if topic_id else []
    return topic_of(stores.catalogue, rows[0]) if rows else None


def _of(
    stores: Stores, topic: Topic, reason: str, confidence: float, ours: Sequence[Message]
) -> Before | None:
    now = stores.clock() // 1_000_000
    patches = [one for one in ours if one.subject.number != 0]
    # What is dated later than now was said, too: clocks of senders differ.
    until = max([now, *(one.date for one in topic.messages)]) + 1
    earlier = earlier_of(topic, len(topic.revisions), until, patches, stores.people)
    return Before(topic, reason, confidence, earlier) if earlier else None


def _messages(stores: Stores, branch: Branch, sender: Person, prefix: str) -> list[Message]:
    """The commits as if they were posted now, the cover letter first where there is one."""
    now = stores.clock() // 1_000_000
    total = len(branch.commits)
    mark = f"change-id: {branch.tracked.change_id}" if branch.tracked.change_id else ""
    found: list[Message] = []
    title, _ = split_letter(branch.cover)
    if total > 1 and title:
        raw = f"From: {sender}\nSubject: [{prefix} v{_LATE} 0/{total}] {title}\n\n{mark}\n"
        found.append(_read(stores, raw.encode("utf-8", "replace"), branch.id, sender, now, ()))
    above = (f"{branch.id}@posting.invalid",) if found else ()
    for number, one in enumerate(branch.commits, 1):
        numbered = _numbered(one, prefix, f" {number}/{total}" if total > 1 else "", mark)
        raw_patch = write_text(numbered).whole.partition(b"\n")[2]
        found.append(_read(stores, raw_patch, one.commit or str(number), sender, now, above))
        above = above or (found[0].message_id,)
    return found


def _numbered(patch: Patch, prefix: str, count: str, mark: str) -> Patch:
    line = f"[{prefix} v{_LATE}{count}] {patch.title_line}"
    subject = parse_subject(line)
    notes = (mark, *patch.notes) if mark else patch.notes
    return replace(patch, title_line=line, subject=subject, notes=notes)


def _read(
    stores: Stores, raw: bytes, name: str, sender: Person, now: int, above: Iterable[str]
) -> Message:
    message_id = f"{name}@posting.invalid"
    facts = read_message(read_mail(raw), message_id, stores.bots)
    return replace(facts, date=now, submitter=sender, parents=tuple(above))
