# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a report, a pull request or a discussion: who has the last word."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.message.message import Message, Says
from maintainer_kit.model.queue.saying import will_look
from maintainer_kit.model.queue.taken import pulled_by
from maintainer_kit.model.queue.verdict import Me, Turn, Verdict, day
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic


def thread_turn(topic: Topic, me: Me) -> Verdict:
    """The verdict by mail alone."""
    if topic.kind is TopicKind.PULL_REQUEST and (pulled := _pulled(topic, me)):
        return pulled
    root = topic.root
    people = [one.message for one in topic.follow_ups if _has_word(one.message)]
    if called := _called(me, root, people):
        return called
    last = people[-1] if people else root
    who, when = me.name_of(last), day(last.date)
    if me.sent(last):
        return _mine(topic, last, when)
    if topic.kind is TopicKind.DISCUSSION:
        asked = Says.QUESTION in last.says
        if asked and (me.is_named(last) or (last is root and me.is_addressed(root))):
            return Verdict(Turn.ME, f"{who} asks, on {when}")
        return Verdict(Turn.NOBODY, f"{who} wrote last, on {when}")
    addressed = me.is_addressed(root) or any(me.is_addressed(one) for one in people)
    side = Turn.ME if addressed else Turn.REVIEWER
    if last.submitter.key != root.submitter.key and Says.QUESTION in last.says:
        if me.is_named(last) and root.submitter.key not in last.to:
            return Verdict(Turn.ME, f"{who} asks you, on {when}")
        return Verdict(Turn.AUTHOR, f"{who} asked on {when}")
    if not people:
        return Verdict(side, f"sent on {when}, no answer yet")
    return Verdict(side, f"{who} wrote last, on {when}")


def _has_word(message: Message) -> bool:
    """Whether a person wrote more than thanks."""
    return message.is_from_person and bool(message.says or message.trailers)


def _called(me: Me, root: Message, people: Sequence[Message]) -> Verdict | None:
    """Somebody spoke to me by name, and I have not written since."""
    for message in (*reversed(people), root):
        if me.sent(message):
            return None
        if me.is_called(message):
            return Verdict(
                Turn.ME, f"{me.name_of(message)} asks you by name, on {day(message.date)}"
            )
    return None


def _mine(topic: Topic, last: Message, when: str) -> Verdict:
    """I wrote last: the others are to answer, unless it was only talk, or I said to look."""
    if will_look(last):
        return Verdict(Turn.ME, f"you said on {when} that you would look at it")
    if topic.kind is TopicKind.DISCUSSION:
        return Verdict(Turn.NOBODY, f"you wrote last, on {when}")
    turn = Turn.AUTHOR if last is not topic.root else Turn.REVIEWER
    return Verdict(turn, f"you wrote last, on {when}")


def _pulled(topic: Topic, me: Me) -> Verdict | None:
    by = pulled_by(topic)
    if by is None:
        return None
    if by.bot:
        return Verdict(Turn.NOBODY, f"{by.bot} says that it was pulled")
    return Verdict(Turn.NOBODY, f"{me.name_of(by)} pulled it on {day(by.date)}")
