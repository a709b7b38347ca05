# SPDX-License-Identifier: GPL-2.0-or-later
"""What was there before a posting: its older revision, what that was given, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maintainer_kit.checks.series import Earlier, EarlierPatch, OpenQuestion
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.message import Message, Says
from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.patch.sketch import likeness
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.make_case import make_case
from maintainer_kit.model.queue.open_ends import open_ends
from maintainer_kit.model.queue.saying import approves
from maintainer_kit.model.queue.verdict import Me
from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.counterparts import Counterparts, is_same
from maintainer_kit.model.topic.series import Series as Posted
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.model.topic.view import complete_view

_MAX_COMMENTERS = 50


def earlier_of(
    topic: Topic, at: int, posted: int, patches: Sequence[Message], people: People
) -> Earlier | None:
    """The revision before number ``at`` of a topic, as it stood at ``posted``; None before the
    first. ``patches`` are those that are checked, in the order of ``Series.patches``."""
    if at < 1:
        return None
    before = topic_before(topic, at, posted)
    trailers = Trailers(before, people)
    case = make_case(before, Me(frozenset(), people=people), trailers)
    last = before.revisions[-1].series
    talk = list(_reviews(case))
    moving = [one for one in talk if not _is_done(one)]
    final = max(moving, key=lambda one: (one.date, one.message_id), default=None)
    return Earlier(
        revision=last.revision,
        message_ids=frozenset(one.message_id for one in last.messages),
        posted=last.date,
        last_mail=final.date if final else 0,
        last_writer=final.submitter if final else NOBODY,
        patches=tuple(_patches(before, trailers, patches)),
        commenters=_distinct((one.submitter for one in talk), people),
        questions=tuple(_questions(case)),
    )


def topic_before(topic: Topic, at: int, until: int) -> Topic:
    """The topic without its revisions from ``at`` on, nor what was said since ``until``."""
    revisions = topic.revisions[:at]
    postings = [one.series for one in revisions]
    heads = frozenset(message.message_id for one in postings for message in one.messages)
    told = tuple(
        one
        for one in topic.follow_ups
        if one.head_id in heads and (not until or one.message.date < until)
    )
    known = {one.message_id: one for one in topic.messages}
    return replace(
        topic,
        root=postings[-1].first,
        revisions=revisions,
        view=complete_view(revisions, Heads(known, heads)),
        follow_ups=told,
    )


def _reviews(case: Case) -> Iterator[Message]:
    """What people besides its author said about the last revision."""
    return (one for one in case.persons if not case.is_author(one))


def _is_done(message: Message) -> bool:
    """Whether it only agrees, or says that it was taken: nobody has to answer it."""
    if Says.QUESTION in message.says:
        return False
    return approves(message) or Says.APPLIED in message.says or not message.says


def _patches(
    before: Topic, trailers: Trailers, patches: Sequence[Message]
) -> Iterator[EarlierPatch]:
    counterparts = Counterparts(before.view)
    became: dict[str, int] = {}
    for number, patch in enumerate(patches):
        if older := counterparts.of(patch):
            became.setdefault(older.message_id, number)
    owner = {m.message_id: one for one in before.revisions for m in one.series.messages}
    for older in filter(None, before.view):
        at = became.get(older.message_id)
        given = trailers.of(owner[older.message_id], older)
        yield EarlierPatch(
            title=older.subject.title,
            message_id=older.message_id,
            number=older.subject.number,
            given=_given(one.trailer for one in given if one.applied),
            likeness=_likeness(older, patches[at]) if at is not None else 0.0,
            counterpart=at,
        )


def _given(trailers: Iterable[Trailer]) -> tuple[Trailer, ...]:
    return tuple(dict.fromkeys(one for one in trailers if one.reviews))


def _likeness(older: Message, newer: Message) -> float:
    if is_same(older, newer) or not (older.sketch or newer.sketch):
        return 1.0
    return likeness(older.sketch, newer.sketch)


def _distinct(people_: Iterable[Person], people: People) -> tuple[Person, ...]:
    """People, each once whatever address they write from."""
    found: list[Person] = []
    for one in dict.fromkeys(people_):
        if len(found) < _MAX_COMMENTERS and not any(people.same(one, other) for other in found):
            found.append(one)
    return tuple(found)


def _questions(case: Case) -> Iterator[OpenQuestion]:
    """Questions to the author that stand without any answer."""
    for one in open_ends(case).for_author:
        message = one.message
        if Says.QUESTION in message.says and message.asks:
            head = case.heads.get(case.head_of.get(message.message_id, ""))
            title = head.subject.title if head else ""
            yield OpenQuestion(message.submitter, message.message_id, title)


def archived_of(
    messages: Iterable[Message], own: Mapping[str, object], until: int, people: People
) -> frozenset[str]:
    """Review trailers that mails besides ``own`` gave until then: see ``Series.archived``."""
    return frozenset(
        f"{name}: {key}"
        for message in messages
        if message.message_id not in own and (not until or message.date <= until)
        for one in message.trailers
        for name in one.reviews
        for key in _keys(one, message, people)
    )


def _keys(trailer: Trailer, message: Message, people: People) -> frozenset[str]:
    keys = people.keys(trailer.person)
    return keys if message.is_head else keys | people.keys(message.submitter)


def revision_of(topics: Iterable[Topic], message_id: str) -> tuple[Topic, int] | None:
    """The topic that a patch or cover letter is in, and which revision of it."""
    for topic in topics:
        for at, revision in enumerate(topic.revisions):
            if any(one.message_id == message_id for one in revision.series.messages):
                return topic, at
    return None


def predecessor(topic: Topic, at: int, *, is_sent: bool) -> int:
    """Behind which revision the one that is checked comes. Files may have been posted just so long
    ago: that posting, and later ones, are not before them."""
    if is_sent:
        return at
    own = topic.revisions[at].series
    while at and _is_no_older(topic.revisions[at - 1].series, own):
        at -= 1
    return at


def _is_no_older(one: Posted, own: Posted) -> bool:
    # What was an RFC up to v3 may begin again at v1, and a RESEND has the number of the first.
    same = one.first.subject.rfc == own.first.subject.rfc and not own.first.subject.resend
    return same and one.revision >= own.revision
