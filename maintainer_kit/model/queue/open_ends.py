# SPDX-License-Identifier: GPL-2.0-or-later
"""What is left open in the talk about a series: comments, questions, calls by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from maintainer_kit.model.message.message import Message, Says
from maintainer_kit.model.queue.asked import ME, Words, asked_by, is_among_reviewers
from maintainer_kit.model.queue.called import call_words
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.saying import approves, wants_answer

_OWN_MOVE = frozenset({Says.WILL_LOOK, Says.APPLIED, Says.PING})


@dataclass(frozen=True, slots=True)
class Open:
    """A comment or question that the author still owes an answer to."""

    message: Message
    answered: int = 0
    """How many of its questions have an answer, where not all have."""


@dataclass(frozen=True, slots=True)
class Call:
    """A mail that waits for an answer of somebody who is not the author."""

    message: Message
    who: str
    """The name of who is asked."""


@dataclass(slots=True)
class OpenEnds:
    """What is open, each in the order of dates."""

    for_author: list[Open] = field(default_factory=list)
    for_me: list[Message] = field(default_factory=list)
    for_others: list[Call] = field(default_factory=list)
    answered_me: list[Message] = field(default_factory=list)
    """Answers of the author to me, after which I wrote nothing."""


@dataclass(slots=True)
class _Below:
    """What was written below one mail."""

    author: Message | None = None
    """The author's newest answer."""
    itself: bool = False
    """Whether its own writer went on."""
    answers: set[str] = field(default_factory=set)
    """Digests of the questions that others answered."""


def open_ends(case: Case) -> OpenEnds:
    """Find what is open; the time it takes grows with the mails, not with their square."""
    below = _below(case)
    last = _last_words(case)
    words = Words(case)
    found = OpenEnds()
    for at, message in enumerate(case.persons):
        if not message.says:
            continue
        asked = asked_by(case, words, message)
        if ME in asked and last.get(ME, -1) < at:
            found.for_me.append(message)
        found.for_others.extend(
            Call(message, who)
            for word, who in asked.items()
            if word != ME and last.get(word, -1) < at
        )
        if case.is_author(message) or not _is_open_talk(case, message, at):
            continue
        if asked and words.authors.isdisjoint(message.called):
            continue
        under = below.get(message.message_id, _Below())
        if not _is_settled(case, message, under, at):
            found.for_author.append(Open(message, len(under.answers.intersection(message.asks))))
    if not case.is_mine:
        found.answered_me.extend(_answers_to_me(case, below, last.get(ME, -1)))
    return found


def _is_open_talk(case: Case, message: Message, at: int) -> bool:
    """Whether a mail may want something of the author: more than that its writer will look, not
    put to another reviewer, and no chat with the author, or about an approval, after its writer
    had approved."""
    is_question = Says.QUESTION in message.says
    if not is_question and message.says & _OWN_MOVE:
        return False
    if not wants_answer(message) or is_among_reviewers(case, message):
        return False
    if is_question or not 0 <= case.approved_at(message) < at:
        return True
    # Whoever goes on below a mail of his own speaks of what that one answered.
    others = (one for one in case.above(message) if one.submitter.key != message.submitter.key)
    parent = next(others, None)
    return parent is None or not (case.is_author(parent) or approves(parent))


def _is_settled(case: Case, message: Message, under: _Below, at: int) -> bool:
    """Whether nobody waits for the author to answer a mail any more."""
    if under.itself or case.approved_at(message) > at:
        return True
    done = under.answers.intersection(message.asks)
    is_partly = bool(done) and len(done) < len(set(message.asks))
    return (under.author is not None or bool(done)) and not is_partly


def _below(case: Case) -> dict[str, _Below]:
    found: dict[str, _Below] = {}
    for message in case.persons:
        is_author = case.is_author(message)
        for above in case.above(message):
            under = found.setdefault(above.message_id, _Below())
            if above.submitter.key == message.submitter.key:
                under.itself = True
                continue
            if is_author and message.says:
                under.author = message
            under.answers.update(message.answers)
    return found


def _last_words(case: Case) -> dict[str, int]:
    """By what people are called, the place of the last mail of each."""
    found: dict[str, int] = {}
    for at, message in enumerate(case.persons):
        who = message.submitter
        found.update(dict.fromkeys((*call_words(who), who.key), at))
        if case.me.sent(message):
            found[ME] = at
    return found


def _answers_to_me(case: Case, below: Mapping[str, _Below], last: int) -> Iterator[Message]:
    late = {message.message_id for message in case.persons[last + 1 :]}
    for message in case.persons[: last + 1]:
        under = below.get(message.message_id) if case.me.sent(message) else None
        if under is not None and under.author is not None and under.author.message_id in late:
            yield under.author
