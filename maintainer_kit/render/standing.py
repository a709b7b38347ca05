# SPDX-License-Identifier: GPL-2.0-or-later
"""What was decided about a topic, and is remembered of it: as text, as signs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.standing import Standing

_ATTENTION = {"watch": "watched", "mute": "muted"}


def standing_text(row: TopicRow, now: int) -> Iterator[str]:
    """Lines of ``show``, one a fact; none where nothing was decided or remembered."""
    standing = row.standing
    if standing.delegate:
        who = f"{standing.delegate} ({standing.delegated_by})"
        yield f"  delegate   {visible_line(who)}"
    if standing.ignored:
        yield f"  ignored    {visible_line(standing.ignored)}; mkit watch brings it into the queue"
    if standing.snooze:
        over = f"; over: {row.back}" if row.back else ""
        yield f"  snoozed    {visible_line(standing.snooze.words)}{visible_line(over)}"
    if standing.confidential:
        yield f"  secret     confidential{embargo_words(standing, now)}"
    kept = ["starred"] if standing.starred else []
    kept += [_ATTENTION[standing.attention]] if standing.attention in _ATTENTION else []
    if kept:
        yield f"  kept       {', '.join(kept)}"
    for note in standing.notes:
        yield f"  note       {visible_line(note)}"
    if _is_overruled(row):
        reason = visible_line(row.by_mail.reason)
        yield f"  by mail    {row.by_mail.turn.value}: {reason}"


def _is_overruled(row: TopicRow) -> bool:
    """Whether decisions make another turn of it than the mail does: both are to be seen."""
    decided = row.standing.verdict
    return decided.turn is not row.by_mail.turn and bool(row.by_mail.reason)


def state_counts(standing: Standing) -> str:
    """The state; where patches differ with how many are in each: ``new (2 of 5 accepted)``."""
    others = [(name, number) for name, number in standing.states if name != standing.state]
    total = sum(number for _, number in standing.states)
    told = ", ".join(f"{number} of {total} {name}" for name, number in others)
    return f"{standing.state} ({told})" if told else standing.state


def embargo_words(standing: Standing, now: int) -> str:
    """``, 3 days left``; empty where no end is set."""
    end = _end(standing)
    if end is None:
        return ""
    left = end - now
    if left <= 0:
        return ", the embargo is over: mkit confidential --off makes it public"
    days, hours = divmod(left // 3600, 24)
    return f", {days} days left" if days > 1 else f", {days * 24 + hours} hours left"


def _end(standing: Standing) -> int | None:
    word = standing.confidential.removeprefix("until:")
    if word == standing.confidential:
        return None
    try:
        return int(datetime.fromisoformat(word).timestamp())
    except ValueError:
        return None


def sign(row: TopicRow) -> str:
    """One character for what is remembered: ``x`` confidential, ``*`` starred, ``z`` snoozed or
    back from it, ``w`` watched; nothing else."""
    standing = row.standing
    if standing.confidential:
        return "x"
    if standing.starred:
        return "*"
    if standing.snooze:
        return "z"
    return "w" if standing.attention == "watch" else ""
