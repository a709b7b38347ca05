# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as one row of the queue: what the list shows, without any mail at hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain

from maintainer_kit.model.decision.event import Decisions, EventKind
from maintainer_kit.model.decision.state import NEW, least_advanced
from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.queue.turn import Me, Turn, Verdict, day, mail_turn, overruled
from maintainer_kit.model.queue.turn_review import deadline_of, decidable_of, my_patches
from maintainer_kit.model.queue.waiting import WAITING_TURNS, Awaited, awaited_bots, wait_until
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.checks import Checks
from maintainer_kit.model.topic.topic import Topic, TopicKind


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
    deadline: int = 0
    """Of a stable review: until when answers are taken, seconds since the epoch; else 0."""
    checks: tuple[tuple[str, int], ...] = ()
    """How many results of bots there are of each outcome."""
    expects: Awaited = ()
    """Bots that have not spoken yet, each with the time by which it should; () once the clock was
    counted in."""
    waits: int = 0
    """Until when it is the tests' turn, whoever's it is after that; 0 when it is not."""
    awaited: tuple[str, ...] = ()
    """Bots that have not spoken yet, in time; known only once the clock was counted in."""
    overdue: tuple[str, ...] = ()
    """Bots that should have spoken by now; likewise."""
    findings: tuple[tuple[str, int], ...] | None = None
    """How many findings of each severity the newest posting has; None unless it was checked."""

    def at(self, now: int) -> TopicRow:
        """The row as it stands at a time: after its deadline nobody has to answer, and before the
        tests are over nobody has to look."""
        row = self._with_bots(now)
        turn = row.standing.verdict.turn
        if 0 < self.deadline <= now and turn is Turn.ME:
            over = Verdict(Turn.NOBODY, f"answers were taken until {day(self.deadline)}")
        elif now < self.waits and turn in WAITING_TURNS:
            over = Verdict(Turn.CI, f"no word from {', '.join(row.awaited)} yet")
        else:
            return row
        return replace(row, standing=replace(row.standing, verdict=over))

    def _with_bots(self, now: int) -> TopicRow:
        """Those that have not spoken count as pending, then as overdue, until it is nobody's turn
        any more."""
        if not self.expects or self.standing.verdict.turn is Turn.NOBODY:
            return self
        awaited = tuple(bot for bot, by in self.expects if now < by)
        overdue = tuple(bot for bot, by in self.expects if by <= now)
        counts = Counter(dict(self.checks))
        counts[Outcome.PENDING.value] += len(awaited)
        checks = tuple(sorted((+counts).items()))
        return replace(self, checks=checks, expects=(), awaited=awaited, overdue=overdue)


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
    trailers = Trailers(topic, me.people) if topic.kind is TopicKind.SERIES else None
    by_mail = mail_turn(topic, me, trailers)
    lists = sorted({name for message in topic.messages for name in message.lists})
    newest = topic.newest
    decidable = decidable_of(topic, me)
    is_review = topic.kind is TopicKind.STABLE_REVIEW
    expects = awaited_bots(topic, me)
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
        trailers=_count_givers(trailers) if trailers else (),
        marks=_review_marks(topic, me) if is_review else _marks(topic),
        decidable=decidable,
        by_mail=by_mail,
        standing=stand(decidable, by_mail, decisions),
        deadline=deadline_of(topic),
        checks=() if is_review else Checks(topic).counts(),
        expects=expects,
        waits=wait_until(topic, expects, by_mail),
    )


def _count_givers(trailers: Trailers) -> tuple[tuple[str, int], ...]:
    """Distinct givers of each review trailer that would be applied to the newest view, and of
    nacks."""
    known: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for name, keys in chain.from_iterable(trailers.of_view):
        seen = known.setdefault(name, set())
        counts[name] += seen.isdisjoint(keys)
        seen |= keys
    return tuple(sorted(counts.items()))


def _review_marks(topic: Topic, me: Me) -> tuple[str, ...]:
    mine = len(my_patches(topic, me))
    return (f"mine: {mine}",) if mine else ()


def _marks(topic: Topic) -> tuple[str, ...]:
    patches = [patch for patch in topic.view if patch]
    marks = []
    if any(trailer.name == "Fixes" for patch in patches for trailer in patch.trailers):
        marks.append("fix")
    if "regression" in topic.root.full_subject.lower() or _is_tracked(topic):
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


def _is_tracked(topic: Topic) -> bool:
    """Whether a report was made known to the tracker of regressions."""
    return topic.kind is TopicKind.REPORT and any(
        command.startswith("regzbot introduced")
        for message in topic.messages
        for command in message.commands
    )
