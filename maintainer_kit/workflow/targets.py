# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user names on the command line: topics, series, single patches."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.message.marks import message_id_of
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.ports import Record, Selection
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Target:
    """A topic, and the messages of it that a decision is to speak of."""

    row: TopicRow
    message_ids: tuple[str, ...]
    named: str
    """The Message-ID by which it was named; the topic's id where that was."""

    @property
    def about(self) -> str:
        """The message on which a decision about the whole topic is written."""
        return self.row.message_id if self.named == self.row.id else self.named


def resolve_topic(stores: Stores, word: str) -> TopicRow:
    """The topic that a word names: its id or the beginning of it, or a message of it.

    Raises NotFound, with what was near, and Refused when several begin so.
    """
    return resolve(stores, word).row


def resolve(stores: Stores, word: str) -> Target:
    """A topic id means its newest complete view, a cover letter's id its series, a patch's id
    that patch alone."""
    word = word.strip()
    if stores.catalogue.topic_ids([word]):
        return _resolve_message(stores, word)
    if "@" in word or word.startswith(("<", "notmuch-sha1-")):
        return _resolve_message(stores, message_id_of(word) or word.strip("<>"))
    found = stores.catalogue.resolve_topic(word.lower())
    if len(found) > 1:
        raise Refused(
            f"{word} begins the ids of {len(found)} topics", "give more letters of the id"
        )
    if found:
        row = stores.catalogue.rows(found)[0]
        return Target(row, row.decidable, row.id)
    raise _not_found(stores, word)


def lone_message(stores: Stores, word: str) -> Record | None:
    """The message that a word names when it belongs to no topic, as a commit notification does."""
    for message_id in (message_id_of(word), word.strip("<> ")):
        if message_id and not stores.catalogue.topic_ids([message_id]):
            found = stores.catalogue.records([message_id])
            if found:
                return found[message_id]
    return None


def _not_found(stores: Stores, word: str) -> NotFound:
    known = [one for one, _ in stores.catalogue.select(Selection(open_only=False))]
    near = difflib.get_close_matches(word.lower(), known, n=3, cutoff=0.6)
    hint = f"near: {', '.join(near)}" if near else "mkit list --all, or mkit search WORDS"
    return NotFound(f"no topic {word}", hint)


def _resolve_message(stores: Stores, message_id: str) -> Target:
    topic_id = stores.catalogue.topic_ids([message_id]).get(message_id)
    if topic_id is None:
        if stores.catalogue.records([message_id]):
            raise NotFound(f"message {message_id} belongs to no topic", f"mkit show {message_id}")
        raise NotFound(f"no message {message_id}", "mkit sync, or mkit import what holds it")
    row = stores.catalogue.rows([topic_id])[0]
    topic = topic_of(stores.catalogue, row)
    if topic.kind is TopicKind.STABLE_REVIEW:
        return _of_review(row, topic, message_id)
    for revision in topic.revisions:
        for message in revision.series.messages:
            if message.message_id != message_id:
                continue
            if message.kind is Kind.PATCH:
                return Target(row, (message_id,), message_id)
            patches = tuple(one.message_id for one in revision.series.patches if one)
            return Target(row, patches or row.decidable, message_id)
    return Target(row, row.decidable, message_id)


def _of_review(row: TopicRow, topic: Topic, message_id: str) -> Target:
    """Of a stable review only the patches that concern the reader can be decided about."""
    others = {patch.message_id for patch in topic.view if patch} - {*row.decidable}
    if message_id in others:
        return Target(row, (), message_id)
    ids = (message_id,) if message_id in row.decidable else row.decidable
    return Target(row, ids, message_id)


def _by_topic_id(stores: Stores, words: Collection[str]) -> dict[str, Target]:
    """What whole topic ids name, as a query finds them by the thousand: all are asked for at
    once."""
    messages = stores.catalogue.topic_ids(words)
    rows = stores.catalogue.rows([word for word in words if word not in messages])
    return {row.id: Target(row, row.decidable, row.id) for row in rows}


def resolve_all(stores: Stores, words: Iterable[str]) -> list[Target]:
    """All targets, in order; the first that cannot be resolved stops, so that nothing is half
    done."""
    listed = [word.strip() for word in words]
    by_id = _by_topic_id(stores, listed)
    targets = [by_id.get(word) or resolve(stores, word) for word in listed]
    for target in targets:
        if not target.message_ids:
            raise Refused(
                f"{target.named} is a patch of a stable review that does not concern you",
                f"mkit show {target.row.id} tells what the review holds",
            )
    return targets
