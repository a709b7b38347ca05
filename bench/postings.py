# SPDX-License-Identifier: GPL-2.0-or-later
"""The series of an mbox as mkit has them, in a form in which another tool's can stand beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.message.copies import Copy, choose_speaker
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.applied import trailers_of
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import BrokenMail

REVIEWS = frozenset({"reviewed-by", "acked-by", "tested-by"})
Trailers = tuple[tuple[str, str], ...]
"""Lower-cased names with lower-cased addresses, sorted."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One series as one of the tools has it."""

    patches: tuple[str, ...]
    """Message-IDs in order."""
    revision: int
    cover: str
    """Its cover letter's Message-ID; empty without one."""
    added: dict[str, Trailers] = field(default_factory=dict)
    """By patch the review trailers from other mails that would be applied."""


def read_messages(path: Path) -> dict[str, Message]:
    """All mails as mkit understands them, one for each Message-ID."""
    copies: dict[str, list[Copy]] = {}
    for mail in MailSource([path]):
        if not isinstance(mail, BrokenMail):
            copy = understand(mail.raw)
            copies.setdefault(copy.message.message_id, []).append(copy)
    return {one: choose_speaker(found) for one, found in copies.items()}


class Mkit:
    """What mkit makes of the mbox."""

    def __init__(self, path: Path) -> None:
        self.messages = read_messages(path)
        clusters = split_clusters(self.messages.values())
        self.topics = [topic for one in clusters for topic in collect_topics(one)]
        self.place: dict[str, tuple[Topic, Revision]] = {
            message.message_id: (topic, revision)
            for topic in self.topics
            for revision in topic.revisions
            for message in revision.series.messages
        }

    def complete(self) -> Iterator[Revision]:
        for topic in self.topics:
            yield from (one for one in topic.revisions if one.series.is_complete)

    def posting(self, message_id: str, *, view: bool = False) -> Posting | None:
        """The posting that a patch is in; ``view`` asks for its completion by older patches."""
        if message_id not in self.place:
            return None
        topic, revision = self.place[message_id]
        until = topic.revisions[: topic.revisions.index(revision) + 1]
        slots = self._view_then(topic, revision) if view else revision.series.patches
        patches = [one for one in slots if one]
        covers = [one.series.cover for one in (until if view else until[-1:]) if one.series.cover]
        return Posting(
            tuple(one.message_id for one in patches),
            revision.series.revision,
            covers[-1].message_id if covers else "",
            {one.message_id: self._added(topic, revision, one) for one in patches},
        )

    @staticmethod
    def _view_then(topic: Topic, revision: Revision) -> tuple[Message | None, ...]:
        """The newest complete view at the time when this revision was the newest."""
        at = topic.revisions.index(revision)
        later = {
            one.message_id for newer in topic.revisions[at + 1 :] for one in newer.series.messages
        }
        left = collect_topics(one for one in topic.messages if one.message_id not in later)
        first = revision.series.first
        return next(one.view for one in left if one.newest and first in one.newest.series.messages)

    def subject(self, message_id: str) -> str:
        found = self.messages.get(message_id)
        return found.full_subject if found else ""

    @staticmethod
    def _added(topic: Topic, revision: Revision, patch: Message) -> Trailers:
        given = trailers_of(topic, revision, patch)
        own = {(one.name.lower(), one.giver) for one in patch.trailers}
        applied = {(one.trailer.name.lower(), one.trailer.giver) for one in given if one.applied}
        return tuple(sorted(one for one in applied - own if one[0] in REVIEWS))
