# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of a mail laid out for a width: long quotes folded, long prose broken, diffs left whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from maintainer_kit.tui.topic.document import Line, LineKind

_KEPT = 6
"""Quoted lines that stay: those right above the answer."""
_LONG = 12
_WHOLE = frozenset(
    {LineKind.ADDED, LineKind.REMOVED, LineKind.CONTEXT, LineKind.HUNK, LineKind.FILE}
)
_WIDEST = 2000
"""Cells to which one can scroll sideways."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the screen shows of a mail, line by line."""

    lines: Sequence[Line]
    width: int
    """Cells of the widest line."""
    folded: int
    """Lines that are not shown."""


def lay_out(lines: Sequence[Line], width: int, *, fold: bool) -> Layout:
    """Lay a mail out for ``width`` cells."""
    shown = list(_fold(lines)) if fold else lines
    folded = len(lines) - len(shown) if fold else 0
    broken = list(_break(shown, max(20, width)))
    widest = max((len(text) for kind, text in broken if kind in _WHOLE), default=0)
    return Layout(broken, min(max(widest, 1), _WIDEST), folded)


def _fold(lines: Sequence[Line]) -> Iterator[Line]:
    for kind, group in groupby(lines, key=lambda one: one[0]):
        if kind is not LineKind.QUOTE:
            yield from group
            continue
        quoted = list(group)
        if len(quoted) > _LONG:
            hidden = len(quoted) - _KEPT
            yield (LineKind.NOTE, f"{hidden} quoted lines (z shows them)")
            quoted = quoted[hidden:]
        yield from quoted


def _break(lines: Iterable[Line], width: int) -> Iterator[Line]:
    for line in lines:
        kind, text = line
        if len(text) * 2 <= width or kind in _WHOLE or _fits(text, width):
            yield line
        else:
            for piece in _pieces(text, width):
                yield (kind, piece)


def _fits(text: str, width: int) -> bool:
    return len(text) <= width if text.isascii() else cell_len(text) <= width


def _pieces(text: str, width: int) -> Iterator[str]:
    """Break at spaces where there are any; a line of a megabyte is broken as it comes."""
    start = 0
    while start < len(text):
        end = start + _room(text, start, width)
        if end < len(text):
            space = text.rfind(" ", start + (end - start) // 2, end + 1)
            end = space if space > start else end
        yield text[start:end]
        start = end + 1 if text[end : end + 1] == " " else end


def _room(text: str, start: int, width: int) -> int:
    """How many characters fit into ``width`` cells."""
    piece = text[start : start + width]
    if piece.isascii():
        return width
    used = 0
    for at, char in enumerate(piece):
        used += cell_len(char)
        if used > width:
            return max(1, at)
    return width
