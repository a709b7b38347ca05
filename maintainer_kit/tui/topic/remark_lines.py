# SPDX-License-Identifier: GPL-2.0-or-later
"""What reviewers say, as lines below the lines of the diff that they speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.patch.places import OLD, Place
from maintainer_kit.tui.topic.document import Line, LineKind, text_lines
from maintainer_kit.tui.topic.page import Page, Spot

if TYPE_CHECKING:  # comments are read after the topic is shown
    from maintainer_kit.workflow.comments import Remark

_MOST = 500
"""Comments on one patch."""
_LONGEST = 200
"""Characters of a comment that is folded."""
_MOST_LINES = 80
"""Of a comment that is not."""

Placed = Mapping[int, Sequence["Remark"]]
"""By number of the line."""


def place_remarks(page: Page, remarks: Sequence[Remark]) -> dict[int, list[Remark]]:
    """Those that speak of a line of the diff; others are told by the replies themselves."""
    found: dict[int, list[Remark]] = {}
    for one in remarks[:_MOST]:
        place = one.comment.place
        at = _line_of(page, place) if place.path else None
        if at is not None:
            found.setdefault(at, []).append(one)
    return found


def remark_lines(placed: Placed, unfolded: Collection[int]) -> dict[int, list[Line]]:
    """One line for each comment, and the whole of those at the lines that are ``unfolded``."""
    return {
        at: [line for one in several for line in _lines(one, at in unfolded)]
        for at, several in placed.items()
    }


def _lines(remark: Remark, whole: bool) -> Iterator[Line]:
    message = remark.message
    who = message.author.name or message.author.address
    said = text_lines(remark.comment.text.strip())
    first = said[0][1]
    left = len(said) - 1
    asks = " [unanswered]" if remark.question and not remark.answered else ""
    if not whole:
        cut = first[:_LONGEST].rstrip() + ("..." if len(first) > _LONGEST else "")
        more = f" (and {count_of(left, 'line')}: z)" if left else ""
        yield LineKind.REMARK, f"{who}: {cut}{more}{asks}"
        return
    yield LineKind.REMARK, f"{who}:{asks}"
    for _, text in said[:_MOST_LINES]:
        yield LineKind.REMARK_ON, f"  {text}"
    if len(said) > _MOST_LINES:
        more = count_of(len(said) - _MOST_LINES, "line")
        yield LineKind.REMARK_ON, f"  ({more} more: see the reply)"


def _line_of(page: Page, place: Place) -> int | None:
    """The line of the page; the mail's own text is tried first, then the file that it names."""
    if 0 < place.at <= page.own and _is_at(page.spot(place.at - 1), place):
        return place.at - 1
    return page.find(place.path, place.line, old=place.side == OLD)


def _is_at(spot: Spot | None, place: Place) -> bool:
    if spot is None or spot.path != place.path:
        return False
    return (spot.old if place.side == OLD and not spot.new else spot.new) == place.line
