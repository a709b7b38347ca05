# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as one row of the queue: what the list shows, without any mail at hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from maintainer_kit.model.decision.event import Decisions, EventKind
from maintainer_kit.model.decision.state import NEW, least_advanced
from maintainer_kit.model.message.trailer import REVIEW_TRAILERS
from maintainer_kit.model.queue.turn import Me, Verdict, mail_turn, overruled
from maintainer_kit.model.topic.topic import Topic


@dataclass(frozen=True, slots=True)
class Standing:
    """What decisions make of a topic."""

    state: str
    """That of the least advanced patch of the newest complete view."""
    states: tuple[tuple[str, int], ...]
    """How many patches are in each state, by name."""
    archived: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One row of the queue."""

    id: str
    kind: str
    subject: str
    author: str
    submitter: str
    message_id: str
    lists: tuple[str, ...]
    revision: int
    revisions: int
    received: int
    total: int
    updated: int
    """Seconds since the epoch, of the newest mail."""
    trailers: tuple[tuple[str, int], ...]
    """How many people gave each review trailer, by name."""
    marks: tuple[str, ...]
    """What deserves an eye at once: fix, regression, mangled, incomplete, ..."""
    decidable: tuple[str, ...]
    """Message-IDs that decisions on the topic speak of."""
    by_mail: Verdict
    """Whose turn it would be had nobody decided anything."""
    standing: Standing


def stand(decidable: tuple[str, ...], by_mail: Verdict, decisions: Decisions) -> Standing:
    """Count a person's decisions in."""
    states = []
    archived = []
    for message_id in decidable:
        state = decisions.get((message_id, EventKind.STATE))
        states.append(state.value if state else NEW)
        archive = decisions.get((message_id, EventKind.ARCHIVE))
        archived.append(archive is not None and archive.value == "yes")
    state_name = least_advanced(states)
    is_archived = bool(archived) and all(archived)
    return Standing(
        state=state_name,
        states=tuple(sorted(Counter(states).items())),
        archived=is_archived,
        verdict=overruled(by_mail, state_name, is_archived),
    )


def make_row(topic: Topic, me: Me, decisions: Decisions) -> TopicRow:
    """The row of a topic."""
    root = topic.root
    by_mail = mail_turn(topic, me)
    lists = sorted({name for message in topic.messages for name in message.lists})
    newest = topic.newest
    return TopicRow(
        id=topic.id,
        kind=topic.kind.value,
        subject=root.subject.title or root.full_subject,
        author=str(root.author),
        submitter=str(root.submitter),
        message_id=root.message_id,
        lists=tuple(lists),
        revision=newest.series.revision if newest else 0,
        revisions=len(topic.revisions),
        received=sum(patch is not None for patch in topic.view),
        total=len(topic.view),
        updated=topic.updated,
        trailers=count_trailers(topic),
        marks=_marks(topic),
        decidable=topic.decidable,
        by_mail=by_mail,
        standing=stand(topic.decidable, by_mail, decisions),
    )


def count_trailers(topic: Topic) -> tuple[tuple[str, int], ...]:
    """Distinct givers of each review trailer on the newest view: in the mails and in replies."""
    newest = topic.newest
    if newest is None:
        return ()
    shown = {patch.message_id for patch in topic.view if patch}
    if newest.series.cover:
        shown.add(newest.series.cover.message_id)
    given = {
        (trailer.name, trailer.giver)
        for message in (*(patch for patch in topic.view if patch), newest.series.cover)
        if message is not None
        for trailer in message.trailers
    }
    given.update(
        (trailer.name, trailer.giver)
        for follow_up in topic.follow_ups
        if follow_up.head_id in shown
        for trailer in follow_up.message.trailers
    )
    wanted = (*REVIEW_TRAILERS, "Nacked-by")
    return tuple(sorted(Counter(name for name, _ in given if name in wanted).items()))


def _marks(topic: Topic) -> tuple[str, ...]:
    patches = [patch for patch in topic.view if patch]
    marks = []
    if any(trailer.name == "Fixes" for patch in patches for trailer in patch.trailers):
        marks.append("fix")
    if "regression" in topic.root.full_subject.lower():
        marks.append("regression")
    if any(note.startswith("mangled") for patch in patches for note in patch.oddities):
        marks.append("mangled")
    if any(patch is None for patch in topic.view):
        marks.append("incomplete")
    if any(patch.subject.rfc for patch in patches):
        marks.append("rfc")
    if any(patch.subject.resend for patch in patches):
        marks.append("resend")
    return tuple(marks)
