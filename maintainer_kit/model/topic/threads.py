# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads without a patch: which mail stands for one, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.message.complaint import names_bug
from maintainer_kit.model.message.message import Kind, Message

_NO_TALK = frozenset({Kind.COMMIT, Kind.UNREADABLE})
_ABOUT = (Kind.REPORT, Kind.PULL_REQUEST)


def _is_talk(message: Message) -> bool:
    """Not notifications, nor the mail of bots that found nothing broken: evidence, not work.

    What a bot answers to a mail that is not there may be bad news.
    """
    if message.kind is Kind.BOT_REPORT:
        return bool(message.parents)
    return message.kind not in _NO_TALK


def top_of(thread: Sequence[Message]) -> Message | None:
    """The mail that stands for a thread, which is sorted by date: the first that somebody has to
    read and that answers none of the others. None where there is no such mail."""
    talk = [message for message in thread if _is_talk(message)]
    if not talk:
        return None
    ids = {message.message_id for message in thread}
    tops = [m for m in thread if not any(parent in ids for parent in m.parents)]
    return next((m for m in tops if _is_talk(m)), talk[0])


def matter_of(top: Message, thread: Sequence[Message]) -> Kind:
    """REPORT, PULL_REQUEST, or OTHER for talk.

    Of a thread whose first mail is missing the subject tells.
    """
    for message in (top, *thread):
        if message.kind in _ABOUT:
            return message.kind
    is_answer = top.subject.is_reply and not top.subject.is_patch
    return Kind.REPORT if is_answer and names_bug(top.subject) else Kind.OTHER
