# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of a reply, of a draft and the mail that it answers."""

from __future__ import annotations

from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.patch.anchor import anchor
from maintainer_kit.model.patch.places import read_places
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.commented import GAP, commented_quote
from maintainer_kit.model.reply.draft import Draft, Note
from maintainer_kit.model.reply.quote import (
    attribution,
    end_of_text,
    end_of_words,
    quoted_lines,
)


def compose(draft: Draft, answered: Answered, *, is_whole: bool = False) -> str:
    """The text; ``is_whole`` quotes all of the mail where nothing is commented on, as one wants it
    in an editor. It ends in one newline."""
    if draft.notes:
        blocks = _commented(draft, answered)
    elif draft.written:
        blocks = [draft.written, draft.text, "\n".join(draft.trailers)]
    else:
        quote = _quote(answered, is_whole=is_whole or not answered.is_head)
        blocks = [quote, draft.text, "\n".join(draft.trailers)]
    shown = [one.strip("\n") for one in blocks if one.strip()]
    # NUL is in no mail (RFC 5322, 2.2), and half a character in no charset.
    return storable("\n\n".join(shown)).replace("\0", "") + "\n"


def _commented(draft: Draft, answered: Answered) -> list[str]:
    """Above the quote stands what is about all of it. Trailers are not put below the last comment:
    readers take a short remark beside a trailer for one on the whole patch."""
    quote = commented_quote(answered.text, draft.notes)
    top = [draft.text, "\n".join(draft.trailers)]
    if draft.written:
        return [*top, draft.written, "\n".join(quote)]
    return [*top, "\n".join([attribution(answered), *quote])]


def _quote(answered: Answered, *, is_whole: bool) -> str:
    lines = answered.text.split("\n")
    places = read_places(lines)
    end = end_of_text(lines, places)
    shown = end if is_whole else end_of_words(lines, places, end)
    quote = quoted_lines(lines[:shown])
    if shown < end:
        quote.append(GAP)
    return "\n".join([attribution(answered), *quote])


def notes_in(draft: Draft, answered: Answered) -> tuple[Note, ...]:
    """All comments of a draft on lines, those that were written in an editor too."""
    found = {one.place.at: one.text for one in anchor(answered.text, draft.written) if one.place.at}
    found.update({one.line: one.text for one in draft.notes})
    return tuple(Note(line, text) for line, text in sorted(found.items()))


def own_lines(text: str, answered: Answered) -> list[str]:
    """What the writer says in a text: its lines without quotes, the line above these, gaps."""
    above = attribution(answered)
    return [
        line
        for line in text.split("\n")
        if line.strip() and not line.startswith(">") and line not in (above, GAP)
    ]
