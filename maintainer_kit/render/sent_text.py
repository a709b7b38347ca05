# SPDX-License-Identifier: GPL-2.0-or-later
"""What I posted, and reviews given and got: as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.sent import Fate
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import fit
from maintainer_kit.render.queue_text import given, shape

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.sent import Exchange, SentReport, SentTopic

HEADINGS = {
    Fate.CHANGES: "You are to act",
    Fate.UNANSWERED: "No answer yet",
    Fate.DISCUSSED: "Talked about",
    Fate.REVIEWED: "Reviewed, not taken yet",
    Fate.TAKEN: "Taken",
    Fate.MERGED: "Went on in another series",
    Fate.WITHDRAWN: "Withdrawn",
}
_INDENT = 8
_MAX_NAMED = 3


def sent_text(report: SentReport, now: int, width: int) -> Iterator[str]:
    """Groups by what became of it, then what to remind others of, then reviews."""
    for fate, heading in HEADINGS.items():
        group = [one for one in report.topics if one.sent.fate is fate]
        if group:
            yield f"{heading} ({len(group)})"
            for one in group:
                yield from _topic(one, now, width)
            yield ""
    if not report.topics:
        yield f"You posted nothing{_within(report.days)}."
        yield ""
    yield from _reminders(report.topics, width)
    yield from _reviews(report)


def _within(days: int) -> str:
    return f" within {days} days" if days else ""


def _topic(one: SentTopic, now: int, width: int) -> Iterator[str]:
    row = one.row
    cells = [
        fit(row.id[:6], 6),
        fit(shape(row), 9),
        fit(row.subject, max(20, width - 32)),
        fit(age(one.sent.posted, now), 4),
        given(row),
    ]
    yield " ".join(cells).rstrip()
    words = _words(one, now)
    if words:
        yield " " * _INDENT + fit(words, max(20, width - _INDENT)).rstrip()


def _words(one: SentTopic, now: int) -> str:
    """What others did about it, the newest first."""
    sent, total = one.sent, one.row.total
    if sent.taken is not None:
        commits = f" ({sent.taken.commits[0][:12]})" if sent.taken.commits else ""
        return f"by {_who(sent.taken)}, {age(sent.taken.date, now)}{commits}"
    if sent.goes_on:
        return sent.goes_on[0]
    parts = []
    if sent.fate is Fate.CHANGES:
        parts.append(sent.turn.reason)
    if sent.requests:
        parts.append(f"asked by {_names(sent.requests, now)}")
    if sent.taken_patches:
        parts.append(f"{sent.taken_patches} of {total} taken")
    return "; ".join(parts)


def _names(mails: Sequence[Message], now: int) -> str:
    """Who wrote, each with the age of the last mail, the newest first."""
    last = {_who(one): one.date for one in mails}
    listed = sorted(last.items(), key=lambda pair: -pair[1])
    named = ", ".join(f"{who} {age(date, now)}" for who, date in listed[:_MAX_NAMED])
    more = len(listed) - _MAX_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _who(message: Message) -> str:
    return message.bot or message.submitter.name or message.submitter.address


def _reminders(topics: Sequence[SentTopic], width: int) -> Iterator[str]:
    due = [one for one in topics if one.reminder]
    if not due:
        return
    yield f"To remind others of ({len(due)})"
    for one in due:
        words = f"{one.reminder}  {one.row.subject}"
        yield f"{fit(one.row.id[:6], 6)} {fit(words, max(20, width - 7)).rstrip()}"
    yield ""


def _reviews(report: SentReport) -> Iterator[str]:
    yield f"Reviews{_within(report.days)}: {_exchange(report.reviews)}"
    if len(report.quarters) > 1:
        for name, one in report.quarters:
            yield visible_line(f"  {name}: {_exchange(one)}")


def _exchange(one: Exchange) -> str:
    return (
        f"given to {one.given.series} series ({one.given.mails} mails, {one.given.tags} tags),"
        f" got on {one.got.series} ({one.got.mails} mails, {one.got.tags} tags)"
    )
