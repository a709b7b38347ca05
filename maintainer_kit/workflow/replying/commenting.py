# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on lines that a screen shows: what is there, what goes into an editor."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.errors import Refused
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.model.reply.quote import quoted_lines
from maintainer_kit.workflow.replying.desk import Desk, answered_mail
from maintainer_kit.workflow.replying.drafting import comment, comments_in, draft_of

_ABOVE = 11
"""Lines that are shown in an editor above the one that is commented on."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A comment of one's own that is not sent yet."""

    line: int
    """Of the answered mail's text, from 1."""
    source: str
    """That line."""
    text: str
    is_edited: bool
    """It stands in a text that came out of an editor, and is changed there."""


def noted(desk: Desk, message_id: str) -> tuple[Noted, ...]:
    """One's own comments on the lines of a mail."""
    notes = comments_in(desk, message_id)
    if not notes:
        return ()
    lines = answered_mail(desk, message_id).text.split("\n")
    apart = {one.line for one in draft_of(desk, message_id).notes}
    return tuple(
        Noted(one.line, lines[one.line - 1], one.text, one.line not in apart)
        for one in notes
        if one.line <= len(lines)
    )


def comment_on(desk: Desk, message_id: str, line: int, source: str, text: str) -> Draft:
    """Comment on a line; without a text take the comment away.

    Raises Refused where the mail's own text has another line there than ``source``, which the
    reader sees, or the comment was written in an editor.
    """
    _refuse_other(desk, message_id, line, source)
    return comment(desk, message_id, line, text)


def to_comment(desk: Desk, message_id: str, line: int, source: str) -> str:
    """Lines that lead to the one that is commented on, quoted, for an editor. Raises Refused as
    ``comment_on`` does."""
    _refuse_other(desk, message_id, line, source)
    lines = answered_mail(desk, message_id).text.split("\n")
    return "\n".join(quoted_lines(lines[max(0, line - 1 - _ABOVE) : line])) + "\n"


def own_words(quote: str, left: str) -> str:
    """What an editor left, without the quote that was put above it, however much of it is left."""
    shown = set(quote.splitlines())
    lines = left.splitlines()
    start = 0
    while start < len(lines) and (lines[start] in shown or not lines[start].strip()):
        start += 1
    return "\n".join(lines[start:]).rstrip()


def _refuse_other(desk: Desk, message_id: str, line: int, source: str) -> None:
    lines = answered_mail(desk, message_id).text.split("\n")
    found = lines[line - 1] if 0 < line <= len(lines) else None
    if found is None or not same_line(found, source):
        raise Refused("this line is not of the mail's own text", "mkit reply answers all of it")
    if any(one.line == line and one.is_edited for one in noted(desk, message_id)):
        words = "this comment stands in the text that you edited"
        raise Refused(words, f"mkit reply {message_id} --edit")


def same_line(one: str, other: str) -> bool:
    """Whether two lines are the same but for how tabs are set and blanks at their ends."""
    return one.expandtabs(8).rstrip() == other.expandtabs(8).rstrip()
