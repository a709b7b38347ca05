# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers as they would be applied to each patch, and who gave them where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.trailer import NACK, Trailer
from maintainer_kit.model.topic.counterparts import is_same
from maintainer_kit.model.topic.heard import Heard, Hearing
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

Credit = tuple[str, frozenset[str]]
"""The name of a trailer, and what the person who gives it is known by."""


def trailers_of(
    topic: Topic, revision: Revision, patch: Message, people: People = NO_MAILMAP
) -> tuple[Given, ...]:
    """Trailers of one patch; see ``Trailers``, which serves who asks for several."""
    return Trailers(topic, people).of(revision, patch)


class Trailers:
    """The trailers of all patches of a topic."""

    def __init__(self, topic: Topic, people: People = NO_MAILMAP) -> None:
        self._people = people
        self._topic = topic
        self._hearing = Hearing(topic)

    def of(self, revision: Revision, patch: Message) -> tuple[Given, ...]:
        """The patch's own trailers in their order, then those of other mails by their dates.

        Others come from its cover letter, from replies to either, and from older postings of the
        same patch. A trailer that the patch holds itself, or that was given before, is left out.
        """
        return self._of(revision, patch, patch.trailers)

    def _of(
        self, revision: Revision, patch: Message, trailers: Sequence[Trailer]
    ) -> tuple[Given, ...]:
        heard = self._hearing.of(revision, patch)
        takings = self._takings(heard)
        own = [judged(one, takings) for one in self._own(heard[0], trailers)]
        others = [judged(one, takings) for each in heard for one in self._offers(each, heard[0])]
        others.sort(key=lambda one: one.time)
        return tuple(one.given for one in distinct(own, others))

    @cached_property
    def of_view(self) -> tuple[tuple[Credit, ...], ...]:
        """For each place of the newest complete view the review trailers that would be applied and
        the nacks that stand; none where the patch is missing."""
        view = self._topic.view
        if self._hearing.is_silent:
            return ((),) * len(view)
        newest = self._topic.revisions[-1]
        return tuple(tuple(self._credits(newest, patch)) if patch else () for patch in view)

    def _credits(self, revision: Revision, patch: Message) -> Iterator[Credit]:
        own = [one for one in patch.trailers if one.reviews]
        for one in self._of(revision, patch, own):
            keys = self._people.keys(one.trailer.person) or frozenset({one.trailer.value})
            if one.applied:
                yield from ((name, keys) for name in one.trailer.reviews)
            elif one.obstacle is Obstacle.NACK:
                yield NACK, keys

    def _own(self, heard: Heard, trailers: Sequence[Trailer]) -> Iterator[Offer]:
        for place, one in enumerate(trailers):
            obstacle = Obstacle.NACK if one.name == NACK else None
            yield self._offer(one, heard.patch, place, Source.PATCH, heard.revision, obstacle)

    def _offers(self, heard: Heard, newest: Heard) -> Iterator[Offer]:
        """What other mails give to a patch of one posting; of an older one only reviews count."""
        is_old = heard is not newest
        is_stale = is_old and not is_same(heard.patch, newest.patch)
        handed_on = Source.STALE if is_stale else Source.CARRIED
        for message, source in heard.mails(with_patch=is_old):
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

    def _takings(self, heard: Sequence[Heard]) -> Takings:
        found: dict[tuple[str, str], tuple[int, str]] = {}
        for one in heard:
            for message in (*one.replies, *one.cover_replies):
                for taken in message.withdrawn:
                    for key in self._people.keys(message.submitter):
                        at = (message.date, message.message_id)
                        found[key, taken.name] = max(at, found.get((key, taken.name), at))
        return found


__all__ = ["Credit", "Given", "Obstacle", "Source", "Trailers", "trailers_of"]
