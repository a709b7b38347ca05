# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics: all revisions of one series with what was said about them, or a thread of other mail."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.topic.linking import FIRST, Revision, link_revisions
from maintainer_kit.model.topic.series import collect_series, sort_key

_ID_LENGTH = 10


class TopicKind(StrEnum):
    """What a row of the queue is about."""

    SERIES = "series"
    REPORT = "report"
    PULL_REQUEST = "pull-request"
    DISCUSSION = "discussion"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A reply, and the patch or cover letter that it speaks of."""

    message: Message
    head_id: str
    """Message-ID of the nearest patch or cover letter above it; of the root without one."""


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

    @property
    def messages(self) -> tuple[Message, ...]:
        """All mails, each once."""
        found = [m for revision in self.revisions for m in revision.series.messages]
        found.extend(follow_up.message for follow_up in self.follow_ups)
        if not self.revisions:
            found.insert(0, self.root)
        return tuple(found)

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


def collect_topics(messages: Iterable[Message]) -> list[Topic]:
    """Work out the topics of one cluster of mails; each mail is in at most one.

    Commit notifications that answer nothing make no topic: they are evidence, not work.
    """
    known = {message.message_id: message for message in messages}
    groups = link_revisions(collect_series(known.values()), known)
    owner: dict[str, int] = {
        message.message_id: at
        for at, group in enumerate(groups)
        for revision in group
        for message in revision.series.messages
    }
    replies: dict[int, list[FollowUp]] = {}
    threads: dict[str, list[Message]] = {}
    rest = sorted((m for m in known.values() if m.message_id not in owner), key=sort_key)
    places = _places(rest, known, owner)
    for message in rest:
        head, root = places[message.message_id]
        if head is not None:
            replies.setdefault(owner[head], []).append(FollowUp(message, head))
        else:
            threads.setdefault(root, []).append(message)
    topics = [_series_topic(group, tuple(replies.get(at, ()))) for at, group in enumerate(groups)]
    topics.extend(topic for thread in threads.values() if (topic := _thread_topic(thread, known)))
    return topics


_Place = tuple[str | None, str]


def _places(
    messages: Iterable[Message], known: Mapping[str, Message], owner: Mapping[str, int]
) -> dict[str, _Place]:
    """For each mail the nearest patch or cover letter above it, and the top of its thread.

    Each mail is climbed from once, so that a thread of 50,000 costs no more than as many threads.
    """
    places: dict[str, _Place] = {}
    for message in messages:
        climbed: dict[str, None] = {}
        place = places.get(message.message_id)
        current = message
        while place is None:
            climbed[current.message_id] = None
            head = next((one for one in current.parents if one in owner), None)
            above = next((p for p in current.parents if p in known and p not in climbed), None)
            if head is not None or above is None:
                top = current.parents[-1] if current.parents else current.message_id
                place = (head, top)
            else:
                current = known[above]
                place = places.get(above)
        places.update(dict.fromkeys(climbed, place))
    return places


def _series_topic(revisions: tuple[Revision, ...], follow_ups: tuple[FollowUp, ...]) -> Topic:
    newest = revisions[-1].series
    first = min(
        (message for revision in revisions for message in revision.series.messages), key=sort_key
    )
    return Topic(
        id=short_id(first.message_id),
        kind=TopicKind.SERIES,
        root=newest.first,
        revisions=revisions,
        view=_complete_view(revisions),
        follow_ups=follow_ups,
    )


def _complete_view(revisions: tuple[Revision, ...]) -> tuple[Message | None, ...]:
    """The newest patches; a partial reroll keeps the older ones that it did not replace."""
    newest = revisions[-1].series
    view = list(newest.patches)
    if newest.cover is not None or newest.is_complete:
        return tuple(view)
    older_ids = {
        message.message_id for revision in revisions[:-1] for message in revision.series.messages
    }
    if not any(parent in older_ids for one in newest.messages for parent in one.parents):
        return tuple(view)
    for revision in reversed(revisions[:-1]):
        series = revision.series
        if len(series.patches) != len(view):
            continue
        view = [mine or older for mine, older in zip(view, series.patches, strict=True)]
        if series.cover is not None or None not in view:
            break
    return tuple(view)


_NO_TOPIC = frozenset({Kind.COMMIT, Kind.UNREADABLE})
_THREAD_KINDS = {
    Kind.REPORT: TopicKind.REPORT,
    Kind.PULL_REQUEST: TopicKind.PULL_REQUEST,
}


def _thread_topic(thread: list[Message], known: Mapping[str, Message]) -> Topic | None:
    """A thread without patches; None where only notifications are in it."""
    talk = [message for message in thread if message.kind not in _NO_TOPIC]
    if not talk:
        return None
    ids = {message.message_id for message in talk}
    tops = [m for m in talk if not any(parent in ids for parent in m.parents)]
    root = tops[0] if tops else talk[0]
    kind = next(
        (_THREAD_KINDS[m.kind] for m in (root, *talk) if m.kind in _THREAD_KINDS),
        TopicKind.DISCUSSION,
    )
    rest = [message for message in thread if message is not root]
    return Topic(
        id=short_id(root.message_id),
        kind=kind,
        root=root,
        revisions=(),
        view=(),
        follow_ups=tuple(FollowUp(message, root.message_id) for message in rest),
    )


__all__ = ["FIRST", "FollowUp", "Revision", "Topic", "TopicKind", "collect_topics", "short_id"]
