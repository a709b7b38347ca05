# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as one row of the queue: what the list shows, without any mail at hand.

``making.py`` makes rows; whoever only reads them needs none of what that imports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from maintainer_kit.lazy.dataclass import dataclass, replace
from maintainer_kit.model.decision.state import NEW
from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.queue.intake import NO_INTAKE, Intake
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.queue.verdict import WAITING_TURNS, Awaited, Turn, Verdict, day


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
    landed_at: int = 0
    """When the last of them became a commit, if all have arrived, seconds since the epoch; 0 until
    then, and once any was taken back."""
    intake: Intake = NO_INTAKE
    """What rules say about whether it comes into the queue."""

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
