# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a commit is there, as text: the mail that it was, its revisions, and who spoke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.verdict import day
from maintainer_kit.workflow.reading import Detail

if TYPE_CHECKING:
    from maintainer_kit.workflow.landing.why import Because

_MOST = 40


def why_text(because: Because) -> Iterator[str]:
    """The commit, the mails that it may have been, then each topic with its talk."""
    made = because.commit
    yield visible_line(f"{made.commit[:12]}  {made.print.subject}  ({day(made.print.date)})")
    for one in because.landings:
        sure = "" if one.is_sure else "perhaps "
        words = f"{sure}{one.message_id}, {one.evidence} ({one.score:.2f}): {one.why}"
        yield f"  mail       {visible_line(words)}"
    if not because.landings:
        yield "  no mail explains it"
        for message_id in (*made.message_ids, *made.linked):
            yield f"  it names   {visible_line(message_id)}, which is not here"
    for detail in because.details:
        yield ""
        yield from _topic(detail)


def _topic(detail: Detail) -> Iterator[str]:
    row = detail.row
    yield visible_line(f"{row.id}  {row.subject}")
    yield f"  author     {visible_line(row.author)}"
    for revision in detail.topic.revisions:
        series = revision.series
        head = series.messages[0].message_id if series.messages else ""
        yield f"  v{series.revision:<9} {day(series.date)}  {visible_line(head)}"
    if row.trailers:
        given = ", ".join(f"{name} {count}" for name, count in row.trailers)
        yield f"  given      {visible_line(given)}"
    replies = [one.message for one in detail.topic.follow_ups]
    for message in replies[:_MOST]:
        who = message.bot or message.submitter.name or message.submitter.address
        words = f"{who}: {message.full_subject}"
        yield f"  {day(message.date)} {visible_line(words)}  {visible_line(message.message_id)}"
    if len(replies) > _MOST:
        yield f"  ... and {len(replies) - _MOST} more"
