# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the orders of a mail are obeyed: what they are about, who gave them, whether he may."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.decision.entitled import refusal, role_of
from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.decision.past import Past
from maintainer_kit.model.mail.strict import Doubtful
from maintainer_kit.workflow.orders.attestation import Attestation, Verdict, Verifier, best_of
from maintainer_kit.workflow.orders.mail import OrderMail, read_copy, sent_at, uncovered
from maintainer_kit.workflow.orders.plan import plan_orders
from maintainer_kit.workflow.orders.target import OrderTarget, find_target
from maintainer_kit.workflow.records import Record
from maintainer_kit.workflow.stores import Stores

Keepers = Callable[[Collection[str]], Collection[str]]
"""Addresses that MAINTAINERS names as maintainers of some of these files, in small letters."""

_MOST_COPIES = 8
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to become of a mail with orders, or of one copy of it."""

    sender: str
    said: str
    """Its orders, as they stand there."""
    date: int
    """When it was sent, in seconds since the epoch; signed where it is obeyed."""
    events: tuple[Event, ...] = ()
    """What is to be decided; none where it is refused or waits."""
    reason: str = ""
    """Why it is refused, or waits."""
    waits: bool = False
    is_known: bool = False
    """The sender is who he says he is."""

    @property
    def rank(self) -> int:
        """Of several copies the one counts that can be obeyed, else the one that may yet be."""
        return 0 if self.events else 1 if self.waits else 2


class Bench:
    """Judges the mails of one run. A mail may be judged twice: its signatures are verified once."""

    def __init__(
        self, stores: Stores, verifier: Verifier, keepers: Keepers, now: int, longest: int
    ) -> None:
        """``now`` is in seconds since the epoch; ``longest`` says for how many of them an order is
        obeyed after it was sent."""
        self._stores = stores
        self._verifier = verifier
        self._keepers = keepers
        self._now = now
        self._longest = longest
        self._verified: dict[bytes, tuple[Attestation, ...]] = {}

    @cached_property
    def commanders(self) -> frozenset[str]:
        """Who may give any order. No mailmap is asked: that of a project is written by many."""
        return frozenset(one.strip().lower() for one in self._stores.settings.mail_commander)

    def precedence(self, record: Record) -> bool:
        """Whose signatures are verified last: of those who only may be entitled."""
        return record.message.submitter.key not in self.commanders

    def judge(self, record: Record, past: Past) -> Judged | None:
        """What is to become of a mail; None where no file of it gives orders, or is there."""
        judged = list(self._judge_copies(record, past))
        if not judged:
            return None
        best = min(judged, key=lambda one: one.rank)
        if len({one.events for one in judged if one.events}) > 1:
            return Judged(best.sender, best.said, best.date, reason="its copies disagree")
        return best

    def _judge_copies(self, record: Record, past: Past) -> Iterator[Judged]:
        message = record.message
        for file in record.files[:_MOST_COPIES]:
            try:
                copy = read_copy(self._stores.folder.read(file.path))
            except NotFound:
                continue
            except Doubtful as error:
                said = "; ".join(message.commands)
                yield Judged(message.submitter.key, said, message.date, reason=str(error))
                continue
            if copy.orders:
                yield self._judge(copy, past)

    def _judge(self, copy: OrderMail, past: Past) -> Judged:
        """What costs nothing is asked first: for most mails no name server has to be."""
        judged = Judged(copy.sender, str(copy), copy.date)
        if reason := self._untimely(copy.date):
            return _refuse(judged, reason)
        if not copy.parent:
            return _refuse(judged, "it does not say which one mail it answers")
        try:
            target = find_target(self._stores, copy.parent)
            events = plan_orders(self._stores, copy.orders, target)
        except NotFound as error:
            return _wait(judged, error.message)
        except Refused as error:
            return _refuse(judged, error.message)
        if reason := self._not_entitled(copy.sender, events, target):
            return _refuse(judged, reason)
        found = self._verify(copy)
        good = [one for one in found if one.verdict is Verdict.GOOD and one.identity == copy.sender]
        if not good:
            best = best_of(found)
            is_open = best.verdict is Verdict.UNKNOWN
            return _wait(judged, best.why) if is_open else _refuse(judged, best.why)
        reasons = [uncovered(copy, one, target.head) for one in good]
        if "" not in reasons:
            return _refuse(judged, reasons[0])
        date = sent_at(copy, good[reasons.index("")])
        known = replace(judged, date=date, is_known=True)
        reason = self._untimely(date) or _too_late(copy.sender, date, events, target, past)
        return _refuse(known, reason) if reason else replace(known, events=events)

    def _untimely(self, date: int) -> str:
        if not date:
            return "it has no Date"
        if date > self._now + _DAY:
            return "its Date is still to come"
        if date < self._now - self._longest:
            days = (self._now - date) // _DAY
            return f"it was sent {days} days ago; orders hold for {self._longest // _DAY}"
        return ""

    def _not_entitled(self, sender: str, events: Sequence[Event], target: OrderTarget) -> str:
        is_asked = sender not in self.commanders and target.paths
        keepers = self._keepers(target.paths) if is_asked else ()
        role = role_of(sender, self.commanders, keepers, target.authors)
        return refusal(role, events, target.present, self._stores.states)

    def _verify(self, copy: OrderMail) -> tuple[Attestation, ...]:
        mark = sha256(copy.raw).digest()
        known = self._verified.get(mark)
        if known is None:
            known = self._verified[mark] = self._verifier.verify(copy.raw)
        return known


def _too_late(
    sender: str, date: int, events: Sequence[Event], target: OrderTarget, past: Past
) -> str:
    if target.date > date + _DAY:
        return "it is older than what it answers"
    for event in events:
        about = () if event.kind is EventKind.STATE else target.about
        if reason := past.lateness(event, sender, date, {event.message_id, *about}):
            return reason
    return ""


def _refuse(judged: Judged, reason: str) -> Judged:
    return replace(judged, reason=reason)


def _wait(judged: Judged, reason: str) -> Judged:
    return replace(judged, reason=reason, waits=True)
