# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies to a patch, taken apart into comments that are anchored to the lines they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.model.patch.places import WHOLE, Place
from maintainer_kit.model.patch.quotes import (
    Line,
    Stretch,
    own_words,
    read_lines,
    split_stretches,
)
from maintainer_kit.model.patch.sheet import Sheet, key_of, sheet_of_patch
from maintainer_kit.model.patch.trace import Tracer

_AHEAD = 8
_SHOWN = 8
"""Quoted lines that a comment keeps."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says below a quote."""

    place: Place
    """The last line of the quote that is found in the patch, else ``WHOLE``."""
    quoted: tuple[str, ...]
    """The last lines of the quote, as it has them."""
    text: str
    first_line: int
    """Where its text begins in the reply, from 1."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A reply, understood."""

    comments: tuple[Comment, ...]
    sheet: Sheet
    """For those who answer it: its own lines have the places of the comments they belong to."""
    has_quotes: bool


def anchor(patch: str, reply: str) -> tuple[Comment, ...]:
    """The comments of a reply that quotes a patch mail, or a cover letter, by their texts."""
    return anchor_reply(reply, [sheet_of_patch(patch)]).comments


def anchor_reply(reply: str, sources: Sequence[Sheet]) -> Anchored:
    """The comments of a reply. ``sources`` are what it may quote, the likeliest first: the mail
    that it answers, then the patch."""
    lines = read_lines(reply)
    places, quoted = _locate(lines, sources)
    comments: list[Comment] = []
    for stretch in split_stretches(lines, quoted):
        place = _place_of(stretch, places, lines)
        for at in stretch.said:
            places[at] = place
        if made := _comment(stretch, place, lines):
            comments.append(made)
    sheet = Sheet([key_of(line.text) for line in lines], places)
    return Anchored(tuple(comments), sheet, any(line.quoted for line in lines))


def _place_of(stretch: Stretch, places: Sequence[Place | None], lines: Sequence[Line]) -> Place:
    """The last line of the quote that was found, passing over blank ones that merely end it."""
    for at in reversed(stretch.quoted):
        place = places[at]
        if place is not None and lines[at].text.strip():
            return place
    return WHOLE


def _comment(stretch: Stretch, place: Place, lines: Sequence[Line]) -> Comment | None:
    said = stretch.said
    words = own_words([lines[at].text for at in said], before_quote=said.stop < len(lines))
    if not words.text:
        return None
    shown = [lines[at].shown for at in stretch.quoted if lines[at].shown.strip()]
    first_line = said.start + words.skipped + 1
    return Comment(
        WHOLE if words.is_verdict else place, tuple(shown[-_SHOWN:]), words.text, first_line
    )


def _locate(
    lines: Sequence[Line], sources: Sequence[Sheet]
) -> tuple[list[Place | None], list[bool]]:
    """For each line of the reply its place, and whether it is quoted: also without a mark, where a
    mailer broke a quoted line and left the mark out."""
    tracers = [Tracer(sheet) for sheet in sources]
    keys = [key_of(line.text) if line.quoted else "" for line in lines]
    places: list[Place | None] = [None] * len(lines)
    quoted = [line.quoted for line in lines]
    follower: int | None = None
    for at, line in enumerate(lines):
        if not line.quoted:
            if follower is not None and tracers[follower].completes(line.text):
                places[at], quoted[at] = places[at - 1], True
            else:
                follower = None
            continue
        ahead = keys[at + 1 : at + 1 + _AHEAD]
        follower = None
        for number, tracer in enumerate(tracers):
            found = tracer.find(line.text, ahead)
            if found is not None:
                places[at] = sources[number].places[found]
                follower = number
                break
    return places, quoted
