# SPDX-License-Identifier: GPL-2.0-or-later
"""A line of a patch for a terminal, with a caret below the columns that are meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.render.cells import cell_width

_TAB = 8
_LEAD = 24
"""Characters that are shown in front of what is meant where they are wide, or it is long,"""
_TRAIL = 8
"""and behind it where the line is cut."""
_MORE = "\u2026"


def quoted(text: str, start: int, end: int, width: int) -> tuple[str, str]:
    """The line, cut to ``width`` cells around the columns ``start`` to ``end``, and the carets
    below it; none when the whole line is meant (both 0).

    Tabs are expanded, what moves the cursor is made visible, wide characters count twice.
    """
    start, end = max(0, start), min(end, len(text))
    first = _first(text, start, end, width)
    window = [_MORE] if first else []
    window += _cells(text[first : first + width])
    edges = [0, *accumulate(map(cell_width, window))]
    kept = sum(edge <= width for edge in edges) - 1
    is_cut = kept < len(window) or first + width < len(text)
    if is_cut:
        kept = sum(edge < width for edge in edges) - 1
    shown = "".join(window[:kept]) + (_MORE if is_cut else "")
    if end <= start:
        return shown, ""
    shift = (1 if first else 0) - first
    left, right = (edges[min(max(one + shift, 0), kept)] for one in (start, end))
    return shown, " " * left + "^" * max(1, right - left)


def _first(text: str, start: int, end: int, width: int) -> int:
    """Where to begin, so that all that is meant can be seen, and much of what stands before it."""
    if _fits(text[:end], width):
        return 0
    first = min(len(text), end + _TRAIL) - width + len(_MORE) * 2
    if 0 < first <= start and _fits(text[first:end], width):
        return first
    return max(0, start - _LEAD)


def _fits(text: str, width: int) -> bool:
    room = width - len(_MORE) * 2
    return len(text) <= room and sum(map(cell_width, _cells(text))) <= room


def _cells(text: str) -> Iterator[str]:
    """Each character as it is shown: several cells, one, or none."""
    column = 0
    for char in text:
        shown = " " * (_TAB - column % _TAB) if char == "\t" else visible_line(storable(char))
        column += cell_width(shown)
        yield shown
