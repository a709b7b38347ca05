# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a series: follow the ball through the replies to its newest revision."""

from __future__ import annotations

from maintainer_kit.model.message.message import Message, Says
from maintainer_kit.model.message.trailer import NACK
from maintainer_kit.model.queue.case import Case, said_on
from maintainer_kit.model.queue.landed import Landings
from maintainer_kit.model.queue.make_case import make_case
from maintainer_kit.model.queue.open_ends import open_ends
from maintainer_kit.model.queue.reroll import awaits_me, without_my_past
from maintainer_kit.model.queue.turn_fresh import fresh_turn
from maintainer_kit.model.queue.turn_open import RULES, failed
from maintainer_kit.model.queue.turn_taken import taken_turn
from maintainer_kit.model.queue.verdict import Me, Turn, Verdict, day
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.topic import Topic


def series_turn(
    topic: Topic, me: Me, trailers: Trailers | None = None, landings: Landings | None = None
) -> Verdict:
    """The verdict by mail and landings alone; the first rule that speaks decides."""
    found = taken_turn(make_case(topic, me, trailers or Trailers(topic, me.people), landings))
    return found if isinstance(found, Verdict) else _waiting(found)


def _waiting(case: Case) -> Verdict:
    """Somebody has to act: who? A reroll of what I commented on stays mine until I answer it, or
    its author has to act: what others say of it is not my word."""
    reroll = awaits_me(case)
    verdict = _moved(without_my_past(case) if reroll else case)
    if reroll and verdict.turn is Turn.REVIEWER:
        return Verdict(Turn.ME, f"{reroll}; {verdict.reason}")
    return verdict


def _moved(case: Case) -> Verdict:
    """Follow the talk."""
    asking = [one for one in case.people if Says.PING in one.says and case.is_author(one)]
    if asking:
        return _pinged(case, asking[0])
    if not case.people:
        return failed(case) or fresh_turn(case)
    ends = open_ends(case)
    for rule in RULES:
        verdict = rule(case, ends)
        if verdict is not None:
            return verdict
    return _reviewed(case)


def _pinged(case: Case, ping: Message) -> Verdict:
    """The author asks for an answer of whoever had to give one before."""
    before = case.without(Says.PING)
    turn = _moved(before).turn
    if turn is case.author:
        others = [one for one in before.people if not case.is_author(one)]
        turn = Turn.ME if others and case.me.sent(others[-1]) else case.side
    who = "you ask" if case.is_mine else "the author asks"
    if open_ends(case).for_me:
        turn = Turn.ME
    return Verdict(turn, f"{who} for an answer (ping) since {day(ping.date)}")


def _reviewed(case: Case) -> Verdict:
    """Nothing is open: to be taken, or to be looked at by somebody else."""
    given = [{name for name, _ in patch} - {NACK} for patch in case.trailers.of_view]
    names = sorted(set[str]().union(*given))
    if not names:
        last = case.people[-1]
        return Verdict(case.side, f"{case.me.name_of(last)} wrote last{said_on(case, last)}")
    words = f"{case.label or 'posted'}: {', '.join(names)} given, nothing open"
    if any(head.subject.rfc for head in case.posted):
        return Verdict(case.author, f"RFC {words}")
    is_on_my_list = any(name in case.me.lists for name in case.topic.root.lists)
    if case.is_mine and is_on_my_list and all(given):
        return Verdict(Turn.ME, words)
    return Verdict(case.side, words)
