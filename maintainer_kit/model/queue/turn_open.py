# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a series where something is left open in the talk."""

from __future__ import annotations

from collections.abc import Callable

from maintainer_kit.model.message.message import Message, Says
from maintainer_kit.model.message.trailer import NACK
from maintainer_kit.model.queue.case import Case, said_on
from maintainer_kit.model.queue.open_ends import Open, OpenEnds
from maintainer_kit.model.queue.saying import will_look
from maintainer_kit.model.queue.verdict import Turn, Verdict, day

_ANNOUNCES = frozenset({Says.PROMISE, Says.WILL_LOOK})


def _asked_me(case: Case, ends: OpenEnds) -> Verdict | None:
    if not ends.for_me:
        return None
    last = ends.for_me[-1]
    who = "the author" if case.is_author(last) else case.me.name_of(last)
    return Verdict(Turn.ME, f"{who} asks you{said_on(case, last)}")


def _owed_by_me(case: Case, ends: OpenEnds) -> Verdict | None:
    """I said to look at it, and did not since."""
    del ends
    mine = [one for one in case.people if case.me.sent(one)]
    if not mine or case.is_mine or not will_look(mine[-1]):
        return None
    promised = [one for one in case.people if case.is_author(one) and Says.PROMISE in one.says]
    if promised and promised[-1].date > mine[-1].date:
        return None
    return Verdict(Turn.ME, f"you said on {day(mine[-1].date)} that you would look at it")


def failed(case: Case, ends: OpenEnds | None = None) -> Verdict | None:
    """A bot found something that nobody has answered, and nothing better since."""
    del ends
    answered = {parent for one in case.people for parent in one.parents}
    newest: dict[tuple[str, str], Message] = {}
    for message in case.talk:
        if message.bot and (Says.FAILED in message.says or message.checks):
            newest[message.bot, case.head_of[message.message_id]] = message
    for message in newest.values():
        if Says.FAILED in message.says and message.message_id not in answered:
            where = said_on(case, message)
            return Verdict(case.author, f"{message.bot} reported a problem{where}")
    return None


def _commented(case: Case, ends: OpenEnds) -> Verdict | None:
    """A comment or question of a reviewer that the author has not answered."""
    if not ends.for_author:
        return None
    last = next((one for one in ends.for_author if _is_nack(one.message)), ends.for_author[-1])
    who = case.me.name_of(last.message)
    return Verdict(case.author, f"{who} {_did(last, case)}")


def _did(one: Open, case: Case) -> str:
    message = one.message
    where = said_on(case, message)
    if _is_nack(message):
        return f"said no (Nacked-by){where}"
    if one.answered:
        total = len(set(message.asks))
        return f"asked{where}: {one.answered} of {total} questions answered"
    whole = " on your series" if case.is_mine and not case.place(message) else ""
    return f"commented{whole}{where}"


def _is_nack(message: Message) -> bool:
    return any(trailer.name == NACK for trailer in message.trailers)


def _asked_another(case: Case, ends: OpenEnds) -> Verdict | None:
    """Somebody who is neither the author nor me was asked, and has not answered."""
    if not ends.for_others:
        return None
    call = ends.for_others[-1]
    is_author = case.is_author(call.message) and not case.is_mine
    who = "the author" if is_author else case.me.name_of(call.message)
    return Verdict(Turn.REVIEWER, f"{who} asked {call.who}{said_on(case, call.message)}")


def _announced(case: Case, ends: OpenEnds) -> Verdict | None:
    """The author is going to send something, and asked nobody anything since."""
    del ends
    for message in reversed(case.people):
        if case.is_author(message):
            if Says.QUESTION in message.says:
                return None
            if message.says & _ANNOUNCES and not _is_content(case, message):
                who = "you" if case.is_mine else "the author"
                return Verdict(case.author, f"{who} announced changes on {day(message.date)}")
    return None


def _is_content(case: Case, promise: Message) -> bool:
    """Whether the one who got a promise approved the patch as it is, later."""
    asking = next((one for one in case.above(promise) if not case.is_author(one)), None)
    at = -1 if asking is None else case.approved_at(asking)
    return at >= 0 and case.persons[at].date > promise.date


def _answered_me(case: Case, ends: OpenEnds) -> Verdict | None:
    if not ends.answered_me:
        return None
    last = ends.answered_me[-1]
    return Verdict(Turn.ME, f"the author answered you{said_on(case, last)}")


def _looks(case: Case, ends: OpenEnds) -> Verdict | None:
    """Another reviewer said to look at it."""
    del ends
    last = case.people[-1]
    if not will_look(last) or case.is_author(last) or case.me.sent(last):
        return None
    who = case.me.name_of(last)
    return Verdict(Turn.REVIEWER, f"{who} said to look at it, {day(last.date)}")


def _last_word_of_author(case: Case, ends: OpenEnds) -> Verdict | None:
    del ends
    last = case.people[-1]
    if not case.is_author(last):
        return None
    who = "you" if case.is_mine else "the author"
    answered = next((one for one in case.above(last) if not case.is_author(one)), None)
    if answered is None:
        return Verdict(case.side, f"{who} wrote last{said_on(case, last)}")
    if Says.QUESTION not in answered.says and case.approved_at(answered) >= 0:
        return None
    whom = case.me.name_of(answered)
    return Verdict(case.side, f"{who} answered {whom}{said_on(case, last)}")


Rule = Callable[[Case, OpenEnds], Verdict | None]
RULES: tuple[Rule, ...] = (
    _asked_me,
    _owed_by_me,
    failed,
    _commented,
    _asked_another,
    _announced,
    _answered_me,
    _looks,
    _last_word_of_author,
)
"""Of what may be open in the talk; the first that speaks decides."""
