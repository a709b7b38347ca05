# SPDX-License-Identifier: GPL-2.0-or-later
"""The mails that can give trailers to a patch, in its own posting and in older ones of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.counterparts import Counterparts
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.offer import Source
from maintainer_kit.model.topic.topic import Topic

_MAX_OLDER = 50
"""How many older postings are asked for what they can hand on: the newest."""
_MAX_REPLIES = 500
"""How many replies with trailers to one mail are listened to: the first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A posting's patch, and the replies with trailers that speak of it."""

    revision: Revision
    patch: Message
    replies: Sequence[Message]
    cover_replies: Sequence[Message]

    def mails(self, *, with_patch: bool) -> Iterator[tuple[Message, Source]]:
        """Mails that may give trailers to the patch; itself only where it is an older one."""
        if self.revision.series.cover:
            yield self.revision.series.cover, Source.COVER
        if with_patch:
            yield self.patch, Source.PATCH
        yield from ((one, Source.REPLY) for one in self.replies)
        yield from ((one, Source.COVER_REPLY) for one in self.cover_replies)


class Hearing:
    """Who spoke of which patch of a topic."""

    def __init__(self, topic: Topic) -> None:
        self._revisions = topic.revisions
        self._replies: dict[str, list[Message]] = {}
        for one in topic.follow_ups:
            if one.message.trailers or one.message.withdrawn:
                replies = self._replies.setdefault(one.head_id, [])
                if len(replies) < _MAX_REPLIES:
                    replies.append(one.message)
        self._at = {
            message.message_id: at
            for at, revision in enumerate(topic.revisions)
            for message in revision.series.messages
        }
        # Postings that have anything to hand on to a later one.
        self._speaking = [at for at, one in enumerate(topic.revisions) if self._speaks(one)]
        self._counterparts: dict[int, Counterparts] = {}

    @property
    def is_silent(self) -> bool:
        """Whether nobody gave anything to any posting."""
        return not self._speaking

    def of(self, revision: Revision, patch: Message) -> list[Heard]:
        """The patch in its own posting, ``revision`` where the topic does not know it, then in
        older ones that were answered, the newest first."""
        at = self._at.get(patch.message_id)
        if at is not None:
            revision = self._revisions[at]
        return [self._heard(revision, patch), *self._older(at or 0, patch)]

    def _speaks(self, revision: Revision) -> bool:
        return any(
            message.message_id in self._replies or any(one.reviews for one in message.trailers)
            for message in revision.series.messages
        )

    def _heard(self, revision: Revision, patch: Message) -> Heard:
        cover = revision.series.cover
        return Heard(
            revision,
            patch,
            self._replies.get(patch.message_id, ()),
            self._replies.get(cover.message_id, ()) if cover else (),
        )

    def _older(self, at: int, patch: Message) -> Iterator[Heard]:
        before = self._speaking[: bisect_left(self._speaking, at)]
        for older in reversed(before[-_MAX_OLDER:]):
            revision = self._revisions[older]
            if older not in self._counterparts:
                self._counterparts[older] = Counterparts(revision.series.patches)
            if other := self._counterparts[older].of(patch):
                yield self._heard(revision, other)
