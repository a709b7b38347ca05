# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments put below the lines they speak of, in a quote that is trimmed to what they need.

As little is quoted as lets our own reader find each line again; where a hunk repeats itself, more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.model.patch.anchor import anchor_reply
from maintainer_kit.model.patch.places import read_places
from maintainer_kit.model.patch.sheet import Sheet, key_of
from maintainer_kit.model.reply.draft import Note
from maintainer_kit.model.reply.excerpt import Source, is_gap, shown_lines
from maintainer_kit.model.reply.quote import quoted

GAP = "[ ... ]"
_WIDTHS = (12, 60, 1 << 30)
"""How many lines above a comment are quoted; the first that suffices is taken."""


@dataclass(frozen=True, slots=True)
class _Quote:
    """The text of a reply, and where in it which comment stands."""

    lines: list[str]
    spots: list[tuple[range, Note]]


def commented_quote(text: str, notes: Sequence[Note]) -> list[str]:
    """The lines of a reply to ``text`` that comments on lines of it; those that it has not stand
    at the end, below nothing."""
    lines = text.split("\n")
    source = Source(lines, read_places(lines))
    known = [one for one in notes if 0 < one.line <= len(source.places)]
    lost = [one for one in notes if not 0 < one.line <= len(source.places)]
    sheet = Sheet([key_of(line) for line in lines[: len(source.places)]], source.places)
    quote = _Quote([], [])
    for width in _WIDTHS:
        quote = _quote(source, known, shown_lines(source, [one.line - 1 for one in known], width))
        if _is_found_again(quote, sheet):
            break
    else:
        quote = _quote(source, known, range(known[-1].line))
    for one in lost:
        quote.lines.extend(["", *one.text.split("\n")])
    return quote.lines


def _quote(source: Source, notes: Sequence[Note], shown: Sequence[int]) -> _Quote:
    by_line = {one.line - 1: one for one in notes}
    made = _Quote([], [])
    last = -1
    for at in shown:
        if is_gap(source, last, at) if last >= 0 else at > 0:
            made.lines.append(GAP)
            if last in by_line:
                made.lines.append("")
        made.lines.append(quoted(source.lines[at]))
        last = at
        if note := by_line.get(at):
            words = note.text.split("\n")
            start = len(made.lines) + 1
            made.lines.extend(["", *words, ""])
            made.spots.append((range(start, start + len(words)), note))
    return made


def _is_found_again(quote: _Quote, sheet: Sheet) -> bool:
    """Whether each comment that says something is read as one on its line; of a blank line, which
    no reader finds, nothing is asked."""
    found = anchor_reply("\n".join(quote.lines), [sheet]).comments
    places = {one.first_line - 1: one.place.at for one in found}
    for spot, note in quote.spots:
        told = next((places[at] for at in spot if at in places), note.line)
        if told not in (note.line, 0) and sheet.keys[note.line - 1]:
            return False
    return True
