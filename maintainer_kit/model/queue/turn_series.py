# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a series: follow the ball through the replies to its newest revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.message.trailer import REVIEW_TRAILERS
from maintainer_kit.model.queue.verdict import Me, Turn, Verdict, day
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import Topic


@dataclass(frozen=True, slots=True)
class _Case:
    """All that the rules below look at."""

    topic: Topic
    newest: Revision
    me: Me
    label: str
    """``v3``, or ``posted`` for a first revision."""
    side: Turn
    """Who is to look at something new: me when it is put to me, else a reviewer."""
    authors: frozenset[str]
    talk: tuple[Message, ...]
    """Everything said about the newest view, bots included, by date."""
    people: tuple[Message, ...]

    def is_author(self, message: Message) -> bool:
        return message.submitter.key in self.authors


def series_turn(topic: Topic, me: Me) -> Verdict:
    """The verdict by mail alone; the first rule that speaks decides."""
    newest = topic.newest
    if newest is None:
        return Verdict(Turn.NOBODY, "no patch")
    case = _case(topic, newest, me)
    for rule in (_applied, _landed, _without_people, _last_word_of_author, _owed_by_me, _asked_me):
        verdict = rule(case)
        if verdict is not None:
            return verdict
    return _commented(case) or _reviewed(case)


def _case(topic: Topic, newest: Revision, me: Me) -> _Case:
    series = newest.series
    here = {message.message_id for message in series.messages}
    here.update(patch.message_id for patch in topic.view if patch)
    talk = tuple(one.message for one in topic.follow_ups if one.head_id in here)
    heads = [topic.root, *(patch for patch in topic.view if patch)]
    mine = any(me.sent(head) for head in heads)
    addressed = any(me.is_addressed(head) for head in heads)
    several = len(topic.revisions) > 1 or series.revision > 1
    return _Case(
        topic=topic,
        newest=newest,
        me=me,
        label=f"v{series.revision}" if several else "posted",
        side=Turn.ME if addressed and not mine else Turn.REVIEWER,
        authors=frozenset(head.submitter.key for head in heads),
        talk=talk,
        people=tuple(message for message in talk if message.is_from_person),
    )


def _applied(case: _Case) -> Verdict | None:
    """Somebody other than the author wrote that it is applied, and nobody asked anything since."""
    said = [m for m in case.people if Says.APPLIED in m.says and not case.is_author(m)]
    if not said:
        return None
    last = said[-1]
    if any(Says.QUESTION in m.says and m.date > last.date for m in case.people):
        return None
    who = case.me.name_of(last)
    return Verdict(Turn.NOBODY, f"{who} wrote on {day(last.date)} that it is applied")


def _landed(case: _Case) -> Verdict | None:
    """A notification or a bot named the commit that it became."""
    found = [m for m in case.talk if m.commits and (m.bot or m.kind is Kind.COMMIT)]
    if not found or any(m.date > found[-1].date for m in case.people):
        return None
    who = found[-1].bot or "a notification"
    return Verdict(Turn.NOBODY, f"{who} names the commit that it became")


def _without_people(case: _Case) -> Verdict | None:
    """Nobody has answered the newest revision yet."""
    if case.people:
        return None
    failed = next((m for m in case.talk if Says.FAILED in m.says), None)
    if failed:
        return Verdict(Turn.AUTHOR, f"{failed.bot} reported a problem on {day(failed.date)}")
    posted = day(case.newest.series.date)
    missing = sum(patch is None for patch in case.topic.view)
    if missing:
        words = f"{case.label} on {posted}, {count_of(missing, 'patch')} missing"
        return Verdict(case.side, words)
    older = _commented_before(case)
    if older:
        return Verdict(Turn.ME, f"{case.label} of {posted} answers your comments on {older}")
    if len(case.topic.revisions) > 1:
        return Verdict(case.side, f"{case.label} of {posted} has no answer yet")
    return Verdict(case.side, f"posted on {posted}, no answer yet")


def _commented_before(case: _Case) -> str:
    """The newest older revision on which I commented; empty when there is none, or it is mine."""
    if any(case.me.is_one(author) for author in case.authors):
        return ""
    for revision in reversed(case.topic.revisions[:-1]):
        ids = {message.message_id for message in revision.series.messages}
        for one in case.topic.follow_ups:
            if one.head_id in ids and case.me.sent(one.message):
                return f"v{revision.series.revision}"
    return ""


def _last_word_of_author(case: _Case) -> Verdict | None:
    last = case.people[-1]
    if not case.is_author(last):
        return None
    when = day(last.date)
    if last.says & {Says.PROMISE, Says.WILL_LOOK} and Says.QUESTION not in last.says:
        return Verdict(Turn.AUTHOR, f"the author announced changes on {when}")
    asked = _answered(last, case.people)
    if asked is not None and case.me.sent(asked):
        return Verdict(Turn.ME, f"the author answered you on {when}")
    if asked is not None and not case.me.sent(last):
        return Verdict(case.side, f"the author answered {case.me.name_of(asked)} on {when}")
    return Verdict(case.side, f"the author wrote last, on {when}")


def _answered(message: Message, people: Sequence[Message]) -> Message | None:
    """The mail of another person that a reply answers."""
    by_id = {one.message_id: one for one in people}
    return next((by_id[parent] for parent in message.parents if parent in by_id), None)


def _owed_by_me(case: _Case) -> Verdict | None:
    """I, or another reviewer, said to look at it, and did not since."""
    mine = [m for m in case.people if case.me.sent(m)]
    if mine and Says.WILL_LOOK in mine[-1].says and not case.is_author(mine[-1]):
        return Verdict(Turn.ME, f"you said on {day(mine[-1].date)} that you would look at it")
    last = case.people[-1]
    if Says.WILL_LOOK not in last.says or Says.QUESTION in last.says:
        return None
    return Verdict(Turn.REVIEWER, f"{case.me.name_of(last)} said to look at it, {day(last.date)}")


def _asked_me(case: _Case) -> Verdict | None:
    """The last word is a question put to somebody who is not the author."""
    last = case.people[-1]
    if Says.QUESTION not in last.says or any(one in case.authors for one in last.to):
        return None
    if case.me.is_named(last) and not case.me.sent(last):
        return Verdict(Turn.ME, f"{case.me.name_of(last)} asks you, on {day(last.date)}")
    if case.me.sent(last) and last.to and not all(case.me.is_one(one) for one in last.to):
        return Verdict(Turn.REVIEWER, f"you asked another reviewer on {day(last.date)}")
    return None


def _commented(case: _Case) -> Verdict | None:
    """A comment or question of a reviewer that the author has not answered."""
    answered = {parent for m in case.people if case.is_author(m) for parent in m.parents}
    waiting = [
        m
        for m in case.people
        if not case.is_author(m) and m.message_id not in answered and _wants_answer(m)
    ]
    if not waiting:
        return None
    who, when = case.me.name_of(waiting[-1]), day(waiting[-1].date)
    if any(case.me.is_one(author) for author in case.authors):
        return Verdict(Turn.ME, f"{who} commented on your series on {when}")
    return Verdict(Turn.AUTHOR, f"{who} commented on {when}")


def _wants_answer(message: Message) -> bool:
    """A question always; a comment unless it comes with a tag that says "good"."""
    if Says.QUESTION in message.says:
        return True
    good = any(trailer.name in REVIEW_TRAILERS for trailer in message.trailers)
    return Says.COMMENT in message.says and not good


def _reviewed(case: _Case) -> Verdict:
    """Nothing is open: to be taken, or to be looked at by somebody else."""
    names = {t.name for m in case.people for t in m.trailers if t.name in REVIEW_TRAILERS}
    if names:
        words = f"{case.label}: {', '.join(sorted(names))} given, nothing open"
        return Verdict(case.side, words)
    last = case.people[-1]
    return Verdict(case.side, f"{case.me.name_of(last)} wrote last, on {day(last.date)}")
