# SPDX-License-Identifier: GPL-2.0-or-later
"""Stable reviews: which of the patches concern me, and whether I still have to answer."""

from __future__ import annotations

from datetime import UTC, datetime

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.verdict import Me, Turn, Verdict, day
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic

_USUAL = 48 * 3600


def deadline_of(topic: Topic) -> int:
    """Until when a review takes answers, seconds since the epoch; 0 for other topics.

    The cover letter says it. Lists of subsystems get only their patches of a review: then it is the
    two days that reviews usually last.
    """
    if topic.kind is not TopicKind.STABLE_REVIEW:
        return 0
    covers = [one.series.cover for one in reversed(topic.revisions) if one.series.cover]
    said = next((cover.deadline for cover in covers if cover.deadline), 0)
    if said or covers:
        return said
    return topic.root.date and topic.root.date + _USUAL


def my_patches(topic: Topic, me: Me) -> tuple[Message, ...]:
    """Those that I wrote, that bear a trailer of mine, or that were sent to me by name; none of a
    review that I run."""
    if topic.kind is not TopicKind.STABLE_REVIEW or me.sent(topic.root):
        return ()
    return tuple(patch for patch in topic.view if patch and _concerns(patch, me))


def _concerns(patch: Message, me: Me) -> bool:
    if me.is_one(patch.author.address):
        return True
    if any(address in me.addresses for address in (*patch.to, *patch.cc)):
        return True
    return any(trailer.giver in me.addresses for trailer in patch.trailers if trailer.giver)


def decidable_of(topic: Topic, me: Me) -> tuple[str, ...]:
    """What a decision on the topic speaks of: of a review only the patches that concern me, or
    the review as a whole where none does."""
    if topic.kind is not TopicKind.STABLE_REVIEW:
        return topic.decidable
    mine = tuple(patch.message_id for patch in my_patches(topic, me))
    return mine or (topic.root.message_id,)


def review_turn(topic: Topic, me: Me) -> Verdict:
    """Nobody's, unless patches concern me about which I have not had the last word."""
    until = _until(deadline_of(topic))
    mine = {patch.message_id for patch in my_patches(topic, me)}
    if not mine:
        return Verdict(Turn.NOBODY, f"stable review{until}")
    cover = topic.revisions[-1].series.cover
    heads = {*mine, cover.message_id} if cover else mine
    said = [
        one.message
        for one in topic.follow_ups
        if one.head_id in mine or (one.head_id in heads and me.sent(one.message))
    ]
    talk = [message for message in said if message.is_from_person]
    if talk and me.sent(talk[-1]):
        return Verdict(Turn.NOBODY, f"you answered on {day(talk[-1].date)}{until}")
    return Verdict(Turn.ME, f"{count_of(len(mine), 'patch')} of yours in stable review{until}")


def _until(deadline: int) -> str:
    if not deadline:
        return ""
    return datetime.fromtimestamp(deadline, UTC).strftime(", answers until %Y-%m-%d %H:%M UTC")
