# SPDX-License-Identifier: GPL-2.0-or-later
"""What others decided about patches, by their mails: proposals of states."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from maintainer_kit.model.decision.state import ACCEPTED, NEW, States, spelt
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.make_case import make_case
from maintainer_kit.model.queue.taken import (
    Telling,
    names_commit,
    pulled_by,
    says_applied,
    tellings,
)
from maintainer_kit.model.queue.verdict import Me
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.series import sort_key
from maintainer_kit.model.topic.topic import Topic

_MAX_TAKERS = 50
"""How many different people are believed to have taken one series."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A state that somebody else gave to patches."""

    state: str
    message_ids: tuple[str, ...]
    """Of the patches, in the order of the newest complete view."""
    mail: Message
    """The mail that says so."""
    is_subset: bool = False
    """It is about some of these patches, which only its text tells."""

    @property
    def by(self) -> Person:
        """Who wrote the mail: a person, or a bot's address."""
        return self.mail.submitter


def may_propose(message: Message) -> bool:
    """Whether a mail, by itself, may be one that gives patches a state."""
    return names_commit(message) or says_applied(message)


def proposals_of(topic: Topic, me: Me) -> list[Proposal]:
    """What the mails of a topic say was taken, each by itself, by date; without those after which
    somebody wanted something again."""
    if topic.kind is TopicKind.PULL_REQUEST:
        by = pulled_by(topic)
        return [Proposal(ACCEPTED, topic.decidable, by)] if by else []
    if topic.kind is not TopicKind.SERIES:
        return []
    case = make_case(topic, me, Trailers(topic, me.people))
    return [
        Proposal(ACCEPTED, _in_order(topic, one.patches), one.message, one.is_subset)
        for one in sorted(_standing(case), key=lambda one: sort_key(one.message))
        if one.patches
    ]


def _standing(case: Case) -> Iterator[Telling]:
    """Of the same writer, a mail before one that was contradicted was contradicted as well."""
    by_taker: dict[str, list[Telling]] = {}
    for one in tellings(case):
        by_taker.setdefault(one.message.submitter.key, []).append(one)
    for told in islice(by_taker.values(), _MAX_TAKERS):
        first = bisect_left(told, True, key=lambda one: case.after(one.message) is None)
        yield from told[first:]


def noticed(
    topic: Topic, mail: Message, found: Iterable[tuple[str, str]], states: States
) -> list[Proposal]:
    """What a Patchwork server's notice says of a topic's patches; states that we do not know are
    passed over. ``found``: Message-IDs and Patchwork's words."""
    by_state: dict[str, set[str]] = {}
    for message_id, words in found:
        state = spelt(words)
        if state in states.settable and state != NEW:
            by_state.setdefault(state, set()).add(message_id)
    wanted = {state: _in_order(topic, ids) for state, ids in by_state.items()}
    return [Proposal(state, ids, mail) for state, ids in wanted.items() if ids]


def narrowed(proposal: Proposal, topic: Topic, numbers: Collection[int]) -> Proposal:
    """The same about no more than the patches of these numbers, which its mail lists; about none
    where it has to list them and does not."""
    if not numbers and not proposal.is_subset:
        return proposal
    listed = {one.message_id for at, one in enumerate(topic.view, 1) if one and at in numbers}
    ids = tuple(one for one in proposal.message_ids if one in listed)
    return replace(proposal, message_ids=ids, is_subset=False)


def latest(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Each patch only in the proposal that first gave it the state which it has in the end."""
    ordered = sorted(proposals, key=lambda one: sort_key(one.mail))
    holds: dict[str, int] = {}
    for at, one in enumerate(ordered):
        for message_id in one.message_ids:
            held = holds.get(message_id)
            if held is None or ordered[held].state != one.state:
                holds[message_id] = at
    left = (_held(one, at, holds) for at, one in enumerate(ordered))
    return [one for one in left if one.message_ids]


def without(proposal: Proposal, message_ids: Collection[str]) -> Proposal:
    """The same without some patches."""
    ids = tuple(one for one in proposal.message_ids if one not in message_ids)
    return replace(proposal, message_ids=ids)


def _held(proposal: Proposal, at: int, holds: Mapping[str, int]) -> Proposal:
    ids = tuple(one for one in proposal.message_ids if holds[one] == at)
    return replace(proposal, message_ids=ids)


def _in_order(topic: Topic, ids: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in topic.decidable if one in ids)
