# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics: all revisions of one series with what was said about them, or a thread of other mail."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.fixes import Fix, find_fixes
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.linking import (
    FIRST,
    Linked,
    Relation,
    Revision,
    link_revisions,
)
from maintainer_kit.model.topic.mended import NOTHING_MENDED, Mended
from maintainer_kit.model.topic.review import collect_reviews, is_review, review_view
from maintainer_kit.model.topic.series import sort_key
from maintainer_kit.model.topic.talk import FollowUp, sort_talk
from maintainer_kit.model.topic.threads import matter_of, top_of
from maintainer_kit.model.topic.view import complete_view

_ID_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Topic:
    """One row: everything that mail says about it. What a person decided is not in here."""

    id: str
    kind: TopicKind
    root: Message
    """The mail that stands for it: the newest revision's cover letter or first patch."""
    revisions: tuple[Revision, ...]
    """Oldest first; empty where there is no patch."""
    view: tuple[Message | None, ...]
    """The newest complete view: patch by patch the newest one; None where one is missing."""
    follow_ups: tuple[FollowUp, ...]
    """In the order of their dates."""
    relations: tuple[Relation, ...] = ()
    """Topics that it was split from or merged into."""
    fixes: tuple[Fix, ...] = ()
    """Of a report: the patches that mend it, the oldest first, each with its topic."""

    @property
    def mended_by(self) -> tuple[str, ...]:
        """Of a report: Message-IDs of the patches that mend it, sorted."""
        return tuple(sorted(patch.message_id for patch, _ in self.fixes))

    @property
    def mends(self) -> tuple[str, ...]:
        """The reports that its patches say to close, sorted: Message-IDs, or ``syzbot+HASH``."""
        return tuple(sorted({one for patch in self.view if patch for one in patch.mends}))

    @property
    def messages(self) -> tuple[Message, ...]:
        """All mails, each once."""
        found = [m for revision in self.revisions for m in revision.series.messages]
        found.extend(follow_up.message for follow_up in self.follow_ups)
        if not self.revisions:
            found.insert(0, self.root)
        return tuple(found)

    @property
    def lacks(self) -> tuple[str, ...]:
        """Of a report that nothing mends yet: what has to be asked for."""
        return () if self.fixes or self.kind is not TopicKind.REPORT else self.root.lacks

    @property
    def updated(self) -> int:
        """Date of its newest mail."""
        return max(message.date for message in self.messages)

    @property
    def newest(self) -> Revision | None:
        return self.revisions[-1] if self.revisions else None

    @property
    def decidable(self) -> tuple[str, ...]:
        """Message-IDs that a decision on the topic speaks of: the view's patches, or the root."""
        patches = tuple(patch.message_id for patch in self.view if patch)
        return patches or (self.root.message_id,)


def short_id(message_id: str) -> str:
    """The id under which a topic is known that begins with this mail: 50 bits, base32."""
    digest = sha256(message_id.encode("utf-8", "surrogatepass")).digest()
    return b32encode(digest)[:_ID_LENGTH].decode().lower()


def collect_topics(messages: Iterable[Message], mended: Mended = NOTHING_MENDED) -> list[Topic]:
    """Work out the topics of one cluster of mails; each mail is in at most one.

    Commit notifications that answer nothing make no topic: they are evidence, not work.
    """
    known = {message.message_id: message for message in messages}
    posted = collect_series(one for one in known.values() if not one.review_of)
    reviews = collect_reviews(known.values())
    reviewed = [one.series for group in reviews for one in group.revisions]
    heads = Heads(
        known, frozenset(m.message_id for one in (*posted, *reviewed) for m in one.messages)
    )
    groups = [*link_revisions(posted, heads, mended), *reviews]
    owner = {
        message.message_id: at
        for at, group in enumerate(groups)
        for revision in group.revisions
        for message in revision.series.messages
    }
    replies, threads = sort_talk(known, owner, heads)
    topics = [
        _series_topic(group, tuple(replies.get(at, ())), heads) for at, group in enumerate(groups)
    ]
    talks = [topic for thread in threads if (topic := _thread_topic(thread))]
    return [*topics, *_with_fixes(talks, topics)]


def _series_topic(linked: Linked, follow_ups: tuple[FollowUp, ...], heads: Heads) -> Topic:
    revisions = linked.revisions
    newest = revisions[-1].series
    first = min(
        (message for revision in revisions for message in revision.series.messages), key=sort_key
    )
    return Topic(
        id=short_id(first.message_id),
        kind=TopicKind.STABLE_REVIEW if is_review(newest) else TopicKind.SERIES,
        root=newest.first,
        revisions=revisions,
        view=review_view(revisions) if is_review(newest) else complete_view(revisions, heads),
        follow_ups=follow_ups,
        relations=linked.relations,
    )


_THREAD_KINDS = {
    Kind.REPORT: TopicKind.REPORT,
    Kind.PULL_REQUEST: TopicKind.PULL_REQUEST,
}


def _thread_topic(thread: list[Message]) -> Topic | None:
    """A thread without patches; None where nobody has to read anything in it."""
    root = top_of(thread)
    if root is None:
        return None
    rest = [message for message in thread if message is not root]
    return Topic(
        id=short_id(root.message_id),
        kind=_THREAD_KINDS.get(matter_of(root, thread), TopicKind.DISCUSSION),
        root=root,
        revisions=(),
        view=(),
        follow_ups=tuple(FollowUp(message, root.message_id) for message in rest),
    )


def _with_fixes(talks: list[Topic], series: list[Topic]) -> list[Topic]:
    """The same threads, the reports among them with the patches that mend them."""
    reports = [topic for topic in talks if topic.kind is TopicKind.REPORT]
    fixes = find_fixes(reports, series) if reports and series else {}
    return [replace(one, fixes=fixes[one.id]) if one.id in fixes else one for one in talks]


__all__ = [
    "FIRST",
    "FollowUp",
    "Relation",
    "Revision",
    "Topic",
    "collect_topics",
    "short_id",
]
