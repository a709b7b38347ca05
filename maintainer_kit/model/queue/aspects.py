# SPDX-License-Identifier: GPL-2.0-or-later
"""What topics are looked for by, besides what their rows show: files, and who took part how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.queue.delegation import touched_paths
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic


class Role(StrEnum):
    """What somebody did in a topic."""

    AUTHOR = "author"
    SUBMITTER = "submitter"
    REVIEWER = "reviewer"
    ACKER = "acker"
    TESTER = "tester"
    TALKER = "talker"
    """Wrote in it."""


_BY_TRAILER = {
    "Reviewed-by": Role.REVIEWER,
    "Acked-by": Role.ACKER,
    "Tested-by": Role.TESTER,
}


@dataclass(frozen=True, slots=True)
class Aspects:
    """Files and people of a topic."""

    paths: tuple[str, ...] = ()
    """Files that the newest complete view touches, under their old and new names, sorted."""
    parties: tuple[tuple[str, str], ...] = ()
    """Each role with the address, in lower case and by the mailmap, of somebody who had it in any
    revision; sorted."""


def aspects_of(topic: Topic, people: People = NO_MAILMAP) -> Aspects:
    """What a topic is looked for by. Of a stable review only who sent it: it touches everything."""
    parties = {(role.value, people.canonical(who).key) for role, who in _parties(topic)}
    known = sorted(pair for pair in parties if pair[1])
    if topic.kind is TopicKind.STABLE_REVIEW:
        return Aspects((), tuple(known))
    return Aspects(touched_paths(topic.view), tuple(known))


def _parties(topic: Topic) -> Iterator[tuple[Role, Person]]:
    if topic.kind is TopicKind.STABLE_REVIEW:
        yield Role.SUBMITTER, topic.root.submitter
        return
    heads = [one for posting in topic.revisions for one in posting.series.messages]
    for head in heads or [topic.root]:
        yield Role.AUTHOR, head.author
        yield Role.SUBMITTER, head.submitter
    talk = [one.message for one in topic.follow_ups]
    for message in talk:
        if message.is_from_person:
            yield Role.TALKER, message.submitter
    for message in (*heads, *talk):
        for trailer in message.trailers:
            role = _BY_TRAILER.get(trailer.name)
            if role:
                yield role, trailer.person
