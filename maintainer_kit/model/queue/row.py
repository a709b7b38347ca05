# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as one row of the queue: what the list shows, without any mail at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import chain

from maintainer_kit.model.decision.event import Decisions
from maintainer_kit.model.decision.state import NEW
from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.queue.decided import stand
from maintainer_kit.model.queue.delegation import delegate_of
from maintainer_kit.model.queue.landed import Landings, count_landed
from maintainer_kit.model.queue.policy import DEFAULT_POLICY, Policy
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.queue.turn import Me, Turn, Verdict, day, mail_turn
from maintainer_kit.model.queue.turn_review import deadline_of, decidable_of, my_patches
from maintainer_kit.model.queue.waiting import WAITING_TURNS, Awaited, awaited_bots, wait_until
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.checks import Checks
from maintainer_kit.model.topic.topic import Topic, TopicKind


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
    """Whose turn it would be had nobody decided anything: by mail, and by where it landed."""
    standing: Standing
    mails: int = 0
    """How many mails the topic has."""
    ruled: tuple[str, str] = ("", "")
    """The delegate that a rule names, and the words of the rule; both empty without one."""
    back: str = ""
    """What has brought a snoozed topic back; known only once the clock was counted in."""
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
    landed: int = 0
    """How many patches of the newest complete view surely are in a branch that is followed."""

    def at(self, now: int, tags: Collection[str] = ()) -> TopicRow:
        """The row as it stands at a time, when git has these tags: while it is snoozed nobody has
        to look, after its deadline nobody has to answer, and before the tests are over nobody has
        to look either."""
        row = self._with_bots(now)
        turn = row.standing.verdict.turn
        snooze = row.standing.snooze
        if snooze and not row.back and turn is not Turn.NOBODY:
            over = snooze.over(row.mails, now, tags)
            if not over:
                return row._with(Verdict(Turn.NOBODY, f"snoozed {snooze.words}"))
            verdict = Verdict(turn, f"back, {over}: {row.standing.verdict.reason}")
            row = replace(row._with(verdict), back=over)
        if 0 < self.deadline <= now and turn is Turn.ME:
            return row._with(Verdict(Turn.NOBODY, f"answers were taken until {day(self.deadline)}"))
        if now < self.waits and turn in WAITING_TURNS:
            return row._with(Verdict(Turn.CI, f"no word from {', '.join(row.awaited)} yet"))
        return row

    def _with(self, verdict: Verdict) -> TopicRow:
        return replace(self, standing=replace(self.standing, verdict=verdict))

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


UNDECIDED = Standing(NEW, (), False, Verdict(Turn.NOBODY, ""))
"""Of a row whose decisions are not counted in yet."""


def make_row(
    topic: Topic,
    me: Me,
    decisions: Decisions,
    policy: Policy = DEFAULT_POLICY,
    landings: Landings | None = None,
) -> TopicRow:
    """The row of a topic, with decisions counted in."""
    row = _undecided(topic, me, policy, landings or {})
    ids = [message.message_id for message in topic.messages]
    return replace(row, standing=stand(row, ids, decisions, me, policy))


def _undecided(topic: Topic, me: Me, policy: Policy, landings: Landings) -> TopicRow:
    root = topic.root
    trailers = Trailers(topic, me.people) if topic.kind is TopicKind.SERIES else None
    by_mail = mail_turn(topic, me, trailers, landings)
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
        standing=UNDECIDED,
        mails=len(topic.messages),
        ruled=_ruled(topic, me, policy),
        deadline=deadline_of(topic),
        checks=() if is_review else Checks(topic).counts(),
        expects=expects,
        waits=wait_until(topic, expects, by_mail),
        landed=count_landed(topic.view, landings),
    )


def _ruled(topic: Topic, me: Me, policy: Policy) -> tuple[str, str]:
    if not policy.rules:
        return ("", "")
    found = delegate_of(topic, policy.rules, policy.sections, me.people, away=policy.away)
    return (str(found.who) if found.who.address else "", found.by)


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
