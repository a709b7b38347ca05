# SPDX-License-Identifier: GPL-2.0-or-later
"""What of my postings I may remind others of; it is always left to me."""

from __future__ import annotations

from maintainer_kit.model.queue.sent import Fate, Sent
from maintainer_kit.model.queue.verdict import Turn

PATIENCE = 14
"""Days without a word after which a reminder is polite."""
_OLD = 42
"""Days after which a posting may no longer apply."""
_DAY = 86400


def reminder(sent: Sent, now: int, patience: int = PATIENCE) -> str:
    """What to consider, as nobody wrote anything for so many days; empty while it is not time, or
    where others have nothing to do."""
    if not sent.moved or (now - sent.moved) < patience * _DAY:
        return ""
    days = (now - sent.moved) // _DAY
    if sent.fate is Fate.UNANSWERED:
        is_old = now - sent.posted >= _OLD * _DAY
        advice = "resend, on today's tree" if is_old else "ping"
        return f"no answer for {days} days: if no tree has it, consider a {advice}"
    if sent.fate is Fate.REVIEWED and sent.turn.turn is not Turn.ME:
        return f"reviewed, and not taken for {days} days: consider to ask who takes it"
    if sent.fate is Fate.DISCUSSED and sent.turn.turn is not Turn.ME:
        return f"nobody wrote for {days} days: consider a ping"
    return ""
