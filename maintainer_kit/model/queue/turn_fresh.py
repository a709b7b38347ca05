# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a posting that nobody has answered yet."""

from __future__ import annotations

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.saying import place_of, wants_answer
from maintainer_kit.model.queue.verdict import Turn, Verdict, day

_SHOWN = 3


def fresh_turn(case: Case) -> Verdict:
    """The verdict when no person has said anything about the newest revision."""
    posted = day(case.newest.series.date)
    if any("AUTOSEL" in head.subject.tags for head in case.posted) and not case.is_mine:
        return Verdict(Turn.NOBODY, f"proposed for a stable tree on {posted}, no objection yet")
    what = f"{case.label} of {posted}" if case.label else f"posted on {posted}"
    if case.is_resent:
        what = f"{case.label} resent on {posted}".lstrip()
    answers = _comments_of_mine(case)
    if answers:
        return Verdict(Turn.ME, f"{what} answers your {answers}")
    missing = _missing(case)
    if missing:
        return Verdict(case.side, f"{what}, {missing}")
    if case.label and not case.is_resent:
        return Verdict(case.side, f"{what} has no answer yet")
    return Verdict(case.side, f"{what}, no answer yet")


def _missing(case: Case) -> str:
    """Which patches have not arrived: ``2/5 is missing``."""
    view = case.topic.view
    gone = [f"{at}/{len(view)}" for at, patch in enumerate(view, 1) if patch is None]
    if not gone:
        return ""
    if len(gone) > _SHOWN:
        return f"{len(gone)} of {len(view)} patches are missing"
    return f"{' and '.join(gone)} {'is' if len(gone) == 1 else 'are'} missing"


def _comments_of_mine(case: Case) -> str:
    """``comment on 2/5 of v2``: what I said on the newest older revision that I commented on."""
    if case.is_mine:
        return ""
    said: dict[str, list[Message]] = {}
    for one in case.topic.follow_ups:
        if case.me.sent(one.message) and wants_answer(one.message):
            said.setdefault(one.head_id, []).append(one.message)
    for revision in reversed(case.topic.revisions[:-1]):
        heads = [head for head in revision.series.messages if head.message_id in said]
        count = sum(len(said[head.message_id]) for head in heads)
        if count:
            of = f"v{revision.series.revision}"
            place = place_of(heads[0] if len(heads) == 1 else None, of)
            return f"comment{place}" if count == 1 else f"comments{place}"
    return ""
