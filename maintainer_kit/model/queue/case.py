# SPDX-License-Identifier: GPL-2.0-or-later
"""A series with its talk, sorted out for the rules that tell whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.queue.landed import Landings
from maintainer_kit.model.queue.parties import Parties
from maintainer_kit.model.queue.saying import approves, place_of, wants_answer
from maintainer_kit.model.queue.verdict import day
from maintainer_kit.model.topic.applied import Trailers

_NO_PERSON = frozenset({Kind.COMMIT, Kind.BOT_REPORT})
_MAX_ABOVE = 60


@dataclass(frozen=True)
class Case(Parties):
    """All that the rules look at."""

    trailers: Trailers
    """Of the topic's patches."""
    heads: Mapping[str, Message]
    """All patches and cover letters of the topic, by Message-ID."""
    now: frozenset[str]
    """Those that are talked about now."""
    talk: tuple[Message, ...]
    """Everything said about them, by date; the bots' word and what only is polite included."""
    head_of: Mapping[str, str]
    """For each mail of the talk the patch or cover letter that it speaks of."""
    landings: Landings = field(default_factory=dict)
    """Where its patches were seen as commits."""

    @cached_property
    def people(self) -> tuple[Message, ...]:
        """What people said that moves something."""
        return tuple(one for one in self.persons if one.says or one.trailers)

    @cached_property
    def persons(self) -> tuple[Message, ...]:
        """All that people said."""
        return tuple(m for m in self.talk if m.is_from_person and m.kind not in _NO_PERSON)

    @cached_property
    def label(self) -> str:
        """``v3``, or empty for a first revision."""
        series = self.newest.series
        several = len({one.series.revision for one in self.topic.revisions}) > 1
        return f"v{series.revision}" if several or series.revision > 1 else ""

    @cached_property
    def is_resent(self) -> bool:
        return any(head.subject.resend for head in self.newest.series.messages)

    def place(self, message: Message) -> str:
        """`` on 2/5`` or `` on v1`` for a mail that speaks of one of several patches, or of an
        older revision; else empty."""
        head_id = self.head_of.get(message.message_id, "")
        of = "" if head_id in self.now else f"v{self._revision_of.get(head_id, 1)}"
        return place_of(self.heads.get(head_id), of)

    @cached_property
    def _revision_of(self) -> dict[str, int]:
        series = (one.series for one in self.topic.revisions)
        return {m.message_id: one.revision for one in series for m in one.messages}

    def after(self, event: Message) -> Case | None:
        """The same with only what came later; None where nobody wants anything since."""
        at = next(n for n, one in enumerate(self.talk) if one is event)
        return self._late(self.talk[at + 1 :], event.submitter.key)

    def since(self, when: int) -> Case | None:
        """The same with only what was written after a time; None where nobody wants anything
        since."""
        return self._late([one for one in self.talk if one.date > when], "")

    def _late(self, talk: Sequence[Message], taker: str) -> Case | None:
        late = replace(self, talk=tuple(talk))
        settled = late._settled()
        if any(
            one.message_id not in settled and late._brings_back(one, taker) for one in late.talk
        ):
            return late
        return None

    def _brings_back(self, message: Message, taker: str) -> bool:
        """Whether a word after the landing wants something: a question, a report, not a late tag,
        nor what is said by who took it, or took it too."""
        if message.bot:
            return Says.FAILED in message.says
        if message.says & {Says.QUESTION, Says.WITHDRAWN}:
            return True
        if Says.APPLIED in message.says:
            return False
        is_party = self.is_author(message) or message.submitter.key == taker
        return not is_party and wants_answer(message)

    def _settled(self) -> set[str]:
        """Mails below which another person gave an answer that leaves nothing to do."""
        return {
            above.message_id
            for message in self.persons
            if Says.QUESTION not in message.says
            if Says.PROMISE not in message.says or not self.is_author(message)
            for above in self.above(message)
            if above.submitter.key != message.submitter.key
        }

    def without(self, said: Says) -> Case:
        """The same as if nobody had written mails that say this."""
        return replace(self, talk=tuple(m for m in self.talk if said not in m.says))

    def above(self, message: Message) -> Iterator[Message]:
        """The mails of the talk that one answers, the nearest first; at most ``_MAX_ABOVE``."""
        return islice(self._climb(message), _MAX_ABOVE)

    def _climb(self, message: Message) -> Iterator[Message]:
        seen = {message.message_id}
        current: Message | None = message
        while current is not None:
            farthest = None
            for parent in current.parents:
                if parent in self._by_id and parent not in seen:
                    seen.add(parent)
                    farthest = self._by_id[parent]
                    yield farthest
            current = farthest

    def approved_at(self, message: Message) -> int:
        """Where among ``persons`` the writer of a mail last approved what it speaks of, or all of
        it; -1 when never."""
        given = self._approvals.get(self._writer(message), {})
        head = self.head_of.get(message.message_id, "")
        return max(given.get(head, -1), given.get("", -1))

    def _writer(self, message: Message) -> str:
        """Who wrote a mail: I may have several addresses."""
        return "/me" if self.me.sent(message) else message.submitter.key

    @cached_property
    def _approvals(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for at, message in enumerate(self.persons):
            if approves(message) and not wants_answer(message):
                head = self.head_of.get(message.message_id, "")
                whole = head == self.topic.root.message_id
                found.setdefault(self._writer(message), {})["" if whole else head] = at
        return found

    @cached_property
    def _by_id(self) -> dict[str, Message]:
        return {one.message_id: one for one in self.persons}


def said_on(case: Case, message: Message) -> str:
    """Where and when something was said: `` on 2/5 on 2026-01-05``."""
    return f"{case.place(message)} on {day(message.date)}"
