# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports that somebody has taken care of: by a patch, or by a word to the tracker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.turn_series import series_turn
from maintainer_kit.model.queue.verdict import Me, Turn, Verdict, day
from maintainer_kit.model.topic.topic import Topic

_SETTLED = {
    "dup": "a duplicate",
    "dup-of": "a duplicate",
    "duplicate": "a duplicate",
    "invalid": "invalid",
    "inconclusive": "inconclusive",
    "resolve": "resolved",
    "resolved": "resolved",
    "fix": "fixed",
    "fixed-by": "fixed",
}
_TREE = re.compile(r"^v?\d+\.\d+")
_TAKEN_BACK = frozenset({"undup", "unfix"})


def report_turn(topic: Topic, me: Me) -> Verdict | None:
    """The verdict on a report that has a fix or is settled; None for one that needs somebody.

    What a person writes after a fix was taken brings the report back.
    """
    mending = {one.id: one for _, one in topic.fixes}
    turns = {one.id: series_turn(one, me).turn for one in mending.values()}
    taken = [fix for fix in topic.fixes if turns[fix[1].id] is Turn.NOBODY]
    if taken:
        patch, fixing = max(taken, key=lambda fix: (fix[1].updated, fix[0].message_id))
        if _answered_after(topic, fixing.updated):
            return None
        return Verdict(Turn.NOBODY, f"fixed by {patch.subject.title}, which was taken")
    settled = _settled(topic, me)
    if not topic.fixes or settled is not None:
        return settled
    patch, fixing = _newest(topic)
    who = me.name_of(patch)
    words = f"a fix was posted on {day(patch.date)} by {who}: {patch.subject.title}"
    # It waits for whom its fix waits for.
    return Verdict(turns[fixing.id], words)


def _settled(topic: Topic, me: Me) -> Verdict | None:
    """What a tracker was told last."""
    words, teller = "", None
    for message, command in _commands(topic):
        verb = command.partition(" ")[2].partition(":")[0]
        if verb in _TAKEN_BACK:
            words = ""
        elif verb in _SETTLED:
            words, teller = _SETTLED[verb], message
    if not words or teller is None or _answered_after(topic, teller.date):
        return None
    return Verdict(Turn.NOBODY, f"{me.name_of(teller)} called it {words} on {day(teller.date)}")


def _commands(topic: Topic) -> Iterator[tuple[Message, str]]:
    for message in topic.messages:
        for command in message.commands:
            yield message, command


def _answered_after(topic: Topic, when: int) -> bool:
    """Whether a person wrote later, with more to say than that a fix works."""
    return any(
        one.message.date > when and one.message.is_from_person and not one.message.trailers
        for one in topic.follow_ups
    )


def _newest(topic: Topic) -> tuple[Message, Topic]:
    """The newest fix with its topic; one for a stable tree only where there is no other."""
    own = [
        (patch, fixing)
        for patch, fixing in topic.fixes
        if not any(_TREE.match(one) for one in patch.subject.designations)
    ]
    return (own or list(topic.fixes))[-1]
