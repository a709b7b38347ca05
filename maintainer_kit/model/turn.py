# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a topic, and why, from the mail and the decisions alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from maintainer_kit.model.message import Kind, Message, Says
from maintainer_kit.model.state import STATES
from maintainer_kit.model.text import count_of
from maintainer_kit.model.topic import FollowUp, Topic, TopicKind
from maintainer_kit.model.trailer import REVIEW_TRAILERS


class Turn(StrEnum):
    """Who has to act next."""

    ME = "me"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    DELEGATE = "delegate"
    CI = "ci"
    NOBODY = "nobody"


TURN_ORDER = (Turn.ME, Turn.DELEGATE, Turn.REVIEWER, Turn.AUTHOR, Turn.CI, Turn.NOBODY)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A turn with its reason in words; no word of it depends on the clock."""

    turn: Turn
    reason: str


@dataclass(frozen=True, slots=True)
class Me:
    """Who the reader is."""

    addresses: frozenset[str]
    """In lower case; empty when nobody said."""
    lists: frozenset[str] = frozenset()
    """Lists whose patches wait for me, as ids or addresses."""

    def is_one(self, address: str) -> bool:
        return address.lower() in self.addresses

    def is_addressed(self, message: Message) -> bool:
        """Whether a mail is put to me: by name, or through a list that I maintain."""
        if any(address in self.addresses for address in (*message.to, *message.cc)):
            return True
        return any(name in self.lists for name in message.lists)


def day(seconds: int) -> str:
    """A date for a reason's words, UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds else "unknown date"


def mail_turn(topic: Topic, me: Me) -> Verdict:
    """Whose turn it is by the mail alone, as if nothing had been decided."""
    if topic.kind is TopicKind.SERIES:
        return _series_turn(topic, me)
    return _thread_turn(topic, me)


def overruled(verdict: Verdict, state: str, archived: bool) -> Verdict:
    """The verdict once a person's decision is counted in."""
    if archived:
        return Verdict(Turn.NOBODY, "archived")
    if state == "changes-requested":
        return Verdict(Turn.AUTHOR, "changes requested")
    if state in STATES and not STATES[state].needs_action:
        return Verdict(Turn.NOBODY, f"{state}: decided")
    return verdict


def _waiting_side(topic: Topic, me: Me) -> Turn:
    """Who is to look at something new: me when it is put to me, else a reviewer."""
    heads = [m for m in (topic.root, *topic.view) if m is not None]
    if any(me.is_one(one.submitter.address) or me.is_one(one.author.address) for one in heads):
        return Turn.REVIEWER
    return Turn.ME if any(me.is_addressed(one) for one in heads) else Turn.REVIEWER


def _series_turn(topic: Topic, me: Me) -> Verdict:
    newest = topic.newest
    if newest is None:
        return Verdict(Turn.NOBODY, "no patch")
    series = newest.series
    label = f"v{series.revision}" if len(topic.revisions) > 1 or series.revision > 1 else "posted"
    here = {message.message_id for message in series.messages}
    here.update(patch.message_id for patch in topic.view if patch)
    talk = [follow_up for follow_up in topic.follow_ups if follow_up.head_id in here]
    people = [one for one in talk if one.message.is_from_person and one.message.date >= 0]
    applied = [one for one in people if Says.APPLIED in one.message.says]
    author = {series.submitter.key, *(p.author.key for p in topic.view if p)}
    if (
        applied
        and applied[-1].message.submitter.key not in author
        and not _reopened(people, applied)
    ):
        who = _who(applied[-1].message, me)
        return Verdict(
            Turn.NOBODY, f"{who} wrote on {day(applied[-1].message.date)} that it is applied"
        )
    landed = next((one.message for one in talk if one.message.kind is Kind.COMMIT), None)
    landed = landed or next(
        (one.message for one in talk if one.message.bot and one.message.commits), None
    )
    if landed and not any(one.message.date > landed.date for one in people):
        return Verdict(Turn.NOBODY, f"{landed.bot or 'a mail'} names the commit that it became")
    if not people:
        return _without_talk(topic, me, talk, label)
    return _after_talk(topic, me, people, author, label)


def _reopened(people: list[FollowUp], applied: list[FollowUp]) -> bool:
    """Whether somebody asked something after the patch was applied."""
    last = applied[-1].message
    return any(Says.QUESTION in one.message.says and one.message.date > last.date for one in people)


def _without_talk(topic: Topic, me: Me, talk: list[FollowUp], label: str) -> Verdict:
    newest = topic.newest
    assert newest is not None
    series = newest.series
    failed = next((one.message for one in talk if Says.FAILED in one.message.says), None)
    if failed:
        return Verdict(Turn.AUTHOR, f"{failed.bot} reported a problem on {day(failed.date)}")
    side = _waiting_side(topic, me)
    missing = sum(patch is None for patch in topic.view)
    if missing:
        return Verdict(side, f"{label} on {day(series.date)}, {count_of(missing, 'patch')} missing")
    older = topic.revisions[:-1]
    mine = _commented_before(topic, me)
    if older and mine:
        return Verdict(Turn.ME, f"{label} of {day(series.date)} answers your comments on {mine}")
    if older:
        return Verdict(side, f"{label} of {day(series.date)} has no answer yet")
    return Verdict(side, f"posted on {day(series.date)}, no answer yet")


def _commented_before(topic: Topic, me: Me) -> str:
    """The revision on which I commented before the newest one; empty when I did not."""
    for revision in reversed(topic.revisions[:-1]):
        ids = {message.message_id for message in revision.series.messages}
        for one in topic.follow_ups:
            if one.head_id in ids and me.is_one(one.message.submitter.address):
                return f"v{revision.series.revision}"
    return ""


def _who(message: Message, me: Me) -> str:
    if me.is_one(message.submitter.address):
        return "you"
    return message.submitter.name or message.submitter.address


def _after_talk(
    topic: Topic, me: Me, people: list[FollowUp], author: Collection[str], label: str
) -> Verdict:
    """Follow the ball through the replies to the newest revision, up to the last one."""
    last = people[-1].message
    when = day(last.date)
    open_for_author = _unanswered_for_author(people, author)
    side = _waiting_side(topic, me)
    if last.submitter.key in author:
        if Says.PROMISE in last.says and Says.QUESTION not in last.says:
            return Verdict(Turn.AUTHOR, f"the author announced changes on {when}")
        asked = _parent_writer(people, last)
        if asked is not None and me.is_one(asked.submitter.address):
            return Verdict(Turn.ME, f"the author answered you on {when}")
        if asked is not None and not me.is_one(last.submitter.address):
            name = asked.submitter.name or asked.submitter.address
            turn = Turn.REVIEWER if side is Turn.REVIEWER else side
            return Verdict(turn, f"the author answered {name} on {when}")
        return Verdict(side, f"the author wrote last, on {when}")
    if open_for_author is not None:
        who = _who(open_for_author, me)
        if author and any(me.is_one(one) for one in author):
            return Verdict(
                Turn.ME, f"{who} commented on your series on {day(open_for_author.date)}"
            )
        return Verdict(Turn.AUTHOR, f"{who} commented on {day(open_for_author.date)}")
    given = sorted(
        {t.name for one in people for t in one.message.trailers if t.name in REVIEW_TRAILERS}
    )
    if given and side is Turn.ME:
        return Verdict(Turn.ME, f"{label}: {', '.join(given)} given, nothing open")
    if given:
        return Verdict(Turn.REVIEWER, f"{label}: {', '.join(given)} given, to be taken")
    return Verdict(side, f"{_who(last, me)} wrote last, on {when}")


def _parent_writer(people: list[FollowUp], message: Message) -> Message | None:
    by_id = {one.message.message_id: one.message for one in people}
    for parent in message.parents:
        if parent in by_id:
            return by_id[parent]
    return None


def _unanswered_for_author(people: list[FollowUp], author: Collection[str]) -> Message | None:
    """The newest comment or question of another person that the author has not answered."""
    answered = {
        parent
        for one in people
        if one.message.submitter.key in author
        for parent in one.message.parents
    }
    waiting = [
        one.message
        for one in people
        if one.message.submitter.key not in author
        and one.message.message_id not in answered
        and _wants_answer(one.message)
    ]
    return waiting[-1] if waiting else None


def _wants_answer(message: Message) -> bool:
    """A question always; a comment unless it comes with a tag that says "good"."""
    if Says.QUESTION in message.says:
        return True
    good = any(trailer.name in REVIEW_TRAILERS for trailer in message.trailers)
    return Says.COMMENT in message.says and not good


def _thread_turn(topic: Topic, me: Me) -> Verdict:
    """A report, a pull request or a discussion: who has the last word."""
    root = topic.root
    people = [one.message for one in topic.follow_ups if one.message.is_from_person]
    commits = [m for one in topic.follow_ups if (m := one.message).bot and m.commits]
    if topic.kind is TopicKind.PULL_REQUEST and commits:
        return Verdict(Turn.NOBODY, f"{commits[-1].bot} says that it was pulled")
    applied = [
        one for one in people if Says.APPLIED in one.says and one.submitter != root.submitter
    ]
    if topic.kind is TopicKind.PULL_REQUEST and applied:
        return Verdict(Turn.NOBODY, f"{_who(applied[-1], me)} pulled it on {day(applied[-1].date)}")
    last = people[-1] if people else root
    mine = me.is_one(last.submitter.address)
    asked = me.is_addressed(root) or any(me.is_addressed(one) for one in people)
    if mine:
        turn = Turn.AUTHOR if last is not root else Turn.REVIEWER
        return Verdict(turn, f"you wrote last, on {day(last.date)}")
    if topic.kind is TopicKind.DISCUSSION:
        by_name = any(a in me.addresses for a in last.to) and Says.QUESTION in last.says
        if by_name:
            return Verdict(Turn.ME, f"{_who(last, me)} asks you, on {day(last.date)}")
        return Verdict(Turn.NOBODY, f"{_who(last, me)} wrote last, on {day(last.date)}")
    side = Turn.ME if asked else Turn.REVIEWER
    if last.submitter.key != root.submitter.key and Says.QUESTION in last.says:
        return Verdict(Turn.AUTHOR, f"{_who(last, me)} asked on {day(last.date)}")
    if not people:
        return Verdict(side, f"sent on {day(root.date)}, no answer yet")
    return Verdict(side, f"{_who(last, me)} wrote last, on {day(last.date)}")
