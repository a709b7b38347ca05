# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers as they would be applied to each patch, and who gave them where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.trailer import NACK, Trailer
from maintainer_kit.model.topic.counterparts import Counterparts, is_same
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.offer import (
    Given,
    Obstacle,
    Offer,
    Source,
    Takings,
    distinct,
    judged,
)
from maintainer_kit.model.topic.topic import Topic

_MAX_OLDER = 50
"""How many older postings are asked for what they can hand on: the newest."""
_MAX_REPLIES = 500
"""How many replies with trailers to one mail are listened to: the first."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A posting's patch, and the mails that speak of it."""

    revision: Revision
    patch: Message
    replies: Sequence[Message]
    cover_replies: Sequence[Message]


def trailers_of(
    topic: Topic, revision: Revision, patch: Message, people: People = NO_MAILMAP
) -> tuple[Given, ...]:
    """Trailers of one patch; see ``Trailers``, which serves who asks for several."""
    return Trailers(topic, people).of(revision, patch)


class Trailers:
    """The trailers of all patches of a topic."""

    def __init__(self, topic: Topic, people: People = NO_MAILMAP) -> None:
        self._people = people
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

    def _speaks(self, revision: Revision) -> bool:
        return any(
            message.message_id in self._replies or any(one.reviews for one in message.trailers)
            for message in revision.series.messages
        )

    def of(self, revision: Revision, patch: Message) -> tuple[Given, ...]:
        """The patch's own trailers in their order, then those of other mails by their dates.

        Others come from its cover letter, from replies to either, and from older postings of the
        same patch. A trailer that the patch holds itself, or that was given before, is left out.
        """
        return self._of(revision, patch, patch.trailers)

    def _of(
        self, revision: Revision, patch: Message, trailers: Sequence[Trailer]
    ) -> tuple[Given, ...]:
        at = self._at.get(patch.message_id)
        if at is not None:
            revision = self._revisions[at]
        heard = [self._heard(revision, patch), *self._older(at or 0, patch)]
        takings = self._takings(heard)
        own = [judged(one, takings) for one in self._own(heard[0], trailers)]
        others = [judged(one, takings) for each in heard for one in self._offers(each, heard[0])]
        others.sort(key=lambda one: one.time)
        return tuple(one.given for one in distinct(own, others))

    def counted(self, revision: Revision, patch: Message) -> Iterator[tuple[str, frozenset[str]]]:
        """Review trailers that would be applied and nacks that stand, each with what its person is
        known by."""
        if not self._speaking:
            return
        own = [one for one in patch.trailers if one.reviews]
        for one in self._of(revision, patch, own):
            keys = self._people.keys(one.trailer.person) or frozenset({one.trailer.value})
            if one.applied:
                yield from ((name, keys) for name in one.trailer.reviews)
            elif one.obstacle is Obstacle.NACK:
                yield NACK, keys

    def _heard(self, revision: Revision, patch: Message) -> _Heard:
        cover = revision.series.cover
        return _Heard(
            revision,
            patch,
            self._replies.get(patch.message_id, ()),
            self._replies.get(cover.message_id, ()) if cover else (),
        )

    def _older(self, at: int, patch: Message) -> Iterator[_Heard]:
        """The same patch in older postings that were answered, the newest first."""
        before = self._speaking[: bisect_left(self._speaking, at)]
        for older in reversed(before[-_MAX_OLDER:]):
            revision = self._revisions[older]
            if older not in self._counterparts:
                self._counterparts[older] = Counterparts(revision.series.patches)
            if other := self._counterparts[older].of(patch):
                yield self._heard(revision, other)

    def _own(self, heard: _Heard, trailers: Sequence[Trailer]) -> Iterator[Offer]:
        for place, one in enumerate(trailers):
            obstacle = Obstacle.NACK if one.name == NACK else None
            yield self._offer(one, heard.patch, place, Source.PATCH, heard.revision, obstacle)

    def _offers(self, heard: _Heard, newest: _Heard) -> Iterator[Offer]:
        """What other mails give to a patch of one posting; of an older one only reviews count."""
        is_old = heard is not newest
        is_stale = is_old and not is_same(heard.patch, newest.patch)
        handed_on = Source.STALE if is_stale else Source.CARRIED
        for message, source in _mails(heard, with_patch=is_old):
            for place, one in enumerate(message.trailers):
                if not one.reviews and (message.is_head or (is_old and one.name != NACK)):
                    continue
                obstacle = Obstacle.STALE if is_stale else self._obstacle(one, message)
                if obstacle is None and is_old and message is heard.patch:
                    obstacle = Obstacle.DROPPED
                place_of = handed_on if is_old else source
                yield self._offer(one, message, place, place_of, heard.revision, obstacle)

    def _obstacle(self, trailer: Trailer, message: Message) -> Obstacle | None:
        if trailer.name == NACK:
            return Obstacle.NACK
        if not trailer.reviews:
            return Obstacle.NO_REVIEW
        # An author says in a patch or a cover letter what others gave.
        if message.is_head or self._people.same(trailer.person, message.submitter):
            return None
        return Obstacle.OTHER_SENDER

    def _offer(
        self,
        trailer: Trailer,
        message: Message,
        place: int,
        source: Source,
        revision: Revision,
        obstacle: Obstacle | None,
    ) -> Offer:
        number = revision.series.revision
        given = Given(trailer, message.message_id, obstacle is None, source, number, obstacle)
        keys = frozenset[str]()
        if trailer.name.endswith("-by"):
            keys = self._people.keys(trailer.person)
            if not message.is_head and obstacle is None:
                # By name only: the address may be a list's, which all have that write through it.
                keys |= name_keys(message.submitter.name)
        return Offer(given, (message.date, message.message_id, place), keys)

    def _takings(self, heard: Sequence[_Heard]) -> Takings:
        found: dict[tuple[str, str], tuple[int, str]] = {}
        for one in heard:
            for message in (*one.replies, *one.cover_replies):
                for taken in message.withdrawn:
                    for key in self._people.keys(message.submitter):
                        at = (message.date, message.message_id)
                        found[key, taken.name] = max(at, found.get((key, taken.name), at))
        return found


def _mails(heard: _Heard, *, with_patch: bool) -> Iterator[tuple[Message, Source]]:
    """Mails that may give trailers to a patch; the patch itself only where it is an older one."""
    if heard.revision.series.cover:
        yield heard.revision.series.cover, Source.COVER
    if with_patch:
        yield heard.patch, Source.PATCH
    yield from ((one, Source.REPLY) for one in heard.replies)
    yield from ((one, Source.COVER_REPLY) for one in heard.cover_replies)


__all__ = ["Given", "Obstacle", "Source", "Trailers", "trailers_of"]
